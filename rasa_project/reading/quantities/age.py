"""Age in completed years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rasa_project.reading.clauses import (
    KIN_AS_CALLED,
    about_relative,
    about_relative_told,
    asks,
    clause_before,
)
from rasa_project.reading.context.retraction import MISTAKE, WITHDRAWN_NOTE, retraction
from rasa_project.reading.lexicon import load
from rasa_project.reading.mention import Mention, Status
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers, timeline

LOW, HIGH = 18, 120
# Completed years at which a score changes (tables 5 and 6).
_LIMITS = (40, 60, 76, 85)

_SURNAMES = load("people")["surnames"]
_N = r"(?P<n>\d{1,3}(?:\.\d+)?|[一二三四五六七八九十百零]{2,5}+(?:有[一二三四五六七八九])?)"
# What would make a bare number after "男"/"女" something other than an age.
_NOT_AGE = (
    r"(?!\d|\.\d|\s*(?:kg|㎏|公斤|千克|斤|cm|厘米|公分|m(?![a-z])|米|次|(?-i:mm)|mg|g|ml|/\s*\d|年|个月|月|周|天|日|d(?![a-z])|%|"
    r"×|x\d|\*|℃|度|床|号|单位|[uμ]|人|例|名|\+|多(?!发)|余|几|-\d|~|分))"
)
_LABEL = (
    r"(?:年龄(?:\s?[(]岁[)])?|(?:(?<![\d\s半])|(?<=虚岁\d\d)|(?<=虚岁\d\d[岁\s,，]))[周实足]岁|"
    r"年纪|岁数|(?<![a-z])age(?![a-z]))\s*"
)
_PATTERNS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_LABEL}(?:约|大约|为|是|已|达|[:=|]|\s|{timeline.CORRECTED}|应该?|(?:{MISTAKE}|有误|不对|错了)[,，]?|不是\s*\d{{1,3}}\s*岁?\s*[,，]?\s*而?(?=是))*{_N}{_NOT_AGE}(?:\s*(?:周?岁|y(?![a-z])))?",
        rf"(?<![\d.~\-+])(?<!\d\n){_N}\s*(?:周)?岁",
        # "年纪大（83）", "岁数大了八十一"
        rf"(?:年纪|年龄|岁数)(?:比较|也|较)?大了?\s*[(,，]?\s*{_N}{_NOT_AGE}(?=\s*(?:岁|了|[),，。;]|$))",
        rf"(?<![\d.a-z\-]){_N}\s*-?(?:y\s*/\s*o|yo|yrs?|y|years?[\s\-]*olds?|years?)(?![a-z])",
        rf"(?<![a-z])(?:male|female|man|woman|[fm])\s*[/,，、:\- ]{{0,2}}\s*"
        rf"(?P<n>\d{{2,3}}){_NOT_AGE}(?![a-z])",
        r"(?<![\d.a-z/~\-])(?P<n>\d{2,3})\s*[/,，、 ]?\s*(?:male|female|[fm])(?![a-z蛋\-峰带\d/])",
        rf"[男女](?:性|的)?(?:患者|病人)?\s*[,，、:/;(\[ ]{{0,2}}\s*{_N}{_NOT_AGE}",
        r"(?:(?<=^)|(?<=[^\d.~/\-:a-z×x*])|(?<=\D[:]))"
        r"(?P<n>\d{2,3})[ \t]*[,，、/ ]?[ \t]*(?=[男女](?:性|[^儿婿友孙科]|$))",
        # "女/55/60kg/160cm"
        r"(?:[男女]|(?<![a-z])[fm])\s*/\s*(?P<n>\d{2,3})(?=\s*/\s*\d{2,3}(?:\.\d+)?\s*(?:kg|公斤|斤|cm|厘米|/\s*\d{2}))",
        # "我爸今年七十六了": laypeople leave 岁 out.
        rf"(?:今年|现年)\s*(?:都|已经?|是|刚|满|整|实足|足足?)*\s*{_N}{_NOT_AGE}(?=\s*(?:了|啦|咯|喽|[,，;。!！男女]|$))",
        rf"(?:患者|病人)\s*{_N}\s*(?=[,，、;。]|$|[男女])",
        rf"高龄\s?(?P<n>\d{{2,3}}){_NOT_AGE}(?=\s|[,，。;]|$)",
        # "黄女士，年五十四", "江先生 66 骨髓瘤", "我爸骨髓瘤，七十了"
        rf"(?<![一-龥\d])年(?:方|已|满|及)?\s*{_N}(?:岁)?(?=\s*(?:[,，。;]|$))",
        rf"[{_SURNAMES}][一-龥]?(?:先生|女士|小姐|太太)[,，\s]{{1,2}}"
        rf"(?P<n>\d{{2}}){_NOT_AGE}(?=\s*(?:[,，。;]|$)| )",
        r"(?:骨髓瘤|(?<![a-z])mm|病人|患者|爸|妈|爷|奶|老人家?|[他她])"
        r"[,，]\s*(?:都|已经?|今年)*(?P<n>\d{2}|[三四五六七八九]十[一二三四五六七八九]?)(?:岁)?了(?=[,，。;]|$)",
        # "先生姓陈，七十有六"
        r"(?:^|(?<=[,，。;；、\s太子人爷爸妈他她年]))(?P<n>[二三四五六七八九]十有[一二三四五六七八九])(?=\s?岁|了|[,，。;；\s]|$)",
        # "老太太八十六", "我爸78了", "她七十二"
        rf"(?:老太太?|老爷子|老头[子儿]?|老人家?|大爷|大妈|阿姨|小伙子?|病人|患者|[他她我]|{KIN_AS_CALLED})"
        r"(?:今年|现在|已经?|都|是|有|满|才|刚|又|也)*\s*(?P<n>\d{2,3}(?![\d.])|[二三四五六七八九]十[一二三四五六七八九]?)"
        rf"{_NOT_AGE}(?=\s*(?:了|啦|咯|喽|[,，、;。!！男女]|$)| (?=[\u4e00-\u9fff])|(?=爸|妈|[父母]亲))",
    )
)
# A number alone beside the disease or its regimen, in shorthand: "65 NDMM Rd", "NDMM 70 VRd".
_MYELOMA = (
    r"(?:(?:(?:nd|rr|r/r)mm|(?-i:MM))(?![a-z])|(?:新诊断|初诊|复发)?的?(?:多发性?)?骨髓瘤|多骨|"
    r"(?:d-?|dara-?|isa-?)?[vkipt]?-?[rtcpk]d(?![a-z])|vmp(?![a-z])|pad(?![a-z]))"
)
_BESIDE_MYELOMA = re.compile(
    rf"(?:^\s*(?P<first>[3-9]\d)\s(?={_MYELOMA})|"
    rf"(?<![a-z])(?:(?:nd|rr|r/r)mm|(?-i:MM))\s(?P<then>[3-9]\d)(?=\s(?:{_MYELOMA}|[男女])))",
    re.I,
)
_LABEL_ALONE = re.compile("年龄|岁数")
_BIRTH = (
    re.compile(
        r"(?:出生(?:日期|年月日?|于|时间|年份?)?|生于|生日|(?<![a-z])(?:dob|born(?: in)?)(?![a-z]))"
        r"\s*(?:为|是|[:=])?\s*"
        r"(?P<y>(?:1[89]|20)\d{2})(?:\s*[-/.年]\s*(?P<m>\d{1,2})(?:\s*[-/.月]\s*(?P<d>\d{1,2}))?)?\s*(?:年|月|日|号)?",
        re.I,
    ),
    re.compile(
        r"(?<!\d)(?P<y>(?:1[89]|20)\d{2})(?:\s*[-/.年]\s*(?P<m>\d{1,2})(?:\s*[-/.月]\s*(?P<d>\d{1,2}))?)?\s*(?:年|月|日|号)?\s*"
        r"(?:份)?(?:出生|生人|生(?![化长活理殖命存物成]))"
    ),
    re.compile(r"(?<!\d)(?P<y>[2-9]\d)\s*年\s*(?:出生|生人|生(?![化长活理殖命存物成]))"),
)
_VAGUE = re.compile(
    r"(?:(?:年?已?(?:过|逾|近|届)|年近|年届)\s*[一二三四五六七八九]?(?:十|旬|[六七八九]旬)|[六七八九]旬|花甲|古稀|耄耋|"
    r"(?<![\d第])[二三四五六七八九]十\s*(?:多|几|余|来|好几)\s*(?:岁|(?=[,，。;\s男女老]|$))|"
    r"(?<!\d)\d0\s*(?:多|几|余|来|\+)\s*岁|(?<!\d)[3-9]0后(?!续)|"
    r"[五六七八九]十(?:出头|上下|开外))(?:高龄)?(?:岁)?"
)
_VAGUE_CONTEXT = re.compile(r"岁|旬|花甲|古稀|耄耋|后|高龄|患者|病人|男|女")
_NOMINAL = re.compile(
    r"虚岁\s*(?:为|是|[:=])?\s*[\d一二三四五六七八九十]{2,5}\s*岁?|[\d一二三四五六七八九十]{2,5}\s*岁?\s*[(]?虚岁[)]?(?!\s*[\d一二三四五六七八九])"
)
_RANGE = re.compile(
    r"(?:快|将近|接近)\s*(?:到|满)?\s*\d{2,3}\s*岁|(?P<n>\d{2,3})\s*(?:岁)?\s*(?:-|~|到|至)\s*\d{2,3}\s*(?:周)?岁|(?:[<>≤≥]=?|大于|小于|超过|高于|低于|不到|未满|不足)\s*\d{2,3}\s*(?:周)?岁|"
    r"年龄\s*(?:[<>≤≥]=?|大于|小于|超过|不到|未满|不足)\s*\d{2,3}(?:\s*(?:-|~)\s*\d{2,3})?|(?<!\d)\d{2,3}\s*(?:周)?岁\s*(?:以上|以下|及以上)|年龄\s*[:为是]?\s*\d{2,3}\s*(?:\+|多|余|几)|"
    r"(?<!\d)\d{2,3}\s*(?:\+|多|余)\s*(?:岁(?=[,，。;\s男女]|$)|(?=的?\s*(?:男|女|老人|大爷|阿姨)))"
)
_PAST_AFTER = re.compile(
    r"[ \t]*(?:时|那年|起|开始|前|后(?!续)|起病|发病|确诊|诊断|患病?(?!者)|得病(?!的是)|得过|"
    r"结婚|初潮|绝经|去世|死|病故|生育|退休|手术)(?!\s*:)"
)
_PAST_BEFORE = re.compile(
    r"(?:床|住院|门诊|病案|编)号\s*:?\s*$|(?:确诊|首诊|初诊|诊断|发病|起病|患病|得病|移植|手术|当时|查出)(?:时|年龄|的?时候|那年|当时|病)+[为是:\s年龄]*$|(?:不是|并非|(?<![是])非|病史(?!\s*:)|于|从|自|曾在|(?<!现)在|初潮|月经|绝经|结婚|育龄|享年|终年|卒年)\s*[:年龄]*$"
)
_ABOUT = re.compile(r"(?:约|大约|大概|估计|可能|差不多)\s*$")
_ABOUT_AFTER = re.compile(r"\s*(?:左右|上下)")


_LIMIT = re.compile(r"[<>≤≥]=?\s*\d?$")
_RULE = re.compile(r"\s*(?:者|减|改|用|给|慎|应|可|时)")


_AGE_THEN = re.compile(
    r"(?:的?时候?|那年|那会儿?)?[^,，。;；\n]{0,14}?(?:[得患有做出发生动开栓断住查]+过|时候?[得患查做])"
)
_YEARS = re.compile(r"岁|年龄|y", re.IGNORECASE)
_LABELLED = re.compile(r"年龄\s*:\s*$")
_OTHER_VALUE = re.compile(
    r"(?:(?<![a-z])(?:plt|e?gfr|ccr|crcl|s?cr|inr|hb|hgb|wbc|hr|wt|ht|bmi|alb)|血小板|肌酐|滤过率|清除率|血红蛋白|白细胞|M蛋白|"
    r"体重|身高|心率|脉搏|国际标准化比值)\s*[:：=]?\s*$",
    re.IGNORECASE,
)
_VALUE_BEFORE = re.compile(
    r"(?:血小板|肌酐|心率|体重|(?<![a-z])(?:plt|hr|cr|inr))[\s:：是为]?"
    r"\d[^,，。;；\n]{0,8}[,，]\s?(?:患者|病人)\s?$",
    re.I,
)
_CHILD_BEFORE = re.compile(r"(?:[一二两三四五个长次幼独]|其)[子女]\s*$")
_MENSES = re.compile(r"月经|初潮")
_ONLY_NOW = re.compile(r"\s*(?:现在?|今年|目前|现年)\s*(?:已经?|都|是)?")
_PRESENT = re.compile(r"(?:现(?!病)|今年|目前|当前|如今)[^,，。;；\d]{0,4}$")


def _valid(text: str, start: int, end: int) -> bool:
    if about_relative(text, start):
        return False
    lead = clause_before(text, start)
    if _ONLY_NOW.fullmatch(lead) and about_relative_told(text, start - len(lead)):
        return False  # "哥哥66岁得肺栓塞，现在75岁"
    if _CHILD_BEFORE.search(lead) or _MENSES.search(lead):
        return False
    if _LIMIT.search(text[max(0, start - 3) : start + 1]) and _RULE.match(text, end):
        return False  # "(>75岁减为20mg)" is a rule, not this patient's age
    if _OTHER_VALUE.search(lead):
        return False  # "eGFR 69 女", "体重80 男"
    if lead.strip() in ("患者", "病人") and _VALUE_BEFORE.search(text, max(0, start - 30), start):
        return False  # "家属心率120，患者82"
    after = _PAST_AFTER.match(text, end)
    if after is not None and after[0][:1] in " \t" and _LABELLED.search(lead):
        after = None  # "年龄:45 岁 诊断 MM", the fields of a form
    return after is None and _PAST_BEFORE.search(lead) is None


# "下个月才满75周岁", "还差两个月满65", "再过半年就80了"
_MONTHS = r"(?:半|[一二两三四五六七八九十\d]{1,2}|十[一二]|几|多)个?多?(?:年|月|周|天|星期)"
_NOT_YET = re.compile(
    rf"(?:(?P<year>明年)|下下?个?月|下[周星期礼拜]+|明天|月底|(?:还|只|就)*差\s?{_MONTHS}|(?:还|再)[有过等]\s?{_MONTHS})[^,，。;；\d]{{0,6}}?"
    r"(?:(?:周岁)?(?:满|到|够)|是?(?:周岁)?生日[^,，。;；\d]{0,4}|就|才|要|将|便|进入)+[是到满]?\s?(?P<n>\d{2,3}|[二三四五六七八九]十[一二三四五六七八九]?)"
    r"(?![\d.])\s?(?:周?岁|(?=了?\s?(?:啦|[,，。;；\n]|$)))"
)


def _not_yet(message: Normalised, match: re.Match[str]) -> Mention:
    """The age that is only reached on a day to come: completed years are one less."""
    years = int(numbers.parse(match["n"]) or 0) - 1
    words = match[0].strip()
    if match["year"] or not LOW <= years <= HIGH:
        return _mention(message, *match.span(), None, "undetermined", f"“{words}”，请给出现在的周岁")
    return _mention(message, *match.span(), years, "affirmed", f"“{words}”，现 {years} 周岁")


def _mention(
    message: Normalised,
    start: int,
    end: int,
    value: int | None,
    status: Status,
    note: str | None,
    confirm: bool = False,
) -> Mention:
    return Mention("age_years", value, message.words(start, end), start, end, status, "岁", note, confirm)


def _born(message: Normalised, match: re.Match[str], today: date) -> Mention:
    groups = match.groupdict()
    year = int(groups["y"]) if len(groups["y"]) == 4 else 1900 + int(groups["y"])
    month, day = int(groups.get("m") or 0), int(groups.get("d") or 0)
    years = today.year - year
    start, end = match.span()
    if not 0 < years <= HIGH or month > 12 or day > 31:
        return _mention(message, start, end, None, "rejected", f"出生年份 {year} 不合常理，请核对")
    if month and (month, day or today.day) > (today.month, today.day):
        years -= 1
    if years < LOW:
        return _mention(
            message, start, end, None, "rejected", f"按出生日期推算 {years} 岁，超出 {LOW}～{HIGH} 岁，请核对"
        )
    if month:
        return _mention(message, start, end, years, "affirmed", f"按出生年月推算：{years} 周岁")
    if years in _LIMITS:
        return _mention(
            message,
            start,
            end,
            None,
            "undetermined",
            f"{year} 年出生，现 {years - 1} 或 {years} 周岁，恰在评分界线上，请给出周岁",
        )
    return _mention(
        message, start, end, years, "affirmed", f"{year} 年出生，按 {years} 岁计（生日未到则 {years - 1} 岁）"
    )


def _candidates(message: Normalised, today: date) -> Iterator[Mention]:
    text = message.text
    for birth in _BIRTH:
        for match in birth.finditer(text):
            if not about_relative(text, match.start()):
                yield _born(message, match, today)
    for match in _NOT_YET.finditer(text):
        if not about_relative(text, match.start()) and not asks(text, *match.span()):
            yield _not_yet(message, match)
    for match in _NOMINAL.finditer(text):
        if not about_relative(text, match.start()):
            yield _mention(message, *match.span(), None, "undetermined", "虚岁比周岁大 1～2 岁，请给出周岁")
    for pattern, note in ((_RANGE, "只给出年龄范围，请给出周岁"), (_VAGUE, "年龄不确切，请给出周岁")):
        for match in pattern.finditer(text):
            near = text[max(0, match.start() - 6) : match.end() + 4]
            if pattern is _VAGUE and not _VAGUE_CONTEXT.search(near):
                continue
            if _AGE_THEN.match(text, match.end()):
                continue  # "三十多岁坐飞机后得过肺栓塞"
            if _valid(text, *match.span()) and not asks(text, *match.span()):
                yield _mention(message, *match.span(), None, "undetermined", note)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            years = numbers.parse(match["n"].replace("有", ""))  # "五十有六"
            start, end = match.span()
            if years is None or not _valid(text, match.start("n"), end):
                continue
            whole = int(years)
            if not LOW <= whole <= HIGH:
                # "男，5" without "岁" is an item number, not a child.
                if "岁" in match[0] or "年龄" in match[0]:
                    yield _mention(
                        message,
                        start,
                        end,
                        None,
                        "rejected",
                        f"年龄 {numbers.show(years)} 超出 {LOW}～{HIGH} 岁，请核对",
                    )
                continue
            about = bool(
                _ABOUT.search(clause_before(text, start)) or _ABOUT_AFTER.match(text, end) or "约" in match[0]
            )
            remark: str | None = "约数，请确认周岁" if about else None
            if not match["n"][0].isdigit():
                remark = f"{match['n']} = {whole}" + (f"；{remark}" if remark else "")
            yield _mention(message, start, end, whole, "affirmed", remark, about)
    for match in _BESIDE_MYELOMA.finditer(text):
        group = "first" if match["first"] else "then"
        yield _mention(message, *match.span(group), int(match[group]), "affirmed", "按年龄理解，请核对")
    for label in _LABEL_ALONE.finditer(text):
        if retraction(text, *label.span()) is not None:
            yield _mention(message, *label.span(), None, "undetermined", WITHDRAWN_NOTE)


def _up_to_number(text: str, mention: Mention) -> str:
    """The words of the clause before the number of an age."""
    number = re.search(r"[\d一二三四五六七八九十百]", mention.text)
    return clause_before(text, mention.start + (number.start() if number else 0))


def read_age(message: Normalised, today: date) -> list[Mention]:
    """The patient's age; never a relative's, nor an age at which something happened."""
    kept: list[Mention] = []
    # "75岁以上算几分": what is asked of a class of patients
    # "75岁以上应减": a rule, of nobody in particular
    asked = [
        limit.span()
        for limit in _RANGE.finditer(message.text)
        if asks(message.text, *limit.span()) or _RULE.match(message.text, limit.end())
    ]
    for mention in _candidates(message, today):
        if any(mention.start < end and start < mention.end for start, end in asked):
            continue
        if any(mention.start < other.end and other.start < mention.end for other in kept):
            continue
        if any(mention.value == other.value and mention.status == other.status for other in kept):
            continue
        kept.append(mention)
    present = [
        mention
        for mention in kept
        if mention.status == "affirmed" and _PRESENT.search(_up_to_number(message.text, mention))
    ]
    if present:
        return present  # "首诊66岁，今年68岁"
    said = [mention for mention in kept if mention.status == "affirmed" and _YEARS.search(mention.text)]
    if said and all(mention.status == "affirmed" for mention in kept):
        return said  # "急救120 男 77岁"
    if any(mention.status == "affirmed" for mention in kept):
        kept = [mention for mention in kept if mention.status != "undetermined" or "虚岁" in mention.text]
        if any("虚岁" in mention.text for mention in kept):
            kept = [mention for mention in kept if mention.status == "affirmed"]
    return kept
