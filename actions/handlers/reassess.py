"""复评: time has passed; ask again for what may have changed, and show the change."""

from __future__ import annotations

import re

from actions import labels
from actions.case import Case
from actions.handlers.assessment import next_step
from actions.message import Message, Segment
from actions.reply.cards import Reply
from actions.turn import Turn
from actions.wording import load, say

DAY = 86_400.0
MONTH_DAYS = 30.4


def reassess(turn: Turn, segment: Segment) -> list[Reply]:
    """Set aside what may have changed, keep the former facts to compare with, and begin to ask.

    A surgery or a bleed leaves its window with time, but a new one may have come: it is asked for, never
    taken for "no". Only the months on prophylaxis can be counted on.
    """
    case = turn.case
    if turn.intake.changed and turn.before is None:
        return []  # a first assessment, and said to be one
    if not case.facts:
        return [Reply(say("reply.reassess_no_case"))]
    before = case.remember()
    case.baseline, case.declined = dict(case.facts), []
    _count_months(case, turn.message.timestamp)
    known, told = {**case.facts, **turn.intake.replaced}, turn.intake.recorded.keys()
    again = [fact for fact in load("cues.toml")["reassess"]["ask_again"] if fact in case.facts]
    # what this very message tells is of now: "复评：血小板45"
    earlier = [fact for fact in again if fact not in told or fact in turn.intake.replaced]
    last = "；".join(labels.stated(fact, known[fact]) for fact in earlier)
    for fact in set(again) - told:
        del case.facts[fact]
        case.evidence.pop(fact, None)
    case.push_undo(before)
    return [Reply(say("reply.reassess", before=last or say("reply.reassess_nothing"))), *next_step(turn)]


def nothing_before(message: Message, *, first: bool) -> list[str]:
    """That a 复评 asked for beside the first facts of a case has nothing earlier to be compared with."""
    asked = re.search(load("cues.toml")["reassess"]["words"], message.text)
    return [say("reply.reassess_first")] if first and asked else []


def _count_months(case: Case, now: float) -> None:
    """Prophylaxis that was going on has gone on since it was told."""
    months, told = case.facts.get("months_on_prophylaxis"), case.evidence.get("months_on_prophylaxis")
    if isinstance(months, int | float) and months > 0 and told:
        case.facts["months_on_prophylaxis"] = round(months + (now - told.said_at) / DAY / MONTH_DAYS, 1)
        told.said_at = now
