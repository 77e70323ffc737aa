"""Cut a message into statements and questions.

A request ("请评估血栓风险") counts as a question: it asks for something and states no fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rasa_project.reading import asked_whether, lexicon
from rasa_project.reading.findings.matching import find
from rasa_project.reading.normalise import normalise

_SENTENCE = re.compile(
    r"(?:[^。;；!！?？\n]|[?？](?=\s*[)）、/]))+(?:[。;；!！?？\n]+\s*)*|[。;；!！?？\n]+\s*"
)
_CLAUSE = re.compile(r"[^,，]*(?:[,，]|$)")
_MARK = re.compile(r"[?？]")
_DOUBT_BEFORE = re.compile(r"(考虑|疑|待排|诊断)[^,，。]{0,12}$")
_DENIES_IN_ENGLISH = re.compile(r"\s*(?:and|but)?\s*(?:no|any)\s", re.IGNORECASE)
_DENIES = re.compile(r"\s*(?:那|真的?|就|现在|目前|应该)*(?:没有?|无)")
_HISTORY = re.compile(r"\s*的?病?史$")
_BLANK = re.compile(r"(?<=\S)[ )）]+(?=[^\s)）])")
# what is told of somebody, not the subject of the question ("房颤 怎么办")
_TELLS = re.compile(
    r"\d|[一二两三四五六七八九十][天周月年岁日]|[一两二三四五几][次回]了|[(（][+-]|[无没]|(?<!有)有|[昨前今][天日晨晚年]|上周|上个?月|"
    r"提示|显示|查出|查见|看到|看见|发现|证实|确诊"
)
# what an examination has shown, however short the words: "增强CT看到两侧肺动脉都有栓子咋整"
_RESULT = re.compile(
    r"^(?:今[天日早晨]?|昨[天日晚]?|复查|急诊|床旁|增强|下肢|双下肢|腿|做了?|刚|的)*"
    r"(?:ct(?:pa|a|v)?|彩超|超声|b超|造影|核磁|片子|检查|报告)(?:结果|报告|上|单子?)?(?:都|也|已|就)?"
    r"(?:看到|看见|见|可见|提示|显示|示|查出|查到|发现|报|[讲说]是)",
    re.IGNORECASE,
)
_LONG = 18  # characters dictated before the question
_TOLD_OF_SOMEBODY = re.compile(
    r"[昨前今][天日晨晚年]|上周|上个?月|以前|现在|目前|已经|有过|[得做吃打用]了|没有|没[得做吃打用]|\d\s?(?:岁|床)|[他她我]"
)
_IN_GENERAL = re.compile(r"(?<![这该本此位名])(?:患者|病人)|共识|指南|推荐|哪[些种个]|什么")
_TWO = re.compile(r"\S\s+\S")
_SEVERAL = re.compile(r"\S\s+\S+\s+\S+\s")
_ASKING_VERB = re.compile(r"(需|能|要|可以|可行|应|会|适合|行吗|用|预防|治疗)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece ``[start, end)`` of the message; ``text`` in the user's own words."""

    start: int
    end: int
    text: str
    question: bool


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("segments")[name], re.IGNORECASE)


def split(text: str) -> list[Segment]:
    """The statements and questions of a message, in order, covering all but blank text."""
    plain = normalise(text).text
    pieces = _pieces(plain, announced=False)
    asked = any(label == "question" for _, _, label in pieces)
    if not asked and _pattern("announced").search(plain):
        pieces = _pieces(plain, announced=True)
    merged: list[tuple[int, int, str]] = []
    for start, end, label in pieces:
        if merged and label == merged[-1][2] == "statement":
            merged[-1] = (merged[-1][0], end, label)
        else:
            merged.append((start, end, label))
    segments = []
    for start, end, label in merged:
        words = text[start:end]
        if words.strip() and re.search(r"\w", words):
            lead = len(words) - len(words.lstrip())
            segments.append(
                Segment(start + lead, start + len(words.rstrip()), words.strip(), label == "question")
            )
    return segments


def _pieces(plain: str, *, announced: bool) -> list[tuple[int, int, str]]:
    """The labelled pieces of a text; whether a clause that only announces a question is one ("请问…")."""
    return [
        piece for sentence in _SENTENCE.finditer(plain) for piece in _cut(plain, *sentence.span(), announced)
    ]


def _cut(plain: str, start: int, end: int, announced: bool) -> list[tuple[int, int, str]]:
    """One sentence as labelled pieces: "statement", "question" or "command"."""
    clauses = [
        (start + m.start(), start + m.end())
        for m in _CLAUSE.finditer(plain[start:end])
        if m.end() > m.start()
    ]
    clauses = [part for clause in clauses for part in _parted(plain, clause, announced)]
    labels = [_label(plain[a:b], announced) for a, b in clauses]
    marked = _MARK.search(plain[start:end].rstrip()[-2:]) and "question" not in labels
    if marked and (at := _asked_last(plain, clauses[-1])) is not None:
        clauses[-1:] = [(clauses[-1][0], at), (at, clauses[-1][1])]
        labels.append("statement")
    if marked and (
        _asks_back(plain, clauses[-1][0], end)
        or not _is_doubted_diagnosis(plain[clauses[-1][0] : end].rstrip("?？()（）;；。:： \n"))
    ):
        labels[-1] = "question"
    for index in range(len(labels) - 2, -1, -1):
        if labels[index + 1] == "question" and _pattern("condition").search(plain[slice(*clauses[index])]):
            labels[index] = "question"
    pieces: list[tuple[int, int, str]] = []
    for (a, b), label in zip(clauses, labels, strict=True):
        if pieces and pieces[-1][2] == label and label != "command":
            pieces[-1] = (pieces[-1][0], b, label)
        elif (
            pieces
            and pieces[-1][2] == "command"
            and label == "statement"
            and len(plain[slice(*pieces[-1][:2])]) > 5
        ):
            pieces[-1] = (pieces[-1][0], b, "command")
        else:
            pieces.append((a, b, label))
    return pieces


def _parted(plain: str, clause: tuple[int, int], announced: bool) -> list[tuple[int, int]]:
    """The case and the question of a clause that has both: typed with blanks, or dictated without a stop."""
    start, end = clause
    if _label(plain[start:end], announced) != "question":
        return [clause]
    at = asked_whether.boundary(plain, start, end)
    if (
        at is not None
    ):  # behind it more may be told, before the question: "没咳血 心率96 沙利度胺在吃 要不要来医院"
        return [(start, at), *_parted(plain, (at, end), announced)]
    if at is None:
        at = _question_at(plain, clause, announced)
    if at is None:
        at = _case_after(plain, clause, announced)
    if at is None and " " not in plain[start:end].strip():
        at = _after_dictation(plain, clause)
    return [clause] if at is None else [(start, at), (at, end)]


def _asked_last(plain: str, clause: tuple[int, int]) -> int | None:
    """ "左股静脉血栓+消化道出血 抗凝禁忌 放滤器吧？": where its last words begin, naming none."""
    start, end = clause
    blank = next(reversed(list(_BLANK.finditer(plain, start, end))), None)
    if blank is None or find(plain[blank.end() : end]):
        return None
    told = plain[start : blank.end()]
    return blank.end() if find(told) and (_TELLS.search(told) or _TWO.search(told.strip())) else None


def _question_at(plain: str, clause: tuple[int, int], announced: bool) -> int | None:
    """ "HR 118 咯血 左腿肿痛 要不要查PE": where the question begins behind the blanks of a case."""
    start, end = clause
    for blank in _BLANK.finditer(plain, start, end):
        last = blank.end()
        if _label(plain[start:last], announced) == "question":
            return None
        following = _BLANK.search(plain, last, end)
        if _label(plain[last : following.start() if following else end], announced) == "question":
            told = plain[start:last]
            to_be_done = _SEVERAL.search(told) and _pattern("what_to_do").search(plain, last, end)
            now = _pattern("what_now").search(plain[last:end]) and _is_a_case(plain, told)
            return last if _TELLS.search(told) or to_be_done or now else None
    return None


def _is_a_case(plain: str, told: str) -> bool:
    """Whether findings of several kinds are told side by side: "肺栓塞 休克", not "DVT PE" nor "房颤"."""
    if asked_whether.in_general(plain):
        return False
    groups = {(one.entry.group, one.entry.fact) for one in find(told) if not one.entry.lookalike}
    return len(groups) > 1 and _TWO.search(told.strip()) is not None


def _case_after(plain: str, clause: tuple[int, int], announced: bool) -> int | None:
    """ "这个人Wells怎么算 左下肢整条肿 偏瘫2月 无手术": where the case begins behind the question."""
    start, end = clause
    for blank in _BLANK.finditer(plain, start, end):
        if _label(plain[start : blank.end()], announced) == "question":
            rest = plain[blank.end() : end]
            told = _SEVERAL.search(f"{rest} ") and _TELLS.search(rest) and _label(rest, False) == "statement"
            return blank.end() if told else None
    return None


def _after_dictation(plain: str, clause: tuple[int, int]) -> int | None:
    """ "以前左腿有过血栓后来停了华法林现在…想问能不能吃阿司匹林": where the question begins."""
    start, end = clause
    asked = _pattern("question").search(plain, start, end)
    if asked is None:
        return None
    told = plain[start : asked.start()]
    if _RESULT.match(told) and find(told):
        return asked.start()
    if asked.start() - start < _LONG:
        return None
    return asked.start() if _TOLD_OF_SOMEBODY.search(told) and not _IN_GENERAL.search(told) else None


def _asks_back(plain: str, start: int, end: int) -> bool:
    """ "no bleeding?", "没有出血？" as the whole message: what is denied is asked, and not doubted."""
    if _DENIES_IN_ENGLISH.match(plain, start):
        return True
    whole = not plain[:start].strip() and not plain[end:].strip()
    return whole and _DENIES.match(plain, start) is not None and len(find(plain[start:end])) == 1


def _is_doubted_diagnosis(clause: str) -> bool:
    """Whether a question mark only doubts the finding before it ("肺栓塞？")."""
    if _ASKING_VERB.search(clause):
        return False
    clause = _HISTORY.sub("", clause)
    matches = [match for match in find(clause) if not match.entry.lookalike]
    ends_in_finding = bool(matches) and matches[-1].end == len(clause)
    ends_in_finding = ends_in_finding and (matches[-1].start <= 6 or len(matches) > 1)
    return ends_in_finding or bool(matches and _DOUBT_BEFORE.search(clause[: matches[-1].end]))


def _label(clause: str, announced: bool) -> str:
    clause = _pattern("no_question").sub("", clause)
    if _pattern("question").search(clause) or _pattern("request").search(clause):
        return "question"
    if announced and _pattern("announced").search(clause):
        return "question"
    return "command" if _pattern("command").search(clause) else "statement"


def states_case(text: str, position: int) -> bool:
    """Whether a question states what stands at ``position`` of it as a fact of a case."""
    plain = normalise(text).text
    if _pattern("generic_patients").search(plain):
        return False
    if _pattern("anchor").search(plain[:position]):
        return True
    if _pattern("measured").search(plain):
        return True
    # "骨髓瘤患者有糖尿病要不要预防": what to do is asked for somebody who has it
    return bool(_pattern("myeloma_patient").search(plain[:position]) and _pattern("what_to_do").search(plain))
