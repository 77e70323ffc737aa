"""Whether a thrombosis is a history: said to be one, treated for years, or dated more than 30 days ago."""

from __future__ import annotations

import re

from rasa_project.reading.findings import thrombosis_cues as cues
from rasa_project.reading.findings.dating import ENDS_HERE, THEN
from rasa_project.reading.findings.hits import Hit, Note


def is_past(note: Note, hit: Hit) -> bool:
    """Whether the thrombosis is a history: said to be one, or dated more than 30 days ago."""
    said = hit.assertion
    if cues.EXPLAINS_HISTORY.search(note.text, max(0, hit.start - 30), hit.start):
        return True
    if cues.NAMED_AS_HISTORY.match(note.text[hit.end :]) or cues.GONE.match(note.text[hit.end :]):
        return True
    if cues.HAD_IT.match(note.text, hit.end):
        return True
    if said.history_word or re.search("[过史]", note.text[hit.start : hit.end]):
        return True
    if _taken_for_years(note, hit):
        return True
    if cues.TREATED_SINCE_DAYS.match(note.text, hit.end) or _still_treated(note, hit):
        return False
    if cues.THIS_TIME.search(note.text[hit.when.end if hit.when else hit.start : hit.end]):
        return False  # "2022年左腿DVT，…，这回右股静脉又栓"
    if said.historical and _present_after_past(note, hit):
        return False  # "既往2次右下肢DVT，现又发，股总静脉新鲜血栓"
    if _dated_behind(note, hit) or _reason_of_old(note, hit):
        return True
    clause = note.clause(hit.start)[0]
    if cues.THAT_YEAR.search(note.text, clause, hit.start) or cues.NOT_SINCE.match(note.text, hit.end):
        return True
    if hit.when is not None and hit.when.kind == "ago" and not _to_be_treated(note, hit):
        return hit.when.high > cues.RECENT_DAYS
    start, end = note.clause(hit.start)
    if hit.lasting is not None and hit.lasting.low > cues.RECENT_DAYS:
        return True
    if (said.resolved and not cues.IN_PART.match(note.text, hit.end)) or (
        re.match(r"^(后|治疗后|抗凝后)", note.text[hit.end : end]) and said.historical
    ):
        return True
    recent = cues.DIAGNOSED.search(note.text[start : hit.start])
    return said.historical and not (recent and not re.search(r"(既往|曾)", note.text[start : hit.start]))


def _still_treated(note: Note, hit: Hit) -> bool:
    """ "MM确诊PE 抗凝3个月了": the treatment of this clot goes on, which no earlier date is told of."""
    dated = hit.when is not None and hit.when.start < hit.start
    return not dated and cues.STILL_TREATED.match(note.text, hit.end) is not None


def _dated_behind(note: Note, hit: Hit) -> bool:
    """ "左腿DVT，2019年": nothing but its date follows the comma."""
    return any(
        time.kind == "ago"
        and time.low > cues.RECENT_DAYS
        and cues.COMMA_ALONE.fullmatch(note.text, hit.end, time.start)
        and ENDS_HERE.match(note.text, time.end)
        for time in note.times
    )


def _reason_of_old(note: Note, hit: Hit) -> bool:
    """ "华法林是因为DVT吃的，DVT已3年": why a drug was begun, and since when it has been there."""
    start = note.clause(hit.start)[0]
    told = cues.TAKEN_FOR.match(note.text, hit.end) or cues.TAKEN_BEFORE.search(note.text, start, hit.start)
    last = note.sentence_end(hit.end)
    same = {hit.entry.kind, "generic"}
    return told is not None and any(
        other.start >= hit.end
        and other.end <= last
        and other.entry.group == "thrombosis"
        and other.entry.kind in same
        and not (other.assertion.negated or other.assertion.family or other.assertion.generic)
        and _long_since(other)
        for other in note.hits
    )


def _taken_for_years(note: Note, hit: Hit) -> bool:
    """ "因DVT口服华法林5年", "华法林吃了3年，因为DVT"."""
    start = note.clause(hit.start)[0]
    because = cues.BECAUSE.search(note.text, start, hit.start)
    return because is not None and (
        cues.FOR_YEARS.match(note.text, hit.end) is not None
        or cues.YEARS_BEFORE.search(note.text, max(0, because.start() - 24), because.start()) is not None
    )


def _long_since(hit: Hit) -> bool:
    return any(
        time is not None and time.kind in ("ago", "duration") and time.low > cues.RECENT_DAYS
        for time in (hit.when, hit.lasting)
    )


def _to_be_treated(note: Note, hit: Hit) -> bool:
    """ "4个月前脑出血，血小板48，右腘静脉血栓，怎么治": what is to be treated is there today."""
    start = note.clause(hit.start)[0]
    return (
        hit.when is not None
        and hit.when.end < start
        and cues.TREATMENT_ASKED.match(note.text, hit.end) is not None
        and cues.PAST_WORD.search(note.text, start, hit.start) is None
        and THEN.search(note.text, start, hit.start) is None
    )


def _present_after_past(note: Note, hit: Hit) -> bool:
    """Whether the sentence has come from the past to the present before it names the thrombosis."""
    first = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1) + 1
    past = next(reversed(list(cues.PAST_WORD.finditer(note.text, first, hit.start))), None)
    return past is not None and cues.AT_PRESENT.search(note.text, past.end(), hit.end) is not None
