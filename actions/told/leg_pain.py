"""The pain that a swollen leg is asked about: swelling and pain together are the signs of a DVT (A08)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from actions.case import Case, Evidence, FactValue
from actions.intake import Intake
from actions.told.oedema import SIGNS
from actions.wording import load

TENDER = "deep_vein_tenderness"


def told_of_pain(case: Case, text: str) -> Mapping[str, FactValue]:
    """ "有压痛", "不疼" after "左腿肿": what it tells; nothing where no swollen leg awaits a word on pain."""
    said = re.fullmatch(_words()["answer"], text.strip(), re.IGNORECASE)
    if said is None or not _awaits_pain(case):
        return {}
    if said["no"] is None and said["without"] is None:
        return {SIGNS: True}
    # without tenderness the leg may still be painful
    return {TENDER: False} if re.search(_words()["tender"], text) else {SIGNS: False}


def told_of_pain_beside(case: Case, text: str) -> dict[str, FactValue]:
    """ "有压痛，其他没有": what one clause of an answer tells of the pain."""
    told: dict[str, FactValue] = {}
    for clause in re.split(r"[,，。;；\s]+", text):
        told |= told_of_pain(case, clause)
    return told


def complete_signs(case: Case, intake: Intake, said_at: float) -> None:
    """ "小腿压痛" beside a leg that was told to be swollen, in whichever order: the signs are there."""
    if case.facts.get(TENDER) is not True or not _awaits_pain(case) or not intake.changed:
        return
    swollen, tender = case.evidence[SIGNS], case.evidence.get(TENDER)
    both = f"{swollen.text}，{tender.text}" if tender else swollen.text
    case.set(SIGNS, True, Evidence(both, case.turn, said_at))
    intake.recorded[SIGNS] = True


def _awaits_pain(case: Case) -> bool:
    known = case.evidence.get(SIGNS)
    open_still = SIGNS in case.facts and case.facts[SIGNS] is None
    return open_still and known is not None and _words()["awaited"] in (known.note or "")


def _words() -> Mapping[str, str]:
    return load("leg_pain.toml")
