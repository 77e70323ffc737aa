"""The Rasa component: entities and answer on the message."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.training_data.message import Message

from rasa_project.nlu.clinical_facts import ClinicalFacts
from rasa_project.reading import lexicon


def test_entities_carry_words_status_and_offsets() -> None:
    message = Message(data={"text": "67岁，否认糖尿病"})
    ClinicalFacts().process([message])
    (diabetes,) = [entity for entity in message.get("entities") if entity["entity"] == "diabetes"]
    assert diabetes["value"] is False
    assert (diabetes["status"], diabetes["start"], diabetes["end"]) == ("negated", 6, 9)
    assert diabetes["extractor"] == "ClinicalFacts"
    assert {"entities", "answer"} <= message.output_properties


def test_message_without_text_is_left_alone() -> None:
    message = Message(data={"intent": "greeting"})
    ClinicalFacts().process([message])
    assert message.get("entities") is None


def test_fingerprint_follows_the_lexicons(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = ClinicalFacts.fingerprint_addon({})
    changed = tmp_path / "findings.toml"
    changed.write_text("# other words\n", encoding="utf-8")
    monkeypatch.setattr(lexicon, "files", lambda: [changed])
    assert ClinicalFacts.fingerprint_addon({}) != before
