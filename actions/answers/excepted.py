"""What is excepted from 都没有 behind its name: "没有，糖尿病除外" is no ruling out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.message import Message
from actions.wording import load
from scoring import FACTS


def with_exceptions(
    pending: Mapping[str, Any] | None, message: Message, stated: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What is stated, with the findings that an answer to a list leaves out of its denial as present."""
    words, text = load("cues.toml")["answers"], message.text.strip()
    denies = (pending or {}).get("select") == "many" and re.match(words["denied_first"], text)
    if not denies:
        return list(stated)
    return [_as_excepted(one, message.text, words["excepted_behind"]) for one in stated]


def _as_excepted(one: Mapping[str, Any], text: str, behind: str) -> Mapping[str, Any]:
    is_bool = FACTS[one["entity"]].kind == "bool"
    if is_bool and one["value"] is False and re.match(behind, text[one["end"] :]):
        return {**one, "value": True, "status": "affirmed"}
    return one
