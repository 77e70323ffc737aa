"""The difference between the calves' circumferences."""

from __future__ import annotations

import re

from rasa_project.reading.context.gone import GONE_NOTE, over
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers

LIMIT = 3  # cm; tables 1: strictly more than 3
_CM = r"\s*(?P<unit>cm|㎝|厘米|公分|mm|毫米)(?P<half>半)?"
_N = rf"(?P<n>{numbers.ARABIC}|[一二两三四五六七八九十]+(?:点[零一二三四五六七八九])?)"
_ABOUT = r"(?:[\s约了出达为快近将多得]|大约|有|差不多)*"
_LEG = r"(?:小腿|下肢|腿|肢体?|腓肠肌|周径|围径|腿围|围)"
_COMPARE = (
    r"(?:正好|刚好|恰好|整整?|约)?"
    r"(?P<compare>[<>≤≥]=?|大于|超过|小于|不足|不到|多于|不止|至少|(?<=[大粗])于)?"
)
_OVER = r"\s*(?P<over>多|余|以上)?"
_DIFFERENCE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_LEG}[^,。;\n\d]{{0,12}}(?:相?差|差值|差异|之差|差距)(?:[\s:=为是约达了得]|大约|有|昨[日天晚]|前[日天]|入院时|[今当][日天晨早])*{_COMPARE}\s*{_N}(?:{_CM})?{_OVER}",
        rf"(?:[左右患][侧腿]?|一侧|小腿)[^,。;\n\d]{{0,14}}(?:(?:较|比)[^,。;\n\d]{{0,10}}(?:粗|细|大|肿|增粗|增大|长|增加|多(?=[\s约了出达]*[\d一二两三四五六七八九.]+\s*(?:cm|㎝|厘米|公分|mm|毫米)))|(?:大于?|多于|粗于|超过|超出)(?:左|右|健|对)侧?(?:小腿|腿)?){_ABOUT}{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"(?:小腿|腿围|周径)的?差值?(?:不是\s?\d+(?:\.\d+)?\s?(?:cm|厘米|公分)?[,，]?)?是?\s*{_COMPARE}{_N}{_CM}{_OVER}",
        rf"(?:左|右|患)侧?小腿(?:周径|腿围|围)?[多粗大](?:出|了)?{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"小腿[^。;\n\d]{{0,10}}[,，]?\s*(?:比|较)[^,。;\n\d]{{0,8}}(?:粗|大|肿|增粗|增大)(?:[\s约了出达为]|大约|有)*{_COMPARE}\s*{_N}{_CM}{_OVER}",
        # "右小腿肿痛5天（比左侧粗超过3cm）", "患侧小腿比健侧粗，大于3cm"
        rf"小腿[^。;\n]{{0,14}}?[(,，]\s*(?:比|较)(?:左|右|健|对)侧?(?:小腿)?(?:增?粗|大|肿)(?:[\s约了出达为]|大约)*{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"小腿[^。;\n\d]{{0,6}}(?:比|较)[^,。;\n\d]{{0,8}}(?:增?粗|大|肿)[,，]\s*{_COMPARE}\s*{_N}{_CM}{_OVER}",
        # "小腿肚左边大了一圈，量了差3.2公分"
        rf"(?:小腿|腿肚)[^。;\n\d]{{0,12}}[,，]\s*(?:[一再用拿我]|量|测|称|卷|皮|软|尺子?|了|下|过|护士|说|是|周径|腿围|两[边侧条]|左右|之间|实际)*相?差(?:了|约|有|出)*{_COMPARE}\s*{_N}{_CM}{_OVER}",
        # "髌骨下10cm处周径较对侧粗5cm", "左膝下10cm周径较右侧增粗4.5cm"
        rf"(?:髌骨?下|膝下|胫骨结节下)(?:缘|方)?\s*\d+\s*(?:cm|厘米|公分)处?[^,。;\n\d]{{0,14}}(?:粗|大|长|增加|相?差){_ABOUT}{_COMPARE}\s*{_N}{_CM}{_OVER}",
        # "右小腿肿得厉害，护士量了说右边比左边多了5公分"
        # "左小腿比昨天粗，跟右边差2.5cm"
        rf"小腿[^。;\n]{{0,24}}?(?:左|右|[,，][这就]?)边?侧?(?:比|较|跟|和|与)(?:左|右|健|对|另)一?[边侧]?(?:小腿|腿|那边)?(?:粗|大|多|相差|差)(?:出)?{_ABOUT}{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"(?:小腿|腿)(?:周)?(?:径|围)[^,。;\n\d]{{0,10}}(?:较|比)(?:[左右健对另][一]?侧?边?|正常)(?:侧|边|腿|小腿)?(?:多|大|粗|增加)(?:出|了)?{_ABOUT}{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"小腿[^,。;\n\d]{{0,8}}(?:肿胀|增粗|粗|肿)(?:[\s约了出达为:]|大约|有)*{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"小腿\s*(?:is\s|was\s)?{_COMPARE}\s*{_N}{_CM}{_OVER}\s*(?:larger|bigger|greater|thicker|wider|more)",
        rf"(?<![a-z])[LR]\s?>\s?[LR](?:\sby)?\s*{_COMPARE}\s*{_N}{_CM}{_OVER}",
        rf"小腿\s*\+\s?{_COMPARE}{_N}(?=\s?(?:cm|厘米|公分)){_CM}{_OVER}",
        # "calf +3.5cm", "calf swelling >3 cm"
        rf"(?<![a-z])cal(?:f|ves)(?:\s?(?:swelling|swollen|肿胀|circumference|girth|diff(?:erence)?|asymmetry|by|is|of|:))*\s*[+=]?{_COMPARE}\s*{_N}{_CM}{_OVER}(?!\s*(?:vs|[/、,]\s*\d))",
    )
)
# "两侧小腿一般粗", "小腿周径双侧均34cm": no difference at all
_EVENLY = r"(?:都|均|也|基本|大致|是|的)*"
_GIRTHS = r"(?:周径|围径|腿围|围度?|粗细)"
_NO_DIFFERENCE = (
    r"(?:(?:相等|等粗|等大|对称|一致|相同)(?!性)|(?:一般|一样|同样)(?:粗细?|大)?|"
    r"(?:无|没有?)(?:明显)?差[异别])(?!的)"
)
_CALF = r"(?:小腿肚?子?|腿肚子?|腿)"
_EQUAL = re.compile(
    rf"(?:双|两|左右)(?:侧|边|条|只|个)?{_CALF}{_EVENLY}(?:(?:一般|一样|同样)(?:粗细?|大)|等粗|等大|{_GIRTHS}{_EVENLY}{_NO_DIFFERENCE})|"
    rf"{_CALF}的?{_GIRTHS}(?:左右|双侧|两侧|两边)?{_EVENLY}{_NO_DIFFERENCE}|"
    rf"{_CALF}的?(?:左右|双侧|两侧|两边)的?{_GIRTHS}?{_EVENLY}{_NO_DIFFERENCE}|小腿{_GIRTHS}\s?:?\s?左\s?=\s?右|"
    rf"(?<!大腿)(?<!臂)(?<!肢)(?:周径|腿围)(?:左右|双侧|两侧|两边){_EVENLY}{_NO_DIFFERENCE}|"
    r"小腿(?:周径|腿围|围度?)?(?:左右|双侧|两侧|两边)(?:均|都|同)(?:为|是)?\s*\d{2}(?:\.\d+)?\s*(?:cm|厘米|公分)|"
    # "两边小腿都量了34"
    r"(?:(?:双|两|左右)(?:侧|边|条|只)?的?小腿(?:肚子?)?(?:周径|腿围|围径|围度?)?|小腿(?:肚子?)?(?:周径|腿围|围径|围度?)?(?:两|双)[边侧])(?:均|都|同|也|一样)+(?:量|测)?(?:得|了|出来)?(?:[,，]\s?(?:均|都|同|一样))?(?:是|为|在)?\s*\d{2}(?:\.\d+)?"
    r"(?![\d.%/]|\s*(?:岁|次|天|年|周|月|mm|毫米|度|℃|斤|分|点|号|kg))",
    re.I,
)
_GIRTH = r"\d{2}(?:\.\d+)?|[二三四五六]十[一二三四五六七八九]?(?:点[一二三四五六七八九])?"
_OF_LEG = (
    r"(?:侧|边)?(?:小腿|腿|下肢){0,2}(?:(?:髌骨?|膝)下缘?\s?\d{1,2}\s?(?:cm|厘米|公分)处?)?(?:周径|腿围|围|周长)?"
    r"(?:[\s:=为是约有呃嗯])*"
)
_UNIT = r"\s*(?:cm|㎝|厘米|公分)?"
_NO_UNIT_AFTER = r"(?!\d|[.]\d|\s*(?:岁|%|次|mm))"
_SIDES = re.compile(
    rf"(?P<first>左|右|患|健|(?<![a-z])[LR])(?:\s?calf)?{_OF_LEG}(?P<a>{_GIRTH}){_UNIT}"
    rf"(?:[\s,，;、/和及呃]|vs\.?)*(?P<second>左|右|患|健|对|[LR]){_OF_LEG}(?P<b>{_GIRTH}){_UNIT}{_NO_UNIT_AFTER}",
    re.I,
)
# "左右小腿周径分别为34.0cm、34.5cm", "calf 41 vs 36 cm"
_PAIR = re.compile(
    rf"(?:(?:左右|双|两)侧?小腿(?:周径|腿围|围)?(?:[\s:=为是约]|分别|依次)*|(?<![a-z])cal(?:f|ves)(?:\s(?:circumference|girth))?[\s:]*)"
    rf"(?P<a>{_GIRTH}){_UNIT}\s*(?:[、/和及,]|vs\.?)\s*(?P<b>{_GIRTH}){_UNIT}{_NO_UNIT_AFTER}",
    re.I,
)
# a row of girths by date: above and below the knee, or below it only
_BOTH_HEIGHTS = re.compile(
    r"(?P<thigh>髌骨?上|大腿|膝上)\s?\d{0,2}\s?(?:cm)?\s?[/、]\s?(?:髌骨?下|小腿|膝下)|(?:髌骨?下|小腿|膝下)\s?\d{0,2}\s?(?:cm)?\s?[/、]\s?(?:髌骨?上|大腿|膝上)"
)
_TWO_A_SIDE = re.compile(
    rf"(?P<first>左|右|[LR])\s?:?\s?(?P<a1>{_GIRTH})\s?/\s?(?P<a2>{_GIRTH}){_UNIT}[\s,，;、]*"
    rf"(?P<second>左|右|[LR])\s?:?\s?(?P<b1>{_GIRTH})\s?/\s?(?P<b2>{_GIRTH})",
    re.I,
)
_DAY = re.compile(
    r"(?<![\d.])(?P<month>1[0-2]|0?[1-9])[-/.月](?P<day>[0-3]?\d)(?![\d.]|\s?cm)|(?P<now>今[天日晨早]?|现(?!病)|目前|复查|复测)"
)
_ONLY_A_DAY = re.compile(
    rf"{_UNIT}[\s,，;；。)]*(?:\d{{4}}[-/.年])?(?:{_DAY.pattern})日?[\s:：,，]*(?:复[测查]|再测|测)?{_OF_LEG}",
    re.I,
)
# "小腿周径差>3cm:无"
_FIELD = re.compile(
    r"[^,，。;；\n:：0-9]{0,4}[:：]\s*(?:(?P<no>无|否|没有|no(?![a-z]))(?![一-龥])|不详|未[测量查]|\?)|\s*(?P<minus>[(]\s*-\s*[)]|阴性|no(?![a-z])|[-:=]\s*0(?![\d.]))",
    re.I,
)
# "周径差由5cm减为2cm": now
_CHANGED = re.compile(
    rf"(?:差值?|相差|差距)\s?[由从]\s?\d+(?:\.\d+)?{_UNIT}[^,。;\n\d]{{0,4}}[减降缩增升变][^,。;\n\d]{{0,4}}?[为至到成]\s?"
    r"(?P<n>\d+(?:\.\d+)?)\s*(?:cm|㎝|厘米|公分)",
    re.I,
)
_PLACE = re.compile(
    r"(?<![a-zA-Z])[Cc]al(?:f|ves)(?![a-z])|小腿|腿肚|周径|腿围|腓肠|髌下|髌骨下|胫骨结节|大腿|髌上|髌骨上"
)
_THIGH = re.compile(r"大腿|髌上|髌骨上")
_NOT_CALF = re.compile(rf"{_THIGH.pattern}|臂|上肢|手|肘|腕")


# "小腿周径差4.1→3.6", "上周差4.1，今天3.6"
_LATER = re.compile(
    r"\s*(?:→|-+>|[降升减增变涨缩](?:到|至|为|成)|"
    # "昨日小腿周径差4.5cm，抗凝后今日差1.5cm"
    r"(?:[,，;；\s]\s?|(?<=\s))(?:[^\d,，。;；\n]{1,8}?后)?(?:今[日天晨早]?|现在?|目前|复[查测量]|再[查测量]|后来?|已|则|就|又|只|仅|还|小腿|周径|腿围|是|为|相?差|测|量|[得出了到至降减缩回剩]){1,8})"
    r"\s*(?P<n>\d+(?:\.\d+)?)\s*(?:cm|厘米|公分)?(?![\d.]|\s*(?:岁|次|%|mm|天|周|月|床|号|分|度|℃|/|mg|点))"
)
_NEIGHBOUR = re.compile(r"(?:隔壁|邻床|同病房|别的病人|[另上]一[位个])[^,，。;；\n]{0,6}$")


# "小腿肿，比昨天粗2cm": how much it has grown is no difference of the calves
_THAN_BEFORE = re.compile(
    r"(?:比|较)(?:[昨前上今]|入院|之前|以前|原来|术前|治疗前|早)[^,，左右健对]{0,6}[粗大增肿多细][^,，左右健对]{0,5}$"
)
# "腿围还没量", "小腿周径待测", "没量腿围"
_NOT_MEASURED = re.compile(
    r"(?<!大)(?<!上)(?:小腿周[径长]|小腿围|腿围|(?<!腿)(?<!臂)(?<!肢)周径)差?值?(?:具体|多少|暂时?|还|尚|也|都|均|一直|今天|[\s:：])*"
    r"(?:没有?|未|无法|没法|不能|忘了?|待|不好|不便)(?:来得及|顾上|去|能|人|给)?(?:测量|测|量)(?!出)|"
    r"(?:没有?|未|忘了?)(?:测量|测|量)(?:过)?(?:双侧|两侧)?(?:小腿(?:周径|围)|腿围)"
)


# "上一位病人小腿粗4cm，这位只差1cm"
_THIS_ONE = re.compile(
    r"[^,，。;；\n]{0,8}[,，]\s?(?:但|而)?(?:这[位个]|患者|本例|[他她])(?:患者|病人)?[^,，。;；\n\d]{0,4}[差粗大]\s?(?P<n>\d+(?:\.\d+)?)\s?(?:cm|厘米|公分)"
)


# "较右侧多3.0cm整，没有超过3cm"
_NOT_OVER = re.compile(
    r"(?:没有?|未|不|并未)(?:到|有)?(?:超过|大于|超出|超|>)\s*3(?:\.0)?\s*(?:cm|㎝|厘米|公分)"
)


def read_calf_difference(message: Normalised) -> list[Mention]:
    """``calf_difference_cm`` in cm; ``calf_swelling_over_3cm`` where ">3 cm" is said or denied."""
    found = _read_calf_difference(message)
    if len(found) == 1 and found[0].fact == "calf_difference_cm":
        value = found[0].value
        denied = _NOT_OVER.search(message.text, found[0].end, found[0].end + 16)
        if isinstance(value, int | float) and value <= LIMIT and denied is not None:
            span = denied.span()
            words = message.words(*span)
            found.append(Mention("calf_swelling_over_3cm", False, words, *span, "negated", "cm"))
    return found


def _read_calf_difference(message: Normalised) -> list[Mention]:
    text = message.text
    if _PLACE.search(text) is None and not any(leg in text for leg in ("腿", "下肢", "leg")):
        return []
    if (table := _two_heights(message)) is not None:
        return [table]
    if (measured := _two_girths(text)) is not None:
        first, second = numbers.parse(measured["a"]), numbers.parse(measured["b"])
        if first is not None and second is not None:
            difference = round(abs(first - second), 2)
            note = f"{measured['a']} − {measured['b']} 相差 {numbers.show(difference)} cm"
            return [_difference(message, measured, difference, note)]
    changed = _CHANGED.search(text)
    if changed is not None and not _NOT_CALF.search(text, max(0, changed.start() - 8), changed.end()):
        return [_difference(message, changed, float(changed["n"]), None)]
    for pattern in _DIFFERENCE:
        for match in pattern.finditer(text):
            if _NOT_CALF.search(text, max(0, match.start() - 2), match.end()):
                continue
            number = numbers.parse(match["n"])
            if (own := _THIS_ONE.match(text, match.end())) is not None and _NEIGHBOUR.search(
                text, max(0, match.start() - 12), match.start()
            ):
                return [_difference(message, own, float(own["n"]), None)]
            if _THAN_BEFORE.search(text, match.start(), match.start("n")):
                continue
            if number is None or _NEIGHBOUR.search(text, max(0, match.start() - 12), match.start()):
                continue
            if later := _LATER.match(text, match.end()):
                return [_difference(message, match, float(later["n"]), None, later.end())]
            number += 0.5 if match.groupdict().get("half") else 0
            value = number / 10 if (match["unit"] or "cm").lower() in ("mm", "毫米") else number
            if over(text, match.end()):
                return [_none_left(message, match)]
            if match["over"]:
                return _bound(message, match, ">", value)
            if match["compare"]:
                return _bound(message, match, match["compare"], value)
            shown: str | None = (
                f"{numbers.show(number)} mm = {numbers.show(value)} cm" if value != number else None
            )
            return [_difference(message, match, value, shown)]
    if (equal := _EQUAL.search(text)) is not None:
        return [_difference(message, equal, 0, "两侧小腿一样粗")]
    if (unknown := _NOT_MEASURED.search(text)) is not None:
        words = message.words(*unknown.span())
        note = "小腿周径差未测，请补充"
        return [Mention("calf_difference_cm", None, words, *unknown.span(), "undetermined", "cm", note)]
    return []


def _two_girths(text: str) -> re.Match[str] | None:
    """The girths of both calves: the side words are followed by girths only near a word for the place."""
    found: re.Match[str] | None = None
    for match in _SIDES.finditer(text):
        if match["first"].upper() == match["second"].upper():
            continue
        if found is not None:
            day = _ONLY_A_DAY.fullmatch(text, found.end(), match.start())
            # of a list by date the last counts, unless it runs backwards
            if day is not None and (
                day["now"] or _date(text, found.start()) <= (int(day["month"]), int(day["day"]))
            ):
                found = match
            continue
        places = list(_PLACE.finditer(text, max(0, match.start() - 24), match.end()))
        named = [place[0] for place in places if place[0] not in ("周径", "腿围")]
        if places and not (named and _THIGH.match(named[-1])):
            found = match
    return found or _PAIR.search(text)


def _date(text: str, end: int) -> tuple[int, int]:
    """Month and day of the date written last before ``end``."""
    days = [
        (int(day["month"]), int(day["day"]))
        for day in _DAY.finditer(text, max(0, end - 24), end)
        if day["day"]
    ]
    return days[-1] if days else (0, 0)


def _two_heights(message: Normalised) -> Mention | None:
    """The calves of the last row of a table that gives "髌上15/髌下10" for either side."""
    header = _BOTH_HEIGHTS.search(message.text)
    rows = list(_TWO_A_SIDE.finditer(message.text, header.end())) if header else []
    if header is None or not rows:
        return None
    row = max(enumerate(rows), key=lambda one: (_date(message.text, one[1].start()), one[0]))[1]
    calf = "2" if header["thigh"] else "1"
    difference = round(abs(float(row[f"a{calf}"]) - float(row[f"b{calf}"])), 2)
    note = f"{row[f'a{calf}']} − {row[f'b{calf}']} 相差 {numbers.show(difference)} cm"
    return _difference(message, row, difference, note)


def _difference(
    message: Normalised, match: re.Match[str], value: float, note: str | None, end: int | None = None
) -> Mention:
    span = (match.start(), end or match.end())
    words = message.words(*span)
    if value > 30:
        return Mention(
            "calf_difference_cm",
            None,
            words,
            *span,
            "rejected",
            "cm",
            f"小腿周径差 {numbers.show(value)} cm 不合常理（可接受 0～30 cm），请核对",
        )
    return Mention("calf_difference_cm", numbers.tidy(value), words, *span, "affirmed", "cm", note)


def _none_left(message: Normalised, match: re.Match[str]) -> Mention:
    """ "前天小腿还差3cm多，今天两边一样粗了"."""
    words = message.words(*match.span())
    return Mention("calf_swelling_over_3cm", False, words, *match.span(), "negated", "cm", GONE_NOTE)


def _bound(message: Normalised, match: re.Match[str], compare: str, value: float) -> list[Mention]:
    words = message.words(*match.span())
    field = _FIELD.match(message.text, match.end()) if value == LIMIT else None
    if compare in (">", "于", "大于", "超过") and field is not None:
        if field["no"] or field["minus"]:
            return [Mention("calf_swelling_over_3cm", False, words, *match.span(), "negated", "cm")]
        return [Mention("calf_swelling_over_3cm", None, words, *match.span(), "undetermined", "cm")]
    if compare in (">", "于", "大于", "超过", "多于", "不止") and value >= LIMIT:
        return [Mention("calf_swelling_over_3cm", True, words, *match.span(), "affirmed", "cm")]
    if (compare in ("<", "小于", "不足", "不到") and value <= LIMIT) or (
        compare in ("≤", "<=") and value <= LIMIT
    ):
        return [Mention("calf_swelling_over_3cm", False, words, *match.span(), "negated", "cm")]
    return [
        Mention(
            "calf_difference_cm",
            None,
            words,
            *match.span(),
            "undetermined",
            "cm",
            "只给出界限，请给出周径差的具体数值",
        )
    ]
