"""Fixtures that several test folders use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.model import ensure_model
from rasa_project.serving.settings import Settings


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model of the sources as they are; training happens once for unchanged sources."""
    return Settings().model or ensure_model()


@pytest.fixture(scope="session")
def echo_bot(
    echo_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[BackgroundBot]:
    """The real servers and reader with the actions of fake_actions.py, which misbehave on command."""
    with BackgroundBot(tmp_path_factory.mktemp("echo"), **echo_environment) as running:
        yield running


@pytest.fixture(scope="session")
def echo_environment(model: Path) -> dict[str, str]:
    """The settings of a bot with fake actions."""
    return {
        "MMVTE_MODEL": str(model),
        "MMVTE_ACTIONS": "fake_actions",
        "MMVTE_ACTION_TIMEOUT": "8",
        "PYTHONPATH": str(Path(__file__).parent),
    }


@pytest.fixture(scope="session")
def bot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackgroundBot]:
    """The real bot, both servers; ``bot.say(sender, text)`` returns its messages."""
    with BackgroundBot(tmp_path_factory.mktemp("bot"), MMVTE_MODEL=str(model)) as running:
        yield running
