"""Emergencies: what is happening now and calls for help before any score."""

from __future__ import annotations

from collections.abc import Iterator

from rasa_project.reading.findings.hits import Hit, Note, Reading

_PRESENT_DAYS = 3
_COMBINED = frozenset({"dyspnea", "shock", "cyanosis", "no_pressure"})


def read(note: Note) -> Iterator[Reading]:
    """Mentions of ``emergency`` for affirmed, present emergencies."""
    present = [hit for hit in note.hits if hit.entry.group == "emergency" and _present(hit)]
    for hit in present:
        value = hit.entry.data["value"]
        if value not in _COMBINED:
            yield Reading(note.mention(hit, "emergency", value, "affirmed"))
    kinds = {hit.entry.data["value"]: hit for hit in reversed(present)}
    failing = kinds.get("shock") or kinds.get("cyanosis")
    if "no_pressure" in kinds:
        yield Reading(
            note.mention(kinds["no_pressure"], "emergency", "shock_pe", "affirmed", "血压过低或测不出")
        )
    elif failing and ("dyspnea" in kinds or ("shock" in kinds and _embolism(note))):
        reason = "呼吸困难或肺栓塞伴低血压、休克或发绀"
        yield Reading(note.mention(failing, "emergency", "shock_pe", "affirmed", reason))


def _present(hit: Hit) -> bool:
    said = hit.assertion
    elsewhere = said.family or said.doubtful_family or said.generic or said.hypothetical
    denied = said.negated or said.doubtful_denial or said.uncertain or said.resolved
    past = said.historical or said.history_word or (hit.when is not None and hit.when.low > _PRESENT_DAYS)
    lasting = hit.lasting is not None and hit.lasting.low > 30
    return not (elsewhere or denied or past or lasting or hit.taken_back)


def _embolism(note: Note) -> bool:
    return any(
        hit.entry.group == "thrombosis"
        and hit.entry.kind == "pe"
        and not (
            hit.assertion.negated or hit.assertion.historical or hit.assertion.generic or hit.assertion.family
        )
        for hit in note.hits
    )
