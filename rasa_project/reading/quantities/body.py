"""Height, and weights and heights that stand without their label."""

from __future__ import annotations

import re
from datetime import date

from rasa_project.reading.clauses import about_speaker, clause_before
from rasa_project.reading.context.retraction import MISTAKE
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers
from rasa_project.reading.quantities.timeline import When, present, when

_LABEL = r"(?:身高|身长|个子|个头|(?<![a-z])(?:height|ht)(?![a-z]))"
_GAP = (
    r"(?:[\s:=是为约,，\]也嗯呃]|\(\s?(?:cm|厘米|公分)\s?\)|(?:缩|矮|变)(?:到|至|成)|只有|只剩|现在?|目前|"
    rf"大约|大概|更正一?下?|写的|记的|{MISTAKE}[,，]?|应该?(?=[是为\d]))*"
)
# "一米六二一百三十斤" is 1.62 m and 130 斤: the tail of a height never reaches into another number.
_D = "[一二三四五六七八九]"
_CENTIMETRES = rf"(?:零{_D}|{_D}十{_D}?|{_D}{_D}?)(?![十百])"
_METRES = (
    rf"(?P<m>[12一])\s*(?:米|m(?![a-z²2^/]))\s*(?P<sub>\d{{1,2}}(?![\d.])|{_CENTIMETRES})|"
    r"(?P<dec>[12]\.\d{1,3})\s*(?:米|m(?![a-z²2^]|/(?!\s?\d{2,3}(?:\.\d+)?\s*(?:kg|公斤|千克|斤))|\s*-?\s*[蛋球峰带]))"
)
_LABELLED = re.compile(
    rf"{_LABEL}{_GAP}(?:{_METRES}|(?P<cm>\d{{2,3}}(?:\.\d+)?|\d{{4}}(?=\s*(?:cm|㎝|厘米|公分)))\s*(?:cm|㎝|厘米|公分)?(?![\d.]|/(?!\s*(?:体重|\d{{2,3}}(?:\.\d+)?\s*(?:kg|公斤|千克|斤)))|\s*(?:m?g(?![a-z])|kg|ml|公斤|千克|斤|岁|次|%|毫|天|个月))|(?P<bare>[12]\.\d{{1,2}})(?![\d.]))",
    re.I,
)
# "身高没测", "身高、体重均不详", "没量身高"
_HEIGHT_UNKNOWN = re.compile(
    r"(?:身高|身长)\s*(?:[、和及与/,，]?\s*体重)?\s*(?:数据|数值|具体)?(?:[:：]|均|都|也|还|暂时?|尚|目前|至今)*\s*"
    r"(?:未[测量知提]供?|没(?:有)?(?:测|量)过?|不详|不明|不清楚|不知道?|记不[清得]|无法(?:测量?|量|站立测量)|[测量]不[了出])|"
    r"(?:(?:没有?|未|无法|没法|不能|难以)[测量]过?|[测量]不[了出成])身高"
)
# "身高一七八", "身高一百七十八"
_SPOKEN = re.compile(
    rf"{_LABEL}{_GAP}(?:一(?P<tens>[四五六七八九])(?P<ones>[零〇一二三四五六七八九])(?![十百米点斤])|(?P<full>一百(?:零{_D}|{_D}十{_D}?)))(?![十百米点斤])"
)
_DIGITS = "零一二三四五六七八九"
_PAIR = re.compile(
    r"(?:身高\s*[/、和及,，]?\s*体重(?:\s*[/、和及,，]?\s*(?:血小板|年龄))?|(?<![a-z])ht\s*/\s*wt|height\s*/\s*weight)(?:[\s:=是为约?]|分别|(?:用户|患者|病人|家属)\s?:|\(\s*cm\s*/\s*kg\s*\))*"
    r"(?P<cm>1\d\d(?:\.\d+)?|2[0-2]\d)\s*(?:cm|厘米|公分)?\s*(?:[/、,，;和]|-{1,2}|\s)\s*(?P<kg>\d{2,3}(?:\.\d+)?|[一二三四五六七八九]十[一二三四五六七八九]?)(?![\d])\s*(?P<unit>kg|公斤|千克|斤)?",
    re.I,
)
# "175/70kg": with this unit it is no blood pressure
_PAIR_BARE = re.compile(
    r"(?<![\d./])(?P<cm>1[3-9]\d)\s*/\s*(?P<kg>\d{2,3}(?:\.\d+)?)\s*(?P<unit>kg|公斤|千克)(?![a-z/])", re.I
)
# "身高170→165", "身高由170降至165cm", "年轻时身高170，现在165", "身高缩了3cm，现165cm"
_HEIGHT_NOW = re.compile(
    rf"{_LABEL}(?:(?!体重|体温|心率|血压|脉搏|血小板|肌酐|(?<![a-z])(?:bmi|inr|plt|hr|bp|wt)(?![a-z])|kg)[^。;；\n]){{0,16}}?"
    rf"(?:(?:降|缩|减|矮|变)(?:至|到|成|为)|→|->|[,，](?:现在?|目前|如今)(?:身高)?){_GAP}"
    rf"(?:{_METRES}|(?P<cm>1[3-9]\d(?:\.\d+)?)\s*(?:cm|㎝|厘米|公分)?(?![\d./]|\s*(?:m?g(?![a-z])|kg|ml|公斤|千克|斤|岁|次|%|毫|天|个月)))",
    re.I,
)
_BARE_HEIGHT = re.compile(
    # "57岁，170的个子"
    rf"(?:(?<=[\s,，;:。、/(岁男女性者斤gyfm爸妈爷奶他她])|(?<=高是)|^)(?:{_METRES}|(?P<cm>1[3-9]\d(?:\.\d+)?|20\d)\s*(?:(?:cm|㎝|厘米|公分)(?![a-z²2^x×*])|(?=的?(?:个子|个头|身高))))",
    re.I,
)
# What a weight is followed by without a blank, or after a stroke: "80kgGFR20", "176cm/90kg/肌酐清除率102"
_NEXT_VALUE = (
    r"(?:e?gfr|crcl|ccr|s?cr|plt|inr|bmi|hb|hr|wbc)(?![a-z])|"
    r"肌酐|肾小球|滤过率|血小板|心率|身高|年龄|血红蛋白|m蛋白|体表"
)
_BARE_WEIGHT = re.compile(
    rf"(?:(?<=cm/)|(?<=\d[m米]/)|(?<=厘米/)|(?<=\d\d/)|(?<=岁/)|(?<![\d.~\-+/每]))(?P<kg>\d{{2,3}}(?:\.\d+)?|[一二两]百(?:零{_D}|{_D}十?{_D}?)?|{_D}十{_D}?)\s*来?\s*(?P<unit>kgs?|㎏|公斤|千克|市?斤)(?P<half>半)?(?!(?<=[a-z])(?!{_NEXT_VALUE})[a-z]|·|\s*/(?!\s*(?:\d|男|女|岁|{_NEXT_VALUE}))|\*m|以上|以下)(?!\s*m\s*[2²])",
    re.I,
)
_CHANGE = (
    r"(?:下降|减轻|减少|增加|增长|丢失|上升|降低|掉|瘦|轻|(?<![体,，。;；、\s\d])重|重(?=\s?了)|增|减|降|胖|长)\s*(?:了|约|近|大约|超过|[<>≥≤]|\s)*"
    r"[\d.]+\s*(?:-|~)?\s*[\d.]*\s*(?:kg|公斤|千克|斤|%)"
)
_WEIGHT_CHANGE = re.compile(_CHANGE, re.I)
_NOT_BODY = re.compile(
    r"负重|搬|举|提起|提(?![示高前出到])|扛|胎|出生|婴|肿|重物|行李|(?<![\d一二])米|袋|脂肪|肌肉|不低于|不超过|[<>≤≥]|每(?![^\s,，。]{1,7}[次片针粒支])|理想|标准|目标"
)
# "年轻时84公斤，现在只剩61": in the same unit
_WEIGHT_NOW = re.compile(
    r"(?:左右|多)?[,，]\s?(?:但|可)?(?:现在?|目前|如今|今[天日])(?:只|仅|就|才|剩下?|有|是|也|降到|瘦到|掉到|胖到|得)*\s?"
    r"(?P<kg>\d{2,3}(?:\.\d+)?)(?=\s*(?:了|[,，。;；\n]|$))"
)
# "55-60kg", "六十到七十公斤", "一百二三十斤", "六十多公斤": a weight, but not which
_NUMBER = rf"(?:\d{{2,3}}(?:\.\d+)?|[一二两]百(?:零?{_D}|{_D}十?{_D}?)?|{_D}十{_D}?)"
_WEIGHT_RANGE = re.compile(
    rf"(?<![\d.~\-+/每一二两三四五六七八九十百])(?:{_NUMBER}\s*(?:kg|公斤|千克|市?斤)?\s*(?:-|~|到|至|或者?|、)\s*{_NUMBER}|"
    rf"(?:[一二两]百)?{_D}{_D}十|[一二两]百{_D}{_D}|{_D}?十{_D}{_D}|(?:\d{{1,2}}0|[一二两]百(?:{_D}十)?|{_D}十)[多几余])\s*(?:kgs?|㎏|公斤|千克|市?斤)"
    r"(?!(?<=[a-z])[a-z]|·|\s*/|\*m|以上|以下|的?(?:患者|病人|人|者|人群))(?!\s*m\s*[2²])",
    re.I,
)
_LOST_OR_GAINED = re.compile(
    r"(?:下降|减轻|减少|增加|增长|丢失|上升|降低|掉|瘦|轻|重|增|减|降|胖|长|涨)\s*(?:了|约|近|大约|超过|有|[<>≥≤]|\s)*$"
)
HEIGHT_LOW, HEIGHT_HIGH = 100, 230
WEIGHT_LOW, WEIGHT_HIGH = 20, 300


def weight_changes(text: str) -> list[tuple[int, int]]:
    """Where a change of weight stands ("下降5kg"): never the weight itself."""
    return [match.span() for match in _WEIGHT_CHANGE.finditer(text)]


def _height(message: Normalised, start: int, end: int, cm: float, note: str | None) -> Mention:
    words = message.words(start, end)
    if not HEIGHT_LOW <= cm <= HEIGHT_HIGH:
        return Mention(
            "height_cm",
            None,
            words,
            start,
            end,
            "rejected",
            "cm",
            f"身高 {numbers.show(cm)} cm 不合常理（可接受 {HEIGHT_LOW}～{HEIGHT_HIGH} cm），请核对",
        )
    return Mention("height_cm", numbers.tidy(cm), words, start, end, "affirmed", "cm", note)


def _weight(message: Normalised, start: int, end: int, kg: float, note: str | None) -> Mention:
    words = message.words(start, end)
    if not WEIGHT_LOW <= kg <= WEIGHT_HIGH:
        return Mention(
            "weight_kg",
            None,
            words,
            start,
            end,
            "rejected",
            "kg",
            f"体重 {numbers.show(kg)} kg 不合常理（可接受 {WEIGHT_LOW}～{WEIGHT_HIGH} kg），请核对",
        )
    return Mention("weight_kg", numbers.tidy(kg), words, start, end, "affirmed", "kg", note)


def _centimetres(match: re.Match[str]) -> tuple[float, str | None]:
    """Height in cm and the arithmetic, from any of the notations."""
    groups = match.groupdict()
    if groups.get("sub"):
        sub = groups["sub"]
        if sub.isdigit():
            tail = float(sub) * (10 if len(sub) == 1 else 1)
        else:
            value = numbers.parse(sub) or 0.0
            tail = value * 10 if value < 10 and not sub.startswith("零") else value
        cm = (1 if groups["m"] in "1一" else 2) * 100 + tail
    elif groups.get("dec") or groups.get("bare"):
        cm = round(float(groups.get("dec") or groups["bare"]) * 100, 2)
    else:
        return float(groups["cm"]), None
    return cm, f"{match[0].lstrip(' ,，;。、/(岁男女性')} = {numbers.show(cm)} cm"


def read_body(message: Normalised, labelled_weight: bool) -> list[Mention]:
    """Height always; weight only where no labelled weight was read."""
    text = message.text
    if (pair := _PAIR.search(text) or _PAIR_BARE.search(text)) is not None:
        kg = (numbers.parse(pair["kg"]) or 0.0) * (0.5 if pair["unit"] == "斤" else 1)
        note = None if pair["unit"] else "未写单位，按 cm、kg 理解"
        return [
            _height(message, pair.start(), pair.end(), float(pair["cm"]), note),
            _weight(message, pair.start(), pair.end(), kg, note),
        ]
    found: list[Mention] = []
    matches = (
        list(_HEIGHT_NOW.finditer(text))
        or list(_LABELLED.finditer(text))
        or list(_BARE_HEIGHT.finditer(text))[:1]
    )
    for match in matches:
        if about_speaker(text, match.start()):
            continue
        cm, note = _centimetres(match)
        found.append(_height(message, match.start(), match.end(), cm, note))
    found = found or _height_in_words(message)
    if not labelled_weight:
        found += _bare_weights(message)
    return found


def _height_in_words(message: Normalised) -> list[Mention]:
    """A height read out digit by digit, or said not to be known."""
    text = message.text
    if (spoken := _SPOKEN.search(text)) is not None and not about_speaker(text, spoken.start()):
        if spoken["full"]:
            cm = numbers.parse(spoken["full"]) or 0.0
        else:
            ones = spoken["ones"].replace("〇", "零")
            cm = 100.0 + 10 * _DIGITS.index(spoken["tens"]) + _DIGITS.index(ones)
        return [_height(message, *spoken.span(), cm, f"{spoken[0]} = {numbers.show(cm)} cm")]
    if (unknown := _HEIGHT_UNKNOWN.search(text)) is not None and not about_speaker(text, unknown.start()):
        words = message.words(*unknown.span())
        return [Mention("height_cm", None, words, *unknown.span(), "undetermined", "cm", "身高未知，请补充")]
    return []


def _bare_weights(message: Normalised) -> list[Mention]:
    text = message.text
    changes = weight_changes(text)
    ranges = [match.span() for match in _WEIGHT_RANGE.finditer(text)]
    found: list[tuple[When, Mention]] = []
    refused: list[Mention] = []
    for match in _BARE_WEIGHT.finditer(text):
        number = numbers.parse(match["kg"])
        if number is None or any(start < match.end() and match.start() < end for start, end in ranges):
            continue
        number += 0.5 if match["half"] else 0
        kg = number * (0.5 if match["unit"].endswith("斤") and match["unit"] != "公斤" else 1)
        if any(start <= match.start() < end for start, end in changes) or kg < WEIGHT_LOW:
            continue
        if _NOT_BODY.search(clause_before(text, match.start(), 12)) or about_speaker(text, match.start()):
            continue
        plain = kg == number and match["kg"][0].isdigit()
        note = None if plain else f"{match[0].strip()} = {numbers.show(kg)} kg"
        if (now := _WEIGHT_NOW.match(text, match.end())) is not None:
            kg = float(now["kg"]) * kg / number
            found.append((When("now"), _weight(message, match.start(), now.end(), kg, "原文有既往体重")))
            continue
        if kg > WEIGHT_HIGH:  # "治疗量580公斤" is refused, not lost
            refused.append(_weight(message, match.start(), match.end(), kg, note))
            continue
        moment = when(clause_before(text, match.start(), 24), date.today())
        found.append((moment, _weight(message, match.start(), match.end(), kg, note)))
    if len({mention.value for _, mention in found}) > 1:
        return present(found)
    return [mention for _, mention in found[:1]] or _vague_weight(message, changes) or refused[:1]


def _vague_weight(message: Normalised, changes: list[tuple[int, int]]) -> list[Mention]:
    """A weight of which only the range is told: it is asked for, not lost."""
    text = message.text
    for match in _WEIGHT_RANGE.finditer(text):
        start, end = match.span()
        if any(first <= end and start < last for first, last in changes):
            continue
        if _LOST_OR_GAINED.search(text, max(0, start - 12), start) or about_speaker(text, start):
            continue
        if _NOT_BODY.search(clause_before(text, start, 12)):
            continue
        words = message.words(start, end)
        note = f"体重写的是“{words.strip()}”，请给出当前的具体数值"
        return [Mention("weight_kg", None, words, start, end, "undetermined", "kg", note)]
    return []
