"""Text for a client that renders Markdown: shown as it stands, whatever the client makes of Markdown."""

from __future__ import annotations

import re

#: What begins or ends formatting, and its full-width twin. A backslash would only help where the client
#: knows it; an asterisk that disappears would make 20mg*4 into 20mg4.
_TWINS = str.maketrans("*_`~#<>[]|\\", "＊＿｀～＃＜＞［］｜＼")
_URL = re.compile(r"(https?://[!-~]+)")
#: Two blanks keep a line end in Markdown.
_LINE_END = re.compile(r" *\n")


def literal(text: str) -> str:
    """The text without anything that Markdown would change; addresses stay as they are. Idempotent."""
    parts = _URL.split(text)
    plain = [part if number % 2 else part.translate(_TWINS) for number, part in enumerate(parts)]
    return _LINE_END.sub("  \n", "".join(plain))
