"""Words of dialects put into the standard language, each over its own characters."""

from __future__ import annotations

import re
from functools import cache

from rasa_project.reading import lexicon


@cache
def _words() -> tuple[re.Pattern[str], tuple[str, ...]]:
    table = lexicon.load("dialect")
    rows = [row for name, group in table.items() if name != "begins" for row in group]
    words = "|".join(f"({pattern})" for pattern, _ in rows)
    return re.compile(f"(?=[{table['begins']}])(?:{words})"), tuple(word for _, word in rows)


def in_standard_words(text: str) -> str:
    """The text, of the same length, with what dialects say otherwise in standard words."""
    pattern, standard = _words()
    return pattern.sub(lambda match: standard[(match.lastindex or 1) - 1].ljust(len(match[0])), text)
