"""Two patients in one message, and which of them is asked about: only that one is left standing.

"12床男63，PLT 88；13床女70，PLT 210。要问的是13床": what is told of bed 12 is blanked. The text keeps
its length.
"""

from __future__ import annotations

import re

_NAME = r"(?<!\d)\d{1,3}\s?床|(?:患者|病人)[A-D甲乙丙丁一二](?![一-龥A-Za-z])|[A-D甲乙丙丁](?:患者|病人)"
# Where what is told of a patient begins: his name at the head of a clause.
_OPENS = re.compile(rf"(?:(?<=[,，。;；:：\n\s])|^)(?:(?:另外?|还有|而|和)[,，]?)?(?P<name>{_NAME})")
_ASKED = re.compile(
    rf"(?:问|评估?|评价|算|录|关注|讨论|处理|判断|帮看)(?:的|一下|下|就|只|其实|现在|这次|一?个)*(?:是|看)?\s?(?P<name>{_NAME})|"
    rf"(?P<topic>{_NAME})(?:患者|病人)?(?:的?(?:风险|评分|方案)|该|要不要|需不需要|能不能|可不可以|怎么|如何|应该|用什么|用哪|几分|呢)"
)
_BLANK = re.compile(r"[^\n]")


def of_the_one_asked(text: str) -> str:
    """The text without what is told of the others, where it says of whom the question is."""
    asked = next(reversed(list(_ASKED.finditer(text))), None)
    if asked is None:
        return text
    meant = _plain(asked["name"] or asked["topic"])
    heads = [(one.start(), _plain(one["name"])) for one in _OPENS.finditer(text, 0, asked.start())]
    if meant not in {name for _, name in heads}:
        return text
    ends = [start for start, _ in heads[1:]] + [_sentence_start(text, asked.start())]
    for (start, name), end in zip(heads, ends, strict=True):
        if name != meant:
            text = text[:start] + _BLANK.sub(" ", text[start:end]) + text[end:]
    return text


def _sentence_start(text: str, position: int) -> int:
    return max(text.rfind(stop, 0, position) for stop in ",，。;；\n") + 1


def _plain(name: str) -> str:
    return re.sub(r"\s|患者|病人", "", name)
