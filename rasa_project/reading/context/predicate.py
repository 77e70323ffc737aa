"""The predicate behind a finding or a drug: whether its negation denies what it is said of.

"促红素从没打过" and "肾病综合征未成立" deny, "导管没拔" and "没否认" say that it is there, "糖尿病没控制好"
speaks of something else. A negation that is none of these is left to ``unexplained``: what is not understood
is asked about, never read as its opposite.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from rasa_project.reading import lexicon

Predicate = Literal["denied", "lasting", "affirmed", "doubtful", "unknown", "other"]

_END = r"(?=\s*(?:$|[,，。;；、!！?？\n)）|/]|但|不过|可是|只是|就是))"
_NEVER = r"(?:[谈算说]不上|够不上|不能算|不算)"
_THERE = (
    r"(?:不能说没|不是没|并非没|不是说没|不可能没|谁说没|没有?否认|未否认|不否认)"
    r"(?:有|得|犯|过|用|吃|打)*(?:过|的|了|啊|呀)?"
)
_DOUBT = r"(?:不敢|不好|难|很难|谁敢|没人敢)(?:说|讲|保证)(?:没有?|有没有|无|有无)(?:过|的|了)?"
_TESTED = r"(?:[查做测拍筛看]过[^,，。;；\n]{1,14}[,，])?"  # "房颤查过24小时心电图，没有"
_RHETORICAL = r"哪(?:里|儿)?(?:有|来|会有?|得过|用过|吃过)(?:的|过|啊|呀|呢|嘛|什么|这(?:回)?事|这个?病)*"
_WINDOW = 12
_CLAUSE_STOP = re.compile(r"[,，。;；!！?？\n、:：()（）|/]")
_NEGATION = re.compile(r"没|未|不(?![锈])|无|(?<!卡)非(?![佐甾])|(?<![是能可])否(?![则])|勿")


@cache
def _patterns() -> dict[bool, re.Pattern[str]]:
    """The grammar for findings and, with the verbs of taking, for drugs."""
    words = lexicon.load("predicate")
    lead = f"(?:{words['about']})*+{_TESTED}(?:{words['when']}|{words['adverbs']}|[,，]?\\s)*"
    negation = words["negation"]

    def grammar(denying: str) -> re.Pattern[str]:
        return re.compile(
            f"{lead}(?:"
            f"(?P<affirmed>{_THERE}{_END})|(?P<doubtful>{_DOUBT}{_END})|"
            f"(?P<denied>(?:{negation}{denying}|{_NEVER}|{_RHETORICAL}){_END})|"
            f"(?P<lasting>{negation}{words['lasting']}{_END})|"
            f"(?P<unknown>{negation}{words['unknown']}{_END})|"
            f"(?P<other>{negation}{words['other']}))",
            re.IGNORECASE,
        )

    return {False: grammar(words["denying"]), True: grammar(words["taking"])}


def predicate(text: str, end: int, *, drug: bool = False) -> tuple[Predicate, int] | None:
    """What is said behind a name that ends at ``end``, and where it ends; None where nothing is denied."""
    match = _patterns()[drug].match(text, end)
    if match is None or match.lastgroup is None:
        return None
    return match.lastgroup, match.end()  # type: ignore[return-value]


def unexplained(text: str, start: int, end: int, explained: list[tuple[int, int]], mask: str) -> bool:
    """Whether a negation that no rule explains stands close to the name, in its own clause."""
    before = _CLAUSE_STOP.split(text[max(0, start - _WINDOW) : start].rpartition(mask)[2])[-1]
    after = _CLAUSE_STOP.split(text[end : end + _WINDOW].partition(mask)[0], maxsplit=1)[0]
    return any(
        not any(a < negation.end() and negation.start() < b for a, b in explained)
        and not any(
            idiom.start() <= negation.start() < idiom.end()
            for idiom in _idiom().finditer(text, max(0, negation.start() - 3), negation.end() + 3)
        )
        for low, high in ((start - len(before), start), (end, end + len(after)))
        for negation in _NEGATION.finditer(text, low, high)
    )


@cache
def _idiom() -> re.Pattern[str]:
    return re.compile(lexicon.load("predicate")["idiom"])
