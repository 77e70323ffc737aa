"""The wording of the dialogue, kept in one reviewable file (data/wording.toml)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@cache
def load(name: str) -> dict[str, Any]:
    """A data file of this package."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


@cache
def pattern(words: str) -> re.Pattern[str]:
    """A regular expression of a data file; upper and lower case alike."""
    return re.compile(words, re.IGNORECASE)


def say(key: str, **values: object) -> str:
    """The sentence ``key`` (``section.name``) with its values filled in."""
    section, name = key.split(".")
    sentence: str = load("wording.toml")[section][name]
    return sentence.format(**values) if values else sentence
