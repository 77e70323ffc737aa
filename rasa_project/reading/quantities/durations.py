"""How long prophylaxis and LMWH have been given."""

from __future__ import annotations

import re
from datetime import date

from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers

_N = rf"(?P<n>{numbers.ARABIC}|半|[一二两三四五六七八九十]{{1,4}})"
_UNIT = (
    r"(?P<unit>个半月|个多?月|月|年半|年|周|星期|天|日|d(?![a-z])|"
    r"months?|mo(?![a-z])|weeks?|w(?![a-z])|days?)"
)
_PREVENT = (
    r"(?:预防性?(?:抗凝|用药|治疗)?|抗凝预防|抗栓预防|血栓预防|vte预防|防血?栓|"
    r"防(?=[了着](?:有|都|快|将近|差不多)?\s*[\d一二两三四五六七八九十半])|prophylaxis)"
)
_DONE = (
    r"(?:已经?|用了|打了|吃了|吃|打|服了|满|共|持续|前后|加起来|总共|累计|至今|迄今|现已|使用|应用|服用|口服|坚持|用药|进行|治疗|一直|没[断停]过?|"
    r"(?:[截到至]|截至|截止|直到)(?:今[天日]?|现在|目前|昨[天日]|[本这上][周月]|这个月|上个月)(?:为止)?|整|正好|刚好|恰好|足足|[总共合]计|计(?!划)|算来|算起来|[,，]\s?(?:嗯|呃|哦|那个|我[看想][看想一下]*)(?=[,，])|坚持|每[日天]|抗凝|了|有|达|约|大约|大概|近|快|不足|不到|第|时间|疗程|为|用|[:：,，\s])"
)
_DOSE = (
    r"(?:(?:\d+(?:\.\d+)?\s*(?:mg|g|ml|iu|u|万?单位|毫克|片)|0\.1(?!\d))"
    r"(?:\s*(?:/|每)?\s*(?:[日天]\s*[一1]次|d(?![a-z])|日|天|qd|bid|qn))?)"
)
_EACH_DAY = r"每[日天]\s*(?:[一1两2]\s*[次片粒])?(?:\s*[一1]\s*[片粒])?"
_ASPIRIN = r"(?:阿[司斯]匹[林灵]|拜阿(?:司匹?[林灵]?)?|(?<![a-z])(?:asa|aspirin)(?![a-z]))(?:肠溶片)?"
_PROPHYLAXIS = (
    # Aspirin counted by the month is given for prevention: "每日口服阿司匹林100mg，共6个月".
    re.compile(
        rf"(?P<between>{_ASPIRIN})\s*(?:{_DOSE})?(?P<gap>[^,，。;\n\d停]{{0,6}})[,，]?\s*"
        rf"(?:(?:从|自)[^,，。;\n\d]{{1,10}}?(?:起|开始|(?=到现在|到今天|至今|到目前))|[(]?(?:开始于|始于|自|从)\s*[\d年月日./\-]{{4,12}}(?:起|开始)?)?"
        rf"(?P<lead>(?:[,，]?(?:已经?|总?共|服用|[吃用服]了|[吃用服](?=[\d一二两三四五六七八九十半快])|满|累计|至今|迄今|到现在|到今天|到目前|有|现已|坚持|约|近|快|合计|[总共合]计|一共))+)\s*"
        rf"(?:{_N}\s*(?P<more>多|余)?\s*(?P<unit>个月|月(?=余|多|有余|了)|m(?![a-z])|months?|mo(?![a-z]))|(?P<half>半)\s*(?P<year>年))",
        re.I,
    ),
    # So is a preventive dose of another: "拜瑞妥10mg吃了9个月", "apixaban 2.5 bid有8个月".
    re.compile(
        rf"(?P<between>(?P<preventive>(?:利伐沙班|拜瑞妥|(?<![a-z])(?:rivaroxaban|xarelto))(?:片)?\s*(?:10|十)(?![\d.])|"
        rf"(?:阿哌沙班|艾乐妥|(?<![a-z])(?:apixaban|eliquis))(?:片)?\s*2\.5)\s*(?:mg|毫克)?\s*(?:qd|bid|{_EACH_DAY})?)(?:[,，]?\s?(?:随餐|[早晚]?餐[中后前]|与餐同|饭后|睡前|晨起?|早上|晚上)[服吃]?用?)?\s*[,，(]?\s*(?P<since>(?:自|从)(?:[^,，。;\n\d]{{1,8}}|\s?\d[\d年月日.\-/]{{3,10}})(?:起|开始))?"
        rf"(?P<lead>(?:已经?|总?共|服用|口服|预防|[吃用服]了?|满|累计|至今|坚持|一直|有|到今天|到现在|整|[,，])*)\s*"
        rf"{_N}\s*(?P<more>多|余)?\s*(?P<unit>个月|月(?=\s*(?:[,，。;；)\n]|$))|m(?![a-z])|months?|mo(?![a-z]))",
        re.I,
    ),
    # "血栓预防一开始是克赛，…换的利伐沙班，前后加起来22个月": summed up over what was given
    re.compile(
        rf"{_PREVENT}(?:(?!至少|需|要|计划|建议|拟|应|打算)[^。;\n停]){{0,50}}?(?P<between>)[,，]?\s?(?:前前后后|前后|加起来|加一起|合起来|合计|总计|总共|一共|累计|算下来)"
        rf"(?P<lead>(?:加起来|加一起|一共|总共|差不多|大概|大约|约|已经?|也|都|有|是|了|用|吃|打|服)*)\s*"
        rf"{_N}\s*(?P<more>多|余)?\s*(?P<unit>个月|个半月|年半|年)",
        re.I,
    ),
    # "两年前就开始阿司匹林预防，一直没断"
    re.compile(
        rf"{_N}\s*(?P<more>多|余)?\s*(?P<unit>个半月|个月|年半|年)(?:以|之)?前(?P<between>)(?P<lead>(?:就|便|即|已经?|开始|起|服用|口服|[吃用服打])+)"
        rf"[^,，。;\n停]{{0,12}}?{_PREVENT}[^。;\n停]{{0,12}}?(?:至今|到现在|到今天|一直|没[断停]|未[断停]|没间断|未间断|持续)",
        re.I,
    ),
    # "已吃利伐沙班九个月", "抗凝已用7个月"
    re.compile(
        rf"(?P<between>)(?:(?<=已)|(?<=已经)|(?<=[吃服用]了))(?P<lead>[吃服用]?了?)(?P<preventive>利伐沙班|拜瑞妥|阿哌沙班|艾乐妥)(?:片)?\s*"
        rf"{_N}\s*(?P<more>多|余)?\s*(?P<unit>个月)",
    ),
    re.compile(
        rf"(?P<between>)(?P<preventive>抗凝)(?:药|治疗)?(?P<lead>(?:已经?)?[吃服用打]了?|已经?)\s*{_N}\s*(?P<more>多|余)?\s*(?P<unit>个月)",
    ),
    # "VRd 8个月预防 还要继续不"
    re.compile(
        rf"(?P<between>)(?P<lead>)(?<![\d.年满第]){_N}\s*(?P<more>多|余)?\s*(?P<unit>个月)的?(?:药物|抗凝|血栓|vte)?预防"
        r"(?=了|过了|[,，\s]*(?:还[要需用]|继续|接着|能不能停|可以停|能停))",
        re.I,
    ),
    # "预防一直是速碧林0.4ml，从诱导开始算8个月"
    re.compile(
        rf"{_PREVENT}(?P<between>[^。;\n]{{0,40}}?[,，]?从[^,，。;\n\d]{{1,8}}(?:开始|起))(?P<lead>{_DONE}|算|计|到现在|已)*\s*"
        rf"{_N}\s*(?P<more>多|余|来)?\s*{_UNIT}",
        re.I,
    ),
    # Aspirin counted by the month is given for prevention: "阿司匹林吃到第7个月".
    re.compile(
        rf"(?P<between>{_ASPIRIN})(?P<lead>[^,，。;\n\d]{{0,6}}(?:用|吃|服)?到)第\s*{_N}\s*(?P<more>多)?\s*(?P<unit>个月)"
    ),
    re.compile(
        rf"{_PREVENT}(?P<between>[^,。;\n\d半一二两三四五六七八九十]{{0,12}}?(?:(?:[,，][^,。;\n\d]{{0,8}}?)?{_DOSE}[^,。;\n\d半一二两三四五六七八九十]{{0,6}}?)?[,，]?{_DONE}*)(?P<lead>{_DONE}*)\s*第?\s*{_N}\s*(?P<more>多|余|来)?\s*{_UNIT}",
        re.I,
    ),
    re.compile(
        rf"(?P<between>)(?P<lead>已经?|用了|[吃服打]了|用|吃|打)\s*{_N}\s*(?P<more>多|余|来)?\s*{_UNIT}(?:多|余)?的?\s*,?(?:[^,。;\n]{{0,8}}){_PREVENT}",
        re.I,
    ),
)
_NOT_ELAPSED = re.compile(
    r"至少|需要?|计划|拟|应|建议|要|多久|再|最短|(?<![前术])后(?!续)|打算|准备|还(?![打在用继]|一直)|可|疗程为"
)
_ADVISED = re.compile(r"(?:建议|推荐|拟|计划|打算|准备)[^,，。;；\n]*$")
_TREATMENT = re.compile(r"治疗(?:剂)?量|复发|房颤")
# A preventive dose long after a clot, or for atrial fibrillation, prevents no first one.
_FOR_ANOTHER = re.compile(
    r"(?<![无没防评])(?<!否认)(?<!没有)(?<!未见)(?<!未发生)(?<!未发现)(?:dvt|vte|肺栓塞|血栓(?!预防|风险|评估|史?[:(（]?[无没-])|栓塞|房颤(?!\s*[:(（]?\s*(?:没|无|-|否)))",
    re.I,
)
_WITH_THE_MYELOMA = re.compile(r"维持|诱导|确诊|化疗|初治")
# Aspirin for the coronary arteries or after a stroke is older than the prevention, and another thing.
_FOR_THE_ARTERIES = re.compile(
    r"(?<![无没])(?<!否认)(?<!没有)(?<!未见)(?:冠心病|冠脉|支架|心梗|心肌梗[死塞]|脑梗|脑卒中|中风|搭桥|颈动脉|房颤)(?!\s*[:(（]?\s*(?:没|无|-|否))"
)
_ORDERED = re.compile(r"\d")
_ALMOST = re.compile(r"近|快|不足|不到|将近")
_LMWH = (
    r"(?:低分子(?:量?肝素)?[钠钙]?|依诺(?:肝素)?钠?|克赛|(?<!磺)达(?:特)?肝素?钠?(?!癸)|那[屈曲](?:肝素)?钙?|法安明|速[碧避][林凝]|"
    r"(?<![a-z])(?:lmwhs?|enox(?:aparin)?|clexane|lovenox|dalteparin|fragmin|nadroparin|fraxiparine)(?![a-z])|(?<![普通无])肝素(?!封管|帽|冲管|盐水|钠?封))"
)
_LMWH_DAYS = re.compile(
    rf"{_LMWH}(?P<between>[^,。;\n]{{0,30}}?(?:[,，]\s*[^,，。;\n\d]{{0,8}}?){{0,2}}\s*)(?P<lead>第|已[打用]第|已经?(?:用|打|注射|使用|应用|皮下注射|抗凝|治疗)?(?:了|满|至?第)?|连?[用打]了|[用打][满够足到](?:第|今[天日]|现在|目前|了)*|注射了|(?:使用|应用|抗凝|治疗|用药|给药|皮下注射|注射)(?=\s*\d)|连用|共|×|x|(?<![a-z])d(?:ay)?(?=\s*\d)|q12h|bid|qd|q24h|每日[一两二12]次)\s*[,，(]?\s*"
    rf"{_N}\s*(?P<more>多|余)?\s*(?P<unit>(?<=第[1一])针|个月|周|星期|礼拜|天|日|d(?![a-z]))?",
    re.I,
)
_LMWH_BEFORE = re.compile(
    rf"(?P<lead>打了|用了|已经?(?:打|用|注射)?了?)\s*{_N}\s*(?P<unit>天|日|周|d(?![a-z]))的?\s*(?:{_LMWH})",
    re.I,
)
# "法安明5000U皮下，从11月1日首针算起今天是第6天", "打低分子肝素6天了"
_SINCE_FIRST = re.compile(
    rf"{_LMWH}(?P<between>[^。;\n]{{0,30}}?(?:首针|首剂|第一[针剂]|首次)[^,，。;\n\d]{{0,8}})(?P<lead>第)\s*{_N}\s*(?P<unit>天|日)",
    re.I,
)
_GIVEN = re.compile(rf"(?P<lead>[打用])(?:着)?{_LMWH}\s*{_N}\s*(?P<unit>天|日)(?=了|[,，。;\n]|$)", re.I)
# "低分子肝素皮下注射三天了": counted up to now
_BY_NOW = re.compile(
    rf"{_LMWH}(?P<between>[^,，。;\n\d]{{0,8}}?)(?P<lead>(?:皮下)?(?:注射|使用|应用|打|用))\s*{_N}\s*(?P<more>多|余|来)?\s*"
    r"(?P<unit>天|日|周|个?星期|个?礼拜)(?=多?了)",
    re.I,
)
# "达肝素5000U qd，8号开始，至今天16号为第9天": which day today is
_DAY_OF_TODAY = re.compile(
    rf"{_LMWH}(?P<between>[^。;\n]{{0,60}}?[,，、(\s](?:[截到至]|截至|截止)?(?:今[天日]?|目前)\s?(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])?)"
    rf"(?P<lead>[,，\s]*(?:已经?|正好|刚好|就|应|计|算|为|是|系)*第)\s*{_N}\s*(?P<unit>天|日)",
    re.I,
)
# "依诺 x 10d", whose "x" has become a blank with the English
_AFTER_BLANK = re.compile(
    rf"{_LMWH}(?P<between>(?:\s*(?:{_DOSE}|qd|bid|q12h|q24h|sc|ih))*)(?P<lead>\s)\s*{_N}(?P<unit>天)(?=\s*(?:[,，。;；)\n]|$))",
    re.I,
)
# "打了两周换的利伐沙班": of what another took the place of no days are counted
_GIVEN_UP = re.compile(
    r"(?:多|余|左右)?了?[^,，。;；\n]{0,8}?(?:[改换转](?!药|了?华法)[^,，。;；\n华]{0,5}(?:沙班|拜瑞妥|达比加群|艾乐妥|阿司匹林)|停了|已停|停用)"
)
# "抗凝第9天，依诺肝素60mg bid一直打着"
_ANTICOAGULATED = re.compile(
    rf"(?P<lead>抗凝(?:治疗)?已?经?第)\s*{_N}\s*(?P<unit>天|日)[,，、:]\s*(?:予|用|打|仍|一直|目前|现)*{_LMWH}"
)
# "建议达肝素5000U q12h，至少5天后过渡口服药，目前已用2天": what has been given, whatever is advised
_GIVEN_BY_NOW = re.compile(
    rf"{_LMWH}(?P<between>[^。;\n]{{0,50}}?[,，]\s?)(?P<lead>(?:目前|现|至今|今[日天]?|到今天)*已经?(?:打|用|注射|给药?|使用)(?:了|满|至?第)*)\s?"
    rf"{_N}\s*(?P<unit>天|日)"
)
_CHANGED = re.compile(r"改|换|转为|→|->|停")  # counts what came after
_DAYS = {"个月": 30, "周": 7, "星期": 7, "礼拜": 7, "个星期": 7, "个礼拜": 7}


def _months(number: float, unit: str) -> float:
    unit = unit.lower()
    if unit == "m":
        return number
    if unit == "个半月":
        return number + 0.5
    if unit == "年半":
        return number * 12 + 6
    if unit == "年":
        return number * 12
    if unit in ("周", "星期", "w") or unit.startswith("week"):
        return number * 7 / 30.4
    if unit in ("天", "日", "d") or unit.startswith("day"):
        return number / 30.4
    return number


def read_prophylaxis_months(message: Normalised, today: date) -> list[Mention]:
    """``months_on_prophylaxis`` from "预防抗凝已8个月"; never a planned or recommended length."""
    text = message.text
    for pattern in _PROPHYLAXIS:
        for match in pattern.finditer(text):
            words = match["between"] + (match.groupdict().get("gap") or "") + match["lead"]
            after = text[match.end() : match.end() + 2]
            begun = _WITH_THE_MYELOMA.search(match.groupdict().get("since") or "")
            if match.groupdict().get("preventive") and not begun and _FOR_ANOTHER.search(text):
                continue
            if re.match(_ASPIRIN, match["between"], re.I) and _FOR_THE_ARTERIES.search(text):
                continue
            if _NOT_ELAPSED.search(words) or _TREATMENT.search(words) or re.match(r"前|以?内|[?吗]", after):
                continue
            before = text[max(0, match.start() - 14) : match.start()]
            if _NOT_ELAPSED.search(before[-4:]) or _ADVISED.search(before):
                continue
            half = match.groupdict().get("half")
            amount, unit = (half, match["year"]) if half else (match["n"], match["unit"])
            number = numbers.parse(amount)
            if number is None or (_ORDERED.search(words) and unit in ("天", "日")):
                continue  # "预防：依诺肝素20 mg qd，第9天" tells the days of that drug
            months = round(_months(number, unit), 1)
            span = match.span()
            exact = message.words(*span)
            if months > 600:
                return [
                    Mention(
                        "months_on_prophylaxis",
                        None,
                        exact,
                        *span,
                        "rejected",
                        "月",
                        "预防时间不合常理，请核对",
                    )
                ]
            if _ALMOST.search(words):
                return [
                    Mention(
                        "months_on_prophylaxis",
                        None,
                        exact,
                        *span,
                        "undetermined",
                        "月",
                        f"接近但不到 {numbers.show(months)} 个月，请给出已预防的月数",
                    )
                ]
            note = (
                None
                if unit in ("个月", "月") and amount[0].isdigit()
                else f"{amount}{unit} = {numbers.show(months)} 个月"
            )
            return [
                Mention("months_on_prophylaxis", numbers.tidy(months), exact, *span, "affirmed", "月", note)
            ]
    return []


def read_lmwh_days(message: Normalised) -> list[Mention]:
    """``lmwh_days`` from "低分子肝素第5天", "依诺肝素60mg q12h，已打5天"."""
    text = message.text
    for pattern in (
        *(_SINCE_FIRST, _GIVEN_BY_NOW, _GIVEN, _BY_NOW, _LMWH_DAYS, _LMWH_BEFORE, _ANTICOAGULATED),
        *(_DAY_OF_TODAY, _AFTER_BLANK),
    ):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            unit = groups.get("unit")
            marked_day = (match["lead"] or "").strip().lower() in ("d", "day")
            between = groups.get("between") or ""
            counted = pattern is _GIVEN_BY_NOW
            planned = _NOT_ELAPSED.search(between) is not None
            if (unit is None and not marked_day) or (planned and not counted):
                continue
            if _CHANGED.search(between) and not planned:
                continue
            if not counted and _ADVISED.search(text[max(0, match.start() - 14) : match.start()]):
                continue
            # "4000U bid，六周后复查": when it was looked at again; "预防打满6个月" counts prevention
            if text.startswith("后", match.end()) or (unit == "个月" and "预防" in match[0]):
                continue
            if _GIVEN_UP.match(text, match.end()):
                continue
            number = numbers.parse(match["n"])
            if number is None:
                continue
            days = number * _DAYS.get((unit or "").lower(), 1)
            note = f"{match['n']}{unit} = {numbers.show(days)} 天" if days != number else None
            if days > 3650:
                continue
            return [
                Mention(
                    "lmwh_days",
                    numbers.tidy(days),
                    message.words(*match.span()),
                    *match.span(),
                    "affirmed",
                    "天",
                    note,
                )
            ]
    return []
