"""A question behind a blank, typed in one line with the case: "来那度胺单药维持 54岁 能停吗".

What is told of the drugs before it is no part of the question.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rasa_project.reading.normalise import Normalised
from rasa_project.reading.segments import split
from rasa_project.reading.usage_cues import MASK

_OFTEN = r"(?:bid|qd|qn|qod|tid|q\s?\d{1,2}\s?h|每[天日晚]|[一每]?[天日]?[一两二1-3]次)"
# "阿哌沙班2.5mg bid可以预防吗": the dose is of the question, and nothing says that it is taken
_DOSE_BEFORE = re.compile(
    rf"(?:^|[,，。;；\s]){MASK}+\s?(?:片|胶囊)?\s?\d+(?:\.\d+)?\s?(?:mg|毫克|iu|u|单位)(?:\s?{_OFTEN})?$",
    re.I,
)
_MAY_IT_BE = re.compile(
    rf"(?:{_OFTEN}\s?)?(?:可以|可不可以|能不能|能|行|可否|能否|合适)(?:用于|用来|拿来|使用|[用吃打上])?(?:做|来)?(?:vte|血栓|静脉血栓)?"
    r"(?:预防|治疗|抗凝)?(?:吗|么|嘛|不|行|[?？\s])*$",
    re.I,
)


@lru_cache(maxsize=16)
def _starts(original: str) -> tuple[tuple[int, str], ...]:
    return tuple((one.start, one.text) for one in split(original) if one.question and one.start > 0)


def parted(message: Normalised, text: str) -> str:
    """The text, as long as before, with a comma for the blank before each question of the message."""
    for start, question in _starts(message.original):
        if _MAY_IT_BE.match(question) and _DOSE_BEFORE.search(text[: start - 1]):
            continue
        if text[start - 1].isspace() and text[start - 1] != "\n":
            text = f"{text[: start - 1]},{text[start:]}"
    return text
