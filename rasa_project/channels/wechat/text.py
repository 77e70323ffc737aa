"""One turn as one text: joined, aligned, cut at line ends."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rasa_project.channels.wechat.wording import say

#: Both platforms cut a text silently at 2048 bytes.
MAX_BYTES = 2000
#: How much of a page is filled at least before it ends between two messages.
_WHOLE_PART = 0.6
_FIGURE_SPACE = "\u2007"
_POINTS = re.compile(r"([+\-−]\d+(?:\.\d+)?) (?=\S)")
_CONTINUE = re.compile(r"(?:请?继续|下一页|更多|接着说|还有呢)[。.!！~～吧]*")


def join(replies: Sequence[Mapping[str, Any]]) -> str:
    """The texts of a turn's messages as one, score items aligned."""
    texts = [str(reply["text"]).strip() for reply in replies if reply.get("text")]
    return align("\n\n".join(texts))


def align(text: str) -> str:
    """Give the points of score items one width, so that the labels stand below one another."""
    lines = text.split("\n")
    found = {number: match for number, line in enumerate(lines) if (match := _POINTS.match(line))}
    width = max((len(match[1]) for match in found.values()), default=0)
    for number, match in found.items():
        lines[number] = match[1] + _FIGURE_SPACE * (width - len(match[1])) + lines[number][len(match[1]) :]
    return "\n".join(lines)


def cut(text: str, limit: int = MAX_BYTES) -> tuple[str, str]:
    """A page of at most ``limit`` bytes that ends at a line end and says so, and the rest.

    A message that would begin near the end of the page, such as a question, stays whole for the next.
    """
    if _size(text) <= limit:
        return text, ""
    more = "\n" + say("more")
    room = limit - _size(more)
    page = _at_most(text, room)
    end = page.rfind("\n\n")
    if _size(page[: max(end, 0)]) < room * _WHOLE_PART:
        end = page.rfind("\n")
    if end > 0:
        page = page[:end]
    return page.rstrip() + more, text[len(page) :].strip("\n")


def wants_more(text: str) -> bool:
    """Whether a message is only 继续."""
    return bool(_CONTINUE.fullmatch(text.strip()))


def _at_most(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _size(text: str) -> int:
    return len(text.encode())
