"""Bring a message to one spelling, character for character.

Every replacement is one character for one character, so an offset into the normalised
text is an offset into the user's own words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from zhconv.zhconv import getdict

from rasa_project.reading.dialect import in_standard_words
from rasa_project.reading.dialogue import put_as_form
from rasa_project.reading.english import in_chinese_words
from rasa_project.reading.forms import put_as_lines

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ONE_TO_ONE = {
    "-": "‐‑‒–—―−﹣⁃",
    "~": "〜∼˜∽",
    "×": "✕✖╳⨯⨉Ⅹ☓",
    "μ": "\u00b5",
    "<": "﹤〈＜",
    ">": "﹥〉＞",
    "≤": "≦⩽",
    "≥": "≧⩾",
    '"': "“”„‟＂「」『』",
    "'": "‘’‛＇",
    "。": "｡",
    "、": "､",
    "·": "•・‧∙⋅●",
    "/": "⁄∕",
    ":": "∶",
    "[": "【〖",
    "]": "】〗",
    "零": "〇",
    ",": "…⋯",
}


# The blank before a numbered item of a form, "4 VTE家族史:无  5 VTE病史:无": the item before it ends there.
_FORM_ITEM = re.compile(
    r"(:[^\n:]{0,30}[^\s:;,，。、]) (?=\s{0,3}\d{1,2}[ .、)]\s{0,2}[A-Z\u4e00-\u9fff][^\s:,，。;；]{0,13} ?:)"
)


# The blank before a numbered order: "2.停阿司匹林 3.地塞米松20mg"
_NUMBERED = re.compile(r"(?<=[^\s:;,，。、\d.]) (?=[12]?\d[.、]\s?[\u4e00-\u9fff])")
# The full stop of an English sentence: "No hx of DVT. FHx: father DVT."
_ENGLISH_STOP = re.compile(
    r"(?<=[A-Za-z)\d])\.(?=\s+[A-Z][A-Za-z]*\b)|(?<=[一-龥])\.(?=\s+[A-Za-z一-龥])|(?<=\d\.\d)\.(?=\s+[一-龥])"
)


# A mark of doubt before the name: "右腿肿，?DVT"
_DOUBTED = re.compile(
    r"(?:(?<=[\s,，。;:(/、+])|(?<!.))\?(?=(?:急性|[左右双]侧?)*(?:下肢|小腿|大腿|腿)*(?:dvt|vte|a?pt?e(?![a-z])|肺(?:动脉|血)?栓|肺梗|"
    r"(?:深|浅|肌间|[髂股腘腓总外]{1,3})?静脉血栓|血栓|心衰|心梗|急性心|房颤|复发))",
    re.IGNORECASE,
)


# An abbreviation dictated or typed letter by letter: "转 c c u 了"
_LETTER_BY_LETTER = re.compile(
    r"(?<![A-Za-z\d])(?:(?:[ersnc] )?i c u|c c u|p i c c|c v c|d v t|v t e|c o p d)(?![A-Za-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """A message and its normalised form; ``len(text) == len(original)`` always holds."""

    original: str
    text: str

    def words(self, start: int, end: int) -> str:
        """The user's exact words at ``[start, end)``."""
        return self.original[start:end]


@cache
def _table() -> dict[int, str]:
    # Compatibility forms (Kangxi radicals, CJK compatibility ideographs, full-width ASCII) first,
    # so that the later, more specific rows win.
    table: dict[int, str] = {}
    for first, last in ((0x2F00, 0x2FD5), (0xF900, 0xFAFF), (0xFF01, 0xFF5E)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1:
                table[code] = plain
    table |= _simplified()
    for code, plain in list(table.items()):
        table[code] = table.get(ord(plain), plain)  # a compatibility form of a traditional character
    for plain, variants in _ONE_TO_ONE.items():
        for variant in variants:
            table[ord(variant)] = plain
    for blank in _SPACES + _INVISIBLE:
        table[ord(blank)] = " "
    return table


@cache
def _simplified() -> dict[int, str]:
    return {
        ord(traditional): simplified
        for traditional, simplified in getdict("zh-hans").items()
        if len(traditional) == len(simplified) == 1
    }


def simplified(text: str) -> str:
    """The text in simplified characters and otherwise untouched: one spelling for whoever looks for words."""
    return text.translate(_simplified())


@lru_cache(maxsize=8)
def normalise(text: str) -> Normalised:
    """Half-width, simplified characters with unified dashes, quotes, spaces and signs.

    Case, line breaks, superscripts (``10⁹``) and circled digits (``①``) are kept: they carry
    meaning that a one-character replacement would lose.
    """
    plain = text.translate(_table())
    plain = _LETTER_BY_LETTER.sub(lambda name: name[0].replace(" ", "").ljust(len(name[0])), plain)
    plain = _ENGLISH_STOP.sub("。", put_as_lines(in_standard_words(plain)))
    plain = _DOUBTED.sub("疑", _NUMBERED.sub(";", in_chinese_words(plain)))
    return Normalised(original=text, text=put_as_form(_FORM_ITEM.sub(r"\1;", plain)))
