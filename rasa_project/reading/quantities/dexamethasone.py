"""Dexamethasone per cycle, worked out from the schedule as written (decision A12)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from rasa_project.reading import between_blanks
from rasa_project.reading.asked_apart import parted
from rasa_project.reading.drug_names import drugs, find_drugs, specific
from rasa_project.reading.mention import Mention, Status
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import dexamethasone_cues as cues
from rasa_project.reading.quantities import numbers
from rasa_project.reading.quantities.schedules import (
    CYCLE,
    Frequency,
    cycle_weeks,
    frequency,
    length_behind,
    per_day,
    schedule_before,
    schedule_follows,
    weekly_days,
    weeks_on,
)
from rasa_project.reading.regimens import find_regimens
from rasa_project.reading.usage import Named, mask, usage

_SEVERAL = 2
_RULE_REACH = 40  # characters from the name to a rule about its dose
_TAKEN = ("taken", "planned")
_ANTITHROMBOTIC = ("anticoagulant", "antiplatelet")  # "地塞米松40mg，抗凝" is cut at the comma


def _window(text: str, name: re.Match[str]) -> tuple[int, int]:
    """The stretch that can hold the dose: up to the next or previous drug or sentence end."""
    start = max(
        [0, *(stop.end() for stop in cues.STOP.finditer(text, max(0, name.start() - 30), name.start()))],
        default=0,
    )
    start = max(start, name.start() - 30)
    for other in cues.OTHER_DRUG.finditer(text, start, name.start()):
        start = other.end()
        # "来那度胺25mg d1-14，地塞米松20mg": up to the comma it is the other's schedule
        start = max([start, *(comma.end() for comma in cues.COMMA.finditer(text, start, name.start()))])
    end = min(len(text), name.end() + 90)
    for pattern in (cues.STOP, cues.OTHER_DRUG, cues.NAME, cues.NEW_SUBJECT):
        if (found := pattern.search(text, name.end(), end)) is not None:
            end = found.start()
    # however it is spelled: "一周一次四周一个疗程来那肚胺二十五毫克"
    for drug in find_drugs(text[name.end() : end]):
        if drugs()[drug.drug]["kind"] not in ("glucocorticoid", *_ANTITHROMBOTIC):
            end = name.end() + drug.start
            break
    return start, end


def _total(window: str) -> tuple[float | None, str | None, tuple[int, int]] | None:
    """(mg, reason when it is no number, span) of a total that is stated outright."""
    found = list(cues.TOTAL.finditer(window))
    if len(found) > 1 and cues.LATER_ON.search(window, found[-2].end(), found[-1].start()):
        found = found[-1:]  # "C1时160mg/程，C2起80mg/程"
    for match in found:
        stated = ("a", "said", "b", "f", "g", "whole", "c", "d", "e")
        amount = next((match[group] for group in stated if match[group]), "")
        rest = window[match.end() : match.end() + 30]
        # "每周期40mg d1,8,15,22" and "40mg/次": a schedule follows, so this is one dose.
        if match["a"] is None and schedule_follows(rest):
            continue
        if match["grams"]:
            return 1000 * (numbers.parse(match["grams"]) or 0), None, match.span()
        if match["compare"] or match["compare2"]:
            return None, "只给出界限", match.span()
        if match["upper"] or match["upper2"]:
            return None, "只给出范围", match.span()
        return numbers.parse(amount), None, match.span()
    return None


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose in mg at ``[start, end)`` of its window; ``unusable`` says why it cannot be computed with.

    ``within`` is the part of the schedule that stands amid its words: "0.75mg，每周一次吃20片".
    """

    start: int
    end: int
    mg: float
    unusable: str | None = None
    within: str = ""


def _doses(window: str) -> list[Dose]:
    tablet = cues.TABLET.search(window)
    if tablet is not None:
        strength = float(tablet["mg"] or tablet["mg2"] or cues.TABLET_MG)
        count = numbers.parse(tablet["n"] or tablet["n2"]) or 0

        return [Dose(tablet.start(), tablet.end(), strength * count, within=_amid(tablet["within"]))]
    found: list[Dose] = []
    for match in cues.DOSE.finditer(window):
        if match["unit"] is None:
            continue
        amount = numbers.parse(match["dose"])
        if amount is None:
            continue
        mg = amount * (1000 if match["unit"].lower() in ("g", "克") else 1)
        reason = "按体表面积或体重给药，请给出实际 mg" if match["area"] else None
        found.append(Dose(match.start(), match.end(), mg, reason))
    again = [one for one in found[1:] if cues.ONCE_MORE.search(window, 0, one.start)]
    found = [one for one in found if one not in again or one.mg != found[0].mg]
    # "由40mg qw减为20mg qw": only what holds after the change.
    changes = list(cues.CHANGED.finditer(window))
    if changes and any(dose.start >= changes[-1].end() for dose in found):
        found = [dose for dose in found if dose.start >= changes[-1].end()]
    elif changes and found and (bare := cues.BARE_CHANGE.match(window, changes[-1].end())):
        amount = numbers.parse(bare["dose"])
        return [Dose(bare.start("dose"), bare.end(), amount)] if amount else found
    return found


def _amid(words: str | None) -> str:
    """The part of a schedule among the words between a tablet's strength and their number."""
    weekly = cues.AMID.search(words or "")
    return weekly[0] if weekly else ""


def _bare_dose(side: str) -> list[Dose]:
    """A number without its unit: "地米 40 d1,8,15,22", or as it is said, "地米一周四十", "每次20"."""
    match = cues.BARE_DOSE.match(side) or cues.SAID_DOSE.match(side)
    amount = numbers.parse(match["dose"]) if match else None
    return [Dose(match.start("dose"), match.end(), amount)] if match and amount else []


def _without_doses(side: str, doses: list[Dose]) -> str:
    for dose in doses:
        side = side[: dose.start] + " " * (dose.end - dose.start) + side[dose.end :]
    return side


@dataclass(frozen=True, slots=True)
class _Place:
    """A name of dexamethasone in a message."""

    message: Normalised
    name: tuple[int, int]

    def mention(
        self,
        first: int,
        last: int,
        value: float | None,
        note: str,
        status: Status = "affirmed",
    ) -> Mention:
        """A mention from the name to ``[first, last)``, whichever reaches further."""
        first, last = min(first, self.name[0]), max(last, self.name[1])
        last = first + len(self.message.text[first:last].rstrip(" ,，、()（）"))
        plain = None if value is None else numbers.tidy(value)
        words = self.message.words(first, last)
        fact, unit = "dexamethasone_mg_per_cycle", "mg/周期"
        return Mention(fact, plain, words, first, last, status, unit, note)


def _blank_rule(rule: re.Match[str]) -> str:
    followed = cues.FOLLOWED.search(rule[0])
    if followed:  # "40mg qw (>75岁者20mg；本例74岁，按40mg)": it says the same once more
        own = cues.MG.search(rule[0], followed.start())
        given = list(cues.MG.finditer(rule.string, max(0, rule.start() - 20), rule.start()))
        if not (own and given and own["mg"] == given[-1]["mg"]):
            return rule[0]
    return " " * len(rule[0])


def _read_at(message: Normalised, name: re.Match[str]) -> Mention | None:
    text = cues.RULE.sub(_blank_rule, message.text)
    for aside in (cues.DAY_NOW, cues.NOT_THIS, cues.WHOSE_DAYS):
        text = aside.sub(lambda words: " " * len(words[0]), text)
    place = _Place(message, name.span())
    if (this := cues.THIS_CYCLE.match(text, name.end())) is not None:
        times, each = numbers.parse(this["n"]) or 0, numbers.parse(this["mg"]) or 0
        note = f"本周期 {numbers.show(each)} mg × {numbers.show(times)} 次"
        return place.mention(this.start("n"), this.end(), times * each, note)
    if (why := cues.REASON.match(text, name.end())) is not None:
        text = text[: name.end()] + " " * len(why[0]) + text[why.end() :]
    start, end = _window(text, name)
    if (changed := cues.TOTAL_CHANGED.search(text, name.end(), end)) is not None:
        note = f"改后每周期总量 {changed['mg']} mg"
        return place.mention(changed.start("mg"), changed.end(), numbers.parse(changed["mg"]), note)
    if (total := _total(text[start:end])) is not None:
        value, reason, (first, last) = total
        first, last = start + first, start + last
        if value is None:
            return place.mention(
                first, last, None, f"地塞米松每周期总量{reason}，请给出具体数值", "undetermined"
            )
        if value > cues.MOST_PER_CYCLE:
            return place.mention(
                first, last, None, f"每周期 {numbers.show(value)} mg 不合常理，请核对", "rejected"
            )
        return place.mention(first, last, value, f"每周期总量 {numbers.show(value)} mg")
    after, before = text[name.end() : end], text[start : name.start()]
    before = cues.TABLETS_BEFORE.sub(lambda other: " " * len(other[0]), before)
    doses = _doses(after) or _bare_dose(after)
    side, base, other = (after, name.end(), before) if doses else (before, start, after)
    if not doses and not cues.OF_THE_OTHER.search(before):
        doses = _doses(before)[-1:]
    if not doses:
        return None  # named without a dose: the glucocorticoid is a fact, the dose was not mentioned
    if (
        doses
        and text[base + doses[0].end - 1] in "片粒"
        and cues.STRENGTH_UNKNOWN.match(text, base + doses[0].end)
    ):
        return place.mention(base, base + doses[0].end, None, "每片规格不详，请补充", "undetermined")
    for dose in doses:
        if dose.unusable:
            return place.mention(base, base + dose.end, None, dose.unusable, "undetermined")
    if _rule_for_the_old_holds(message.text, name.end(), doses):
        note = "地塞米松写有按年龄减量的另一剂量，请确认本例每周期实际总量"
        return place.mention(base, base + doses[0].end, None, note, "undetermined")
    later = cues.LATER_DOSE.match(message.text, base + doses[-1].end) if base == name.end() else None
    present = _of_one_cycle(side, doses)
    if present is None or (later and float(later["mg"]) != doses[-1].mg):
        note = "各周期（或各周）地塞米松剂量不同，请给出当前周期的总量"
        return place.mention(base, base + doses[-1].end, None, note, "undetermined")
    doses = present
    return _computed(place, doses, side, base, other)


def _rule_for_the_old_holds(text: str, position: int, doses: list[Dose]) -> bool:
    """Whether a rule by age beside the dose names another one and the age that is told falls under it."""
    rule = cues.RULE_OF_AGE.search(text, position, position + _RULE_REACH)
    if rule is None or float(rule["mg"]) in {dose.mg for dose in doses}:
        return False
    if cues.FOLLOWED.search(text, rule.end(), rule.end() + _RULE_REACH):
        return False  # "（75岁以上20mg；本例76岁，未减）" is read with the rule itself
    bound = int(rule["over"] or rule["above"])
    return any(int(own["age"]) >= bound for own in cues.OWN_AGE.finditer(text))


def _of_one_cycle(side: str, doses: list[Dose]) -> list[Dose] | None:
    """The doses that are given together; None where they follow each other and none is the present one."""
    if len(doses) < _SEVERAL:
        return doses
    for number in range(len(doses) - 1, 0, -1):
        between = side[doses[number - 1].end : doses[number].start]
        if cues.AT_PRESENT.search(between):
            return doses[number:]
    between = side[doses[0].end : doses[-1].start]
    return None if cues.OTHER_CYCLE.search(between) else doses


def _computed(place: _Place, doses: list[Dose], side: str, base: int, other: str) -> Mention:
    """The sum over the doses written in ``side``; ``other`` is the window on the far side of the name."""
    weeks, stated = cycle_weeks(place.message.text)
    if (behind := length_behind(_without_doses(side, doses))) is not None:
        first, last, length = behind
        side = side[:first] + " " * (last - first) + side[last:]
        weeks, stated = (weeks, True) if stated else (length, True)
    sums: list[str] = []
    total, weekly, assumed, largest = 0.0, 0.0, False, 0.0
    for dose, following in zip(doses, [*doses[1:], None], strict=True):
        schedule = CYCLE.sub(" ", side[dose.end : following.start if following else len(side)])
        schedule = f"{dose.within} {schedule}" if dose.within else schedule
        given = frequency(schedule, weeks)
        if given is None and len(doses) == 1:
            given = _elsewhere(side[: dose.start], other, base > place.name[0], weeks)
            if given is None and cues.ON_ITS_DAYS.search(schedule):
                given = frequency(_days_of_the_other(place.message.text, place.name[0]), weeks)
            if given is not None and cues.AND_THE_NEXT.search(schedule):
                given = Frequency(2 * given.count, f"{2 * given.count} 天", given.by_week)
        if given is None:
            note = f"地塞米松 {numbers.show(dose.mg)} mg，未给出每周期用几次或哪几天"
            return place.mention(base + dose.start, base + dose.end, None, note, "undetermined")
        before = side[: dose.start] + (other if base > place.name[0] else "")
        given = weekly_days(given, schedule, before, weeks)
        given = weeks_on(given, schedule, weeks) if stated else given
        amount = dose.mg * per_day(schedule)
        total += amount * given.count
        largest = max(largest, amount)
        weekly += amount * given.count if given.by_week else 0
        assumed = assumed or (given.by_week and not stated)
        sums.append(f"{numbers.show(amount)} mg × {given.words}")
    note = f"{' + '.join(sums)} = {numbers.show(total)} mg" + (
        "（未写周期长度，按 28 天计）" if assumed else ""
    )
    # Where another length of cycle would change the points of table 5, the note asks to check it (A12).
    fixed = total - weekly
    hinges = assumed and len({_points(fixed + weekly * w / weeks) for w in cues.USUAL_WEEKS}) > 1
    if hinges:
        note = note.rstrip("）") + "；周期为 21 或 35 天时总量不同，请核对）"
    first, last = base + doses[0].start, base + len(side)
    if total > cues.MOST_PER_CYCLE or largest > cues.MOST_PER_DAY:
        return place.mention(first, last, None, f"{note}，不合常理，请核对", "rejected")
    return place.mention(first, last, total, note)


def _days_of_the_other(text: str, end: int) -> str:
    """The schedule of the proteasome inhibitor named before, up to the next drug."""
    others = list(cues.OTHERS_DAYS.finditer(text, 0, end))
    if not others:
        return ""
    words = text[others[-1].end() : min(end, others[-1].end() + cues.OTHERS_REACH)]
    next_drug = cues.OTHER_DRUG.search(words)
    return words[: next_drug.start()] if next_drug else words


def _points(total: float) -> int:
    """Which row of table 5 a total in mg falls in: below 120, 120–160, above 160."""
    return (total >= 120) + (total > 160)


def _elsewhere(lead: str, other: str, dose_after_name: bool, weeks: int) -> Frequency | None:
    """A schedule that does not follow the dose.

    "每周40mg", "第1、8、15、22天地塞米松40mg", "40mg地塞米松每周", "40mg qw减为20mg".
    """
    if cues.CHANGED.search(lead):
        return frequency(CYCLE.sub(" ", lead), weeks)
    if (before := schedule_before(lead)) or (dose_after_name and (before := schedule_before(other))):
        return frequency(before, weeks)
    return None if dose_after_name else frequency(CYCLE.sub(" ", other), weeks)


def read_dexamethasone(message: Normalised) -> list[Mention]:
    """``dexamethasone_mg_per_cycle`` with its arithmetic; undetermined when the schedule is not given."""
    text = message.text
    names = list(cues.NAME.finditer(text)) or (
        list(cues.LETTER.finditer(text)) if cues.REGIMEN_WITH_D.search(text) else []
    )
    if not names:
        return _hormone(message) or _nameless(message)
    masked = parted(message, _masked(text))
    found: list[Mention] = []
    for name in names:
        used = usage(masked, Named(*name.span(), needs_proof=False))
        if used not in ("stopped", "never") and (unknown := cues.DOSE_UNKNOWN.match(text, name.end())):
            place, note = _Place(message, name.span()), "地塞米松每周期总量不详"
            found.append(place.mention(name.start(), unknown.end(), None, note, "undetermined"))
            continue
        if used not in _TAKEN:
            continue
        if cues.LOCAL.search(text[max(0, name.start() - 12) : name.end() + 16]):
            continue
        mention = _read_at(message, name)
        if mention is not None:
            found.append(_after_change(message, mention))
    known = [mention for mention in found if mention.status != "undetermined"]
    if not found and not cues.OTHER_STEROID.search(text):
        taken = any(usage(masked, Named(*name.span(), needs_proof=False)) in _TAKEN for name in names)
        return _nameless(message) if taken else []
    return known or found[:1]


def _masked(text: str) -> str:
    drugs, regimens = specific(find_drugs(text)), find_regimens(text)
    return between_blanks.ended(mask(text, drugs, regimens), drugs, regimens)


def _hormone(message: Normalised) -> list[Mention]:
    """A dose of "激素" by the week or cycle, where no other steroid is named: it is dexamethasone."""
    text = message.text
    if cues.OTHER_STEROID.search(text):
        return []
    masked = _masked(text)
    for name in cues.HORMONE.finditer(text):
        used = usage(masked, Named(*name.span(), needs_proof=False))
        if used not in _TAKEN or cues.LOCAL.search(text, max(0, name.start() - 12), name.end()):
            continue
        mention = _read_at(message, name)
        if mention is None or mention.value is None or cues.EACH_DAY.search(text, name.end(), mention.end):
            continue
        return [replace(mention, note="；".join(filter(None, ("激素按地塞米松理解", mention.note))))]
    return []


def _after_change(message: Normalised, mention: Mention) -> Mention:
    """The mention, or the total that is said after it to have taken its place."""
    changed = cues.CHANGED_TOTAL.match(message.text, mention.end)
    if changed is None or schedule_follows(message.text[changed.end() :]):
        return mention
    if cues.OTHER_DRUG.search(changed[0]):
        return mention
    mg = numbers.parse(changed["mg"])
    if mg is None or mg > cues.MOST_PER_CYCLE:
        return mention
    place = _Place(message, (mention.start, mention.end))
    return place.mention(changed.start("mg"), changed.end(), mg, f"改后每周期总量 {numbers.show(mg)} mg")


def _of_another_drug(text: str, position: int) -> bool:
    """Whether the clause before a total names a drug, or the message names drugs but no dexamethasone."""
    clause = re.split(r"[,，。;；\n]", text[:position])[-1]
    if specific(find_drugs(clause)):
        return True
    return cues.NAME.search(text) is None and bool(specific(find_drugs(text)))


def _nameless(message: Normalised) -> list[Mention]:
    """A total per cycle in a clause that names no drug; a schedule without a total says too little."""
    text = message.text
    each = list(cues.NAMELESS_EACH.finditer(text))
    later = each and (len(each) == 1 or cues.LATER_ON.search(text, each[-2].end(), each[-1].start()))
    match = cues.NAMELESS.search(text) or (each[-1] if later else None)
    if match is None or schedule_follows(text[match.end() :]) or _of_another_drug(text, match.start("mg")):
        return []
    total = float(match["mg"])
    first, last = match.start("mg"), match.end()
    words = message.words(first, last)
    if total > cues.MOST_PER_CYCLE:
        note = f"每周期 {numbers.show(total)} mg 不合常理，请核对"
        return [Mention("dexamethasone_mg_per_cycle", None, words, first, last, "rejected", "mg/周期", note)]
    note = f"未写药名，按地塞米松每周期总量 {numbers.show(total)} mg 理解"
    value = numbers.tidy(total)
    return [Mention("dexamethasone_mg_per_cycle", value, words, first, last, "affirmed", "mg/周期", note)]
