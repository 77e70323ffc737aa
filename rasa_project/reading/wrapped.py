"""Words broken over two lines, as scanned text has them: "慢性阻塞性肺<br>疾病"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from rasa_project.reading.lexicon import terms
from rasa_project.reading.mention import Mention

_BREAK = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]*\n[ \t]*(?=[\u4e00-\u9fff])")
_LONGEST = 12  # characters of a term that may stand before or after the break


@dataclass(frozen=True, slots=True)
class Joined:
    """A message whose broken words are whole; ``places`` leads each character back to the original."""

    text: str
    original: str
    places: tuple[int, ...] | None

    def restore(self, mention: Mention) -> Mention:
        """The mention at its place, and with its words, in the original message."""
        if self.places is None:
            return mention
        start = self.places[mention.start]
        end = self.places[mention.end - 1] + 1 if mention.end > mention.start else start
        return replace(mention, start=start, end=end, text=self.original[start:end])


@cache
def _known() -> frozenset[str]:
    return frozenset(term for term in terms() if len(term) > 2)


def join(text: str) -> Joined:
    """The message with every line break taken out that stands inside a clinical term."""
    if "\n" not in text:
        return Joined(text, text, None)
    cut = [match.span() for match in _BREAK.finditer(text) if _breaks_a_word(text, *match.span())]
    if not cut:
        return Joined(text, text, None)
    places = [index for index in range(len(text)) if not any(start <= index < end for start, end in cut)]
    return Joined("".join(text[index] for index in places), text, tuple(places))


def _breaks_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
    before, after = before.rpartition("\n")[2], after.partition("\n")[0]
    known = _known()
    return any(
        before[-head:] + after[:tail] in known
        for head in range(1, len(before) + 1)
        for tail in range(1, len(after) + 1)
    )
