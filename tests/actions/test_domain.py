"""The domain, the question groups and the contract name the same facts."""

from pathlib import Path

import pytest
import yaml

from actions.case import LOG_SLOT
from actions.handlers import HANDLERS
from actions.questions import groups
from scoring import FACTS, validate

ROOT = Path(__file__).resolve().parents[2]
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
CONTRACT = ROOT.parent / "shared" / "contract.md"


def test_one_slot_a_fact() -> None:
    assert set(DOMAIN["slots"]) == set(FACTS) | {LOG_SLOT}


def test_one_entity_a_fact_and_the_helpers() -> None:
    assert set(DOMAIN["entities"]) == set(FACTS) | {"drug", "emergency", "special", "symptom"}


def test_slots_never_outlive_the_session() -> None:
    assert DOMAIN["session_config"]["carry_over_slots_to_new_session"] is False
    assert DOMAIN["session_config"]["session_expiration_time"] > 0


def test_every_handler_answers_an_intent_of_the_domain() -> None:
    intents = {next(iter(one)) if isinstance(one, dict) else one for one in DOMAIN["intents"]}
    assert set(HANDLERS) <= intents


def test_question_groups_ask_for_facts_of_the_contract() -> None:
    for group in groups():
        assert set(group.facts) <= set(FACTS), group.id
        assert group.ask and group.why and group.short


def test_question_options_carry_values_that_the_fact_accepts() -> None:
    for group in groups():
        for option in group.options:
            validate({group.facts[0]: option["value"]})


@pytest.mark.parametrize("fact", [name for name, spec in FACTS.items() if spec.kind == "string"])
def test_a_string_fact_is_asked_for_with_options_or_not_at_all(fact: str) -> None:
    asking = [group for group in groups() if fact in group.facts]
    assert all(group.options or fact in group.chosen for group in asking)


def test_number_groups_hold_numbers_and_choice_groups_hold_booleans() -> None:
    for group in groups():
        if group.options:
            continue
        kinds = {FACTS[fact].kind for fact in group.facts if fact not in group.chosen}
        assert kinds == ({"number"} if group.select == "number" else {"bool"}), group.id
        assert set(group.chosen) == set(group.denied)
        for meaning in (group.chosen, group.denied):
            validate(meaning)
