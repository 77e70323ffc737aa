"""Within one message: at most one mention per fact, and none that contradicts another unsaid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from rasa_project.reading.context.retraction import WITHDRAWN_NOTE
from rasa_project.reading.findings.catheter import WHICH as WHICH_TUBE
from rasa_project.reading.findings.hits import ASKED, EXCLUDED, EXPLICIT, RESOLVED_NOTE, Reading
from rasa_project.reading.mention import Mention

_CORRECTION = re.compile(
    r"(更正|纠正|笔误|误[写记录填报]|说错|写错|打错|弄错|搞错|记错|错了|不对|应该是|应为|改为|改成|是[^,，。]{0,8}不是|不是[^,，。]{0,8}[,，]?\s*(而)?是)"
)
_NOW = re.compile(r"((?<![出发呈])现(?!病)|目前|现在|如今|后来|此后|今|[这此本][次回])[^,，。;；]{0,6}$")
_SIDE = re.compile(r"[左右]")
_AND_VEINS = r"(?:、|及|和|至|到|-|髂|股|腘|总|浅|深|胫前|胫后|腓|肌间|静脉)*"
_A_VEIN = r"(?:(?<=静脉)|静?脉|v(?![a-z])|段|型|(?=\s?[),，;；]))"
_PLACE = re.compile(
    r"(?:形成|症)?了?(?:诊断|确诊|发现|[复再]发)?(?:时间|日期)?[\d\-./年月日]*(?:\s?[(][^()\n]{1,16}[)])?[,，(:\s]\s?"
    r"(?:[本这此][次回]|位于|累及|部位|长在|在|[左右双]|侧|下肢|小腿|里|[:为是])*"
    rf"(?:(?P<proximal>(?:(?:胫后|胫前|腓|肌间){_AND_VEINS})?(?:髂外|髂总|髂|股总|股浅|股深|股|腘){_AND_VEINS}{_A_VEIN}|近[心]?端|中央型|混合型)|"
    rf"(?P<distal>(?:肌间|胫后|胫前|腓|腓肠肌|比目鱼肌){_AND_VEINS}{_A_VEIN}|远[心]?端|周围型))"
)
_FREE = re.compile(r"未|无|不|[^,，。;；\n)]{0,12}(?:通畅|正常|未见|未累及|无(?:血栓|异常))")
_EVENT_ORDER = ("suspected_dvt", "suspected_pe", "distal_dvt", "dvt", "proximal_dvt", "pe")
# Facts of which there are several kinds: to have no PICC denies no port.
_OF_SEVERAL_KINDS = frozenset({"central_venous_catheter", "rheumatic_disease", "inherited_thrombophilia"})
_PALSY_OR_CAST = "paralysis_or_recent_cast"
_CAST = re.compile(r"石膏|支具|plaster|cast", re.IGNORECASE)
_OF_EITHER_LEG = frozenset(
    {
        "deep_vein_tenderness",
        "entire_leg_swelling",
        "unilateral_pitting_edema",
        "collateral_superficial_veins",
    }
)
_MANY = frozenset({"drug", "topic", "emergency", "special", "symptom"})


def reconcile(readings: Iterable[Reading], text: str) -> list[Mention]:
    """One mention per fact, in order of the text; helper entities may stand several times."""
    by_fact: dict[str, list[Reading]] = defaultdict(list)
    kept: list[Mention] = []
    for reading in readings:
        if reading.mention.fact in _MANY:
            kept.append(reading.mention)
        else:
            by_fact[reading.mention.fact].append(reading)
    kept = list({(m.fact, m.value, m.start): m for m in kept}.values())
    for fact, group in by_fact.items():
        kept.append(_event(group, text) if fact == "vte_event" else _one(group, text))
    return sorted(kept, key=lambda mention: (mention.start, mention.end, mention.fact))


def _one(group: list[Reading], text: str) -> Mention:
    # "ICU写错了，在普通病房": what is said beside a retraction counts.
    group = [reading for reading in group if reading.mention.note != WITHDRAWN_NOTE] or group
    # A good value beside an implausible one is the value; the implausible one alone is asked about.
    group = [reading for reading in group if reading.mention.status != "rejected"] or group
    strongest = max(reading.weight for reading in group)
    top = sorted((r.mention for r in group if r.weight == strongest), key=lambda mention: mention.start)
    if strongest == EXCLUDED and any(reading.weight == ASKED for reading in group):
        # ruled out in one place, near enough to ask in another
        return next(reading.mention for reading in group if reading.weight == ASKED)
    said = {mention.status for mention in top}
    if len(said) == 1:
        return top[-1] if len({mention.value for mention in top}) > 1 else top[0]
    last = top[-1]
    if any(mention.note == RESOLVED_NOTE for mention in top):
        return _other_tube(last, top) or last  # "2023年置入PICC，…已拔除": the later one holds
    before = text[max(0, last.start - 10) : last.start]
    if _CORRECTION.search(text[top[0].start : last.end]) or _CORRECTION.search(before) or _NOW.search(before):
        return last
    if (leg := _of_one_leg(top, text)) is not None:
        return leg
    if "affirmed" in said and "negated" not in said:
        return next(mention for mention in reversed(top) if mention.status == "affirmed")
    if "affirmed" not in said:
        return next(mention for mention in top if mention.status == "undetermined")
    there = next((mention for mention in reversed(top) if mention.status == "affirmed"), None)
    if there is not None and there.fact == _PALSY_OR_CAST:
        # "没有瘫痪，但打了石膏": either is enough, and only one was denied
        halves = {mention.status: bool(_CAST.search(mention.text)) for mention in top}
        if len(halves) > 1 and halves["affirmed"] is not halves.get("negated"):
            return there
    if there is not None and there.fact in _OF_SEVERAL_KINDS:
        denied = [mention.text for mention in top if mention.status == "negated"]
        if not any(one in there.text or there.text in one for one in denied):
            return there
    return replace(last, value=None, status="undetermined", note="前后表述矛盾，请确认")


def _other_tube(out: Mention, top: list[Mention]) -> Mention | None:
    """ "PICC左上臂，股静脉透析管已拔": of two tubes by name the one that was not taken out."""
    gone = WHICH_TUBE.search(out.text) if out.status == "negated" else None
    for mention in top if gone else ():
        there = WHICH_TUBE.search(mention.text) if mention.status == "affirmed" else None
        if gone and there and there[0].lower() != gone[0].lower():
            return mention
    return None


def _of_one_leg(top: list[Mention], text: str) -> Mention | None:
    """ "左侧腓肠肌无压痛，右侧腓肠肌压痛": what one leg is free of, the other may have."""
    if top[0].fact not in _OF_EITHER_LEG:
        return None
    sides = {
        status: {side for mention in top if mention.status == status for side in _sides(mention, text)}
        for status in ("affirmed", "negated")
    }
    if not all(sides.values()) or sides["affirmed"] & sides["negated"]:
        return None
    return next(mention for mention in top if mention.status == "affirmed")


def _sides(mention: Mention, text: str) -> list[str]:
    return _SIDE.findall(text, max(0, mention.start - 8), mention.end)[-1:]


def _event(group: list[Reading], text: str) -> Mention:
    """The gravest confirmed event, or the suspected one where none is confirmed."""
    known = [reading for reading in group if reading.mention.value is not None]
    if not known:
        return group[-1].mention
    best = max(known, key=lambda reading: _EVENT_ORDER.index(str(reading.mention.value)))
    if best.mention.value == "dvt":
        return _placed(best.mention, [reading.mention for reading in known], text)
    others = {str(r.mention.text) for r in known if r.mention.value != best.mention.value}
    if others and best.mention.note is None:
        return replace(best.mention, note="另见：" + "、".join(sorted(others)))
    return best.mention


def _placed(event: Mention, known: list[Mention], text: str) -> Mention:
    """A thrombosis whose place is named elsewhere: "VTE首发，…肌间静脉血栓", "DVT（左腘静脉）"."""
    distal = next((mention for mention in known if mention.value == "distal_dvt"), None)
    if distal is not None:
        sides = {side for mention in (event, distal) for side in _SIDE.findall(mention.text)}
        return event if len(sides) > 1 else distal
    place = _PLACE.match(text, event.end)
    if place is None or _FREE.search(place[0]) or _FREE.match(text, place.end()):
        return event
    value = "proximal_dvt" if place["proximal"] else "distal_dvt"
    return replace(event, value=value, note=f"部位：{place['proximal'] or place['distal']}")


def explicit(mentions: Iterable[Mention]) -> list[Reading]:
    """Mentions said outright."""
    return [Reading(mention, EXPLICIT) for mention in mentions]
