"""The lexicon tables of the quantities readers, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_LEXICON = Path(__file__).resolve().parent.parent / "lexicon"


@cache
def table(name: str) -> dict[str, Any]:
    """The table ``lexicon/<name>.toml``."""
    return tomllib.loads((_LEXICON / f"{name}.toml").read_text(encoding="utf-8"))


def alternation(words: list[str]) -> str:
    """A regex alternation of literal or pattern words, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))
