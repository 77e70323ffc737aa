"""The NLU pipeline of the trained model, parsing one message at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent

Parse = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def parse(model: Path) -> Parse:
    """``parse(text)`` gives the parsed message of docs/architecture.md."""
    agent = Agent.load(str(model))

    def parsed(text: str) -> dict[str, Any]:
        return dict(asyncio.run(agent.parse_message(text)))

    return parsed
