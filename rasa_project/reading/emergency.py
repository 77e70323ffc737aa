"""Emergencies: what is happening now and calls for help before any score."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasa_project.reading.asked_whether import happens_to_somebody, has_happened, in_general
from rasa_project.reading.findings.hits import Hit, Note, Reading

_PRESENT_DAYS = 3
_HASTE = 40  # characters
_SUDDENLY = re.compile(r"突然|突发|忽然|一下子|刚才|刚刚|骤然|猝然|急起")
# what was told is over: "今天已好转"
_EASED = re.compile(
    r"(?<![没未不])(?:好转|缓解|消失|好[多些]?了|没事了|不[痛疼喘憋闷]了?|(?<!体征)(?<!血压)(?<!心率)(?<!循环)(?<!情绪)平稳|减轻)(?!后又|又|不明显|不佳)"
)
# a relative of the speaker who is in danger now is the patient, whoever else was spoken of
_NOW = re.compile(r"突然|突发|忽然|一下子|现在|目前|今[天日早晨晚]|刚[才刚]|正在")
# ... it has been so for years, or is named as what an embolism shows itself by
_OF_OLD = re.compile(r"(?:平素|平时|多年|长年|常年)[^，。；\n]{0,6}$|(?:长期|慢性)[^，。；\n]{0,2}$")
_FOR_YEARS = re.compile(r"[^，。；\n]{0,3}(?:多年|长年|常年|老毛病)")
_TAUGHT = re.compile(r"典型|三联征|(?:表现|症状|体征)(?:主要|常见|可)?(?:有|是|为|包括)")
# "没有晕厥 血压正常 骨髓瘤 胸痛": typed with blanks, the denial ends where something else is told
_TOLD_BETWEEN = re.compile(
    r"\s(?:[^\s,，。;；未没无不否]{1,8}(?:正常|平稳|良好)|[^\s,，。;；未没无不否]{0,6}(?:骨髓瘤|mm))"
    r"\s(?:突发|突然|今[天早晨])?$",
    re.I,
)
_DENIED_BEHIND = re.compile(r"\s?[:：(（]?\s?(?:无|否|没有|不明显|未诉|阴性|[-－(（])")
_REVIVED = re.compile(r"[^，。；\n]{0,4}(?:抢救|复苏)(?:成功|过来|后|已恢复)|[^，。；\n]{0,4}(?:已|后)恢复")
# ... and so is a relative of whoever asks, where what he suffers from is told as it is
_MY_RELATIVE = re.compile(
    r"(?:[我俺咱](?:们|家)?(?:的)?老?(?:[爸妈爹娘]{1,2}|父亲|母亲|爷爷?|奶奶?|[外公婆]{2}|公公|婆婆|老[公婆]|丈夫|妻子|爱人|儿子|女儿)|老爷子|老太太|家属(?:刚才?|又|来|打|电话|[来致]电|代|微信|给我)*(?:说|讲|诉|述|告知|反映))[^,，。;；\n]{0,6}$"
)
_SPEAKER_ILL = re.compile(
    r"我(?:自己|本人)|我(?:是|得了?|患|确诊|有)[^，。；\n]{0,6}(?:骨髓瘤|病人|患者)|家族"
)
_OVER = re.compile(r"过世|去世|走了|死|生前|病?史|曾|以前|那[年次时]|年轻|岁[时那]|[^一]年前")
_COMBINED = frozenset({"dyspnea", "chest_pain", "shock", "cyanosis", "no_pressure"})
# Of the breath or the chest: what a clot in the lung shows itself by.
_CHEST = ("dyspnea", "chest_pain")
_ACUTE_DAYS = 3
_SUDDEN_DAYS = 1


def read(note: Note) -> Iterator[Reading]:
    """Mentions of ``emergency`` for affirmed, present emergencies; else of a ``symptom`` in the chest."""
    present = [hit for hit in note.hits if hit.entry.group == "emergency" and _present(note, hit)]
    for hit in present:
        value = hit.entry.data["value"]
        if value == "cardiac_arrest" and _REVIVED.match(note.text, hit.end):
            continue
        if value not in _COMBINED:
            yield Reading(note.mention(hit, "emergency", value, "affirmed"))
    kinds = {hit.entry.data["value"]: hit for hit in reversed(present)}
    chest = [hit for hit in present if hit.entry.data["value"] in _CHEST]
    failing = kinds.get("shock") or kinds.get("cyanosis")
    if "no_pressure" in kinds:
        yield Reading(
            note.mention(kinds["no_pressure"], "emergency", "shock_pe", "affirmed", "血压过低或测不出")
        )
    elif failing and (chest or ("shock" in kinds and _embolism(note))):
        reason = "呼吸困难或肺栓塞伴低血压、休克或发绀"
        yield Reading(note.mention(failing, "emergency", "shock_pe", "affirmed", reason))
    elif sudden := _sudden(note, chest):
        reason = "突发呼吸困难或胸痛"
        yield Reading(note.mention(sudden, "emergency", "sudden_dyspnea", "affirmed", reason))
    elif told := next((hit for hit in chest if not (_eased(note, hit) or _of_old(note, hit))), None):
        yield Reading(note.mention(told, "symptom", told.entry.data["value"], "affirmed"))


def _sudden(note: Note, chest: list[Hit]) -> Hit | None:
    """The sign in the chest that is told as sudden, or the first of two that go together."""
    if in_general(note.text) or _TAUGHT.search(note.text):
        return None
    now = [hit for hit in chest if not (_eased(note, hit) or _of_old(note, hit))]
    for hit in now:
        asked = happens_to_somebody(note.text, hit.start, hit.end)
        if asked or _told_in_haste(note.text, hit.end) or _told_as_sudden(note, hit):
            return hit
    return now[0] if _two_signs(note, now) else None


def _told_in_haste(text: str, end: int) -> bool:
    """ "突发胸痛气促", and little more: no history that somebody wrote down."""
    return len(text) <= _HASTE and _SUDDENLY.search(text, 0, end) is not None


def _told_as_sudden(note: Note, hit: Hit) -> bool:
    """ "3小时前突发胸痛" in a note of any length."""
    start, _ = note.clause(hit.start)
    sudden = _SUDDENLY.search(note.text, start, hit.end)
    return sudden is not None and _within(hit, _SUDDEN_DAYS)


def _two_signs(note: Note, chest: list[Hit]) -> bool:
    """ "胸痛 呼吸困难", "气促伴咯血": two of the signs of a clot in the lung (一), and both of these days."""
    if _embolism_denied(note) or not all(_within(hit, _ACUTE_DAYS) for hit in chest):
        return False
    coughed = any(
        hit.entry.fact == "hemoptysis" and _present(note, hit) and _within(hit, _ACUTE_DAYS)
        for hit in note.hits
    )
    signs = {hit.entry.data["value"] for hit in chest}
    return bool(signs) and len(signs) + coughed > 1


def _within(hit: Hit, days: int) -> bool:
    return all(time is None or time.low <= days for time in (hit.when, hit.lasting))


def _of_old(note: Note, hit: Hit) -> bool:
    start, _ = note.clause(hit.start)
    if _SUDDENLY.search(note.text, start, hit.end):
        return False
    of_old = _OF_OLD.search(note.text, start, hit.start) or _FOR_YEARS.match(note.text, hit.end)
    return of_old is not None


def _eased(note: Note, hit: Hit) -> bool:
    return _EASED.search(note.text, hit.end, note.sentence_end(hit.end)) is not None


def _present(note: Note, hit: Hit) -> bool:
    said = hit.assertion
    family = (said.family or said.doubtful_family) and not _of_a_relative_now(note, hit)
    generic = said.generic and not has_happened(note.text, hit.end)
    elsewhere = family or generic or said.hypothetical
    ended = _TOLD_BETWEEN.search(note.text, 0, hit.start) and not _DENIED_BEHIND.match(note.text, hit.end)
    negated = (said.negated or said.doubtful_denial) and not ended
    denied = negated or said.uncertain or said.resolved
    past = said.historical or said.history_word or (hit.when is not None and hit.when.low > _PRESENT_DAYS)
    lasting = hit.lasting is not None and hit.lasting.low > 30
    return not (elsewhere or denied or past or lasting or hit.taken_back)


def _of_a_relative_now(note: Note, hit: Hit) -> bool:
    start = max(note.text.rfind(stop, 0, hit.start) for stop in "。;；\n") + 1
    stop = note.sentence_end(hit.end)
    if _MY_RELATIVE.search(note.text, start, hit.start) and not _SPEAKER_ILL.search(note.text):
        return not _OVER.search(note.text, start, stop)
    return bool(_NOW.search(note.text, start, stop) and not _OVER.search(note.text, start, stop))


def _embolism_denied(note: Note) -> bool:
    return any(
        hit.entry.group == "thrombosis" and hit.entry.kind == "pe" and hit.assertion.negated
        for hit in note.hits
    )


def _embolism(note: Note) -> bool:
    return any(
        hit.entry.group == "thrombosis"
        and hit.entry.kind == "pe"
        and not (
            hit.assertion.negated or hit.assertion.historical or hit.assertion.generic or hit.assertion.family
        )
        for hit in note.hits
    )
