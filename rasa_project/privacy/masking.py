"""Masks what identifies a patient before a message is stored.

Finds numbers with a form of their own, numbers announced by a word, and names in typical contexts. It is no
complete de-identification: names without a context pass, and an export needs a person to look at it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jieba

from rasa_project.reading.lexicon import load, terms

#: Full-width forms read as half-width, one character for one, so that offsets stay. (NFKC would change the
#: clinical text itself: "10⁹" becomes "109".)
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

_CHINESE = r"\u4e00-\u9fff"


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    label: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("identifiers.toml").read_text(encoding="utf-8"))


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(one["label"], re.compile(one["pattern"])) for one in _data()["identifier"]]


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with every identifier replaced by ``[label]``, and the labels found, in order, each once."""
    shadow = text.translate(_HALF_WIDTH)
    spans: list[_Span] = []
    for label, pattern in _patterns():
        for match in pattern.finditer(shadow):
            group = "id" if "id" in pattern.groupindex else 0
            _add(spans, _Span(match.start(group), match.end(group), label))
    for span in _names(shadow):
        _add(spans, span)
    spans.sort(key=lambda span: span.start)
    parts, done = [], 0
    for span in spans:
        # Of a date of birth the year stays; there is nothing to put in place of the day.
        replacement = "年" if span.label == "出生日期" else f"[{span.label}]"
        parts += [text[done : span.start], replacement]
        done = span.end
    parts.append(text[done:])
    return "".join(parts), tuple(dict.fromkeys(span.label for span in spans))


def _add(spans: list[_Span], new: _Span) -> None:
    if all(new.end <= old.start or new.start >= old.end for old in spans):
        spans.append(new)


@cache
def _surname() -> str:
    names = _data()["names"]
    return f"(?:{'|'.join(names['double'])}|[{load('people')['surnames']}])"


@cache
def _name_patterns() -> list[re.Pattern[str]]:
    """Contexts that a name stands in; the group ``name`` is the candidate."""
    names = _data()["names"]
    surname = _surname()
    name = f"(?P<name>{surname}[{_CHINESE}]{{1,2}}?)"
    person = "|".join(names["person_followers"])
    ends = r"(?=[\s,，。；;、:：()（）\]\[/]|$|男|女|今年|年龄|性别|\d)"
    sex = r"(?=\s*[,，、;；:：(（/]?\s*(?:性别\s*[:：]?\s*)?[男女](?!科|方|友|儿|用))"
    introducer = f"(?:{'|'.join(names['introducers'])})" + r"\s*(?:为|是|[:：])?\s*"
    caller = f"(?:{'|'.join(names['callers'])})" + r"\s*(?:为|是|[:：])?\s*"
    weak = f"(?:{'|'.join(names['weak_introducers'])})" + r"\s*[:：]?\s*"
    unlikely = f"[{names['ambiguous']}]"
    given = f"[{_CHINESE}]"
    plain = f"(?P<name>(?!{unlikely}){surname}(?:(?![{names['not_in_names']}]){given}){{1,2}}?)"
    contact = "|".join(names["contact_words"])
    goes_on = "|".join(names["sentence_followers"])
    return [
        # After "姓名" anything up to the end is a name, minorities' names with a dot included.
        re.compile(rf"{introducer}(?P<name>[{_CHINESE}]{{2,8}}(?:·[{_CHINESE}]{{1,8}})+)"),
        re.compile(rf"(?P<certain>{introducer}){name}{ends}"),
        re.compile(rf"{caller}{name}{ends}"),
        re.compile(rf"{weak}(?![{names['ambiguous']}]){name}(?=的)"),
        re.compile(
            rf"{weak}{name}(?={person}|[,，、]?\s*[男女](?!科|方|友|儿|用)|[,，(（]?\s*\d{{1,3}}\s*岁)"
        ),
        # "患者张伟，电话…", "患者张伟昨日入院"; and "张伟，身份证…" without the introducing word.
        re.compile(rf"{weak}{plain}(?=\s*(?:[,，。;；、\[(（]|$)|{goes_on})"),
        re.compile(rf"(?<![{_CHINESE}]){plain}(?=[\s,，、:：(（]*(?:{contact}))"),
        re.compile(rf"(?<![{_CHINESE}]){name}(?={person})"),
        re.compile(rf"(?<![{_CHINESE}0-9A-Za-z]){name}{sex}"),
        re.compile(rf"(?<![{_CHINESE}0-9A-Za-z]){name}(?=[,，]\s*\d{{2,3}}\s*岁)"),
    ]


def _names(text: str) -> list[_Span]:
    """Names in a typical context, and every other place where the same name stands."""
    label = _data()["names"]["label"]
    found: set[str] = set()
    for pattern in _name_patterns():
        for match in pattern.finditer(text):
            certain = bool(match.groupdict().get("certain")) or "·" in match["name"]
            if certain or not _is_word(text, match.start("name")):
                found.add(match["name"])
    return [
        _Span(match.start(), match.end(), label)
        for name in sorted(found, key=len, reverse=True)
        for match in re.finditer(re.escape(name), text)
    ]


def _is_word(text: str, start: int) -> bool:
    """Whether a clinical term or an everyday word begins where the candidate begins."""
    words = _words()
    return any(text[start : start + length] in words for length in range(2, 9))


@cache
def _words() -> frozenset[str]:
    """Words that begin like a name: the lexicon's terms and jieba's dictionary without its personal names."""
    begins_like_name = re.compile(_surname()).match
    names = _data()["names"]
    words = {term for term in terms() if begins_like_name(term)} | set(names["not_names"])
    with jieba.Tokenizer().get_dict_file() as file:
        for line in file:
            word, _, rest = line.decode("utf-8").partition(" ")
            if 2 <= len(word) <= 8 and not rest.split()[1].startswith("nr") and begins_like_name(word):
                words.add(word)
    return frozenset(words.difference(names["double"]))
