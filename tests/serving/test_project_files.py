"""Domain, rules and configuration agree with each other."""

from __future__ import annotations

import importlib
from typing import Any

import yaml

from rasa_project.serving.settings import HERE, ROOT


def read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def names(items: list[Any]) -> set[str]:
    return {next(iter(item)) if isinstance(item, dict) else item for item in items}


def test_every_intent_has_one_rule_that_replies() -> None:
    """An intent without a rule would be a message without an answer."""
    steps = [rule["steps"] for rule in read("data/rules/rules.yml")["rules"]]
    assert all(actions == {"action": "action_reply"} and "intent" in intent for intent, actions in steps)
    ruled = [intent["intent"] for intent, _ in steps]
    assert len(ruled) == len(set(ruled))
    assert set(ruled) == names(read("domain.yml")["intents"])


def test_facts_do_not_outlive_a_session() -> None:
    session = read("domain.yml")["session_config"]
    assert session["carry_over_slots_to_new_session"] is False
    assert 0 < session["session_expiration_time"] <= 24 * 60


def test_every_component_and_channel_can_be_imported() -> None:
    own = [one["name"] for one in read("config.yml")["pipeline"]] + list(
        yaml.safe_load((HERE / "credentials.yml").read_text(encoding="utf-8"))
    )
    assert len(own) >= 4
    for path in own:
        module, _, name = path.rpartition(".")
        assert hasattr(importlib.import_module(module), name), path


def test_the_lock_names_no_host_and_hashes_everything() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    requirements = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(requirements) > 100
    assert lock.count("--hash=sha256:") >= len(requirements)
    assert all("==" in line and line.endswith("\\") for line in requirements)
