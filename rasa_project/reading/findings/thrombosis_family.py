"""Whose thrombosis it is: the patient's, a relative's by blood, or a stranger's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rasa_project.reading.clauses import RELATIVE, patient_kin
from rasa_project.reading.context.people import person
from rasa_project.reading.context.status import Assertion
from rasa_project.reading.findings import thrombosis_cues as cues
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, Hit, Note, Reading


def another_has_it(note: Note, hit: Hit, readings: list[tuple[Hit, Reading]]) -> bool:
    """ "儿子无血栓，女儿曾有腿栓": one relative is enough."""
    return hit.assertion.negated and any(
        other is not hit
        and reading.mention.fact == "family_history_vte"
        and reading.mention.value is True
        and hit.end <= other.start < note.sentence_end(hit.end)
        and re.search(RELATIVE, note.text[hit.end : other.start])
        for other, reading in readings
    )


def family_beside(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "无血栓史，家族史不详": beside a thrombosis the family history is that of thrombosis."""
    said = cues.FAMILY_BESIDE.match(note.text, hit.end)
    if said is None or hit.assertion.family:
        return
    beside = replace(hit, start=hit.end, end=said.end(), assertion=Assertion())
    if said["no"] or said["none"] or said["without"]:
        yield Reading(note.mention(beside, "family_history_vte", False, "negated"), EXCLUDED)
    elif said["some"] or said["too"]:
        yield Reading(note.mention(beside, "family_history_vte", True, "affirmed"), EXCLUDED)
    else:
        reason = "家族史不详，请确认"
        yield Reading(note.mention(beside, "family_history_vte", None, "undetermined", reason), ASKED)


def kin_too(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "他年轻时腿上有过深静脉血栓，他妈妈也有"."""
    said = hit.assertion
    if said.negated or said.uncertain or said.generic or hit.entry.kind.startswith("superficial"):
        return
    if (told := cues.KIN_TOO.match(note.text, hit.end)) and not cues.STRANGER.search(told[0]):
        kin = replace(hit, end=told.end(), assertion=Assertion())
        if person(note.text, told.end()) == "patient":  # "我外公有过DVT 我妈也有过 现在我妈骨髓瘤"
            for fact in cues.HISTORY_FACTS.get(hit.entry.kind, ()):
                yield Reading(note.mention(kin, fact, True, "affirmed"), EXCLUDED)
            return
        yield Reading(note.mention(kin, "family_history_vte", True, "affirmed"))


def told_whose(note: Note, hit: Hit) -> re.Match[str] | None:
    """ "得DVT的是她婆婆", "左下肢血栓，不对，那是他哥哥的"."""
    if (told := cues.WHO_HAS_IT.match(note.text, hit.end)) is not None:
        return told
    told = cues.WHOSE_IT_IS.match(note.text, hit.end)
    return None if told is None or patient_kin(note.text) == told["who"] else told


def who_has_it(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "得DVT的是她婆婆不是她妈": it is said of whom."""
    told = told_whose(note, hit)
    if told is None:
        return
    mine = replace(hit, end=told.end(), assertion=Assertion(), taken_back=None)
    if cues.STRANGER.search(told["who"]) is None:
        yield Reading(note.mention(mine, "family_history_vte", True, "affirmed"))
    elif (another := told.groupdict().get("not")) and cues.STRANGER.search(another) is None:
        yield Reading(note.mention(mine, "family_history_vte", False, "negated"))


def nobody_at_home(note: Note, hit: Hit) -> Iterator[Reading]:
    """ "没得过血栓，家里也没人得过", "爱人有血栓，兄弟姊妹均无": the clause that follows is of the family."""
    said = cues.NOBODY.match(note.text, hit.end)
    if (
        (never := cues.NEVER_BEFORE.match(note.text, hit.end))
        and not (hit.assertion.negated or hit.assertion.family or hit.assertion.generic)
        and not hit.entry.kind.startswith("superficial")
    ):
        before = replace(hit, start=hit.end, end=never.end(), assertion=Assertion(negated=True))
        yield Reading(note.mention(before, "history_vte", False, "negated"))
    if said is None and hit.assertion.negated and not hit.assertion.family:
        said = cues.FAMILY_NEGATIVE.match(note.text, hit.end)
    if said is None or (hit.assertion.family and not hit.assertion.negated):
        return  # "舅舅有过血栓，父母都没有": one relative is enough
    denied = replace(hit, end=said.end(), assertion=Assertion(negated=True))
    yield Reading(note.mention(denied, "family_history_vte", False, "negated"), EXCLUDED)
    if said.groupdict().get("own"):
        yield Reading(note.mention(denied, "history_vte", False, "negated"), EXCLUDED)


def family(note: Note, hit: Hit) -> Iterator[Reading]:
    """What is told of a thrombosis in the family; superficial and unusual ones do not count (A19)."""
    said, kind = hit.assertion, hit.entry.kind
    if kind.startswith("superficial") or kind == "unusual":
        return
    fact = "family_history_vte"
    if said.negated:
        yield Reading(note.mention(hit, fact, False, "negated"))
    elif said.doubtful_denial or said.uncertain or not said.family:
        yield Reading(note.mention(hit, fact, None, "undetermined", "家族史表述不明确，请确认"))
    elif kind == "generic" and "家族" not in note.text[max(0, hit.start - 8) : hit.end + 8]:
        yield Reading(
            note.mention(hit, fact, None, "undetermined", "请确认亲属所患为静脉血栓（动脉血栓不计）")
        )
    else:
        yield Reading(
            note.mention(hit, fact, True, "affirmed", "按静脉血栓计" if kind == "generic" else None)
        )


def kin_before(note: Note, hit: Hit) -> bool:
    """Whether a relative is named before it in its clause."""
    return bool(cues.KIN.search(note.text, note.clause(hit.start)[0], hit.start))


def kin_alone(note: Note, hit: Hit) -> bool:
    """ "三哥，下肢静脉血栓，48岁时", and whatever the section of the family tells."""
    told = cues.KIN_ALONE.search(note.text, max(0, hit.start - 12), hit.start)
    if told and cues.AT_AGE.match(note.text, hit.end):
        return True
    section = cues.FAMILY_SECTION.search(note.text, max(0, hit.start - 40), hit.start)
    return bool(hit.assertion.doubtful_family and section and cues.KIN.search(section["told"]))


def of_the_dead(note: Note, hit: Hit) -> bool:
    """ "兄长因“血栓跑到肺里”去世，尸检证实PE": what killed a relative was not the patient's."""
    return bool(cues.OF_THE_DEAD.search(note.text, max(0, hit.start - 60), hit.start))
