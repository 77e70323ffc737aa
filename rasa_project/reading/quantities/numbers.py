"""Numbers as clinicians write them: ``45``, ``45,000``, ``4.5``, ``七十八``, ``四万五``."""

from __future__ import annotations

import re

import cn2an

_CHINESE = "零一二两三四五六七八九十廿百千万"
# A comma groups thousands only before a clean group of three; "32,120" is two values.
ARABIC = r"(?:\d{1,3}(?:,\d{3})*,000(?![\d.])|\d{1,3}(?:,\d{3})+(?=\s*/\s*(?:[uμ]|mm|cumm))|\d+(?:\.\d+)?)"
CHINESE = rf"(?:半|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"
NUMBER = rf"(?:{ARABIC}|{CHINESE})"

_WHOLE_CHINESE = re.compile(rf"[{_CHINESE}]+(?:点[{_CHINESE}]+)?")


def parse(text: str) -> float | None:
    """The value of a number matched by :data:`NUMBER`, or None when it is not one."""
    plain = text.replace(",", "").replace("廿", "二十").strip()
    if plain == "半":
        return 0.5
    if _WHOLE_CHINESE.fullmatch(plain):
        try:
            return float(cn2an.cn2an(plain, "smart"))
        except (ValueError, KeyError):  # cn2an raises KeyError for runs like 十六十三
            return None
    try:
        return float(plain)
    except ValueError:
        return None


def tidy(value: float) -> int | float:
    """``45.0`` → ``45``; otherwise at most four decimals."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def show(value: float) -> str:
    """A number for a note, without a trailing ``.0``."""
    return f"{tidy(value)}"
