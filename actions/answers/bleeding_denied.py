"""没有出血 denies what bleeds now, and no bleed that was told of before or was not asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from actions.case import Case
from actions.message import Message
from actions.wording import load

NOW, EARLIER = "active_bleeding", "bleeding_within_3_months"


def of_now_only(
    case: Case, pending: Mapping[str, Any] | None, message: Message, stated: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """What is stated, without the earlier bleeds that a bare 没有出血 would deny beside those of now."""
    asked: Sequence[str] = (pending or {}).get("facts") or ()
    known = case.facts.get(EARLIER)
    told = EARLIER in case.facts and known is not False

    def says_nothing_of_it(one: Mapping[str, Any]) -> bool:
        if one["entity"] != EARLIER or not _beside_now(one, stated):
            return False
        if one["value"] is None:
            return known is not None  # "今天没有出血": too short a time to change what is known
        bare = one["value"] is False and not _names_the_past(message.text)
        return bare and EARLIER not in asked and (told or NOW in asked)

    return [one for one in stated if not says_nothing_of_it(one)]


def _beside_now(one: Mapping[str, Any], stated: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the same words deny what bleeds now."""
    return any(
        other["entity"] == NOW and other["value"] is False and other["start"] == one["start"]
        for other in stated
    )


def _names_the_past(text: str) -> bool:
    return re.search(load("cues.toml")["answers"]["of_the_past"], text) is not None
