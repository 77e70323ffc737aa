"""Beside bleeding nobody is told to go on with an anticoagulant; a bleed not asked about is not absent."""

from __future__ import annotations

from typing import Any

import pytest

from scoring import assess

WARFARIN = {"on_warfarin": True, "current_anticoagulant": "华法林"}
RIVAROXABAN = {"current_anticoagulant": "利伐沙班"}


def texts(facts: dict[str, Any]) -> str:
    return "\n".join(item["text"] for item in assess(facts)["advice"])


def codes(facts: dict[str, Any]) -> list[str]:
    return [item["code"] for item in assess(facts)["advice"]]


@pytest.mark.parametrize(
    "bleeding",
    [
        {"active_bleeding": True},
        {"active_bleeding": None, "bleeding_within_3_months": True},
        {"active_bleeding": False, "bleeding_within_3_months": True},
        {"bleeding_within_3_months": None},
        {"hemoptysis": True},
    ],
)
@pytest.mark.parametrize("drug", [WARFARIN, RIVAROXABAN, {"atrial_fibrillation": True, **RIVAROXABAN}])
def test_go_on_is_never_said_beside_bleeding(drug: dict[str, Any], bleeding: dict[str, Any]) -> None:
    assert "应继续" not in texts({**drug, **bleeding})


def test_without_bleeding_the_reason_of_its_own_goes_on() -> None:
    assert "应继续" in texts({**RIVAROXABAN, "active_bleeding": False, "bleeding_within_3_months": False})


def test_after_a_bleed_what_is_said_is_when_it_may_be_taken_up_again() -> None:
    found = codes({**RIVAROXABAN, "active_bleeding": False, "bleeding_within_3_months": True})
    assert {"SWITCH_WHEN_SAFE", "SILENT", "DUR_INDEPENDENT"} <= set(found)


@pytest.mark.parametrize(("inr", "referred"), [(2.0, False), (3.0, False), (3.1, True), (4.8, True)])
def test_an_inr_above_the_target_on_warfarin_is_referred(inr: float, referred: bool) -> None:
    assert ("REFER_CLINICIAN" in codes({**WARFARIN, "inr": inr})) is referred
    assert "REFER_CLINICIAN" not in codes({**RIVAROXABAN, "inr": inr})


@pytest.mark.parametrize(("known", "said"), [({}, False), ({"active_bleeding": False}, True)])
def test_high_points_do_not_rule_out_a_bleed_that_nobody_asked_about(
    known: dict[str, Any], said: bool
) -> None:
    facts = {
        "age_years": 85,
        "sex": "male",
        "gfr": 28,
        "central_venous_catheter": True,
        "imid": True,
        **known,
    }
    assert ("而无活动性出血" in texts(facts)) is said
