"""One number with its unit, its limits and its decimal point, as it stands behind a label."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_project.reading.quantities import measure_cues as cues
from rasa_project.reading.quantities import numbers
from rasa_project.reading.quantities.quantity import Quantity, Unit


@dataclass(frozen=True, slots=True)
class Reading:
    """One number read for a quantity, already in the contract's unit where ``value`` is set."""

    start: int
    end: int
    value: float | None
    raw: float
    unit: Unit | None
    written: str
    compare: str | None = None
    upper: float | None = None
    about: bool = False
    comma: bool = False  # a decimal comma, as far as one can tell


def _unit_at(text: str, end: int, quantity_: Quantity) -> tuple[Unit | None, int]:
    said = cues.UNIT_SAID.match(text, end)  # "体重126 单位是斤"
    for unit in quantity_.units:
        if said is not None and (match := unit.pattern.match(text, said.end())) is not None:
            return unit, match.end()
        if (match := unit.pattern.match(text, end)) is not None and match.end() > end:
            return unit, match.end()
    return None, end


def number_at(text: str, position: int, quantity_: Quantity, about: bool) -> Reading | None:
    match = quantity_.number.match(text, position)
    if match is None:
        return None
    raw = numbers.parse(match["number"])
    if raw is None:
        return None
    stop, upper, comma = match.end(), None, False
    if match["number"].isdigit() and (spoken := cues.SPOKEN_POINT.match(text, stop)) is not None:
        raw, stop = float(f"{match['number']}.{spoken['tail']}"), spoken.end()
    elif match["number"].isdigit() and (tail := cues.DECIMAL_COMMA.match(text, stop)) is not None:
        stop, comma = tail.end(), True
        if quantity_.fact == "platelets_e9_l" and raw >= 10:
            upper = float(tail["tail"])  # 60,80 may as well be two counts
        else:
            raw = float(f"{match['number']}.{tail['tail']}")
    unit, end = _unit_at(text, stop, quantity_)
    if text[stop:end].strip() == "万" and (more := cues.TENTHS.match(text, end)):
        # "3万8" is 38 000.
        raw, end = raw + int(more[0]) / 10, more.end()
    chinese = not match["number"][0].isdigit()
    if (
        chinese
        and unit is None
        and not (
            match["number"][0] != "万"
            and len(match["number"]) > 1
            and cues.SIGNIFICANT_CHINESE.search(match["number"])
        )
    ):
        return None
    if unit is None and (not cues.AFTER_NUMBER.match(text, stop) or cues.UNIT_LIKE.match(text, stop)):
        return None
    if unit is None and text[stop : stop + 1] == "/" and text[stop + 1 : stop + 2].isdigit():
        return None
    compare = match["compare"]
    if (suffix := cues.SUFFIX.match(text, end)) is not None:
        compare, end = suffix[0].strip(), suffix.end()
    if (near := cues.ABOUT_AFTER.match(text, end)) is not None:
        about, end = True, near.end()
    if (spread := cues.RANGE.match(text, end)) is not None and cues.AFTER_NUMBER.match(text, spread.end()):
        upper = numbers.parse(spread["number"])
        second, end = _unit_at(text, spread.end(), quantity_)
        unit = unit or second
    if (
        quantity_.fact == "weight_kg"
        and unit is not None
        and (half := cues.HALF.match(text, end)) is not None
    ):
        raw, end = raw + 0.5, half.end()  # "六十一公斤半"
    value = raw * unit.factor if unit else None
    return Reading(
        match.start("number"), end, value, raw, unit, match["number"], compare, upper, about, comma
    )
