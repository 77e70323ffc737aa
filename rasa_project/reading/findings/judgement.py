"""Which diagnosis is held to be the likelier, the thrombosis or another (Wells, A07)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading import lexicon
from rasa_project.reading.findings.hits import ASKED, EXPLICIT, Hit, Note, Reading
from rasa_project.reading.findings.judgement_words import EMBOLISM, LEG
from rasa_project.reading.mention import Status

_WORDS = lexicon.load("judgement")["words"]
_PE = re.compile(_WORDS["pe"], re.IGNORECASE)
_DVT = re.compile(_WORDS["dvt"], re.IGNORECASE)
_OF_THE_CHEST = re.compile(_WORDS["chest"], re.IGNORECASE)
_ASKED_ABOUT = re.compile(
    r"wells[-\s]*(?P<scale>dvt|pe)|(?:怀疑|疑诊|疑似|疑|查|排除|除外|考虑)[^,，。;；\n]{0,4}?(?P<event>dvt|深静脉血栓|pe(?![a-z])|肺栓塞)|(?P<waiting>dvt|pe|肺栓塞|深静脉血栓)(?:待排|可能|待查)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(是否|是不是|有无|有没有|会不会|不确定|不知道?|不清楚|难以|无法|不能说|并非|不认为)[^,，。;；\n]{0,4}$"
)
# A judgement that somebody makes of this patient, and not the line of a score sheet.
_HELD = re.compile(
    r"考虑|认为|判断|倾向|觉得|首先|首要|分析|怀疑|看来|除外|排除|待排|鉴别|可能性?(?:最|更)?大|最像|最[为有]?可能"
)
_HELD_REACH = 12
_DENIED = re.compile(r"[无没未不否][^,，、。;；\s]{0,3}$")
# "其他诊断至少与DVT相当：否": the judgement is the line of a form, and its answer stands behind it.
_ANSWER = re.compile(
    r"(?:的?其[他它]诊断)?\s*:\s*(?:(?:(?P<no>否|无|没有|不是)|(?P<yes>是|有|对))(?![一-龥])|[不未待])"
)
# "没有别的病更像，就是怕DVT": what is feared beside such a judgement is suspected
_FEARED = re.compile(
    rf"[^。;；\n]{{0,4}}[,，]\s?(?:现在|还|最|主要|我们)*(?:就|只|还|最)?是?(?:怕|担心|顾虑)(?:是|有|的是)?(?:[左右]?侧?(?:下肢|腿)(?:部|上|里)?)?(?:{_WORDS['dvt']}|{_WORDS['pe']})(?!形成后|后)",
    re.IGNORECASE,
)
_WEIGHED = re.compile(r"鉴别[^,，。;；\n]{0,4}$")  # "鉴别上丹毒与DVT可能性相当" is said of this patient


def read(note: Note) -> Iterator[Reading]:
    """The readings of every sentence that weighs a thrombosis against other diagnoses."""
    for hit in note.hits:
        if hit.entry.fact in {EMBOLISM, LEG} and hit.entry.kind == "statement":
            yield from _one(note, hit)


def _one(note: Note, hit: Hit) -> Iterator[Reading]:
    said, words, before = hit.assertion, note.text[hit.start : hit.end], note.text[: hit.start]
    if said.family or said.doubtful_family or (said.generic and not _WEIGHED.search(before)):
        return
    if _DENIED.search(before):
        if before.endswith("无") and hit.entry.fact == EMBOLISM and hit.entry.data["says"] == "true":
            # "无：其他诊断的可能性低于PE", as a form denies its own line
            yield Reading(note.mention(hit, EMBOLISM, False, "negated"), EXPLICIT)
        return
    embolism = _about_embolism(note, hit)
    if embolism is None:
        return
    fact = EMBOLISM if embolism else LEG
    if _OPEN.search(before):
        yield Reading(note.mention(hit, fact, None, "undetermined", "原文不确定"), ASKED)
        return
    value = hit.entry.data["says"] == "true"
    value = not value if fact != hit.entry.fact else value
    if answer := _ANSWER.match(note.text, hit.end):
        yield _answered(note, hit, fact, value, answer)
        return
    status: Status = "affirmed" if value else "negated"
    yield Reading(note.mention(hit, fact, value, status, hit.entry.data.get("note")), EXPLICIT)
    if (_PE if embolism else _DVT).search(words) and _HELD.search(before[-_HELD_REACH:] + words):
        event = "suspected_pe" if embolism else "suspected_dvt"
        yield Reading(note.mention(hit, "vte_event", event, "affirmed", "疑诊，尚未确诊"))
    elif fact == LEG and not value and (feared := _FEARED.match(note.text, hit.end)):
        event = "suspected_pe" if _PE.search(feared[0]) else "suspected_dvt"
        yield Reading(note.mention(hit, "vte_event", event, "affirmed", "疑诊，尚未确诊"))


def _is_no_thrombosis(note: Note, position: int) -> bool:
    """ "查体（PE）：左小腿肿": what only looks like the name of one."""
    return any(hit.entry.lookalike and hit.start <= position <= hit.end for hit in note.hits)


def _answered(note: Note, hit: Hit, fact: str, value: bool, answer: re.Match[str]) -> Reading:
    if not (answer["no"] or answer["yes"]):
        return Reading(note.mention(hit, fact, None, "undetermined", "原文不确定"), ASKED)
    value = value == bool(answer["yes"])
    return Reading(note.mention(hit, fact, value, "affirmed" if value else "negated"), EXPLICIT)


def _about_embolism(note: Note, hit: Hit) -> bool | None:
    """Whether it is a pulmonary embolism that is weighed; None where no thrombosis is spoken of.

    Where the sentence does not name it, it is the one that is asked about, else the one named before.
    """
    if not hit.entry.data.get("elided"):
        return hit.entry.fact == EMBOLISM
    words = note.text[hit.start : hit.end]
    if _DVT.search(words) or _PE.search(words):
        return _PE.search(words) is not None
    about = [
        match
        for match in _ASKED_ABOUT.finditer(note.text, 0, hit.start)
        if not _is_no_thrombosis(note, match.end("event"))
    ]
    asked = about[-1] if about else None
    if asked is not None:
        return (asked["scale"] or asked["event"] or asked["waiting"]).lower() in {"pe", "肺栓塞"}
    if _OF_THE_CHEST.search(words):
        return True if _PE.search(note.text) else None
    last = max(
        (
            (match.start(), kind)
            for kind, pattern in ((True, _PE), (False, _DVT))
            for match in pattern.finditer(note.text, 0, hit.start)
            if not _is_no_thrombosis(note, match.start())
        ),
        default=None,
    )
    return last[1] if last else False
