"""Every sentence with which the widget states or corrects a fact is read as just that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rasa_project.channels.web.catalogue import catalogue
from rasa_project.reading.reader import read

#: A value that is plausible for every number, where 12 is not.
PLAUSIBLE = {
    "age_years": 71, "height_cm": 165, "weight_kg": 70, "bmi": 24.5, "creatinine_umol_l": 120, "inr": 1.3,
    "gfr": 45, "heart_rate_bpm": 112, "dexamethasone_mg_per_cycle": 80, "platelets_e9_l": 80,
    "creatinine_clearance_ml_min": 80,
}  # fmt: skip


def _sentences() -> Iterator[tuple[str, object, str]]:
    for fact, shown in catalogue()["facts"].items():
        for value, sentence in shown.get("say", {}).items():
            if shown["kind"] == "number":
                number = PLAUSIBLE.get(fact, 12)
                yield fact, number, sentence.replace("{value}", str(number))
            elif shown["kind"] == "bool":
                yield fact, value == "true", sentence
            else:
                yield fact, value, sentence


@pytest.mark.parametrize("prefix", ["", catalogue()["correction_prefix"]])
@pytest.mark.parametrize(("fact", "value", "sentence"), list(_sentences()))
def test_is_read_as_what_it_says(fact: str, value: object, sentence: str, prefix: str) -> None:
    mentions = {mention.fact: mention for mention in read(prefix + sentence).mentions}
    assert fact in mentions
    assert mentions[fact].value == value
    assert not mentions[fact].confirm


def test_every_fact_is_worded_or_left_to_the_users_own_words() -> None:
    own_words = {fact for fact, shown in catalogue()["facts"].items() if "say" not in shown}
    assert own_words == {
        "imid_drug", "regimen", "current_anticoagulant", "current_antiplatelet", "renal_function_normal",
        "other_risk_factors_denied", "vte_event", "recurrent_vte", "limb_threatening_dvt",
        "calf_swelling_over_3cm",
    }  # fmt: skip
