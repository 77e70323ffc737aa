"""Venous thrombosis: a present or suspected event, a history, a superficial one, or the family's (A19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rasa_project.reading.findings import thrombosis_cues as cues
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, EXPLICIT, Hit, Note, Reading
from rasa_project.reading.findings.thrombosis_denied import denied
from rasa_project.reading.findings.thrombosis_family import (
    another_has_it,
    family,
    family_beside,
    kin_alone,
    kin_before,
    kin_too,
    nobody_at_home,
    of_the_dead,
    told_whose,
    who_has_it,
)
from rasa_project.reading.findings.thrombosis_past import is_past

_LEG_OR_LUNG = frozenset({"dvt", "pe"})  # of "再发肌间静脉血栓" the first may have been another
_AGAIN_REACH = 10  # characters between a clot and the word that it is a second one


def read(note: Note) -> Iterator[Reading]:
    """The readings of every venous thrombosis of the note."""
    hits = [hit for hit in note.hits if hit.entry.group == "thrombosis"]
    hits = [hit for hit in hits if not _superseded(note, hit, hits)]
    readings = [(hit, reading) for hit in hits for reading in _one(note, hit)]
    event = any(reading.mention.fact == "vte_event" for _, reading in readings)
    for hit, reading in readings:
        # Beside the event itself "血栓" alone is that event again, not a history.
        if event and hit.entry.kind == "generic" and reading.weight == ASKED and not _speaks_of_past(hit):
            continue
        if reading.mention.fact == "family_history_vte" and another_has_it(note, hit, readings):
            continue
        yield reading
    for hit in hits:
        yield from nobody_at_home(note, hit)
        yield from kin_too(note, hit)
        yield from family_beside(note, hit)


def _speaks_of_past(hit: Hit) -> bool:
    return hit.assertion.history_word or hit.assertion.historical


def _superseded(note: Note, hit: Hit, hits: list[Hit]) -> bool:
    """ "原报腘静脉血栓，复核为小腿肌间静脉血栓": only the second report holds."""
    if not cues.SUPERSEDED.search(note.text, max(0, hit.start - 12), hit.start):
        return False
    return any(
        other.start > hit.end and cues.SUPERSEDING.match(note.text[hit.end : other.start]) for other in hits
    )


def _one(note: Note, hit: Hit) -> Iterator[Reading]:
    said, kind = hit.assertion, hit.entry.kind
    if told_whose(note, hit):
        yield from who_has_it(note, hit)
        return
    if asked := cues.FAMILY_ASKED.match(note.text, hit.end):
        value = bool(asked["yes"])
        answer = replace(hit, start=asked.start("yes" if value else "no"), end=asked.end())
        yield Reading(note.mention(answer, "family_history_vte", value, "affirmed" if value else "negated"))
        return
    if cues.FAMILY_UNKNOWN.match(note.text[hit.end :]) or (
        cues.FAMILY_FIELD.match(note.text, hit.end)
        and not (said.family or said.doubtful_family or said.negated)
    ):
        # "VTE家族史：不详" tells of nobody's thrombosis, nor does any other answer that is not understood.
        yield Reading(
            note.mention(hit, "family_history_vte", None, "undetermined", "家族史表述不明确，请确认")
        )
        return
    if cues.RECURRENCE_FIELD.match(note.text, hit.end) or (
        said.generic and not (_being_treated(note, hit) or _was_treated(note, hit))
    ):
        return
    if cues.OWN_RESULT.match(note.text, hit.end) and not said.family:
        return  # "外院诊断DVT，我院复查已排除"
    if said.uncertain and _ruled_out(note, hit):
        return  # "怀疑有血栓，彩超排除了"
    if said.family and cues.OWN_BEFORE_FAMILY.match(note.text, hit.end) and not kin_before(note, hit):
        hit = replace(hit, assertion=replace(said, family=False, history_word=True))
        said = hit.assertion
    if (said.family and said.negated) and cues.DIED_OF.match(note.text, hit.end):
        said = replace(said, negated=False)
        hit = replace(hit, assertion=said)
    if not (said.family or said.negated) and (kin_alone(note, hit) or of_the_dead(note, hit)):
        said = replace(said, family=True, doubtful_family=False)
        hit = replace(hit, assertion=said)
    if said.family or said.doubtful_family:
        yield from family(note, hit)
        if not cues.PERSON_AND_FAMILY.search(note.text[max(0, hit.start - 14) : hit.end + 14]):
            return
        if said.negated:  # "本人及父母均无血栓": what the relatives never had he never had
            said = replace(said, history_word=True)
            hit = replace(hit, assertion=said)
    yield from _its_tube(note, hit)
    if (told := _depth_told(note, hit)) is not None:
        hit, kind = told, told.entry.kind
    if kind.startswith("superficial"):
        yield from _superficial(note, hit)
    elif said.negated or said.doubtful_denial:
        yield from denied(note, hit)
    elif kind in {"unusual", "generic"}:
        yield from _unclear(note, hit)
    else:
        yield from _affirmed(note, hit)


def _ruled_out(note: Note, hit: Hit) -> bool:
    excluded = cues.RULED_OUT.match(note.text[hit.end :])
    if excluded is None:
        return False
    # the veins of the legs being clear says nothing of the lung, unless that is what was ruled out
    return hit.entry.kind != "pe" or not re.search("下肢|腿|深静脉", excluded[0]) or "除" in excluded[0]


def _was_treated(note: Note, hit: Hit) -> bool:
    """ "达比加群系用于肺栓塞（2021年），已停用": what the drug was given for, with its date."""
    when, start = hit.when, note.clause(hit.start)[0]
    dated = when is not None and when.kind == "ago" and when.low > cues.RECENT_DAYS
    return dated and cues.GIVEN_FOR.search(note.text, start, hit.start) is not None


def _depth_told(note: Note, hit: Hit) -> Hit | None:
    """ "长过血栓，是浅静脉的": the clot with the veins that are named behind it."""
    if hit.entry.kind != "generic" or hit.assertion.negated or hit.assertion.uncertain:
        return None
    for cue, kind in ((cues.OF_SUPERFICIAL, "superficial"), (cues.OF_DEEP, "dvt")):
        if cue.match(note.text, hit.end):
            data = {**hit.entry.data, "kind": kind}
            return replace(hit, entry=replace(hit.entry, data=data))
    return None


def _its_tube(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "PICC相关血栓史 2022 已拔管": the catheter is named only in the name of its clot."""
    words = note.text[hit.start : hit.end]
    if hit.entry.kind != "other_site" or not cues.ITS_TUBE.search(words) or hit.assertion.negated:
        return
    fact = "central_venous_catheter"
    if cues.TUBE_IN.match(note.text, hit.end):
        yield Reading(note.mention(hit, fact, True, "affirmed"), EXCLUDED)
    elif cues.TUBE_OUT.match(note.text, hit.end):
        yield Reading(note.mention(hit, fact, False, "negated"), EXCLUDED)


def _being_treated(note: Note, hit: Hit) -> bool:
    """ "利伐沙班治疗DVT中": the treatment of a thrombosis that is there, not treatment in general."""
    start, _ = note.clause(hit.start)
    return bool(
        cues.TREATING.search(note.text[start : hit.start]) and cues.GOES_ON.match(note.text[hit.end :])
    )


def _superficial(note: Note, hit: Hit) -> Iterator[Reading]:
    said, fact = hit.assertion, "history_superficial_vein_thrombosis"
    if not said.negated and cues.DEEP_SPARED.match(note.text, hit.end):
        yield Reading(note.mention(hit, "history_dvt", False, "negated"), EXCLUDED)
    if said.negated:
        if hit.entry.kind == "superficial" or re.search("浅|血栓", note.text[hit.start : hit.end]):
            yield Reading(note.mention(hit, fact, False, "negated"))
    elif said.doubtful_denial or said.uncertain:
        yield Reading(note.mention(hit, fact, None, "undetermined", "原文不确定，请确认"))
    elif hit.entry.kind == "superficial" or cues.REGISTERED.search(
        note.text, max(0, hit.start - 40), hit.start
    ):
        yield Reading(note.mention(hit, fact, True, "affirmed"))
    else:
        yield Reading(note.mention(hit, fact, None, "undetermined", "静脉炎是否伴浅静脉血栓，请确认"), ASKED)


def _unclear(note: Note, hit: Hit) -> Iterator[Reading]:
    if hit.assertion.uncertain and hit.entry.kind == "generic":
        if not _speaks_of_past(hit) and cues.SWOLLEN_LEG.search(
            note.text, max(0, hit.start - 120), hit.start
        ):
            said = "怀疑血栓并有下肢肿胀，按疑诊DVT"
            yield Reading(note.mention(hit, "vte_event", "suspected_dvt", "affirmed", said), EXPLICIT)
            return
        reason = "是否有血栓史不明确，请确认"
    elif hit.entry.kind == "generic" and _said_again(note, hit):
        # "第二次血栓了": of several the first ones are history
        yield Reading(note.mention(hit, "history_vte", True, "affirmed", "再发血栓，按静脉血栓计"), EXCLUDED)
        return
    elif hit.entry.kind == "generic":
        reason = "请说明是静脉血栓（部位）还是动脉血栓"
    else:
        reason = "特殊部位静脉血栓，是否计入VTE病史请确认"
    yield Reading(note.mention(hit, "history_vte", None, "undetermined", reason), ASKED)


def _said_again(note: Note, hit: Hit) -> bool:
    """ "第二次血栓了", "血栓又犯了", "血栓，这是第二次了": the recurrence is told of this clot."""
    last = note.sentence_end(hit.end)
    return any(
        other.entry.fact == "recurrent_vte"
        and other.entry.data.get("says", "true") == "true"
        and not (other.assertion.negated or other.assertion.uncertain or other.assertion.generic)
        and other.start <= hit.end + _AGAIN_REACH
        and hit.start < other.end <= last
        for other in note.hits
    )


def _named_again(note: Note, hit: Hit) -> bool:
    """ "第三次DVT", "肺栓塞复发": the name itself is that of what has come again."""
    return any(
        other.entry.fact == "recurrent_vte"
        and other.entry.data.get("says", "true") == "true"
        and not (other.assertion.negated or other.assertion.uncertain or other.assertion.generic)
        and other.start <= hit.start
        and hit.end <= other.end
        for other in note.hits
    )


def _affirmed(note: Note, hit: Hit) -> Iterator[Reading]:
    said, kind = hit.assertion, hit.entry.kind
    past = is_past(note, hit)
    if cues.CAME_BACK.match(note.text, hit.end) and not (said.uncertain or said.history_word):
        yield Reading(note.mention(hit, "recurrent_vte", True, "affirmed"), EXPLICIT)
        event = cues.EVENT.get(kind, "dvt")
        yield Reading(note.mention(hit, "vte_event", event, "affirmed", "治愈后复发"), EXPLICIT)
    if said.uncertain:
        if past:
            for fact in cues.HISTORY_FACTS[kind]:
                yield Reading(note.mention(hit, fact, None, "undetermined", "既往血栓史不明确，请确认"))
        elif kind in {"vte", "other_site"}:
            yield Reading(
                note.mention(
                    hit, "vte_event", "suspected_dvt", "affirmed", "疑诊静脉血栓，部位未说明，按疑诊DVT"
                )
            )
        else:
            event = "suspected_pe" if kind == "pe" else "suspected_dvt"
            yield Reading(note.mention(hit, "vte_event", event, "affirmed", "疑诊，尚未确诊"))
        return
    if past:
        reason = cues.SITE_NOTE if kind == "other_site" else None
        deep = kind == "other_site" and re.search("深静脉血栓|dvt", note.text[hit.start : hit.end], re.I)
        for fact in cues.HISTORY_FACTS["dvt" if deep else kind]:
            yield Reading(note.mention(hit, fact, True, "affirmed", reason))
        return
    if (
        cues.FORMER_DATED.match(note.text, hit.end)
        or cues.FORMER_SIDE.match(note.text, hit.end)
        or cues.SEVERAL_TIMES.match(note.text, hit.end)
        or (kind in _LEG_OR_LUNG and _named_again(note, hit))
    ):
        for fact in cues.HISTORY_FACTS[kind]:
            yield Reading(note.mention(hit, fact, True, "affirmed", "另有既往血栓"), EXCLUDED)
    if kind in {"vte", "other_site"}:
        reason = "血栓类型未说明，按DVT计，请核对" if kind == "vte" else cues.SITE_NOTE
        yield Reading(note.mention(hit, "vte_event", "dvt", "affirmed", reason))
        return
    reason = "肌间静脉血栓按远端DVT计" if "肌间" in note.text[hit.start : hit.end] else None
    yield Reading(note.mention(hit, "vte_event", cues.EVENT[kind], "affirmed", reason), EXPLICIT)
