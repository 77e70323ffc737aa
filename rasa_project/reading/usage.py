"""Whether a drug that is named is taken, planned, stopped, was never given, or is only asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, Protocol

from rasa_project.reading import usage_changes as changes
from rasa_project.reading import usage_cues as cues
from rasa_project.reading.context.predicate import predicate
from rasa_project.reading.context.retraction import retraction

Usage = Literal["taken", "planned", "stopped", "never", "asked", "named", "unsuited", "withdrawn", "doubtful"]

_NO: tuple[Usage, ...] = ("stopped", "never")


@dataclass(frozen=True, slots=True)
class Named:
    """A drug or regimen name at ``[start, end)``; anticoagulants need proof that they are taken."""

    start: int
    end: int
    needs_proof: bool


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def mask(text: str, *names: Sequence[_Span]) -> str:
    """The text with every named drug and regimen blanked, so that only the words around them speak."""
    masked = list(text)
    for group in names:
        for item in group:
            masked[item.start : item.end] = cues.MASK * (item.end - item.start)
    return "".join(masked)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(stop, 0, start) for stop in cues.STOP_CHARACTERS) + 1
    after = cues.STOPS.search(text, end)
    return first, (after.start() if after else len(text))


@lru_cache(maxsize=1024)  # the drugs, the regimens and the doses ask of the same names
def usage(masked: str, name: Named) -> Usage:
    """Read the words around a name; ``masked`` has every drug and regimen name replaced by ``◇``."""
    if masked.startswith("方案", name.end):
        name = Named(name.start, name.end + 2, name.needs_proof)
    taken_back = retraction(masked, name.start, name.end)
    if taken_back is not None:
        mistaken = taken_back == "mistaken" and not changes.right_one_follows(masked, name.end)
        return "withdrawn" if mistaken else "never"
    first, last = _clause(masked, name.start, name.end)
    if (told := cues.TOLD.match(masked, last)) and cues.ASKED_OF_USE.search(masked[first:last]):
        return "stopped" if told["no"] else "taken"
    if (whether := _whether(masked, name)) is not None:
        return whether
    if _ends_in_no(masked, name, first):
        return "asked"
    used = _usage(masked, name)
    if used == "taken" and not name.needs_proof and masked[: name.start].rstrip().endswith(cues.UNCLEAR):
        return "doubtful"
    if used in _NO and cues.STILL_TO_BEGIN.match(masked, name.end):
        return used if changes.given_up(masked, name.end, masked[first : name.start]) else "planned"
    return used


def _whether(masked: str, name: Named) -> Usage | None:
    """Of a drug of which it is asked whether it is taken: "doubtful" where that is said not to be known."""
    if cues.UNSUITABLE_AFTER.match(masked, name.end):
        return None  # "有没有抗凝禁忌"
    if cues.FIELD_OPEN.match(masked, name.end):
        return "doubtful"
    if cues.POSSIBLY.search(masked, max(0, name.start - 12), name.start):
        return "doubtful"
    behind = cues.ONE_OR_OTHER.match(masked, name.end) or cues.WHETHER_AFTER.match(masked, name.end)
    if behind is not None and behind.re is cues.ONE_OR_OTHER:
        first = cues.PAST_NAMES.match(masked, behind.end())
        if first and cues.UNSETTLED.match(masked, first.end()):
            return "doubtful"
        # "用利伐沙班还是华法林": of the two neither is said to be taken
        settled = behind[0].lstrip()[0] in ",，" and cues.STRONG.search(
            masked, max(0, name.start - 8), name.start
        )
        return "asked" if name.needs_proof and "还是" in behind[0] and not settled else None
    low = max(0, name.start - 12)
    if cues.OTHER_OR_ONE.search(masked, low, name.start) or cues.THIS_OR_NOT.search(masked, low, name.start):
        return "doubtful" if cues.UNSETTLED.match(masked, name.end) else None
    if behind is None and cues.WHETHER_BEFORE.search(masked, max(0, name.start - 16), name.start) is None:
        return None
    end = behind.end() if behind else name.end
    if cues.UNSETTLED.match(masked, end):
        return "doubtful"
    return None if cues.ANSWER.match(masked, end) else "asked"


def _ends_in_no(masked: str, name: Named, first: int) -> bool:
    """Whether the clause asks with a 不 or 没 at its end: "能吃利伐沙班不", "来那度胺能用不"."""
    if cues.ASKS_BEHIND.match(masked, name.end):
        return True
    asks = cues.ASKS_BEFORE.search(masked, max(first, name.start - cues.NEAR), name.start)
    return asks is not None and cues.ASKS_AT_END.match(masked, name.end) is not None


def _usage(masked: str, name: Named) -> Usage:
    first, last = _clause(masked, name.start, name.end)
    # "未用来那度胺，沙利度胺，激素": a name alone between commas goes on with the list before it.
    for _ in range(cues.LONGEST_LIST):
        alone = cues.BARE.match(masked, name.end, last) and not masked[first : name.start].strip(
            cues.LIST_CHARACTERS
        )
        if not alone or cues.BARE_BEFORE.search(masked[max(0, first - 4) : first]) is None:
            break
        first = _clause(masked, first - 1, first)[0]
    lead, trail = masked[first : name.start], masked[name.end : last]
    if (meant := _meant(masked, name)) is not None:
        return meant
    if cues.DOSE_TOLD.match(masked, name.end) and not cues.PLAIN_QUESTION.search(masked[first : last + 1]):
        return "taken"
    if (later := changes.told_later(masked, name.start, name.end, lead, _last_cue(lead))) is not None:
        return later
    question = bool(cues.QUESTION.search(_own_words(masked, name, first, last)))
    if cues.UNSUITABLE_AFTER.match(trail):
        return "unsuited"
    if cues.FORM_NO.match(trail):
        return "never"
    if cues.FORM_YES.match(trail):
        return "taken"
    if cues.NOT_YET.match(masked, name.end):
        planned = cues.TO_BE_TAKEN.search(lead) and not _contingent(masked, name)
        return "planned" if planned else "never"
    if (question or cues.WHEN.search(masked[first : last + 1])) and cues.ASKS_TO_STOP.search(
        masked[first : last + 1]
    ):
        going_on = cues.MAY_NOW_STOP.match(masked, name.end) or cues.GOING_ON.search(lead)
        return "taken" if going_on else "asked"
    if cues.RESUMED.match(masked, name.end) or (
        cues.STOPPED_THEN.match(masked, name.end) and _last_cue(lead) == "stopped"
    ):
        return "taken"
    if cues.PAUSED.match(masked, name.end) and not question:
        return "taken"
    if not name.needs_proof and not question and changes.paused(masked, name.end):
        return "taken"
    if not question and changes.gone_on(masked, name.end, _last_cue(lead)):
        return "taken"
    if cues.NOT_UNTAKEN.search(lead):
        return "asked" if question else "taken"
    if cues.SKIPPED_BEFORE.search(lead) and cues.SKIPPED_AFTER.match(trail):
        return "taken"
    if cues.MISSED.match(trail) or (not question and _left_out(masked, name, lead, trail)):
        return "taken"
    if name.needs_proof and (
        (cues.MUST_GO_ON.match(trail) and not question)
        or (cues.UNTIL_NOW.search(lead) and cues.MEASURED.match(masked, name.end))
    ):
        return "taken"
    off = cues.DAYS_OFF.match(masked, name.end)
    if off and _last_cue(lead) in (None, "taken", "switch") and not cues.STOP_LATER.match(masked, off.end()):
        return "taken"
    if not name.needs_proof and cues.A_COURSE.search(lead) and cues.COURSE_OVER.match(masked, name.end):
        return "taken"
    if not question and cues.STOP_TO_COME.match(masked, name.end):
        return "taken"
    if cues.STOP_AFTER.match(trail):
        return "taken" if _only_advised(masked, name, lead, trail) else "stopped"
    if cues.STOPPED_ASIDE.match(masked, name.end):
        return "stopped"
    if (
        name.needs_proof
        and cues.CHANGE_ADVISED.search(lead[-cues.NEAR :])
        and cues.AWAY_AFTER.match(masked, name.end)
        and not cues.DONE_SINCE.match(masked, name.end)
    ):
        return "taken"
    if cues.AWAY_AFTER.match(masked[name.end : name.end + 60].split("。")[0]) or (
        cues.PAST_AFTER.match(masked[name.end : name.end + 50].split("。")[0])
        and not cues.TRANSPLANT_AHEAD.match(masked, name.end)
    ):
        return "stopped"
    if cues.NEXT_AFTER.match(masked, name.end) or (
        cues.COURSES_BEFORE.search(lead) and cues.NOW_ANOTHER.match(masked, name.end)
    ):
        return "stopped"
    if not question and _long_ago(masked, name, lead):
        return "stopped"
    formerly = not question and name.needs_proof
    if formerly and changes.over_long_ago(masked, name.start, name.end, date.today().year):
        return "stopped"
    if not question and not name.needs_proof and changes.left(masked, name.end):
        return "stopped"
    if cues.TO_STOP.search(lead[-cues.NEAR :]) and cues.CARRIED_OUT.match(masked, name.end):
        return "stopped"
    excepted = lead.rstrip().endswith(("除", "除了"))  # "除了阿司匹林，其他药都停了"
    stopped_later = not excepted and cues.STOP_LATER.match(masked[name.end : name.end + 40])
    if cues.REFRACTORY_AFTER.match(trail) or stopped_later:
        return "stopped"
    if cues.LINE.search(lead) and cues.NEXT_LINE.search(masked[name.end : name.end + 60].split("。")[0]):
        return "stopped"
    if cues.IN_USE.search(lead) and cues.NOT_DONE.match(masked, name.end) and not question:
        return "taken"
    said = predicate(masked, name.end, drug=True)
    if said is not None and said[0] == "denied" and not question:
        return "never"  # "促红素从没打过"
    once = cues.ONCE_TAKEN.match(masked, name.end)
    if once and (said := predicate(masked, once.end(), drug=True)) and said[0] == "denied":
        return "stopped"  # "促红素去年打过，今年一针没打"
    if name.needs_proof and cues.ADVISED_INSTEAD.search(masked, max(0, name.start - 40), name.start):
        return "taken" if cues.DONE_SINCE.match(masked, name.end) else "planned"
    if name.needs_proof and not question and cues.GIVEN_SINCE.match(masked, name.end):
        return "taken"
    cue = _last_cue(lead)
    if name.needs_proof and cue == "stopped" and _begun_before(masked, name, lead):
        return "taken"
    if cue in ("stopped", "never", "unsuited"):
        return cue  # type: ignore[return-value]
    if not question and (_contingent(masked, name) or (name.needs_proof and cues.WAITS.search(lead))):
        return "named"
    only_this = bool(cues.ONLY_THIS.search(lead) and cues.THIS_ALONE.match(trail))
    if name.needs_proof and only_this and not question and cue in (None, "taken"):
        return "taken"
    if name.needs_proof and cue is None and cues.INR_AFTER.match(masked, name.end):
        return "taken"
    in_brackets = name.needs_proof and not question and cues.BRACKET_CLOSED.match(masked, name.end)
    if in_brackets and cues.INR_BEFORE.search(masked, max(0, name.start - 24), name.start):
        return "taken"
    if name.needs_proof and cues.HOW_LONG_AFTER.match(masked, name.end) and not cues.STRONG.search(lead):
        return "asked"
    if name.needs_proof and cues.MAY_BE_USED.match(masked, name.end) and not cues.STRONG.search(lead):
        return "asked"
    if name.needs_proof:
        return _proof(
            lead, trail, cue, question, bool(cues.CONDITION.search(masked[max(0, first - 30) : name.start]))
        )
    if (
        cue == "asked"
        or (question and cues.OF_PATIENTS.search(lead) and not cues.SOMEBODY.search(lead))
        or cues.SUBJECT.match(trail)
        or (question and cue is None and not cues.BESIDE.search(masked[first:last]))
    ):
        return "asked"
    if question and cues.PREDICATE.match(trail) and cue not in ("taken", "switch"):
        return "asked"
    return "planned" if cue == "planned" else "taken"


def _own_words(masked: str, name: Named, first: int, last: int) -> str:
    """The clause without what somebody goes on to ask behind a blank."""
    if masked.endswith("呢", name.end, last) and cues.TOPIC_THEN_VALUE.match(masked, last):
        return masked[first : last - 1]
    aside = changes.ASIDE_ASKED.search(masked, name.end, last)
    return masked[first : aside.start()] if aside else masked[first : last + 1]


def _meant(masked: str, name: Named) -> Usage | None:
    """Of two drugs that are told apart, whether this is the one that is taken."""
    before = masked[max(0, name.start - 24) : name.start]
    if cues.NOT_THIS.search(before):
        instead = cues.BUT_THAT.match(masked, name.end)
        other = cues.THIS_AND_NOT.search(before) and cues.CLAUSE_OVER.match(masked, name.end)
        return "never" if instead or other else None
    return "taken" if cues.NOT_THAT_BUT.search(before) and cues.CLAUSE_OVER.match(masked, name.end) else None


def _long_ago(masked: str, name: Named, lead: str) -> bool:
    """Whether the drug was given last, or given at all, long ago, or until something was reached."""
    if cues.UNTIL_STOPPED.match(masked, name.end) or cues.GIVEN_LONG_AGO.match(masked, name.end):
        return True
    if cues.LAST_TIME_BEFORE.search(lead[-cues.NEAR :]) and cues.WHILE_THEN.match(masked, name.end):
        return True
    return bool(cues.LAST_TIME.search(lead[-cues.NEAR :]) and cues.LAST_LONG_AGO.match(masked, name.end))


def _begun_before(masked: str, name: Named, lead: str) -> bool:
    """Whether what was begun "before" goes on: "之前PE已抗凝3个月", "之前利伐沙班预防12个月了"."""
    governed = max(cues.CUES.finditer(lead), key=re.Match.end, default=None)
    if governed is None or not changes.PAST.match(governed[0]) or "过" in governed[0].replace("过去", ""):
        return False
    already = cues.ALREADY_BEFORE.search(lead) and cues.SO_LONG.match(masked, name.end)
    return bool(already or cues.SO_LONG_NOW.match(masked, name.end))


def _only_advised(masked: str, name: Named, lead: str, trail: str) -> bool:
    """ "建议阿司匹林停用5天后诊刮": what is to be stopped is still taken, unless it has been done."""
    done = cues.STOPPED_BY_NOW.match(trail) or cues.CARRIED_OUT.match(masked, name.end)
    return not done and cues.ADVISED_TO_STOP.search(lead[-cues.NEAR :]) is not None


def _left_out(masked: str, name: Named, lead: str, trail: str) -> bool:
    """Whether only today's dose was not given: "今天没打促红素"."""
    if cues.LEFT_OUT_AFTER.match(masked, name.end):
        return True
    return bool(cues.LEFT_OUT_BEFORE.search(lead[-cues.NEAR :]) and cues.BARE.match(trail))


def _contingent(masked: str, name: Named) -> bool:
    return bool(cues.CONTINGENT.search(masked[max(0, name.start - 40) : name.start]))


def _last_cue(lead: str) -> str | None:
    """The cue nearest to the name, if it governs it; a name in a list shares the cue of the list."""
    found = list(cues.CUES.finditer(lead))
    if not found:
        return None
    last = _before_joined(lead, found)
    if last.lastgroup in ("taken", "switch") and cues.INTENDED.search(lead[: last.start()]):
        if last[0].startswith(cues.GONE_ON_WITH):
            return "taken"
        # "准备下周上◇ 依诺4000u qd": in shorthand a blank ends what is planned
        return None if cues.LIST_OVER.search(lead, last.end()) else "planned"
    if last.lastgroup == "taken" and cues.PLAIN_VERB.fullmatch(last[0]):
        # "曾因DVT服用X", "既往用药史：X": the past mark governs the plain verb after it.
        past = list(cues.PAST_MARK.finditer(lead, 0, last.start()))
        reach = cues.PAST_REACH.get(past[-1][0], 4) if past else 0
        if past and last.start() - past[-1].end() <= reach and not cues.STRONG.search(lead, past[-1].end()):
            return "stopped"
    if last.lastgroup in ("stopped", "never") and changes.of_the_one_before(lead, *last.span()):
        return None
    if last.lastgroup == "stopped" and (
        cues.TO_BE_STOPPED.search(lead[: last.start()]) or cues.NOT_STOPPED.search(lead[: last.start()])
    ):
        return "taken"
    if last.lastgroup == "asked" and cues.BLANK_AFTER_WORDS.search(lead, last.end()):
        return None  # "能下地走 VCd d8": in shorthand a blank ends the clause
    if last.lastgroup in ("stopped", "never"):
        # "未用X" governs X and its list, not a drug that comes after other words: "无发热等不适，用X".
        if cues.FIELD_VALUE.search(lead, 0, last.start()) and lead[last.end() : last.end() + 1].isspace():
            return None
        if cues.BLANK_AFTER_FINDING.search(lead, last.end()):
            return None  # "没症状 hr 78 VRd维持"
        between = re.sub(rf"[{cues.MASK}\s、,，和及与/+或]", "", lead[last.end() :])
        if len(between) > cues.REACH or between.startswith(cues.OTHERWISE):
            return None
    return last.lastgroup


def _before_joined(lead: str, found: list[re.Match[str]]) -> re.Match[str]:
    """The cue that governs: of "之前打万珂加环磷酰胺" the past one, as both were given together."""
    governing = list(found)
    while len(governing) > 1 and changes.joined(lead, governing[-1]):
        governing.pop()
    past = changes.PAST.search(lead, max(0, governing[-1].start() - 8), governing[-1].end())
    return governing[-1] if past else found[-1]


def _proof(lead: str, trail: str, cue: str | None, question: bool, condition: bool) -> Usage:
    if question:
        strong = max((match.end() for match in cues.STRONG.finditer(lead)), default=0)
        doubt = max((match.end() for match in re.finditer(cues.ASK, lead)), default=0)
        return "taken" if strong > doubt and cue in ("taken", "switch") else "asked"
    if not condition and cues.NAMED_IN_USE.search(lead) and not cues.NOT_YET_SETTLED.search(lead):
        return "taken"
    if condition or cue == "asked" or cues.SUBJECT.match(trail):
        return "asked"
    if cue == "planned":
        return "planned"
    if cue in ("taken", "switch") or cues.GIVEN_AFTER.match(trail) or cues.JOINED_TO_A_DOSE.search(lead):
        return "taken"
    return "named"
