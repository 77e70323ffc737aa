"""The official test vectors, when they lie beside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "wechat.json"


def vectors(*kinds: str, having: str = "id") -> list[Any]:
    """Parameters for a test, one a vector with the field ``having``; one skipped when there is no file."""
    if not FILE.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no vectors beside the repository"))]
    every = json.loads(FILE.read_text(encoding="utf-8"))["vectors"]
    return [pytest.param(one, id=one["id"]) for one in every if one["kind"] in kinds and having in one]
