"""The end of a bleed that is only supposed, or asked beyond: "出血止住后呢", "如果出血停了呢"."""

from __future__ import annotations

import re

from rasa_project.reading.mention import Mention

_BLEEDING = frozenset({"active_bleeding", "bleeding_within_3_months"})
_BEFORE = re.compile(r"(?:如果|要是|假如|假设|万一|等到?|待|一旦)[^，。；\n]{0,8}$")
_BEHIND = re.compile(
    r"血?(?:已|被)?(?:止|停|控制)[住止了下来]{0,3}(?:以后|之后|后|的话)[^，。；\n]{0,10}(?:呢|吗|么|怎么|[?？]|能|可以|要)"
)
_ENDS = re.compile(r"血?(?:已|被)?(?:止|停|控制)[住止了下来]{0,3}[^，。；\n]{0,10}(?:呢|吗|么|[?？])?")


def is_supposed_end(mention: Mention, text: str) -> bool:
    """Whether the words suppose that the bleed has ended; a bleed that did end is told without them."""
    if mention.fact not in _BLEEDING:
        return False
    if _BEHIND.match(text, mention.end):
        return True
    supposed = _BEFORE.search(text, 0, mention.start)
    return bool(supposed and _ENDS.match(text, mention.end))
