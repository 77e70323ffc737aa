"""How firmly a word of the context holds a finding: across commas, blanks, brackets and other findings."""

from __future__ import annotations

import re

from rasa_project.reading.clauses import RELATIVE
from rasa_project.reading.context.rules import TARGET, Modifier

# "没有血栓史也没有家族史": the family history is an item of its own
_FAMILY_APART = re.compile(
    rf"^(?:病?史)?[\s,，]?(?:也|都|又|还|并|亦)*(?:没有?|无|未见|否认|(?<=[也又])有)(?:相关|血栓|类似|此类|这类|什么|任何)*的?{TARGET}*$"
)
# "母亲健在 狼疮抗凝物待回": of a relative who is well no more is told
_WELL = re.compile(r"^[^,，。;；]{0,4}(?:健在|体健|健康|身体好|都好|无殊|无特殊)[\s,，、]")
_HAS_ITS_OWN_RESULT = re.compile(r"[(（]\s*[-+]+\s*[)）]|[:：]\s*[有无]|阳性|阴性")
_OUT_OF_BRACKETS = re.compile(r"[^()（）]*[)）]")
COMMA = re.compile(r"[,，]")
# "糖尿病，没有；房颤，有", "抗心磷脂抗体IgG 48 GPL，阳性": what is said of a finding may stand after a comma
_SAID_AFTER_COMMA = re.compile(
    r"^(?:病?史)?(?P<reported>(?:的?(?:检查|抗体)?(?:结果|报告单?|化验单?|单子)?(?:(?:也|都|刚刚?|已经?|才|今天)*(?:出|回|来|到|报|查|复查|做)来?了|已经?(?:出|回|报|归)))?)"
    r"(?P<value>\s*:?\s*(?:ig[gma])?\s*[<>]?\d[\w.\s/]{0,12})?\s*[,，]\s*$",
    re.IGNORECASE,
)
ANSWERS = frozenset({"NEGATED", "AFFIRMED", "UNCERTAIN"})
_A_SIGN = re.compile(r"^(?:明显|活动性?|新鲜)*(?:渗[血出液]|红肿|压痛|水肿|肿胀|发热|咳嗽|胸[痛闷]|异常)$")
# "术后12年无复发 类风湿": what does not stand in a list of diseases ends its denial at the blank
_COURSE = re.compile(r"^(?:明显|再|任何)*(?:复发|进展|加重|变化|转移|好转|不适|诉求|胸痛|主诉)\s")
_THE_OTHERS = re.compile(
    rf"[\s,，、](?:其他|其它|其余|别的|剩下的|余)[^{TARGET}]*$|^(?:病?史)?[\s,，]?(?:其他|其它|其余|别的)"
)
_PARTED = re.compile(r"\S\s")
_OF_THE_FAMILY = re.compile(
    rf"\s(?:家[里族中]人?|家人|父母|兄弟|姐妹|亲属|{RELATIVE})(?:里面?|中|上|都|也|均|人)*$"
)
_OF_SELF = re.compile(r"(?:本人|自己|患者|病人)(?:倒是?|却|则|也|从来|都|一直)*$")
_OWN_AGAIN = re.compile(r"\s(?:就|只|仅|但)?(?:本人|自己|患者|病人|[这本此][次回]|现(?!病史)|目前|既往)")
_NOT_OF_THE_NEXT = re.compile(rf"[也都均]?不(?={TARGET})")
TOGETHER = re.compile(
    r"(?:病?史|情况|表现|等)?\s*[:：]?\s*(?:啥|什么|哪样|一[个样种])?(?:均|都|皆|全|一[概律]|统统|通通|样样|个个)"
)
_SIDE = re.compile("[左右]")
_OTHER_SIDE = re.compile(
    r"[,，、\s]*(?P<side>左|右|对|健|另)(?:一)?(?:侧|边|条|只)?(?:小腿|大腿|下肢|腿|脚|足|踝)?(?:则|就|倒|却)?$"
)
_ALONE = re.compile(r"\s*(?:[。;；!！\n]|$)")
_SOMEBODY = re.compile(rf"[,，](?:{RELATIVE}|兄弟姊妹|其他人|家人|患者|病人|本人|自己)+[^,，]{{0,3}}$")
_EXCEPTED = re.compile(r"^(?:病?史)?(?:以外|之外|外)[,，\s]")
_EXCEPTING, _OUTSIDE = re.compile(r"除(?:了|去)?[^,，。]*$"), re.compile(r"以外|之外|外(?!院|伤|周|科)")
_ALL_ELSE = re.compile(
    rf"(?:病?史|有过|[、和及与,，\s]|{TARGET})*+(?:其[他它余]的?|别的|剩下的?)?(?:[都均全皆](?:没|无|否|不)|一[个样]也没)"
)
_NEXT_ITEM = re.compile(rf"^(?:病?史)?\s+[^、及和与或都均皆全]*{TARGET}+[^、及和与或都均皆全]*$")
_STILL_TO_COME = re.compile(r"约了?|拟|准备|计划|打算|下周|下个?月|明[天日]|后天|择期|等待|待(?!遇)")
_DATED_GAP = re.compile(
    r"^(?:[,，\s)）]|已经?|刚刚?|才|就|现|今|昨|前|去年|出院|住院|移植|化疗|期间|后|日|天|晨|早|晚|上|周|个|于|[\d./月号年-])*$"
)
_LIST_TAIL = re.compile(
    r"^(等?(慢性|基础|相关|家族|传染)?(疾?病|既往)?史?(等|表现|症状|征象|体征|情况|不适)?)\s*(?=[,，、。;；)）\n]|及|和|与|或|以及|$)"
)
_LIST_HEAD = re.compile(r"^(?:[、及和与或]|以及)?\s*$")
_BARE_ITEM = re.compile(rf"^[\u4e00-\u9fffA-Za-z{TARGET}\"'“”、/()（）\s]{{1,24}}$")
_CLOSES_LIST = re.compile(r"(史|等|表现|症状|征象|体征|情况|不适)\s*[。;；,，\n]|(史|等)\s*$")
_SAYS_FOR_ITSELF = re.compile(r"正常|如常|平稳|稳定|尚可|良好|对称|通畅|清晰|自备|自理")
_LONG_LIST_NEGATORS = re.compile(r"否认")
_ENDS_AN_ITEM, _A_HISTORY = re.compile(r"史\s*$"), re.compile(r"\s*(?:[、及和与或/]|(?:的|疾)?病?史)")


def all_but(sentence: str, start: int, end: int) -> bool:
    """ "除了房颤都没有": what is denied is everything else."""
    excepting = _EXCEPTING.search(sentence[:start])
    # "除左腿肿外 侧支都没有": the exception is over before the finding
    return bool(excepting and not _OUTSIDE.search(excepting[0]) and _ALL_ELSE.match(sentence, end))


def grip(sentence: str, start: int, end: int, modifier: Modifier, soft: list[Modifier]) -> str:
    """How firmly a rule holds a finding: "sure", "doubtful" or "none"."""
    forward = modifier.end <= start
    between = sentence[modifier.end : start] if forward else sentence[end : modifier.start]
    crossed = bool(COMMA.search(between))
    if modifier.reach == "sentence":
        return "sure"
    if forward and _OUT_OF_BRACKETS.match(between):
        return "none"  # "INR 1.83（未服华法林），凝血功能障碍"
    if forward and modifier.category == "GENERIC" and _PARTED.search(between):
        return "none"  # "心梗保守治疗 阿司匹林100mg 阵发房颤"
    if forward and modifier.category == "NEGATED" and _COURSE.match(between):
        return "none"
    if forward and modifier.category == "FAMILY" and _WELL.match(between):
        return "none"
    if not forward:
        if modifier.category == "FAMILY" and _FAMILY_APART.match(between):
            return "none"
        if modifier.category == "FAMILY" and _HAS_ITS_OWN_RESULT.search(between):
            return "none"
        if modifier.category == "NEGATED" and _THE_OTHERS.search(between):
            return "none"  # "糖尿病 其他危险因素都没有"
        if modifier.category in {"GENERIC", "FAMILY"} and _PARTED.search(between):
            return "none"  # "房颤没有 预防用药满8个月", "初诊MM 血栓家族史(-)"
        if modifier.category == "RESOLVED" and _STILL_TO_COME.search(sentence[end : modifier.end]):
            return "none"  # "PICC约了下周三拔，目前还在"
        if modifier.category == "NEGATED" and _of_other_side(sentence[:start], between):
            return "none"
        if (
            modifier.category == "NEGATED"
            and _OF_SELF.search(between)
            and re.search(RELATIVE, sentence[:start])
        ):
            return "none"  # "父亲得过血栓本人没有"
        if modifier.category in ANSWERS and _OF_THE_FAMILY.search(between):
            return "none"  # "去年肺栓塞过 家族里没有"
        excepting = _EXCEPTING.search(sentence[:start]) and _OUTSIDE.search(between)
        if _EXCEPTED.match(between) or excepting or all_but(sentence, start, end):
            return "none"  # "除慢阻肺外，糖尿病均无", "除了77岁和房颤以外别的都没有", "除了房颤都没有"
        of_all = TOGETHER.match(sentence, modifier.start)
        if not (crossed or of_all) and modifier.category in ANSWERS and _NEXT_ITEM.match(between):
            return "doubtful"  # "慢阻肺 糖尿病没查": of one or of both
        if not crossed:
            return "sure"
        said_of_it = modifier.category in {"NEGATED", "AFFIRMED"} and _SAID_AFTER_COMMA.match(between)
        if said_of_it and (
            _ALONE.match(sentence, modifier.end) or said_of_it["value"] or said_of_it["reported"]
        ):
            return "sure"
        if modifier.category == "RESOLVED" and _DATED_GAP.match(between):
            return "sure"  # "PICC置管，已拔", "股静脉导管，已于9月10日拔除"
        if _SOMEBODY.search(between):
            return "none"  # "舅舅有过血栓，父母都没有"
        return "sure" if of_all and all(map(_BARE_ITEM.match, COMMA.split(between)[1:-1])) else "none"
    if modifier.category == "FAMILY" and _OWN_AGAIN.search(between):
        return "none"  # "家族血栓史无 本人血栓史无 这次左腿DVT"
    if modifier.category == "NEGATED" and _OF_THE_FAMILY.search(between):
        return "none"  # "爷爷没有 奶奶肺栓塞"
    if crossed:
        return _grip_over_commas(sentence, end, between, modifier)
    if _NOT_OF_THE_NEXT.match(sentence, modifier.start) and _PARTED.search(between):
        return "none"  # "不咯血 左肺动脉栓塞"
    if modifier.category == "NEGATED" and any(modifier.end <= brk.start and brk.end <= start for brk in soft):
        return "doubtful"
    if (
        modifier.category == "NEGATED"
        and _ENDS_AN_ITEM.search(between)
        and not _A_HISTORY.match(sentence, end)
    ):
        return "doubtful"  # "无血栓史右侧颈内静脉置管", as dictated: the denial may have ended
    return "sure"


def _of_other_side(before: str, between: str) -> bool:
    """ "左腿按下去有坑右腿没有": the denial is of the other leg."""
    other = _OTHER_SIDE.match(between)
    sides = _SIDE.findall(before)
    return bool(other and sides and sides[-1] != other["side"])


def _grip_over_commas(sentence: str, end: int, between: str, modifier: Modifier) -> str:
    if modifier.reach != "clauses":
        return "none"
    pieces = COMMA.split(between)
    tail = _LIST_TAIL.match(sentence[end:])
    listed = (
        tail
        and _LIST_HEAD.match(pieces[-1].split("、")[-1])
        and all(not piece.strip() or _BARE_ITEM.match(piece) for piece in pieces[:-1])
    )
    if not listed:
        return "none"
    if modifier.category == "FAMILY":
        return "doubtful"
    if modifier.category == "NEGATED" and any(map(_SAYS_FOR_ITSELF.search, pieces[1:-1])):
        return "none"  # "牙龈无渗血，大小便颜色正常，T1DM": the list was left long ago
    if _A_SIGN.search(pieces[0]):
        return "doubtful"  # "创面无渗血，糖尿病史": the history is no sign
    names_a_list = bool(_LONG_LIST_NEGATORS.search(sentence[modifier.start : modifier.end]))
    closed = bool(_CLOSES_LIST.search(sentence[end:].split("。")[0][:30]))
    earlier_closed = any(_CLOSES_LIST.search(piece + ",") for piece in pieces[:-1])
    if (names_a_list or closed) and not earlier_closed:
        return "sure"
    return "doubtful"
