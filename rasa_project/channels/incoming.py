"""What becomes of a user's text before Rasa sees it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from rasa_project.channels.wording import reply
from rasa_project.privacy.masking import mask

#: Characters of one message. A discharge summary's relevant part has a few hundred.
MAX_MESSAGE_CHARS = 8000

#: Signs that say something without a letter or digit ("√" to a yes-no question, "?").
_MEANINGFUL_SIGNS = frozenset("√✓✔☑×✗✘+＋-－±?？")


@dataclass(frozen=True)
class Incoming:
    """A text that is fit for Rasa, or the refusal to send instead."""

    text: str = ""
    refusal: str | None = None
    masked: tuple[str, ...] = ()


def prepare(raw: str) -> Incoming:
    """Clean, bound, neutralise and mask a message.

    The text keeps its wording except for masked identifiers and a leading slash, which becomes full-width:
    Rasa would set slots by "/intent{…}".
    """
    if len(raw) > MAX_MESSAGE_CHARS:
        return Incoming(refusal=reply("too_long", characters=len(raw), limit=MAX_MESSAGE_CHARS))
    text = _strip(_without_control_characters(raw))
    if not text:
        return Incoming(refusal=reply("empty"))
    if not any(sign.isalnum() or sign in _MEANINGFUL_SIGNS for sign in text):
        return Incoming(refusal=reply("unreadable"))
    if text.startswith("/"):
        text = "／" + text[1:]
    text, labels = mask(text)
    return Incoming(text=text, masked=labels)


def _without_control_characters(text: str) -> str:
    """Drop what no database or client can carry: control characters and halves of surrogate pairs."""
    return "".join(
        sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs", "Co", "Cn")
    )


def _strip(text: str) -> str:
    """Strip blanks and invisible format characters (zero-width space, byte order mark) at both ends."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cf"
