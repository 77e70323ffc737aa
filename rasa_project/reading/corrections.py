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
_NAMED_WRONG = rf"(?:(?:误|错|原|先)?{_WRITTEN}(?:成了?|为|作|的是?|了)\s*|[误错]{_WRITTEN}\s*|不是\s*)?"
_RIGHT = (
    rf"(?:其实|实际上?|实为|实测|实则|实称|(?:核对|复核)后?|应该?(?=[是为\d])|更正|纠正|订正|改正|正确(?:的|值)?|不对|{_WRITTEN}错了?|弄错了?|搞错了?|"
    r"有误|口误|笔误|错了|错误|(?<=[,。(])\s?[哦噢啊呃诶]\s?不(?:是|对)?(?=,)|而是)"
)
_AMENDED = re.compile(
    rf"(?P<wrong>{_NAMED_WRONG}(?<![\d./×x*~^\-])(?<!\d )(?P<old>{_NUMBER})(?P<old_unit>{_UNIT})"
    rf"\s?了?[\s,、。;(\-]*(?:刚才|刚刚|上面|前面|我|后来|是(?=笔|口|错)|系(?=笔|口|错))*(?:{_RIGHT}(?:一下|下|了|的|值|是|为|成|到|应该?|[\s:,。])*)+)"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d)",
    re.I,
)
# "体重写72，称了一下只有62": what was written, and what was then measured
_MEASURED_ANEW = re.compile(
    rf"(?P<wrong>(?:误|错|原|先|上)?{_WRITTEN}(?:成了?|为|作|的?是|的|了|着)?\s*{_NUMBER}(?P<old_unit>{_UNIT})"
    r"\s?的?\s?[,，(]\s?(?:但|可|不过|结果|我|我们|刚才|刚刚|今天|今日|自己|护士|又|再|重新|实际)*"
    r"(?:称|量|测|复测|复查|重测|重查|查)(?:了|过|出来?)?(?:一下|一遍|一次|下)?(?:其实|实际|结果)?(?:只有|只|才|是|为|有|得|到)*\s?)"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d)",
    re.I,
)
# "以上3床不用管，下面这个才是我要录的"
_DISREGARD = re.compile(
    r"(?:以上|上面|前面|上述)(?:这|那|的|说|写|录|几|都|全|个|些|一|[\d一二两三]+床?|患者|病人|内容)*"
    r"(?:不用管|别管|不用录|别录|不要录|不算数?|作废|忽略|不作数|删掉?)(?=[,，。;；!\s-])"
)
# "地塞米松不是40是20", "预防时间不是5个月，是7个月"
_NOT_THIS = re.compile(
    rf"(?P<wrong>不是\s*{_NUMBER}(?P<old_unit>\s?(?:个?月|[天周年次片])|{_UNIT})\s?[,，、]?\s?(?:而|应该?|其实)*是\s?)"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d)",
    re.I,
)
# "年龄67岁（原录入76岁系笔误）"
_WRONG_IN_BRACKETS = re.compile(
    rf"[(](?:原来?|误|曾|之前|先前)*{_WRITTEN}入?(?:为|成|的?是)?\s?{_NUMBER}{_UNIT}\s?(?:系|是|为|属)?(?:笔误|口误|错误|有误|误)[)]",
    re.I,
)
_HINT = re.compile(r"实|应|正|错|误|不对|不,|而是")
_ANEW = re.compile(r"称|量|测|查")
_DOSE = re.compile(r"\s?(?:mg|g|iu|u|ml|万?单位|片)(?![a-z/])", re.I)


def put_right(message: Normalised) -> Normalised:
    """The message with only the right one left of a number that is put right."""
    text = message.text
    if disregard := _DISREGARD.search(text):
        text = re.sub(r"[^\n]", " ", text[: disregard.end()]) + text[disregard.end() :]
    if _HINT.search(text):
        text = _WRONG_IN_BRACKETS.sub(lambda aside: " " * len(aside[0]), text)
        text = _AMENDED.sub(_keep_right, text)
    if "不是" in text:
        text = _NOT_THIS.sub(_keep_right, text)
    if _ANEW.search(text):
        text = _MEASURED_ANEW.sub(_keep_right, text)
    return message if text is message.text else Normalised(message.original, text)


def _keep_right(match: re.Match[str]) -> str:
    # "GFR 25，应为30mg": a dose is not what was measured.
    other = bool(_DOSE.match(match["new_unit"])) and not _DOSE.match(match["old_unit"])
    return match[0] if other else " " * len(match["wrong"]) + match[0][len(match["wrong"]) :]
