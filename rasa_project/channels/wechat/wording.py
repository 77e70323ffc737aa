"""The WeChat channels' own wording (wording.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_WORDING: dict[str, str] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text(encoding="utf-8"))


def say(key: str, **values: Any) -> str:
    """A sentence to the user; raises KeyError for an unknown key."""
    return _WORDING[key].format(**values)
