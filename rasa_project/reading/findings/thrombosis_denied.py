"""What the denial of a thrombosis denies: a history, or only what was looked for today."""

from __future__ import annotations

from collections.abc import Iterator

from rasa_project.reading.findings import thrombosis_cues as cues
from rasa_project.reading.findings.hits import Hit, Note, Reading


def denied(note: Note, hit: Hit) -> Iterator[Reading]:
    """The facts that a denied thrombosis makes false; what imaging did not find today is no history."""
    said, kind = hit.assertion, hit.entry.kind
    start, end = note.clause(hit.start)
    before = note.text[start : hit.start]
    facts = cues.HISTORY_FACTS.get(kind, ("history_vte",) if kind == "generic" else ())
    if kind in {"dvt", "proximal", "distal"}:
        facts = ("history_dvt",) if kind == "dvt" else ()
    elif kind in {"vte", "generic"}:
        facts = ("history_vte", "history_dvt")
    elif kind == "pe":
        facts = _both_denied(note, hit)
    if cues.LIKE_A_RELATIVE.search(note.text, hit.start, hit.end):
        facts = ("history_vte", "history_dvt")
    if cues.EXCLUDED.search(before) or cues.EXCLUDED.search(note.text[hit.end : end]):
        return
    about_past = (
        said.history_word
        or said.historical
        or "过" in note.text[hit.start : hit.end]
        or cues.LIST_OF_HISTORY.match(note.text[hit.end :])
        or cues.DENIES_PAST.search(note.text[max(0, hit.start - 40) : hit.start])
        or cues.NEVER_HAD.match(note.text[hit.end :])
        or _beside_history(note, hit)
        or _among_diseases(note, hit)
        or cues.REGISTER.search(note.text, max(0, hit.start - 100), hit.start)
        or cues.LIST_OF_PAST.search(note.text, note.text.rfind("\n", 0, hit.start) + 1, hit.start)
    )
    so_far = cues.NEVER_SO_FAR.search(note.text, max(0, hit.start - 8), hit.start)
    looked_at = cues.IMAGING.search(before) and not (said.history_word or so_far)
    if _of_late(note, hit) or not about_past or looked_at:
        return
    for fact in facts:
        if said.negated:
            yield Reading(note.mention(hit, fact, False, "negated"))
        else:
            yield Reading(note.mention(hit, fact, None, "undetermined", "不能确定是否被否认"))


def _of_late(note: Note, hit: Hit) -> bool:
    """ "12周内血栓事件：否": what is denied for a while is denied for no longer."""
    when = hit.when
    return (
        when is not None
        and when.kind == "within"
        and when.high < cues.PAST_DAYS
        and not hit.assertion.history_word
        and cues.NEAR.fullmatch(note.text, when.end, hit.start) is not None
    )


def _beside_history(note: Note, hit: Hit) -> bool:
    """Denied beside the history of another, it is the history that is denied: "浅静脉血栓史，没有DVT"."""
    first = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1)
    ends = [at for stop in "。;；\n" if (at := note.text.find(stop, hit.end)) >= 0]
    last = min(ends, default=len(note.text))
    return any(
        other.entry.group == "thrombosis"
        and first < other.start < last
        and other is not hit
        and (
            other.assertion.history_word
            or other.assertion.historical
            or other.entry.kind.startswith("superficial")
        )
        and not (other.assertion.negated or other.assertion.family)
        for other in note.hits
    )


def _among_diseases(note: Note, hit: Hit) -> bool:
    """ "有糖尿病，血栓没有，房颤没有": bare among diseases, and no leg is looked at, it is a history."""
    start, end = note.clause(hit.start)
    if not cues.BARE_DENIAL.fullmatch(note.text, start, end):
        return False
    sentence = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1) + 1
    last = note.sentence_end(hit.end)
    if cues.IMAGING.search(note.text, sentence, last) or any(o.entry.group == "sign" for o in note.hits):
        return False
    if cues.NOTHING_ELSE.match(note.text, hit.end):
        return True
    return any(
        (
            other.entry.fact in cues.LASTING
            # "无血栓，PICC"; of "PICC在位，无血栓" it is the tube's own
            or (other.entry.kind == "catheter" and (other.start > hit.start or other.assertion.negated))
        )
        and sentence <= other.start < last
        for other in note.hits
    )


def _both_denied(note: Note, hit: Hit) -> tuple[str, ...]:
    """Denying pulmonary embolism denies VTE only together with a denial of deep vein thrombosis."""
    for other in note.hits:
        if other.entry.group == "thrombosis" and other.entry.kind == "dvt" and other.assertion.negated:
            return ("history_vte",)
    return ()
