"""Items of forms that ask for one thing or another: "卧床>3d或4周内大手术：是" does not say which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rasa_project.reading.findings.hits import ASKED, Reading

_OR = re.compile(r"[^,，。;；:：\n或/]{0,4}(?:或者?|/)[^,，。;；:：\n或/]{0,8}")
_YES = re.compile(r"[^,，。;；:：\n]{0,6}:\s*[有是](?![一-龥])")
#: True whichever of the two it is.
_COVERS_BOTH = "immobilized_or_surgery_within_4_weeks"


def undecided(readings: Sequence[Reading], text: str) -> list[Reading]:
    """The readings, with both sides of an affirmed "A或B" only asked about."""
    present = [one for one in readings if one.mention.value is True]
    doubtful = {
        id(one)
        for first in present
        for second in present
        if first.mention.end <= second.mention.start
        and first.mention.fact != second.mention.fact
        and _OR.fullmatch(text, first.mention.end, second.mention.start)
        and _YES.match(text, second.mention.end)
        for one in present
        if one.mention.fact != _COVERS_BOTH
        and one.mention.start in (first.mention.start, second.mention.start)
    }
    return [_asked(one) if id(one) in doubtful else one for one in readings]


def _asked(reading: Reading) -> Reading:
    note = "原文为两项之一，请确认是哪一项"
    return Reading(replace(reading.mention, value=None, status="undetermined", note=note), ASKED)
