"""Numbers that are put right at once: only the right one is left standing.

"血小板记成120，实际是29" becomes "血小板         29". The text keeps its length, so it does not matter what
was measured, or whether it is named again.
"""

from __future__ import annotations

import re

from rasa_project.reading.beds import of_the_one_asked
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers
from rasa_project.reading.quantities.tables import latest_column

# "1米7" and "一米六二" are one number
_NUMBER = (
    r"(?:[12一]\s?[米m]\s?(?:\d{1,2}(?![\d.])|[一二三四五六七八九]{1,2})|"
    r"\d+(?:\.\d+)?|[零一二两三四五六七八九十百点万]{2,7})"
)
_UNIT = (
    r"(?:\s?[×x*]\s?10\s?[\^*]?\s?[9⁹]\s?(?:/\s?l)?|\s?[a-zμ%][a-zμ²/\d.^*]{0,13}|\s?(?:周?岁|公斤|千克|斤|厘米|公分|"
    r"次(?:/分钟?)?|万|克|个?月|天|周|小时|年))?(?:(?<=mg)\s?(?:qw|biw|qd|每周[一1]?次?))?"
)
_WRITTEN = r"(?:写|记|录|打|输|填|报|抄|说|念|看|登记)"
_NAMED_WRONG = rf"(?:(?:误|错|原|先)?{_WRITTEN}(?:成了?|为|作|的是?|了)\s*|[误错]{_WRITTEN}\s*|不是\s*)?"
# "70，不，75", "80 啊不60", "36，等一下，是63"
_OH = r"(?:[哦噢啊呃诶哎欸嗯唉呸](?:呀|哟)?|等等|等一?下|慢着)"
_OH_NO = (
    rf"(?<=[,。(\s-])(?:{_OH}[\s,]{{0,2}}不(?:是|对)?[啊呀哦]?(?=[,。\s\d是])|不(?:是|对)?[啊呀哦]?(?=[,。\s])|"
    rf"(?:[哦噢呸]|哎呀|等等|等一?下|慢着)[\s,]{{0,2}}(?=是?\s?\d))"
)
_RIGHT = (
    rf"(?:其实|实际上?|实为|实测|实则|实称|(?:核对|复核)后?|应该?(?=[是为\d])|应该?说|(?:更?准确|确切|严格)(?:一?点)?(?:地|的)?(?:来)?[说讲]|更正|纠正|订正|改正|正确(?:的|值)?|不对|不不+|抱歉|对不起|sorry|"
    rf"(?:{_WRITTEN}|弄|搞|抄|量|测|称|算|数|查)(?:错|反|串|混|岔|颠倒)(?:行|位|列|数)?了?|"
    r"小数点[^\d,，。;；\n]{0,6}|(?:[多少漏]|误)(?:打|写|按|输|录|点|敲|加)?了?(?:一?个|一位)?(?:零|0(?!\d)|小数点|位数?)|"
    rf"单位(?:写|搞|弄|标|报)?(?:有?误|错|不对)了?|有误|口误|笔误|错了|错误|手误|手滑|{_OH_NO}|不是\s?(?=是)|再看(?:看|一下|一眼)?(?=[,，\s])|"
    rf"(?:看|听|写|记|当|认|念)成[^\d,，。;；\n]{{1,6}}了|而是)"
)
_AMENDED = re.compile(
    rf"(?P<wrong>{_NAMED_WRONG}(?<![\d./×x*~^\-米])(?<!\d )(?P<old>{_NUMBER})(?P<old_unit>{_UNIT})"
    rf"\s?了?[\s,、。;(?\-\"']*(?:(?:系|是|为|属)?(?:录入|输入|填写|书写|登记|记录|抄写)(?=错误|有误|笔误))?(?:[哦噢啊呃诶嗯](?=不对))?(?:刚才|刚刚|上面|前面|我|后来|是(?=笔|口|错)|系(?=笔|口|错))*(?:{_RIGHT}(?:一下|下|了|的|值|是|为|成|到|应该?|我?再?[看查想](?:看|一下|想)|[\s:,。])*)+)"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d|\s?[号床])",
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
_FOUND_WRONG = rf"(?:有误|错误|不对|是错的|(?:{_WRITTEN}|弄|搞|抄|量|测|称|算|数|查)[错反串混]了?)"
# "卧床2天”有误，核实后为卧床12天": named again with the right number
_NAMED_ANEW = re.compile(
    rf"(?P<name>[一-龥]{{2,5}}?)(?:的?是|为|:)?{_NUMBER}{_UNIT}[\"'”)]?\s?(?:系|是|为|的)?{_FOUND_WRONG}"
    r"[,，。;；]\s?[^,，。;；\n\d]{0,8}?(?=(?P=name))",
    re.I,
)
# "昨天记录的身高有误，应为158cm": the wrong one is not told
_ONLY_RIGHT = re.compile(
    r"(?P<name>身高|体重|血小板|肌酐|心率|年龄|M蛋白)(?P<wrong>的?(?:记录|登记|录入|填写|数据|数值|数字|值)*"
    rf"{_FOUND_WRONG}[,，。;；]\s?(?:应该?|实际?|更正|正确|改|核实后?|复测|测)+的?(?:值|后)?(?:为|是|成)?\s?:?\s?)(?=\d)",
    re.I,
)
# "地塞米松不是40是20", "预防时间不是5个月，是7个月"
_NOT_THIS = re.compile(
    rf"(?P<wrong>不是\s*(?P<old>{_NUMBER})(?P<old_unit>\s?(?:个?月|[天周年次片])|{_UNIT})\s?[,，、]?\s?(?:而|应该?|其实)*是\s?)"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d)",
    re.I,
)
# "年龄67岁（原录入76岁系笔误）"
_WRONG_IN_BRACKETS = re.compile(
    rf"[(](?:原来?|误|曾|之前|先前)*{_WRITTEN}入?(?:为|成|的?是)?\s?{_NUMBER}{_UNIT}\s?(?:系|是|为|属)?(?:笔误|口误|错误|有误|误)[)]",
    re.I,
)
# "年龄应为68岁，此前误写86岁", "68岁（误写为86岁）": the wrong one is named last
_WRONG_AFTER = re.compile(
    rf"(?<=[\da-z岁斤分克万])\s?[,，(]\s?(?:此前|之前|先前|刚才|上面|前面|原来?|曾)*[误错]{_WRITTEN}入?(?:为|成|作|的是|了)?\s?"
    rf"{_NUMBER}{_UNIT}[)]?(?=[,，。;；\n]|$)(?!\s?[,，。;；]\s?(?:实|应|正|更|其实|改))",
    re.I,
)
_NO = r"没有|否认|没|无|未"
_SAID_WRONG = (
    r"(?:不对|更正一?下?|纠正|(?:我|刚才|这里|前面)*(?:说|写|记|打|弄|搞|看|录|报)错了?|错了)[,，:：、]?\s?"
)
_THE_PATIENT = r"(?:(?:他|她|患者|病人|本人|其实|实际上?|应该?|是|为|成|又|还)*)"
_POLARITY = (
    # "没有糖尿病，不对，有", "刚才说没有糖尿病是错的，他有"
    re.compile(
        rf"(?P<old>{_NO})(?P<said>[^,，。;；\n、:]{{1,12}}?)(?P<wrong>[,，。;；]\s?{_SAID_WRONG}|(?:是|说|写)?错[的了][,，]\s?)"
        rf"{_THE_PATIENT}(?P<new>有)的?(?=[,，。;；!！\n]|$)"
    ),
    # "糖尿病：无，应为：有", "咯血（+），更正为（-）"
    re.compile(
        rf"(?P<said>[:：(（]\s?)(?P<old>没有|有|无|是|否|阳性|阴性|\+|-)(?=\s?[)）]?\s?(?:{_WRITTEN}[错反]了?)?[,，。;；(（])"
        rf"(?P<wrong>\s?[)）]?\s?(?:{_WRITTEN}[错反]了?)?[,，。;；(（]\s?(?:{_SAID_WRONG})?(?:应该?|实际?|改|更正)?[为是成]\s?[:：(（]?\s?)"
        r"(?P<new>没有|有|无|是|否|阳性|阴性|\+|-)[)）]?(?=[,，。;；!！\s]|$)"
    ),
)
# "PICC没拔，说错了，拔了", "PICC拔了，不对，还在"
_STATE = re.compile(
    rf"(?P<wrong>(?:(?:{_NO})(?P<verb>[拔停撤取用做吃打])[掉过了]?|(?:已经?)?[拔停撤取][掉除了]*)[,，。]\s?{_SAID_WRONG})"
    r"(?:(?:早|已经?|都|昨天|今天)*(?P=verb)|(?=还在|仍在|还没|没[拔停撤取]|未[拔停撤取]|在位|还留))"
)
# "机测48，枸橼酸管复测147", "26（涂片见聚集，手工复核73）": clumped platelets, and counted anew
_COUNTED_ANEW = re.compile(
    rf"(?P<wrong>(?:[(]?(?:涂片|镜下|镜检|可?见|大片|成堆|标本|考虑|疑)*(?:聚集|凝集)[^\d。;；\n]{{0,16}})?(?:机测|仪器|初测)?[\s:]*{_NUMBER}(?P<old_unit>{_UNIT})\s?[,，;；(→>\-][^\d。;；\n]{{0,24}}"
    r"(?:枸橼酸|柠檬酸|蓝[帽头]?管|蓝帽|手工|人工|镜检|镜下)[^\d。;；,，\n]{0,10})"
    rf"(?P<new>{_NUMBER})(?P<new_unit>{_UNIT})(?!\s?[-~至到]\s?\d|\d|/\d|\s?[分天周月%])",
    re.I,
)
_PLATELETS_BEFORE = re.compile(r"(?:血小板|(?<![a-z])plt)[^。;；\n]{0,16}$", re.I)
# "12床男70岁血小板55不用管，13床女66岁": the bed that is not asked about
_OTHER_BED = re.compile(
    r"(?<!\d)\d{1,3}床(?:(?!\d床)[^。;；\n]){0,60}?(?:不用管|别管|不用录|别录|不要录)(?=[,，。;；\s])"
)
# "该患者与3床不同，3床有房颤、用华法林；本例女性": the bed that is told apart from this one
_BED_APART = re.compile(
    r"(?:[与和跟同]|不像|不比|别(?:跟|和|与))(?P<bed>\d{1,3})床(?:的|那个|那位|患者|病人)*(?:不同|不一样|不是一|两回事|情况不|搞混|弄混|混了|混淆|相混|无关|那样)"
)
_OF_THIS_ONE = r"[。;；\n]|(?=本例|本患者|本床|该患者|我们这|我们的|我管的|这[个位例]|他|她)"
_HINT = re.compile(
    r"小数点|[多少漏][打写按输录了]|实|应|正|错|误|不(?:[,。\s不是对啊呀哦])|手滑|再看|而是|抱歉|对不起|反了|串|sorry|准确|确切|严格|[哦噢啊呃诶哎欸嗯唉呸]|等等|等一?下|慢着",
    re.I,
)
_ANEW = re.compile(r"称|量|测|查|核|检|工|橼")
_AIM_BEFORE = re.compile(r"目标|靶值|标准体重|理想")
# "地米用量写成400，实为40mg"
_OF_A_DOSE = re.compile(r"(?:剂量|用量|地米|地塞米松|(?<![a-z])dexa?|激素)[^,，。;；\n\d]{0,4}$", re.I)
# "68岁，哦，65公斤": another quantity
_KINDS = tuple(
    re.compile(rf"\s?(?:{units})(?![a-z/])", re.I)
    for units in ("周?岁", "公斤|千克|kg|市?斤", "厘米|公分|cm|米|m", "次", "万", "个?月|天|周(?!岁)|小时|年")
)
_DOSE = re.compile(r"\s?(?:mg|g|iu|u|ml|万?单位|片)(?![a-z/])", re.I)


def put_right(message: Normalised) -> Normalised:
    """The message with only the right one left of a number that is put right."""
    text = message.text
    if disregard := _DISREGARD.search(text):
        text = re.sub(r"[^\n]", " ", text[: disregard.end()]) + text[disregard.end() :]
    if _HINT.search(text):
        text = _WRONG_IN_BRACKETS.sub(lambda aside: " " * len(aside[0]), text)
        text = _AMENDED.sub(_keep_right, text)
        text = _NAMED_ANEW.sub(lambda named: " " * len(named[0]), text)
        text = _ONLY_RIGHT.sub(lambda only: only["name"] + ":".ljust(len(only["wrong"])), text)
        text = _WRONG_AFTER.sub(lambda aside: " " * len(aside[0]), text)
        for polarity in _POLARITY:
            text = polarity.sub(_turned, text)
        text = _STATE.sub(lambda state: " " * len(state["wrong"]) + state[0][len(state["wrong"]) :], text)
    if "不是" in text:
        text = _NOT_THIS.sub(_keep_right, text)
    if "床" in text:
        text = _OTHER_BED.sub(lambda bed: " " * len(bed[0]), text)
        if (apart := _BED_APART.search(text)) is not None:
            its_own = re.compile(rf"(?<!\d){apart['bed']}床[^。;；\n]{{0,80}}?(?:{_OF_THIS_ONE}|$)")
            told = text[apart.end() :]
            text = text[: apart.end()] + its_own.sub(lambda bed: " " * (len(bed[0]) - 1) + ",", told)
    if "床" in text or "患者" in text or "病人" in text:
        text = of_the_one_asked(text)
    if _ANEW.search(text):
        text = _COUNTED_ANEW.sub(_count_anew, text)
        text = _MEASURED_ANEW.sub(_keep_right, text)
    text = latest_column(text)
    return message if text is message.text else Normalised(message.original, text)


def _keep_right(match: re.Match[str]) -> str:
    # "GFR 25，应为30mg": a dose is not what was measured.
    other = bool(_DOSE.match(match["new_unit"])) and not _DOSE.match(match["old_unit"])
    other = other and not _OF_A_DOSE.search(match.string, max(0, match.start() - 12), match.start())
    kinds = {_kind(match["old_unit"]), _kind(match["new_unit"])} - {None}
    other = other or len(kinds) > 1
    # "目标2.5，实测2.3": of an aim and a value the value is no correction.
    aim = _AIM_BEFORE.search(match.string, max(0, match.start() - 8), match.start("new"))
    if other or aim:
        return match[0]
    right = match[0][len(match["wrong"]) :]
    return (right + _same_unit(match)).rjust(len(match[0]))


def _kind(unit: str) -> int | None:
    return next((place for place, units in enumerate(_KINDS) if units.match(unit)), None)


# What turns a number into another: "3.8g/dl，写错了是2.8" is 2.8 g/dl as well.
_TURNS = re.compile(
    r"\s?(?:万|w|市?斤|公斤|千克|kg|磅|lbs?|m?g/(?:dl|l)|g%|mg%?|[μu]mol/l|克/分?升|"
    r"mg?(?:\s?(?:qw|biw|qd|每周[一1]?次?))?|mm|cm|公分|厘米)",
    re.I,
)
_LEAST, _MOST = 0.5, 2  # a number far from the first may be of another unit: "4.5万，应为45"


def _same_unit(match: re.Match[str]) -> str:
    """The unit of the wrong number, where the right one, of the same size, is given without any."""
    old, unit = match.groupdict().get("old"), match["old_unit"]
    if not old or match["new_unit"].strip() or not _TURNS.fullmatch(unit):
        return ""
    wrong, right = numbers.parse(old), numbers.parse(match["new"])
    return unit if wrong and right and _LEAST < right / wrong < _MOST else ""


def _count_anew(match: re.Match[str]) -> str:
    of_platelets = _PLATELETS_BEFORE.search(match.string, max(0, match.start() - 28), match.start())
    return _keep_right(match) if of_platelets else match[0]


def _turned(match: re.Match[str]) -> str:
    """A polarity put right, as long as before: "没有糖尿病，不对，有" becomes "有糖尿病"."""
    first = match["new"].rjust(len(match["old"]))[: len(match["old"])]
    if len(match["new"]) > len(match["old"]):
        first = {"没有": "无", "阳性": "+", "阴性": "-"}[match["new"]]
    kept = match[0][: match.start("old") - match.start()] + first
    kept += match["said"] if match.start("said") > match.start("old") else ""
    closing = re.match(r"\s?[)）]", match["wrong"])
    kept += closing[0] if closing else ""
    return kept.ljust(len(match[0]))
