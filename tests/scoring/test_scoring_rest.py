"""Tables 3 and 4, regimens, comparison, and the version."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from scoring_cases import TIERS, patient

from scoring import (
    CONTENT_VERSION,
    assess,
    differences,
    drug_relation,
    drug_relations,
    regimen,
    regimens,
    risk_factors,
    scale,
)
from scoring.regimens import drug_labels
from scoring.tables import SCALE_NAMES

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("drug", "raises", "words"),
    [
        ("thalidomide", True, "显著增加"),
        ("来那度胺", True, "复发患者中单药不增加"),
        ("pomalidomide", None, "数据有限"),
        ("蒽环类", True, "可增加VTE风险"),
        ("dexamethasone", True, "和 IMiD合用时增加"),
        ("carfilzomib", True, "合用时，增加"),
        ("硼替佐米", False, "甚至可能降低"),
        ("ixazomib", False, "不增加"),
        ("melphalan", False, "糖皮质激素合用时不增加"),
        ("daratumumab", False, "降低VTE风险的倾向"),
        ("塞利尼索", None, "目前尚无"),
    ],
)
def test_p_m_table_4_by_drug(drug: str, raises: bool | None, words: str) -> None:
    row = drug_relation(drug)
    assert row is not None
    assert (row["raises"], row["source"], row["rule"]) == (raises, {"section": "四", "table": 4}, "P-M")
    assert words in row["text"]


def test_table_4_has_eleven_rows_and_no_other_drug() -> None:
    assert len(drug_relations()) == 11
    assert drug_relation("isatuximab") is None


def test_table_3_in_its_three_groups() -> None:
    groups = risk_factors()["groups"]
    assert [len(group["factors"]) for group in groups] == [5, 2, 6]
    assert risk_factors()["source"]["table"] == 3


@pytest.mark.parametrize("name", SCALE_NAMES)
def test_a_scale_for_display(name: str) -> None:
    shown = scale(name)
    assert shown["items"] and shown["tiers"] and all(row["quote"] for row in shown["items"])
    assert shown["range"][1] > shown["range"][0]


def test_a01_the_second_profile_is_in_the_data_and_not_the_default() -> None:
    shown = scale("wells_dvt")
    assert shown["profiles"]["wells2003"][1] | {"at_least": 2} == shown["profiles"]["wells2003"][1]
    assert shown["tiers"][1]["over"] == 2


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(KeyError):
        scale("caprini")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VRd", "VRd"),
        ("RVd", "VRd"),
        ("rvd方案", "VRd"),
        ("D-VRd", "DVRd"),
        ("Dara-RVd", "DVRd"),
        ("VAD", "VAD"),
        ("DVD", "DVD"),
        ("DVd", "DVd"),
        ("Pd", "Pd"),
        ("硼替佐米+来那度胺+地塞米松方案", "VRd"),
        ("VTD 化疗", "VTD"),
        ("DVD方案", "DVD"),
        ("DVd 方案", "DVd"),
        ("硼替佐米＋来那度胺＋地塞米松", "VRd"),
    ],
)
def test_regimens_by_their_spellings(text: str, name: str) -> None:
    found = regimen(text)
    assert found is not None and found.name == name


def test_an_unknown_or_ambiguous_regimen_is_none() -> None:
    assert regimen("某试验方案") is None
    assert regimen(None) is None
    assert regimen("dvd") is None
    assert regimen("化疗") is None


def test_regimens_name_known_drugs_and_their_facts() -> None:
    for entry in regimens().values():
        assert set(entry.drugs) <= drug_labels().keys()
    assert regimens()["KRd"].facts == {"carfilzomib", "imid", "glucocorticoid"}
    assert regimens()["PAD"].facts == {"anthracycline_chemotherapy", "chemotherapy", "glucocorticoid"}
    assert regimens()["VRd"].contains_dexamethasone and not regimens()["VMP"].contains_dexamethasone
    wanted = "VRd KRd DRd Rd Pd PCd VTD DVTd PAD VCD IRd Vd MP VMP DVd DVRd Kd KCd"
    for name in f"{wanted} IPd ERd XVd XPd DKd DPd D-VMP VAD DVD TD CTD VMPT".split():
        assert regimen(name) is not None, name


def test_differences_tell_facts_rows_points_tiers_and_advice() -> None:
    before, after = assess(patient(TIERS["low"])), assess(patient(TIERS["low"], imid=True))
    found = differences(before, after)
    by_kind = {(entry["kind"], entry.get("scale")): entry for entry in found if entry["kind"] != "advice"}
    assert by_kind["fact", None] | {"before": False, "after": True} == by_kind["fact", None]
    row = by_kind["item", "mm_vte"]
    assert (row["id"], row["points"], row["before"], row["after"]) == ("imid", 4, "absent", "present")
    assert (by_kind["points", "mm_vte"]["before"], by_kind["points", "mm_vte"]["after"]) == (6, 10)
    assert (by_kind["tier", "mm_vte"]["before"], by_kind["tier", "mm_vte"]["after"]) == ("low", "high")
    assert by_kind["range", "mm_vte"]["after"] == [10, 10]
    advice = {(e["change"], e["code"], e["modality"]) for e in found if e["kind"] == "advice"}
    assert ("removed", "PPX_ASPIRIN_100", "recommend") in advice
    assert ("added", "PPX_ASPIRIN_100", "avoid") in advice
    assert ("added", "PPX_WARFARIN_INR2_3", "option") in advice


def test_differences_of_the_same_assessment_are_none_and_new_scores_are_told() -> None:
    case = assess(patient(TIERS["high"]))
    assert differences(case, case) == []
    new = [e for e in differences(assess({}), assess({"icu": True})) if e["kind"] == "score"]
    assert [(e["scale"], e["before"], e["after"]["points"]) for e in new] == [("bleeding", None, 2.5)]
    gone = [e for e in differences(assess({"icu": True}), assess({})) if e["kind"] == "score"]
    assert gone[0]["after"] is None


def test_the_same_facts_give_the_same_answer_in_another_process() -> None:
    code = "import sys, scoring; sys.stdout.write(repr(scoring.assess({'age_years': 67, 'imid': True})))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == repr(assess({"age_years": 67, "imid": True}))


def test_every_assessment_names_its_content() -> None:
    result = assess({})
    assert result["consensus"] == "mm-vte-cn-2022"
    assert result["content_version"] == CONTENT_VERSION
    assert CONTENT_VERSION.startswith("mm-vte-cn-2022+")


def test_scoring_needs_nothing_but_the_standard_library() -> None:
    code = (
        "import sys, scoring, scoring.__main__; print('\\n'.join(m.partition('.')[0] for m in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    outside = {
        n for n in run.stdout.split() if n not in sys.stdlib_module_names and n not in ("scoring", "__main__")
    }
    assert {name for name in outside if not name.startswith("_")} == set()
