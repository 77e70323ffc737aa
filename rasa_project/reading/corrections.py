"""Numbers that are put right at once: only the right one is left standing.

"血小板记成120，实际是29" becomes "血小板         29". The text keeps its length, so it does not matter what
was measured, or whether it is named again.
"""

from __future__ import annotations

import re

from rasa_project.reading.normalise import Normalised

_NUMBER = r"(?:\d+(?:\.\d+)?|[零一二两三四五六七八九十百点万]{2,7})"
_UNIT = (
    r"(?:\s?[×x*]\s?10\s?[\^*]?\s?[9⁹]\s?(?:/\s?l)?|\s?[a-zμ%][a-zμ²/\d.^*]{0,13}|\s?(?:周?岁|公斤|千克|斤|厘米|公分|"
    r"次(?:/分钟?)?|万|克))?"
)
_WRITTEN = r"(?:写|记|录|打|输|填|报|抄|说|念|看|登记)"
_NAMED_WRONG = rf"(?:(?:误|错|原|先)?{_WRITTEN}(?:成了?|为|作|的是?|了)\s*|不是\s*)?"
_RIGHT = (
    rf"(?:其实|实际上?|实为|实测|实则|实称|(?:核对|复核)后?|应该?(?=[是为\d])|更正|纠正|订正|改正|正确(?:的|值)?|不对|{_WRITTEN}错了?|弄错了?|搞错了?|"
    r"有误|口误|笔误|错了|错误|(?<=[,。(])\s?[哦噢啊呃诶]\s?不(?=,)|而是)"
)
_AMENDED = re.compile(
    rf"(?P<wrong>{_NAMED_WRONG}(?<![\d./×x*~^\-])(?<!\d )(?P<old>{_NUMBER})(?P<old_unit>{_UNIT})"
    rf"\s?了?[\s,、。;(\-]*(?:刚才|刚刚|上面|前面|我|后来)*(?:{_RIGHT}(?:一下|下|了|的|值|是|为|成|到|应该?|[\s:,。])*)+)"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d)",
    re.I,
)
_HINT = re.compile(r"实|应|正|错|误|不对|不,|而是")
_DOSE = re.compile(r"\s?(?:mg|g|iu|u|ml|万?单位|片)(?![a-z/])", re.I)


def put_right(message: Normalised) -> Normalised:
    """The message with only the right one left of a number that is put right."""
    if not _HINT.search(message.text):
        return message
    return Normalised(message.original, _AMENDED.sub(_keep_right, message.text))


def _keep_right(match: re.Match[str]) -> str:
    # "GFR 25，应为30mg": a dose is not what was measured.
    other = bool(_DOSE.match(match["new_unit"])) and not _DOSE.match(match["old_unit"])
    return match[0] if other else " " * len(match["wrong"]) + match[0][len(match["wrong"]) :]
