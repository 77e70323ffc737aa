"""Text in the form of Rasa's commands."""

from __future__ import annotations

import re

# The channels make the slash full-width, so that Rasa reads a sentence.
_COMMAND = re.compile(r"\s*[/／]\s*[A-Za-z_]+\s*(?:[{@].*)?", re.DOTALL)


def is_command(text: str) -> bool:
    """Whether the text is no sentence but ``/intent{"fact": value}``, of which nothing is read."""
    return _COMMAND.fullmatch(text) is not None
