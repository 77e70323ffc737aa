"""Fixtures that several test folders use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.model import ensure_model


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model of the sources as they are; training happens once for unchanged sources."""
    return ensure_model()


@pytest.fixture(scope="session")
def bot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackgroundBot]:
    """The real bot, both servers; ``bot.say(sender, text)`` returns its messages."""
    with BackgroundBot(tmp_path_factory.mktemp("bot"), MMVTE_MODEL=str(model)) as running:
        yield running
