"""The clinical word lists of ``lexicon/*.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("lexicon")
_WORD_KEYS = frozenset({"terms", "names", "aliases", "brands", "synonyms"})
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ONE_WORD = re.compile(r"[\w\-]{2,20}")


def files() -> list[Path]:
    """Every lexicon file, in name order (for fingerprints)."""
    return sorted(_FOLDER.glob("*.toml"))


@cache
def load(name: str) -> dict[str, Any]:
    """The content of ``lexicon/<name>.toml``; it must not be changed by the caller."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def terms() -> list[str]:
    """Every Chinese clinical term of the lexicon, for the word segmenter's dictionary."""
    words: set[str] = set()
    for file in files():
        words.update(_words(load(file.stem), listed=False))
    return sorted(word for word in words if _CHINESE.search(word) and _ONE_WORD.fullmatch(word))


def _words(node: Any, *, listed: bool) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _words(value, listed=key in _WORD_KEYS)
    elif isinstance(node, list):
        for item in node:
            yield from _words(item, listed=listed)
    elif isinstance(node, str) and listed:
        yield node
