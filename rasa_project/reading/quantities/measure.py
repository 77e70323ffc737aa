"""Labelled measurements: a label, what may stand between, numbers, and a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa_project.reading.clauses import about_speaker, asks
from rasa_project.reading.context.retraction import retraction
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import measure_cues as cues
from rasa_project.reading.quantities import numbers, timeline
from rasa_project.reading.quantities.assumptions import without_unit
from rasa_project.reading.quantities.body import weight_changes
from rasa_project.reading.quantities.quantity import FACTS, Quantity, quantity
from rasa_project.reading.quantities.value import Reading, number_at

_WIDEST_GAP = 300  # characters between a label and its number


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A quantity that is spoken of without a number: its words, and why there is none."""

    words: str
    note: str


_Timed = tuple[timeline.When, tuple[int, timeline.When, Reading]]


def _last_of_series(text: str, position: int, filler: str) -> int | None:
    """Where the last of several results stands, where the last is said to be the latest."""
    first = cues.PLAIN_NUMBER.match(text, position)
    series = cues.SERIES.match(text, first.end()) if first else None
    if series is None:
        return None
    if cues.SERIES_LATEST.match(text, series.end()) or cues.SERIES_NAMED.search(filler):
        return max(
            number.start() for number in cues.PLAIN_NUMBER.finditer(text, series.start(), series.end())
        )
    return None


def _readings(
    text: str, quantity_: Quantity, today: date
) -> Iterator[tuple[int, timeline.When, Reading | Unsettled]]:
    """(start of label, time, value) for every value of the quantity."""
    taken = 0
    barred = weight_changes(text) if quantity_.fact == "weight_kg" else []
    for label in quantity_.label.finditer(text):
        ahead = text[max(0, label.start() - 6) : label.start()]
        if label.start() < taken:
            continue
        aim = cues.AIM_THEN.match(text, label.end()) if cues.SET_ASIDE.search(ahead) else None
        if aim is None and quantity_.excluded_before.search(ahead):
            continue
        own = None
        if about_speaker(text, label.start()):
            own = cues.OWN_AFTER.match(text, label.end())
            if own is None:
                continue
        # Time words may stand before the label: "入院时血小板32,今日血小板65".
        clause = max(text.rfind(stop, 0, label.start()) for stop in ",。;\n、(")
        lead = text[max(clause + 1, taken, label.start() - 14) : label.start()]
        lead = lead or _carried(text, clause) or _now_before(text, clause)
        if (aimed := cues.AIM_AFTER.match(text, label.end())) is not None:
            aim = cues.AIM_THEN.match(text, aimed.end())
        position, known = own.end() if own else aim.end() if aim else label.end(), False
        while True:
            gap = quantity_.gap.match(text, position, position + _WIDEST_GAP)
            filler = gap[0] if gap else ""
            at = position + len(filler)
            at = _last_of_series(text, at, ahead + filler) or _in_listed_order(text, label.start(), at) or at
            reading = number_at(text, at, quantity_, bool(cues.ABOUT_RE.search(filler)))
            if reading is None:
                unknown = (
                    cues.UNKNOWN_RE.match(text, at)
                    or cues.AWAITED.match(text, label.end())
                    or cues.UNKNOWN_NEXT.match(text, label.end())
                    or _unknown_after_change(text, at, barred)
                )
                if not known and unknown is not None:
                    words = text[label.start() : unknown.end()]
                    yield label.start(), timeline.When("plain"), Unsettled(words, "尚无结果")
                elif not known and cues.UNKNOWN_BEFORE.search(text, max(0, label.start() - 8), label.start()):
                    yield label.start(), timeline.When("plain"), Unsettled(label[0], "尚无结果")
                elif not known and (vague := cues.VAGUE.match(text, at)) is not None:
                    words = text[label.start() : vague.end()]
                    yield label.start(), timeline.When("plain"), Unsettled(words, "只有大概，请给出数值")
                elif not known and (minus := cues.MINUS.match(text, label.end())) is not None:
                    words = text[label.start() : minus.end()]
                    note = f"写作“{minus[0].strip(' :：')}”，请核对数值"
                    yield label.start(), timeline.When("plain"), Unsettled(words, note)
                elif not known and (described := quantity_.in_words.match(text, label.end())) is not None:
                    words = text[label.start() : described.end()]
                    yield label.start(), timeline.When("plain"), Unsettled(words, "未给出数值，请补充")
                elif not known and label[0] != "CR" and retraction(text, *label.span()) is not None:
                    yield label.start(), timeline.When("plain"), Unsettled(label[0], "原值已撤回，请给出数值")
                break
            if filler.rstrip().endswith("不是") or any(
                first <= reading.start < last for first, last in barred
            ):
                denied = filler.rstrip().endswith("不是")
                unsaid = None if denied else cues.UNKNOWN_AFTER_CHANGE.match(text, reading.end)
                if not known and unsaid is not None:
                    words = text[label.start() : unsaid.end()]
                    yield label.start(), timeline.When("plain"), Unsettled(words, "尚无结果")
                    break
                if denied and not known and cues.CLAUSE_OVER.match(text, reading.end):
                    words = text[label.start() : reading.end]
                    yield label.start(), timeline.When("plain"), Unsettled(words, "原值已撤回，请给出数值")
                position, known = reading.end, True
                if (instead := cues.INSTEAD.match(text, position)) is not None:
                    position = instead.end()
                continue
            if not known and (unclear := cues.ONE_OF_TWO.match(text, reading.end)) is not None:
                words = text[label.start() : unclear.end()]
                yield label.start(), timeline.When("plain"), Unsettled(words, "两个数值未核实，请核对")
                break
            answered = cues.ITEM_ANSWERED.match(text, reading.end) if reading.compare else None
            if answered is not None and answered["measured"] is not None:
                position, known = answered.end(), True
                continue
            if answered is not None and answered["no"]:
                break
            if reading.compare in (">", "<", "≥", "≤") and (
                result := cues.LIMIT_BEFORE.match(text, reading.end)
            ):
                position = result.end()
                continue
            if (discarded := cues.DISCARDED.match(text, reading.end)) is not None and (
                instead := cues.INSTEAD_OF_IT.match(text, discarded.end())
            ):
                position = instead.end()
                continue
            if (reading.compare or reading.about) and (exact := cues.EXACT.match(text, reading.end)):
                position = exact.end()
                continue
            if reading.compare and (ruled := cues.RULE_THEN.match(text, reading.end)) is not None:
                position = ruled.end()
                continue
            if reading.upper is not None and cues.AIMED.search(filler):
                position, known = reading.end, True
                continue
            if (reading.compare or reading.upper) and asks(text, label.start(), reading.end):
                # "血小板<50怎么办" asks about a class of patients, it does not describe this one.
                position, known = reading.end, True
                continue
            words = filler if known else lead + filler
            known, position = True, reading.end
            taken = position
            if (dated := timeline.day_after(text, position, today)) is not None:
                moment, position = dated
                yield label.start(), moment, reading
                continue
            if (before := cues.PAST_AFTER.match(text, position)) is not None:
                yield label.start(), timeline.When("past"), reading
                position = timeline.later(text, before.end())
                continue
            moment = timeline.when(words, today)
            if moment.kind == "plain":
                moment = timeline.visit(text, label.start(), today) or moment
            yield label.start(), moment, reading
            if (reference := cues.REFERENCE.match(text, position)) is not None:
                position = reference.end()
            position = timeline.later(text, position)
            following = quantity_.gap.match(text, position, position + _WIDEST_GAP)
            # Another value belongs to this label only when a time word or an arrow leads to it.
            if following is None or not timeline.leads_on(following[0]):
                break


def _unknown_after_change(text: str, at: int, barred: list[tuple[int, int]]) -> re.Match[str] | None:
    """ "瘦了8斤，现在多少没称", where such a change of weight stands at ``at``."""
    change = next((last for first, last in barred if first <= at < last), None)
    return None if change is None else cues.UNKNOWN_AFTER_CHANGE.match(text, change)


def _in_listed_order(text: str, label: int, at: int) -> int | None:
    listed = cues.LISTED.search(text, max(0, label - 8), label)
    third = cues.THIRD.match(text, at) if listed else None
    return third.end() if third else None


def _clock(text: str, position: int) -> tuple[int, int] | None:
    """The time of day that opens the sentence of a value: "03:58 BP 95/55，HR 122"."""
    lead = text[max(0, position - cues.CLOCK_REACH) : position]
    first = max((stop.end() for stop in cues.SENTENCE_OR_LINE.finditer(lead)), default=0)
    times = list(cues.CLOCK.finditer(lead, first))
    return (int(times[-1][1] or times[-1][3]), int(times[-1][2] or 0)) if times else None


def _latest_of_day(text: str, values: list[_Timed]) -> list[_Timed]:
    """Of values by the clock the latest, where the last one written is one of them."""
    last = values[-1]
    if len(values) == 1 or last[0].kind in ("past", "extreme") or (at := _clock(text, last[1][0])) is None:
        return values
    clocks = [clock for value in values if (clock := _clock(text, value[1][0])) is not None]
    turned = clocks[0][0] >= cues.EVENING and at[0] <= cues.MORNING  # past midnight
    return [last] if at == max(clocks) or turned else values


def _carried(text: str, comma: int) -> str:
    """The time word that opens a list of results: "出院时复查肌酐198，PLT 88"."""
    if comma < 0 or text[comma] not in ",、":
        return ""
    first = max(text.rfind(stop, 0, comma) for stop in "。;\n") + 1
    clauses = re.split(r"[,、]", text[max(first, comma - cues.LIST_REACH) : comma])
    for clause in reversed(clauses):
        item = cues.RESULT.fullmatch(clause)
        if item is None:
            return ""
        if timeline.leads_on(item["lead"]):
            return item["lead"]
    return ""


def _now_before(text: str, comma: int) -> str:
    """The word for the present that opens the clause before: "转入时HR 108，现转复窦性，HR 74"."""
    if comma < 0 or text[comma] not in ",，":
        return ""
    first = max(text.rfind(stop, 0, comma) for stop in ",，。;；\n") + 1
    now = cues.NOW_CLAUSE.fullmatch(text, max(first, comma - cues.LIST_REACH), comma)
    return now["now"] if now else ""


def read_measures(message: Normalised, today: date) -> list[Mention]:
    """Every labelled measurement of ``labs.toml`` in the message."""
    found: list[Mention] = []
    for fact in FACTS:
        found.extend(_read_one(message, quantity(fact), today))
    return found


def _read_one(message: Normalised, quantity_: Quantity, today: date) -> list[Mention]:
    values: list[_Timed] = []
    unknown: list[Mention] = []
    for start, moment, reading in _readings(message.text, quantity_, today):
        if isinstance(reading, Reading):
            values.append((moment, (start, moment, reading)))
        else:
            end = start + len(reading.words)
            words, unit = message.words(start, end), quantity_.unit or None
            note = f"{quantity_.name}{reading.note}"
            unknown.append(Mention(quantity_.fact, None, words, start, end, "undetermined", unit, note))
    if not values:
        return unknown
    # "脉搏110，心率112" (atrial fibrillation): the heart rate is the one that counts.
    first_choice = [value for value in values if not quantity_.second_choice.match(message.text, value[1][0])]
    values = _latest_of_day(message.text, first_choice or values)
    mentions: dict[object, Mention] = {}
    for start, moment, reading in timeline.present(values):
        mention = _mention(message, quantity_, start, moment, reading)
        mentions.setdefault(
            (mention.value, mention.status, mention.note if mention.value is None else None), mention
        )
    return list(mentions.values())


def _mention(
    message: Normalised, quantity_: Quantity, start: int, moment: timeline.When, reading: Reading
) -> Mention:
    def mention(value: float | None, status: Any, note: str | None, confirm: bool = False) -> Mention:
        plain = None if value is None else numbers.tidy(value)
        return Mention(
            quantity_.fact,
            plain,
            message.words(start, reading.end),
            start,
            reading.end,
            status,
            quantity_.unit or None,
            note,
            confirm,
        )

    shown = f"{numbers.show(reading.raw)}{reading.unit.shown if reading.unit else ''}"
    if reading.upper is not None:
        return mention(
            None,
            "undetermined",
            f"{quantity_.name}写的是范围 {numbers.show(reading.raw)}～"
            f"{numbers.show(reading.upper)}，请给出当前的具体数值",
        )
    if (
        reading.compare is not None
        and quantity_.fact == "gfr"
        and reading.raw >= 60
        and cues.ABOVE.search(reading.compare)
    ):
        words = message.words(start, reading.end)
        return Mention(
            "renal_function_normal",
            True,
            words,
            start,
            reading.end,
            "affirmed",
            None,
            f"{words.strip()}：GFR ≥60",
        )
    if reading.compare is not None:
        return mention(
            None,
            "undetermined",
            f"{quantity_.name}只给出界限（{message.words(start, reading.end).strip()}），请给出具体数值",
        )
    notes: list[str] = []
    confirm = False
    value = reading.value
    if value is None:
        assumed = without_unit(quantity_.fact, reading.raw)
        if assumed.value is None:
            return mention(None, assumed.status, assumed.note)
        value, confirm = assumed.value, assumed.confirm
        notes += [assumed.note] if assumed.note else []
    elif reading.unit is not None and reading.unit.factor != 1:
        notes.append(f"{shown} = {numbers.show(value)} {quantity_.unit}")
    elif not reading.written[0].isdigit():
        notes.append(f"{reading.written} = {numbers.show(value)}")
    if not quantity_.low <= value <= quantity_.high:
        return mention(
            None,
            "rejected",
            f"{quantity_.name} {shown} 不合常理（可接受 {numbers.show(quantity_.low)}～"
            f"{numbers.show(quantity_.high)} {quantity_.unit}），请核对数值和单位",
        )
    if moment.kind == "extreme":
        notes.append("原文是最低/最高值，请确认当前值")
        confirm = True
    elif moment.kind == "past":
        notes.append("原文是既往数值")
    if reading.comma:
        notes.append(f"逗号按小数点理解：{numbers.show(reading.raw)}")
        confirm = True
    if reading.about:
        notes.append("约数")
        confirm = confirm or any(abs(value - limit) <= 0.1 * limit for limit in quantity_.thresholds)
    return mention(value, "affirmed", "；".join(notes) or None, confirm)
