"""A supposed regimen takes the place of the one that is given, with all its drugs and their dose."""

from __future__ import annotations

from typing import Any

import pytest

from actions.asked.supposed_regimen import of_another_regimen
from actions.case import Case

PAD = {
    "regimen": "PAD", "anthracycline_chemotherapy": True, "chemotherapy": True, "glucocorticoid": True,
    "dexamethasone_mg_per_cycle": 480,
}  # fmt: skip


def named(name: str, text: str, start: int, **facts: Any) -> list[dict[str, Any]]:
    return [
        {"entity": fact, "value": value, "text": text, "start": start,
         "status": "undetermined" if value is None else "affirmed"}
        for fact, value in {"regimen": name, **facts}.items()
    ]  # fmt: skip


def test_the_drugs_of_the_old_regimen_and_their_dose_are_gone() -> None:
    mentions = named("VRd", "VRd", 4, imid=True, glucocorticoid=True)
    change = of_another_regimen(Case(facts=dict(PAD)), mentions, "如果改用VRd呢")
    assert change == {
        "regimen": "VRd", "imid": True, "glucocorticoid": True, "anthracycline_chemotherapy": False,
        "chemotherapy": False, "dexamethasone_mg_per_cycle": None,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["如果改用VRd，地米剂量不变呢", "如果改用VRd，激素同前呢"])
def test_a_dose_that_is_said_to_stay_stays(text: str) -> None:
    change = of_another_regimen(Case(facts=dict(PAD)), named("VRd", "VRd", 4), text)
    assert change is not None and "dexamethasone_mg_per_cycle" not in change


@pytest.mark.parametrize("text", ["如果加用VRd呢", "如果再加VRd呢", "plus VRd"])
def test_what_is_added_takes_no_place(text: str) -> None:
    assert of_another_regimen(Case(facts=dict(PAD)), named("VRd", "VRd", text.index("V")), text) is None


def test_the_regimen_that_is_given_already_changes_nothing() -> None:
    assert of_another_regimen(Case(facts=dict(PAD)), named("PAD", "PAD", 4), "如果还用PAD呢") is None


def test_what_a_regimen_of_several_readings_may_contain_is_open() -> None:
    case = Case(facts={"regimen": "VRd", "imid": True, "imid_drug": "来那度胺", "carfilzomib": True})
    mentions: list[dict[str, Any]] = named("", "PCD", 4, imid=None, chemotherapy=True)
    mentions[0] |= {"value": None, "status": "undetermined"}
    change = of_another_regimen(case, mentions, "如果换成PCD呢")
    assert change == {
        "regimen": None, "imid": None, "imid_drug": None, "carfilzomib": False, "chemotherapy": True,
    }  # fmt: skip
