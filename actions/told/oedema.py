"""Oedema that leaves the signs of a DVT open (A08), and a plaster cast of old: asked about only where a clot
is looked for; oedema told beside swelling and pain that are known takes nothing back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.case import Case
from actions.message import Message
from actions.reply.score_text import EVENT_FACTS

SIGNS, ONE_SIDED = "dvt_signs", "unilateral_pitting_edema"
CAST = "paralysis_or_recent_cast"
#: Whoever asks for these, or tells of such an event, looks for a clot.
LOOKS_FOR = frozenset({"ask_wells_dvt", "ask_wells_pe"})


def without_idle_oedema(
    case: Case, message: Message, told: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What is told, without the open question that such oedema would be by itself."""
    if case.facts.get(SIGNS) is True:
        # "凹陷性水肿也有 左侧" after "左下肢肿胀疼痛": one more sign
        told = [one for one in told if not _is_said_with(one, told, one_sided=True)]
    idle = [one for one in told if _is_said_with(one, told, one_sided=False) or _is_an_old_cast(one)]
    if not idle or _looks_for_a_clot(case, message, told):
        return list(told)
    return [one for one in told if one not in idle]


def _is_an_old_cast(one: Mapping[str, Any]) -> bool:
    """ "以前腿上打过石膏": recent or not, it is a question only where a clot is looked for."""
    return one["entity"] == CAST and one["value"] is None


def _is_said_with(one: Mapping[str, Any], told: Sequence[Mapping[str, Any]], *, one_sided: bool) -> bool:
    """Whether open signs come from nothing but words for an oedema of one side, or not of one side."""
    return (
        one["entity"] == SIGNS
        and one["value"] is None
        and any(
            other["entity"] == ONE_SIDED and other["value"] is one_sided and other["start"] == one["start"]
            for other in told
        )
    )


def _looks_for_a_clot(case: Case, message: Message, told: Sequence[Mapping[str, Any]]) -> bool:
    known = {**case.facts, **{one["entity"]: one["value"] for one in told if one["entity"] != SIGNS}}
    asked = {segment.intent for segment in message.segments} | {message.intent}
    wells = {"wells_dvt", "wells_pe"} & set(case.goals)
    return bool(asked & LOOKS_FOR or wells) or any(
        value is not False for fact, value in known.items() if fact in EVENT_FACTS - {"heart_rate_bpm"}
    )
