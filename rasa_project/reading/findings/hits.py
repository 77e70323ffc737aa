"""A match with everything that its surroundings say about it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rasa_project.reading.asked_whether import without_question
from rasa_project.reading.context.people import IN_LAW, OF_ANOTHER, in_family_section, person
from rasa_project.reading.context.retraction import DENIED_NOTE, WITHDRAWN_NOTE, Retraction, retraction
from rasa_project.reading.context.status import Assertion, assess, sentences
from rasa_project.reading.findings.checkboxes import BOX, SECTION, UNTICKED_IS_NO, ticked
from rasa_project.reading.findings.dating import BLANKS, CLAUSE_END, dated
from rasa_project.reading.findings.entries import Entry
from rasa_project.reading.findings.matching import Match, find
from rasa_project.reading.mention import HYPOTHETICAL_NOTE, Mention, Status, Value
from rasa_project.reading.timewindow import Time, find_times

_APART = re.compile(rf"{CLAUSE_END.pattern}|\s")

# A finding that is itself a result ("肝功能正常", "压痛(+)") is no item of a list of denials before it.
_SELF_STANDING = re.compile(
    r"(正常|未见|无(明显)?异常|稳定|平稳|自如|没问题|更大|更高|最大|更可能|最可能|可下床|能下床|下床活动|[阴阳]性$|待评估?$|未评估$|[+-]\s?[)]$)"
)
_OWN_SIGN = re.compile(r"[(]\s?[-+]\s?[)]$")
# ... nor is one with its length ("无咯血，卧床>3d"), unless it is the field of a form
_WITH_LENGTH = re.compile(r"\d\s*(?:天|日|d|h|小时)$", re.IGNORECASE)
_FIELD = re.compile(
    r"[^,，。;；\n]{0,8}?(?:[:\[□☑☐√×—|/]|\s-|[无否没不未]|\d\s?分)|[^。;；\n]{0,40}[均都](?:无|否|未|没|不存在)"
)
_DENIED_IN_A_ROW = re.compile(r"否认[^。;；\n]*$")
_SCORED = re.compile(r"[)）]?:有")
_BLANK_THEN = re.compile(r"(?:可能|风险|待排)?\s(?!(?:或|和|及|、|可能|待|疑|[?？]))[^,，。;；?？]{0,8}")
_DOUBTED_AFTER = re.compile(r"[^,，。;；\s]{0,4}(?:可能|待[查排定]|不除外|[?？])")
_SAID_OVER = re.compile(r"[,，、。\s]*(?:嗯|呃|啊|哦|那个|这个|呢|嘛|么)?[,，、。\s]*")
_AND = re.compile(r"(?:以?及|和|与|或|、)(?:有|明显|新鲜|任何)*")
_LOOKED_FOR = re.compile(r"未见|没见|未发现|没发现|未提示|无")
_AS_WELL = re.compile(r"[^,，。;；\n]{0,4}(?:[有(（]|阳性|明确|存在|[+＋])")
_OWN_DENIAL = re.compile(r"[不没无未]")
_COURSE_GROUPS = frozenset({"phase", "response", "activity", "treatment"})
_NAMES_MYELOMA = re.compile(r"骨髓瘤|(?<![a-z])mm|原发病|活动期|维持|巩固|诱导|s?cr|vgpr", re.IGNORECASE)
_DENIED_BEHIND = re.compile(r"\s?[:：]?\s?(?:没有?|无|未|否|阴性|不)")
# "家里有没有人得过血栓，没有": there it is the answer
_NAMES_PATIENT = re.compile(r"患者|病人|本[人例]|自[己个]|[他她我俺]|老[爷人太]")
_ONE_DENIED = re.compile(
    r"(?:^|[,，。;；\n])\s*[^,，。;；、\n无没未否]{0,4}(?:没有?|无)[^,，。;；、\n无没未否]{1,10}[,，]\s*$"
)
_ALONE_BEHIND = re.compile(r"\s*(?:在位?|一根|置管|留置)?\s*(?:[。;；!！\n]|$|[,，]\s?(?:\d|[有无没男女]))")
# "CVC？右颈内一根，在用": who asks himself has answered
_ASKED_AND_THERE = re.compile(
    r"\s?[?？]\s?[^。;；\n?？无没未不否拟待]{0,10}(?:[一两1-2][根枚条个]|在位|在用|通畅|留置)"
)
_ASKED_AND_NOT = re.compile(
    r"\s?[?？]\s?(?:没有?|未|不)(?:再)?[置放插埋打装留](?:管|过|着|成)?(?=\s*(?:[,，。;；\n]|$))"
)
_TURNED = re.compile(r"(?:不是|并非|不能说|不敢说|没有?说|不可能)$")
# "糖尿病 其他危险因素都没有": a factor itself; "VTE其他危险因素" are those of a clot
_OTHER_FACTORS = re.compile(
    r"(?:病?史)?\s?[,，、]?\s?(?:其他|其它|其余|别的|余)[^,，。;；\n]{0,4}(?:危险|风险|高危|因素)"
)
_OF_A_KIND = re.compile(r"[急慢持续阵发永久原继]{1,2}性|.型|[前下侧后]壁|st", re.IGNORECASE)
# "SERPINC1检测正常，可除外": what is ruled out is the disease, not the normal result
_RULES_OUT = re.compile(r"\s?[,，]\s?(?:故|可以?|予以?|已|基本|因此)*(?:排除|除外)")
_TURNED_OUT = re.compile(
    r"[\"']?(?:[^,，。;；\n不没无未]{0,14}?)(?:证实|实[为际]|查明|明确|更正|修正|确诊|诊断|考虑)[为是系]?[^,，。;；\n]{2,14}[,，]\s?(?:而|并|故)?(?:并?非|不是|并不是|排除|不支持|不考虑)"
)
_CRITERIA = re.compile(r"的?(?:诊断|确诊)?(?:的)?标准")
_SHORT_OF = re.compile(r"(?:未|没有?|不|达不|够不)(?:能|完全)?(?:达到?|符合|满足|够|到|上)的?$")
_NOT_MET = re.compile(
    rf"{_CRITERIA.pattern}(?:尚|还|也|并)?(?:(?:未|没有?|不)(?:能|完全)?(?:达到?|符合|满足|够)|达不到|够不上)"
)
_OPENED, _CLOSED = re.compile(r"[\"“'][^\"”',，。;；]{0,10}$"), re.compile(r"(?:病?史)?[\"”']")
_SUPPOSES = re.compile(
    r"^(?=.*(如果|假如|假设|假使|要是|倘若))(?!.*(怎么办|怎么处理|如何处理|治疗|处理|用药|怎么抗凝|应|及时|立即|就诊))",
    re.DOTALL,
)
_NOT_THE_PATIENT = re.compile(
    r"[^,，。;；\n]{0,24}[;；,，。]\s?(?:[^,，。;；\n]{0,12}[;；,，。]\s?)?(?:[该本]?患者|病人|本人|[他她我]?自己|[他她])(?:自己|本人)?(?:从来?|一直|倒|则|并)?(?:无|没有?|否认)(?:任何|什么|其他|其它)?(?:慢性|基础|此|此类|这类|类似)(?:疾?病|毛病)史?(?=[,，。;；!！\n]|$)|"
    # "她妈有糖尿病她自己没有", as dictated
    r"(?:[^,，。;；\n]{0,10}[,，;；]|\s?(?=(?:[该本]?患者|病人|[他她我]自己|[他她](?=没|从|无)|本人|自己)))(?:[^,，。;；\n]{0,4}(?:抄|写|录|贴|弄|看|记|填)(?:串|错|混|反)(?:行|床)?了?[,，;；])?(?:但|而|不过)?(?:[该本]?患者|病人|本例|(?:我们|咱们?)?这[位个例](?:患者|病人)?|我们的|他|她|我[爸妈爹娘]|[我俺])?(?:自己|自个儿?|本人)?(?:老[爷人]子?家?(?:自己|本人)|老太太?(?:自己|本人))?(?:(?:并|也|倒|都|却|从来|从|还|至今|一直|目前)*(?:没有?|无|不是)(?:这个?病|此病|得过?|长过|发过|有过|[插置放装埋打]过?|过|这些)?|"
    r"(?P<untested>(?:还|也|从来?|一直|尚)*(?:没有?|未)(?:查|测|做|检测|筛查|化验)过?)|(?:检测|检查|筛查|查了?|化验)(?:结果)?(?:是|为)?(?:阴性|正常|没事|没问题))"
    r"(?=[,，。;；!！\n]|\s(?!过)|$)"
)
# A form's field that was not filled in ("慢阻肺：" and the line ends) says nothing.
_EMPTY_FIELD = re.compile(r"(?:病?史)?\s?(?:[(（][^)）\n]{0,8}[)）])?[ ]*:[ ]*(?:\n[ ]*(?=[^\n]{1,14}:)|$)")
RESOLVED_NOTE = "已去除或已痊愈"

EXPLICIT, EXCLUDED, ASKED = 2, 1, 0
"""How much a reading weighs against another of the same fact: said outright, ruled out by a
time window or a look-alike rule, or merely near enough to ask."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding at ``[start, end)`` with its assertion and the time it is dated to."""

    start: int
    end: int
    entry: Entry
    assertion: Assertion
    when: Time | None
    lasting: Time | None
    guess: bool = False
    taken_back: Retraction | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention and its weight (``EXPLICIT``, ``EXCLUDED`` or ``ASKED``)."""

    mention: Mention
    weight: int = EXPLICIT


@dataclass(frozen=True, slots=True)
class Note:
    """A normalised text with its hits, times and reference day."""

    text: str
    original: str
    today: date
    hits: list[Hit]
    times: list[Time]

    def clause(self, position: int) -> tuple[int, int]:
        """The clause (up to the nearest comma or full stop) around a position."""
        breaks = _breaks(self.text)
        place = bisect_left(breaks, position)
        return breaks[place - 1] + 1 if place else 0, breaks[place] if place < len(breaks) else len(self.text)

    def sentence_end(self, position: int) -> int:
        """Where the sentence around a position ends."""
        return min(
            (at for stop in "。;；\n" if (at := self.text.find(stop, position)) >= 0), default=len(self.text)
        )

    def mention(self, hit: Hit, fact: str, value: Value, status: Status, note: str | None = None) -> Mention:
        """A mention in the user's own words; of what is taken back only the denial is known."""
        if hit.taken_back == "denied":
            value, status, note = _denied(value, status)
        elif hit.taken_back is not None:
            value, status, note = None, "undetermined", WITHDRAWN_NOTE
        note = HYPOTHETICAL_NOTE if hit.assertion.hypothetical else note
        return Mention(
            fact=fact,
            value=value,
            text=self.original[hit.start : hit.end],
            start=hit.start,
            end=hit.end,
            status=status,
            note=note,
            confirm=hit.guess,
        )


@lru_cache(maxsize=16)
def _breaks(text: str) -> list[int]:
    return [match.start() for match in CLAUSE_END.finditer(text)]


def _beside_a_suspicion(text: str, earlier: Match, match: Match) -> bool:
    """ "怀疑DVT 左小腿压痛": what is suspected is the clot before the blank; what follows was found."""
    of_the_clot = earlier.entry.group == "thrombosis" and match.entry.group != "thrombosis"
    apart = _BLANK_THEN.fullmatch(text, earlier.end, match.start)
    return of_the_clot and apart is not None and _DOUBTED_AFTER.match(text, match.end) is None


def read_note(text: str, original: str, today: date, extra: list[Match] | None = None) -> Note:
    """Find and assess every lexicon entry of a normalised text."""
    matches = find(text) if extra is None else extra
    if not matches:
        return Note(text, original, today, [], [])
    matches = _once(text, matches)
    times = find_times(text, today)
    clusters = _clusters(matches)
    assertions = assess(without_question(text, matches), clusters)
    bounds = sentences(text)
    boxes = bool(BOX.search(text))
    hits: list[Hit] = []
    position = 0
    for earlier, match in zip([None, *matches], matches, strict=False):
        while clusters[position][1] <= match.start:
            position += 1
        sentence = next((s for s in bounds if s[0] <= match.start < s[1]), (0, len(text)))
        said = assertions[position]
        result = _stands_by_itself(text, match) or _denies_itself(text, match)
        opens = _OWN_DENIAL.match(text, match.start) and not _TURNED.search(text, 0, match.start)
        behind = earlier is not None and earlier.end == match.start  # "没有糖尿病肝功能正常", as dictated
        if result and (
            opens
            or behind
            or match.start == 0
            or _APART.match(text[match.start - 1 : match.start])
            or _RULES_OUT.match(text, match.end)
        ):
            said = replace(said, negated=False, doubtful_denial=False, doubtful_family=False)
            if _OWN_SIGN.search(text, match.start, match.end):
                said = replace(said, uncertain=False)  # "抗体没出结果，家族史(-)"
        if earlier is not None and _in_its_list(text, earlier, match):
            said = replace(said, negated=True, doubtful_denial=False)
        if _is_another(text, match, matches):
            said = replace(said, negated=True, doubtful_denial=False, uncertain=False)
        if said.generic and match.entry.group != "thrombosis" and _OTHER_FACTORS.match(text, match.end):
            said = replace(said, generic=False)
        if said.generic and _short_of(text, match):
            said = replace(said, generic=False, negated=True, doubtful_denial=False, uncertain=False)
        if said.negated and earlier is not None and _of_the_myeloma(text, earlier, match):
            said = replace(said, negated=False, doubtful_denial=False)
        if said.negated and earlier is not None and _after_course(text, earlier, match):
            said = replace(said, negated=False, doubtful_denial=True)
        if said.generic and said.affirmed and _SCORED.match(text, match.end):
            said = replace(said, generic=False)  # "Padua评分：制动（卧床≥3天）3分": the item is there
        if said.uncertain and earlier is not None and _beside_a_suspicion(text, earlier, match):
            said = replace(said, uncertain=False)
        if said.doubtful_denial and _tube_named_alone(text, match):
            said = replace(said, doubtful_denial=False)
        if said.uncertain and match.entry.kind == "catheter" and _ASKED_AND_THERE.match(text, match.end):
            said = replace(said, uncertain=False)
        if match.entry.kind == "catheter" and _ASKED_AND_NOT.match(text, match.end):
            said = replace(said, negated=True, uncertain=False, doubtful_denial=False)
        if said.hypothetical and not _SUPPOSES.match(text[slice(*sentence)]):
            continue
        if _EMPTY_FIELD.match(text, match.end):
            continue
        box = ticked(text, match.start, match.end) if boxes else None
        if boxes and match.entry.kind == "any" and SECTION.match(text, match.end):
            continue  # "出血:消化道溃疡□ 3月内出血□"
        if box == "empty" and UNTICKED_IS_NO.search(text):
            box = "no"
        if box == "empty":
            continue
        if box is not None:
            said = replace(
                said, negated=box == "no", affirmed=box == "yes", doubtful_denial=False, uncertain=False
            )
        said = _of_person(text, match, said)
        back = _taken_back(text, match, said)
        if back is not None:
            said, back = _after_retraction(said, back, match)
        when, lasting = dated(text, sentence, match, times, matches)
        hits.append(Hit(match.start, match.end, match.entry, said, when, lasting, match.guess, back))
        own = _NOT_THE_PATIENT.match(text, match.end) if said.family or said.generic else None
        if own is not None and not (said.uncertain and _NAMES_PATIENT.search(own[0]) is None):
            # "爸爸有糖尿病，患者自己没有", "他儿子查出蛋白S缺乏，老爷子自己没查过"
            denied = Assertion(negated=True, historical=True, history_word=True)
            said = Assertion(uncertain=True) if own["untested"] else denied
            hits.append(Hit(match.start, own.end(), match.entry, said, None, None))
    return Note(text, original, today, hits, times)


def _once(text: str, matches: list[Match]) -> list[Match]:
    """The matches without a name that is only said over: of "房颤，房颤没有" the second counts."""
    following = [*matches[1:], None]
    return [
        match
        for match, after in zip(matches, following, strict=True)
        if after is None
        or not (match.start == 0 or CLAUSE_END.match(text, match.start - 1))  # "无PICC，PICC在位"
        or after.entry is not match.entry
        or text[match.start : match.end] != text[after.start : after.end]
        or not _SAID_OVER.fullmatch(text, match.end, after.start)
    ]


def _in_its_list(text: str, earlier: Match, match: Match) -> bool:
    """Whether a finding ends the list of a result: "胃镜未见溃疡及活动性出血"."""
    result = text[earlier.start : earlier.end]
    return bool(
        _AND.fullmatch(text, earlier.end, match.start)
        and _denies_itself(text, earlier)
        and _LOOKED_FOR.search(result)
        and not _AS_WELL.match(text, match.end)
    )


def _is_another(text: str, match: Match, matches: list[Match]) -> bool:
    """ "急性心梗经造影证实为应激性心肌病，非心肌梗死": it turned out to be something else."""
    found = _TURNED_OUT.match(text, match.end)
    kinds = set(_OF_A_KIND.findall(text[match.start : match.end]))
    return found is not None and any(
        other.start == found.end()
        and other.entry.fact == match.entry.fact
        and kinds >= set(_OF_A_KIND.findall(text[other.start : other.end]))  # "房颤为阵发性，非持续性房颤"
        for other in matches
    )


def _short_of(text: str, match: Match) -> bool:
    """ "尚未达糖尿病诊断标准": what the criteria are not met for is not there."""
    return bool(
        (_CRITERIA.match(text, match.end) and _SHORT_OF.search(text, max(0, match.start - 10), match.start))
        or _NOT_MET.match(text, match.end)
    )


def _of_the_myeloma(text: str, earlier: Match, match: Match) -> bool:
    """ "没有出血 MM复发": the denial of a finding is none of the course of the myeloma behind the blank."""
    apart = match.entry.group in _COURSE_GROUPS and earlier.entry.group not in _COURSE_GROUPS
    return (
        apart
        and BLANKS.fullmatch(text, earlier.end, match.start) is not None
        and _NAMES_MYELOMA.search(text, match.start, match.end) is not None
        and _OWN_DENIAL.search(text, match.start, match.end) is None
        and _DENIED_BEHIND.match(text, match.end) is None
    )


def _after_course(text: str, earlier: Match, match: Match) -> bool:
    """ "乳腺癌术后无复发 类风湿": the denial of a relapse is no denial of the disease after the blank."""
    return (
        earlier.entry.group == "phase"
        and match.entry.group == "condition"
        and bool(BLANKS.fullmatch(text, earlier.end, match.start))
        and _OWN_DENIAL.match(text, max(0, earlier.start - 1)) is not None
    )


def _tube_named_alone(text: str, match: Match) -> bool:
    """ "无血栓，PICC": a tube named alone behind one denial is there; in a list it may not be."""
    return bool(
        match.entry.kind == "catheter"
        and _ALONE_BEHIND.match(text, match.end)
        and _ONE_DENIED.search(text, max(0, match.start - 24), match.start)
    )


def _stands_by_itself(text: str, match: Match) -> bool:
    words = text[match.start : match.end]
    if _SELF_STANDING.search(words):
        return True
    listed = _FIELD.match(text, match.end) or _DENIED_IN_A_ROW.search(text, 0, match.start)
    return bool(_WITH_LENGTH.search(words)) and listed is None


def _denies_itself(text: str, match: Match) -> bool:
    """Whether the words hold their own denial: "大腿不肿", "胃镜无溃疡"."""
    data = match.entry.data
    itself = data.get("says") == "false" or (
        data.get("says") == "unknown" and data.get("denied") == "nothing"
    )
    return itself and bool(_OWN_DENIAL.search(text, match.start, match.end))


def _taken_back(text: str, match: Match, said: Assertion) -> Retraction | None:
    back = retraction(text, match.start, match.end)
    if back != "denied" and said.negated and not (back == "mistaken" and _quoted(text, match)):
        return None  # "没有糖尿病，写错了": the denial stands
    # A catheter that is "去掉" is out, in the record or in fact (A16).
    return "denied" if back == "removed" and match.entry.kind == "catheter" else back


def _quoted(text: str, match: Match) -> bool:
    """ "“既往无静脉血栓”有误": what stands in quotation marks is called wrong with its denial."""
    return bool(
        _CLOSED.match(text, match.end) and _OPENED.search(text, max(0, match.start - 12), match.start)
    )


def _after_retraction(said: Assertion, back: Retraction, match: Match) -> tuple[Assertion, Retraction | None]:
    """What is left of the assertion: a denial, a supposed denial, or a finding of which nothing is known.

    The denial of a thrombosis says nothing of an event that was recorded, so there the mention itself is
    turned round (``Note.mention``).
    """
    plain = replace(said, negated=False, doubtful_denial=False, uncertain=False, resolved=False)
    if back == "mistaken" and said.negated:  # "“既往无静脉血栓”有误" tells of no event of today
        plain = replace(plain, historical=True, history_word=True)
    if back == "supposed":
        return replace(plain, negated=True, hypothetical=True), None
    return replace(plain, negated=back == "denied" and match.entry.group != "thrombosis"), back


def _denied(value: Value, status: Status) -> tuple[Value, Status, str]:
    if status == "negated":
        return value, status, DENIED_NOTE
    return (False, "negated", DENIED_NOTE) if value is True else (None, "undetermined", WITHDRAWN_NOTE)


def _of_person(text: str, match: Match, said: Assertion) -> Assertion:
    """The assertion corrected for who it is said of, where a relative of the speaker is the patient."""
    if OF_ANOTHER.match(text, match.end):
        return replace(said, generic=True)
    who = person(text, match.start)
    if who is None and not (said.family or said.generic):
        who = in_family_section(text, match.start)
    if who == "patient":
        of_family = said.family and "家族" in text[match.end : match.end + 14]
        return replace(said, family=of_family, doubtful_family=False)
    if who == "blood":
        # the patient's own parents, whom the speaker calls 公公 or 岳母, are no strangers
        stranger = said.generic and not IN_LAW.search(text, max(0, match.start - 12), match.start)
        return replace(said, family=True, doubtful_family=False, generic=stranger)
    if who == "unsure":
        return replace(said, family=False, doubtful_family=True)
    return replace(said, generic=True) if who == "unrelated" else said


def _clusters(matches: list[Match]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for match in matches:
        if merged and match.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], match.end))
        else:
            merged.append((match.start, match.end))
    return merged
