"""When a finding was and how long it has lasted, as far as its sentence says."""

from __future__ import annotations

import re

from rasa_project.reading.findings.matching import Match
from rasa_project.reading.timewindow import Time

CLAUSE_END = re.compile(r"[,，。;；!！?？\n]")
_BLANK, BLANKS = re.compile(r"\s"), re.compile(r"\s+")
_FIRST_IN_LIST = re.compile(r"[、及和与或]")
# "便血有过，2021年": the date alone follows
_HAPPENED_ONCE = re.compile(
    r"(?:有|得|发|犯|出|长|患|也|曾|倒|是)*(?:过|史)(?:[一两二三几][次回])?\s?[,，]\s?(?:大概|大约|约|是|在|那是|好像)*"
)
# "既往脑出血，3年前": so it does where the finding is said to be of the past
_OF_THE_PAST = re.compile(
    r"(?:既往(?:史|病史)?|曾经?|以前|之前|从前|过去|早年)\s?[:：]?\s?(?:有|得|患|发生|出现|过)*$"
)
_DATE_FOLLOWS = re.compile(r"(?:病?史)?\s?[,，]\s?(?:大概|大约|约|是|在|那是|好像|距今)*")
ENDS_HERE = re.compile(r"(?:的事|的时候|了|左右|吧|那次|那年)*\s*(?:[,，。;；!！\n)）]|$)")
# "髋关节置换术2018年，术后出现DVT": what followed upon it belongs to that time
THEN = re.compile(
    r"(?:术|产|伤|病|骨折)后|当[时年]|那[时次年会]|同年|之后|后来|随后|继而|其后|期间|并发|继发|合并|引起|导致"
)
_SINCE_OPERATION = re.compile("[术产伤]后")
_OPERATED = re.compile("术|切除|置换|固定|骨折|摔|伤|产|分娩")
_IN_BRACKETS = re.compile(r"\s?[(（](?:整|已|满|约|共|即|正好|距今)*")


def dated(
    text: str, sentence: tuple[int, int], match: Match, times: list[Time], matches: list[Match]
) -> tuple[Time | None, Time | None]:
    """When the finding was (days ago) and how long it has lasted, as far as the sentence says."""
    inside = [time for time in times if sentence[0] <= time.start < sentence[1]]
    before = [t for t in inside if t.end <= match.start]
    after = [t for t in inside if t.start >= match.start and t.end > match.end]
    same_clause_before = [t for t in before if not CLAUSE_END.search(text[t.end : match.start])]
    same_clause_after = [t for t in after if not CLAUSE_END.search(text[match.end : t.start])]
    lasting = next((t for t in same_clause_after if t.kind == "duration" and t.start - match.end <= 6), None)
    if lasting and "、" in text[match.end : lasting.start]:
        lasting = None
    past = [t for t in same_clause_before if t.kind != "duration"]
    # "股骨十年前摔断过": a time may also stand within the words themselves.
    past += [t for t in inside if match.start < t.start and t.end < match.end and t.kind == "ago"]
    when = _not_merely_just(text, past) if past else None
    following = next(
        (t for t in same_clause_after if t.kind == "ago" and _apart(text, match.end, t.start) <= 10), None
    )
    gap = text[match.end : following.start] if following else ""
    # "2018年心梗 十天前心衰": dated already, what follows after a blank is of the next
    if following and not _FIRST_IN_LIST.search(gap) and not (past and _BLANK.search(gap)):
        when = following
    dated_alone = next(
        (
            t
            for t in after
            if t.kind == "ago"
            and (
                _HAPPENED_ONCE.fullmatch(text, match.end, t.start)
                or (
                    _DATE_FOLLOWS.fullmatch(text, match.end, t.start)
                    and _OF_THE_PAST.search(text, sentence[0], match.start)
                )
            )
            and ENDS_HERE.match(text, t.end)
        ),
        None,
    )
    when = when or dated_alone
    since = next((t for t in inside if t.start >= match.end and text.startswith("距今", t.start)), None)
    if since is not None:  # "5月因鼻出血填塞，…，距今不到两个月"
        when = since
    if when is not None:
        when = _after_operation(text, when, before) or _made_precise(text, when, inside)
    if when is None and lasting is None:
        carried = [t for t in before if t.kind == "ago" and CLAUSE_END.search(text[t.end : match.start])]
        when = carried[-1] if carried and not _dates_another(text, carried[-1], match, matches) else None
    return when, lasting


def _not_merely_just(text: str, past: list[Time]) -> Time:
    """ "12天前刚做了髋关节置换": beside a length "just" says no more."""
    vague = len(past) > 1 and text.startswith(("刚", "才"), past[-1].start) and past[-2].kind == "ago"
    return past[-2] if vague else past[-1]


def _apart(text: str, end: int, start: int) -> int:
    """The characters between, where words were put into Chinese over longer ones blanks counted once."""
    return len(BLANKS.sub(" ", text[end:start])) if start - end <= 30 else start - end


def _after_operation(text: str, when: Time, before: list[Time]) -> Time | None:
    """ "8年前子宫切除，术后第6天发生肺栓塞": the days are counted from an operation that is dated itself."""
    if not _SINCE_OPERATION.match(text, when.start):
        return None
    operation = next((t for t in reversed(before) if t.kind == "ago" and t.end <= when.start), None)
    if operation is None or not _OPERATED.search(text, operation.end, when.start):
        return None
    return operation


def _dates_another(text: str, time: Time, match: Match, matches: list[Match]) -> bool:
    """ "上次脑出血是4个月前，…，腘静脉血栓": at the end of its finding's clause a time dates no other."""
    if not ENDS_HERE.match(text, time.end) or THEN.search(text, time.end, match.start):
        return False
    clause = max((stop.end() for stop in CLAUSE_END.finditer(text, 0, time.start)), default=0)
    return any(clause <= other.start and other.end <= time.start for other in matches)


def _made_precise(text: str, when: Time, times: list[Time]) -> Time:
    """ "3月前（整100天）": the length in brackets is how long ago it was."""
    bracket = _IN_BRACKETS.match(text, when.end)
    exact = next(
        (t for t in times if bracket and t.start == bracket.end() and text[t.end : t.end + 1] in "）)"), None
    )
    if exact is None or when.kind != "ago":
        return when
    return Time(when.start, exact.end, "ago", exact.low, exact.high)
