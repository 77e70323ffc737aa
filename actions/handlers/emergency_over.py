"""An emergency, or a bleed, is over when it is said to be."""

from __future__ import annotations

import re

from actions.case import FactValue
from actions.handlers.control import take_over
from actions.turn import Turn
from actions.wording import load, say

BLEEDING, BLED = "active_bleeding", "bleeding_within_3_months"
#: Facts of which an emergency is made, until they are no longer so.
UNSTABLE = "hemodynamic_instability"
STANDING = (UNSTABLE, "limb_threatening_dvt", BLEEDING)


def is_over(turn: Turn) -> bool:
    """Whether the message says so, and no more: no courtesy and no reassessment is read in it."""
    turn.emergency_ended = _ends(turn)
    return turn.emergency_ended


def _ends(turn: Turn) -> bool:
    """已解除 ends any emergency, more words one that was told of in words."""
    case, words = turn.case, load("urgent.toml")
    text = turn.message.text.strip()
    if re.fullmatch(words["over"], text, re.IGNORECASE):
        _end(turn)
        return True
    if case.facts.get(BLEEDING, False) is not False and re.fullmatch(words["bleeding_over"], text):
        take_over(turn, {BLEEDING: False, BLED: True})
        return True
    if case.facts.get(UNSTABLE) is True and re.fullmatch(words["pressure_back"], text, re.IGNORECASE):
        take_over(turn, {UNSTABLE: False})
        return True
    over = re.search(words["over_in_words"], re.sub(words["another_matter_over"], "", text))
    if not (case.emergency and over) or turn.message.helpers("emergency"):
        return False
    case.emergency = ""
    turn.notices.append(say("reply.emergency_over"))
    return True


def blood_was_coughed(turn: Turn) -> None:
    """ "不咳血了" of somebody on an anticoagulant: a bleed of these months, unless it was none."""
    before = (turn.before or {}).get("facts", {})
    ended = before.get("hemoptysis") is True and turn.case.facts.get("hemoptysis") is False
    if ended and turn.case.facts.get("current_anticoagulant") and BLED not in turn.case.facts:
        take_over(turn, {BLED: None})


def _end(turn: Turn) -> None:
    """Every emergency of the case ends; a bleed that ended is one of the last three months (P-B4)."""
    case = turn.case
    ended: dict[str, FactValue] = {fact: False for fact in STANDING if case.facts.get(fact) is True}
    if BLEEDING in ended:
        ended[BLED] = True
    if ended:
        take_over(turn, ended)
    was_open = bool(ended or case.emergency)
    turn.notices.append(say("reply.emergency_over" if was_open else "reply.emergency_none"))
    case.emergency = ""
