"""The channels' own wording (wording.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

_WORDING: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_name("wording.toml").read_text(encoding="utf-8")
)


def reply(key: str, **values: Any) -> str:
    """A sentence to the user."""
    return _WORDING["replies"][key].format(**values)


def error(key: str, **values: Any) -> dict[str, dict[str, str]]:
    """The body of a refused request, the same shape for every error."""
    return {"error": {"code": key, "message": _WORDING["errors"][key].format(**values)}}
