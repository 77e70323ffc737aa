"""What is excepted from 都没有 and bears on no table: "除了高血压都没有" denies the whole list."""

from __future__ import annotations

import re

from actions.wording import load


def only_harmless(text: str) -> bool:
    """Whether nothing stands beside the denial but illnesses that no score and no advice turns on."""
    words = load("cues.toml")["answers"]
    left = re.sub(words["harmless"], "", text)
    return left != text and re.fullmatch(f"{words['beside_harmless']}*", left) is not None
