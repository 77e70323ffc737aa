"""The assertion made about each finding: present, denied, doubtful, past, planned, or somebody else's."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rasa_project.reading.context.grip import ANSWERS, COMMA, TOGETHER, all_but, grip
from rasa_project.reading.context.predicate import introduced, predicate, unexplained
from rasa_project.reading.context.rules import TARGET, Modifier, modifiers

# A line break inside a list of denials ("否认糖尿<br>病、慢阻肺病史", as scanned) ends no sentence.
# "EPO not given. PICC排在周四": an English full stop ends one too.
_SENTENCE = re.compile(
    r"(?:(?!(?<=[A-Za-z\u4e00-\u9fff]{2}\.) [A-Z\u4e00-\u9fff])[^。;；!！?？\n]|(?<=[、及和或与])\n|"
    r"(?<![:：][有无是否])(?<!\s)\n(?=[^\n、,，:：。;；\s]{1,3}、))+"
    r"(?:[。;；!！?？\n]| (?=[A-Z\u4e00-\u9fff]))*"
)
# In shorthand ("DM(+) COPD(-) 卧床5d 无出血") a space after a result or a value separates like a comma.
_SEPARATING_SPACE = re.compile(
    rf"(?<=[)）]) (?=[\w{TARGET}])|"
    r"(?:(?<=[0-9岁天周月年史])|(?<=[0-9][dhwy])) "
    r"(?!(?:[无有]|[问说记]?不(?:清楚?|详|明))(?:[\s,，。;；]|$))"
    rf"(?=[\u4e00-\u9fff{TARGET}])"
    rf"|(?<=[\u4e00-\u9fff{TARGET}])(?<![无有否没未认曾]) (?=就是|但|不过|现在|目前|上个?[月周]|近|昨|今|"
    r"既往|(?:之前|以前|从前|早先|早年)(?!的|就|也|都|并?[没无未否])|曾|"
    r"然后|后来|因|入院|患者|病人|他|她|平时|有)"
    rf"|(?<={TARGET}) (?=[得患]过)"
)
# "DVT已排除 左腿肿", "PE疑似 房颤": the verdict is on what stands before it, as before a comma.
_VERDICT_ENDS = re.compile(
    rf"({TARGET}\s?(?:[已经均都仍还尚暂也]|基本|完全|高度|目前|需要?|待|不能|不|未能?|无法|可以?|予以?|临床)*"
    r"(?:排除|除外|待排|可疑|疑似|疑诊|存疑)(?:了|掉)?)\s"
    rf"(?=[\u4e00-\u9fffA-Za-z{TARGET}])"
)
# "慢阻肺未诊断 糖尿病", "咯血否认 左腿肿": so is a denial, and whatever is said up to the blank.
_SAID_UP_TO_BLANK = re.compile(
    rf"(?<={TARGET})(?P<said>[^\s,，、。;；:：!！?？{TARGET}]{{1,10}})\s(?=[\u4e00-\u9fffA-Za-z{TARGET}])"
)
_REFUSES = re.compile(r"(?:病?史)?(?:也|都|均|已|曾)*(?:否认|拒绝|谢绝)(?:过|了)?")
# "没吃过华法林 肝功能不全": who has not taken a drug may have what is named after the blank.
_UNTAKEN_DRUG = re.compile(
    rf"((?:没有?|未|不)(?:再)?(?:吃|服用?|用|打|使用|口服)过?[^\s,，。;；{TARGET}]{{1,8}}) "
)
# "激素没用 糖尿病", "肿瘤史否认 房颤": nor does what is said of a drug, or of another history, go on.
_SAID_OF_ANOTHER = re.compile(
    r"((?<=[\u4e00-\u9fffA-Za-z])(?:(?:没有?|未)(?:再|曾)?(?:使用|应用|服用|口服|[用吃打服上加停换])(?:过|上|了)?|"
    rf"(?<=史)(?:否认|无|没有)))\s(?=[\u4e00-\u9fffA-Za-z{TARGET}])"
)
_INTRODUCED = re.compile(r"(?:有|无|没|未见|否认|患|伴|合并)过?(?:近期|新发|急性|慢性|既往)?\s*$")
_OWN_ANSWER = re.compile(
    r"(?:病?史)?\s*[:：]?\s*(?:(?:倒是?|却是?|确实|也是?|是)?(?:没有?|有|无|未见|[阴阳]性|不详|不清楚?|不明)(?:的|过)?(?![\u4e00-\u9fff\ue000])|[(（]\s*[-+?？]+\s*[)）]|[?？]|"
    r"\d(?:\.5)?\s?分)"
)
# "否认房颤、既往有糖尿病"
_THERE_TOO = re.compile(r"[、,，\s](?:既往|曾|现|目前|另外?|还|并|又|仍|但)*(?:有|患|合并|伴有?)过?\s*$")
_DENIED_ANEW = re.compile(rf"\s(?:也|亦|并|均|既往)*(?:无|没有?|未|否认)[^\s,，{TARGET}]{{0,4}}(?={TARGET})")
# "狼疮抗凝物报告来了，阴性，心磷脂还没出"
_REPORTED = re.compile(
    r"(?:抗体)?(?:结果|报告单?|化验单?)?(?:也|都|刚刚?|已经?|才|今天)*(?:出|回|来|到|报)来?了[,，\s]\s?[弱强]?[阴阳]性"
)
_SIGN = re.compile(r"\s*(?:[(（]\s*[-+]|[:：]\s*[有无](?![\u4e00-\u9fff]))")
_APART = re.compile(rf"[,，]|{TARGET}(?:病?史)?\s")
_ANSWERED = re.compile(r"[^,，。;；:：\n]{0,4}[:：]\s*(?:否|无|没有|是|有)\s*(?:[,，。;；\n]|$)")
_OWN_EVIDENCE = re.compile(
    r"^(病?史)?(?:\s*(?:置管|留置)*(?:中|在位|通畅)(?![\u4e00-\u9fff])|"
    r"\s*(?:约|近|已|有|共|[>≥]|大于|超过)?\s*\d+(?:\.\d+)?(?:余|多)?\s?个?(?:[年月周天日]|[dhw](?![a-z])|小时)|"
    r"\s*(?:约|近|已|有|共|[>≥]|大于|超过)\s*\d|[1-9]|"
    r"\s*(?:约|近|已|有|共|[>≥]|大于|超过)?\s*[一二两三四五六七八九十半数几]+(?:余|多)?个?[年月周天日])"
)
_DENIED_VALUE = re.compile(
    r"^[^,，、。;；]{0,12}(史|病史)?\s*[:：]\s*(无|否)|^[\sA-Za-z0-9.:/~\-]{0,16}[(（]?\s*(阴性|-\s*[)）])"
)
# what a predicate says of its own finding; "other" speaks of something else
_ITS_OWN = frozenset({"denied", "lasting", "affirmed", "doubtful", "unknown"})
_HAS_IT = re.compile(rf"有(?={TARGET}+(?:没有?|无))")  # "糖尿病有房颤没有", as dictated


@dataclass(frozen=True, slots=True)
class Assertion:
    """What the context says about one finding.

    ``negated`` is certain denial; ``doubtful_denial`` means that a denial may or may not
    reach the finding (then it is undetermined, never absent); ``lasting`` says that what
    would end it has not come about ("导管没拔", "没转阴").
    """

    negated: bool = False
    doubtful_denial: bool = False
    uncertain: bool = False
    affirmed: bool = False
    family: bool = False
    doubtful_family: bool = False
    historical: bool = False
    history_word: bool = False
    resolved: bool = False
    planned: bool = False
    hypothetical: bool = False
    generic: bool = False
    lasting: bool = False


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), closing punctuation included."""
    return [match.span() for match in _SENTENCE.finditer(text)]


def assess(text: str, spans: list[tuple[int, int]]) -> list[Assertion]:
    """The assertion about the finding at each span; spans are ordered and do not overlap."""
    masked = list(text)
    for start, end in spans:
        masked[start:end] = TARGET * (end - start)
    plain = _UNTAKEN_DRUG.sub(r"\1,", _SEPARATING_SPACE.sub(",", "".join(masked)))
    plain = _SAID_OF_ANOTHER.sub(r"\1,", _predicates_end(_VERDICT_ENDS.sub(r"\1,", plain)))
    plain = plain.replace('"', " ")  # the report says “肺栓塞待排”
    results: list[Assertion] = []
    index = 0
    for begin, stop in sentences(text):
        inside = []
        while index < len(spans) and spans[index][0] < stop:
            inside.append((spans[index][0] - begin, min(spans[index][1], stop) - begin))
            index += 1
        if inside:
            results += _assess_sentence(plain[begin:stop], inside)
    return results


def _predicates_end(plain: str) -> str:
    """The text with a comma for each blank up to which something is said of the finding before it."""

    def ended(match: re.Match[str]) -> str:
        whole = plain[: match.end("said")]
        said = predicate(whole, match.start())
        own = (said is not None and said[0] in _ITS_OWN and said[1] == len(whole)) or _REFUSES.fullmatch(
            match["said"]
        )
        return f"{match['said']}," if own else match[0]

    return _SAID_UP_TO_BLANK.sub(ended, plain)


def _assess_sentence(sentence: str, targets: list[tuple[int, int]]) -> list[Assertion]:
    attached, everything = modifiers(sentence, targets)
    soft = [modifier for modifier in everything if modifier.category == "SOFT_BREAK"]
    spent = _dictated(sentence, targets)
    theirs = _own_predicates(sentence, targets) | spent
    own = [
        [
            m
            for m in about
            if not any(a <= m.start < b <= start for a, b in theirs.items())
            and not (m.category == "NEGATED" and end < m.start and _HAS_IT.match(sentence, end))
            and not _is_of_another(sentence, (start, end), m)
        ]
        for (start, end), about in zip(targets, attached, strict=True)
    ]
    said = [_judge(sentence, target, about, soft) for target, about in zip(targets, own, strict=True)]
    return [
        replace(one, negated=True, doubtful_denial=False, affirmed=False)
        if target[1] in spent and not one.uncertain
        else _as_predicated(sentence, target, one, everything)
        for target, one in zip(targets, said, strict=True)
    ]


def _is_of_another(sentence: str, target: tuple[int, int], modifier: Modifier) -> bool:
    """Whether a word beyond another finding is of that one: "有慢阻肺 房颤无", "无咯血、房颤(+)".

    A finding with an answer of its own, before or behind it, needs no other.
    """
    start, end = target
    if modifier.category == "HISTORICAL":  # of an answered finding the history is not told behind the next
        # ... nor behind another with a denial of its own: "无活动性出血 无出血史"
        own = _answered(sentence, end) or _DENIED_ANEW.match(sentence, end, modifier.start)
        return modifier.start >= end and TARGET in sentence[end : modifier.start] and bool(own)
    if modifier.category not in ANSWERS:
        return False
    if modifier.start >= end:
        between, answered = sentence[end : modifier.start], _INTRODUCED.search(sentence, 0, start)
        if TOGETHER.match(sentence, modifier.start):
            return False
        if _SIGN.match(sentence, modifier.start) and TARGET in between and " " in between:
            return True  # "初诊MM 血栓史(-)"
    else:
        between, answered = sentence[modifier.end : start], _THERE_TOO.search(sentence, modifier.end, start)
    return TARGET in between and (answered is not None or _answered(sentence, end))


def _answered(sentence: str, end: int) -> bool:
    return bool(
        _REPORTED.match(sentence, end)
        or _OWN_ANSWER.match(sentence, end)
        or _OWN_EVIDENCE.match(sentence[end:])
    )


def _dictated(sentence: str, targets: list[tuple[int, int]]) -> dict[int, int]:
    """Where findings end whose denial follows without a comma, and where that ends: it is theirs only."""
    spent: dict[int, int] = {}
    for start, end in targets:
        found = predicate(sentence, end)
        if found and found[0] == "dictated" and (start in spent.values() or not introduced(sentence, start)):
            spent[end] = found[1]
    return spent


def _own_predicates(sentence: str, targets: list[tuple[int, int]]) -> dict[int, int]:
    """Where findings end of which something is said up to a comma, and where that ends: of no other."""
    found = ((end, predicate(sentence, end)) for _, end in targets)
    return {
        end: said[1] for end, said in found if said and said[0] in _ITS_OWN and COMMA.match(sentence, said[1])
    }


def _as_predicated(
    sentence: str, target: tuple[int, int], said: Assertion, everything: list[Modifier]
) -> Assertion:
    """The assertion corrected by the predicate behind the finding; a negation nobody explains is a doubt."""
    start, end = target
    if all_but(sentence, start, end):
        return said
    found = predicate(sentence, end)
    kind, stop = found or (None, end)
    if said.uncertain and _ANSWERED.match(sentence, end):
        said = replace(said, uncertain=False)  # "是否住院：否": the form has its answer
    affirmed = said.affirmed and not any(
        m.category == "AFFIRMED" and end <= m.start < stop for m in everything
    )
    if kind == "denied" and not (said.uncertain or affirmed):
        return replace(said, negated=True, doubtful_denial=False, affirmed=False)
    if kind == "doubtful":
        return replace(said, negated=False, doubtful_denial=True)
    if kind in {"affirmed", "lasting"}:
        before = any(m.category == "NEGATED" and m.end <= start for m in everything)
        denied = said.negated and before
        return replace(
            said,
            negated=denied,
            affirmed=not denied,
            lasting=kind == "lasting",
            resolved=False,
            uncertain=False,
        )
    if said != Assertion() and not said.affirmed and not said.historical:
        return said
    explained = [(m.start, m.end) for m in everything] + [(end, stop)]
    doubt = unexplained(sentence, start, end, explained, TARGET)
    return replace(said, doubtful_denial=True) if doubt else said


def _judge(sentence: str, target: tuple[int, int], own: list[Modifier], soft: list[Modifier]) -> Assertion:
    start, end = target
    flags: dict[str, bool] = {}
    far = False
    after: dict[str, int] = {}
    result = any(
        m.category == "AFFIRMED" and not sentence[end : m.start].strip() for m in own if m.start >= end
    )
    for modifier in own:
        held = grip(sentence, start, end, modifier, soft)
        if held == "none":
            continue
        if result and modifier.category == "NEGATED" and COMMA.search(sentence, modifier.end, start):
            continue  # "右下肢无肿，左腓肠肌压痛(+)": a finding with its own result is no item of the denial
        name = modifier.category.lower()
        if modifier.start >= end and name in {"negated", "affirmed"}:
            after[name] = min(after.get(name, modifier.start), modifier.start)
        if name == "negated":
            flags["negated" if held == "sure" else "doubtful_denial"] = True
        elif name == "family":
            flags["family" if held == "sure" else "doubtful_family"] = True
        elif held == "sure" and name == "affirmed" and COMMA.search(sentence[end : modifier.start]):
            far = True  # "没得过血栓，糖尿病高血压都有": what is denied outright stays denied
        elif held == "sure":
            flags[name] = True
            if name == "historical" and modifier.direction == "BACKWARD":
                flags["history_word"] = True
    if after.get("affirmed", len(sentence)) < after.get("negated", 0) and not flags.get("doubtful_denial"):
        # "糖尿病有的高血压没有": of two words after it the nearer one is its own.
        flags["negated"] = any(m.category == "NEGATED" and m.end <= start for m in own)
    flags.setdefault("affirmed", far and not flags.get("negated", False))
    own_evidence = bool(_OWN_EVIDENCE.match(sentence[end:]))
    if flags.get("negated") and (
        flags.get("affirmed") or (own_evidence and not _time_is_denied(sentence[end:]))
    ):
        flags["doubtful_denial"], flags["negated"] = True, False
    if (
        flags.get("doubtful_denial")
        and not flags.get("negated")
        and own_evidence
        and not flags.get("affirmed")
    ):
        denied = max((m.end for m in own if m.category == "NEGATED" and m.end <= start), default=0)
        flags["doubtful_denial"] = not _APART.search(sentence, denied, start)
    return Assertion(**flags)


def _time_is_denied(after: str) -> bool:
    """Whether what looks like evidence is denied itself: "近3个月出血：无", "抗体IgG 8.2（阴性）"."""
    return bool(_DENIED_VALUE.match(after))
