"""What a number means when its unit was left out, and when that cannot be known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rasa_project.reading.quantities.numbers import show


@dataclass(frozen=True, slots=True)
class Assumed:
    """A value in the contract's unit, or None with the reason in ``note``."""

    value: float | None
    status: Literal["affirmed", "undetermined", "rejected"] = "affirmed"
    note: str | None = None
    confirm: bool = False


def without_unit(fact: str, number: float) -> Assumed:
    """Read a bare number; only orders of magnitude that cannot be anything else are converted."""
    match fact:
        case "platelets_e9_l" if number >= 5000:
            return Assumed(
                number / 1000, note=f"未写单位，按 /μl 理解：{show(number)}/μl = {show(number / 1000)}×10⁹/L"
            )
        case "platelets_e9_l" if 1 <= number < 10 and number != int(number):
            return Assumed(
                None,
                "undetermined",
                f"血小板 {show(number)} 未写单位：是 {show(number)} 万/μl"
                f"（{show(number * 10)}×10⁹/L）还是 {show(number)}×10⁹/L？",
            )
        case "creatinine_umol_l" if number < 15:
            return Assumed(
                number * 88.4,
                note=f"未写单位，按 mg/dl 理解：{show(number)} mg/dl = {show(number * 88.4)} μmol/L",
                confirm=True,
            )
        case "m_protein_g_l" if 0 < number < 10:
            return Assumed(
                None,
                "undetermined",
                f"M蛋白 {show(number)} 未写单位：是 g/L 还是 g/dl（= {show(number * 10)} g/L）？",
            )
        case "weight_kg" if 100 < number <= 300:
            return Assumed(
                number, note=f"未写单位，按 kg 理解；若为斤则是 {show(number / 2)} kg", confirm=True
            )
        case "weight_kg":
            return Assumed(number, note="未写单位，按 kg 理解")
        case _:
            return Assumed(number)
