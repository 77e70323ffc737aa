"""Dexamethasone per cycle, worked out from the schedule as written (decision A12)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasa_project.reading.drug_names import find_drugs
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers
from rasa_project.reading.regimens import find_regimens
from rasa_project.reading.usage import Named, mask, usage

NAME = re.compile(
    r"地塞米松(?:片|磷酸钠|注射液)?|地米|氟美松|(?<![a-z])(?:dexamethasone|dexa?|dxm)(?![a-z])", re.I
)
LOCAL = re.compile(r"封闭|滴眼|眼膏|玻璃体|外用|雾化|灌肠|含漱|漱口|鞘内|关节腔|局部|湿敷|植入")
_OTHER_DRUG = re.compile(
    r"来那度胺|沙利度胺|泊马度胺|硼替佐米|卡非佐米|伊沙佐米|达雷妥尤|环磷酰胺|美法仑|多柔比星|阿霉素|塞利尼索|泼尼松|"
    r"依诺肝素|利伐沙班|阿司匹林|华法林|肝素|沙班|度胺|佐米|万珂|"
    r"(?<![a-z])(?:btz|bortezomib|lenalidomide|len|thal|pom|dara|cfz|ctx|plt|inr|egfr|hb)(?![a-z])|血小板|肌酐|体重|心率|年龄",
    re.I,
)
_STOP = re.compile(r"[。;；\n!?？！]")
# After a comma only a schedule goes on about this drug: "40mg qw，发热3天" is not three doses.
_NEW_SUBJECT = re.compile(
    r"[,，、](?!\s*(?:d?\s*\d|第|每|连|共|总|及|和|停|周|隔|q\s*\d*[wdh]|biw|bid|qd|weekly|[一二两三四五六]|静|口服|po|iv|用\s*\d|合计|累计|疗程))",
    re.I,
)
_DOSE = re.compile(
    r"(?<![\d.a-z/\-])(?P<dose>\d+(?:\.\d+)?)\s*(?P<unit>mg|毫克|㎎|g(?![a-z/])|克)?\s*(?P<area>/\s*(?:m\s*[2²]|㎡|kg))?",
    re.I,
)
_TABLET = re.compile(
    r"(?P<mg>0?\.75|1\.5)\s*(?:mg|毫克)?\s*(?:/\s*片)?\s*(?:[)×x*,，]|\s)*\s*(?P<n>\d{1,3}|[一二两三四五六七八九十]+)\s*(?:片|粒|tabs?)|"
    r"(?P<n2>\d{1,3}|[一二两三四五六七八九十]+)\s*(?:片|粒|tabs?)\s*(?:[(（每]\s*(?:每片)?\s*(?P<mg2>0?\.75|1\.5)\s*(?:mg|毫克)?(?:\s*/\s*片)?\s*[)）]?)?",
    re.I,
)
_LIST_ITEM = r"\d{1,2}(?:\s*[-~至到]\s*(?:d|D)?\s*\d{1,2})?"
_DAYS = re.compile(
    rf"(?<![a-z])(?:d(?:ays?)?\.?\s*|第\s*)(?P<list>{_LIST_ITEM}(?:\s*[,，、/和及与.\s]\s*(?:及|和)?\s*(?:第|d)?\s*{_LIST_ITEM}(?![\d.]*\s*(?:mg|毫克|%|岁)))*)\s*(?:天|日|d(?![a-z]))?|"
    rf"(?<![\d.a-z])(?P<list2>{_LIST_ITEM}(?:\s*[,，、]\s*{_LIST_ITEM}(?!\s*mg))+)\s*(?:天|日|d(?![a-z]))",
    re.I,
)
_TIMES = re.compile(
    r"(?:[×x*]|共|连用|连续|连|用|服)\s*(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?P<unit>天|日|d(?![a-z])|次|周|w(?![a-z])|剂)|"
    r"[×x*]\s*(?P<bare>\d{1,2})(?![\d.])(?!\s*(?:mg|片|周期|疗程|个))|"
    r"(?<![第\d.a-z日天周每])(?P<n2>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?P<unit2>天|次)(?!\s*(?:前|内|后|/\s*(?:天|日|周|d)|为?[1一]?个?(?:周期|疗程)|一?周期|方案))",
    re.I,
)
_WEEKLY_TWICE = re.compile(
    r"(?<![a-z])biw(?![a-z])|(?:每|一)周\s*(?:[2两二]\s*(?:次|天|日)|周?[一二三四五六日]\s*[、,，和及/]\s*周?[一二三四五六日])",
    re.I,
)
_BIWEEKLY = re.compile(r"(?<![a-z])q2w(?![a-z])|每\s*(?:2|两|二)\s*周|隔周", re.I)
_WEEKLY = re.compile(
    r"(?<![a-z])(?:q\s*\.?\s*w|qwk|weekly|q1w|/\s*w(?:eek|k)?)(?![a-z])|/\s*周|每\s*1?\s*(?:周|星期)(?!期)\s*(?:[1一]\s*次|[一二三四五六日天](?!次))?|(?:一|1)\s*周\s*(?:1|一)\s*次|周(?:1|一)次",
    re.I,
)
_PER_DAY = re.compile(
    r"(?<![a-z])(?P<bid>bid|q12h)(?![a-z])|(?<![a-z])(?P<tid>tid|q8h)(?![a-z])|(?:每[日天]|一[日天]|/\s*[日天])\s*(?P<n>[2两二3三])\s*次",
    re.I,
)
_DAILY = re.compile(r"(?<![a-z])qd(?![a-z])|每[日天]|/\s*(?:d(?![a-z])|天|日)|(?<![a-z])q24h", re.I)
_CYCLE = re.compile(
    r"(?P<d>14|21|28|35|42)\s*(?:天|日|d(?![a-z]))\s*(?:为|是|/|一|1|的|每)*\s*(?:个)?\s*(?:周期|疗程|一?程|方案)|(?<![a-z])q\s*(?P<q>14|21|28|35)\s*d(?![a-z])|"
    r"(?:每|周期为?|疗程为?|周期[:=])\s*(?P<e>14|21|28|35)\s*(?:天|日|d)|(?P<w>[2-6]|[两二三四五六])\s*周\s*(?:为|是|/|一|1|的)*\s*(?:个)?\s*(?:周期|疗程|方案)|每\s*(?P<w2>[3-6]|[三四五六])\s*周\s*(?:为|重复|一|1)",
    re.I,
)
_THREE_OFF_ONE = re.compile(r"(?:用|服|打)\s*[3三]\s*周\s*[,，]?\s*停\s*[1一]\s*周")
_TOTAL = re.compile(
    r"(?:总量|总剂量|总共|总计|累计(?:剂量)?|累积剂量|合计|一共|共)\s*(?:地塞米松|dex)?\s*(?:[:=是为约达]|大约|\s)*(?P<compare>[<>≤≥]=?|大于|超过|小于|不到|低于|高于|不足)?\s*"
    r"(?P<a>\d+(?:\.\d+)?)\s*(?:(?:-|~|到|至)\s*(?P<upper>\d+(?:\.\d+)?)\s*)?(?:mg|毫克|㎎)|"
    r"(?:每|1|一)\s*个?\s*(?:周期|疗程|程|cycle)\s*(?:用|给|的|地塞米松|地米|dex|dxm|总量|剂量|总剂量|累计|共)*(?:[:=是为约达]|大约|\s)*(?P<compare2>[<>≤≥]=?|大于|超过|小于|不到|低于|高于|不足)?\s*"
    r"(?P<b>\d+(?:\.\d+)?)\s*(?:(?:-|~|到|至)\s*(?P<upper2>\d+(?:\.\d+)?)\s*)?(?:mg|毫克|㎎)|"
    r"(?P<c>\d+(?:\.\d+)?)\s*(?:mg|毫克|㎎)?\s*/\s*(?:每|一|1)?\s*个?\s*(?:周期|疗程|cycle|程)",
    re.I,
)
_JOINING = re.compile(r"(?:[\s,，:的给予用服约为是]|静滴|静注|静脉|口服|注射)*")
_CHINESE_DIGITS = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_WEEKS_ASSUMED = 4


@dataclass(frozen=True, slots=True)
class Part:
    """``dose`` mg given ``count`` times in a cycle."""

    dose: float
    count: int
    counted: str  # how the count reads: "4 次", "8 天"


def _days(listed: str) -> set[int]:
    days: set[int] = set()
    for item in re.finditer(r"(\d{1,2})(?:\s*[-~至到]\s*[dD]?\s*(\d{1,2}))?", listed):
        first, last = int(item[1]), int(item[2] or item[1])
        days.update(range(first, last + 1) if first <= last else (first, last))
    return days


def _cycle_weeks(text: str) -> tuple[int, bool]:
    """(weeks of a cycle, stated?)."""
    match = _CYCLE.search(text)
    if match is None:
        return _WEEKS_ASSUMED, False
    days = match["d"] or match["q"] or match["e"]
    if days:
        return int(days) // 7, True
    weeks = match["w"] or match["w2"]
    return _CHINESE_DIGITS.get(weeks) or int(weeks), True


def _window(text: str, name: re.Match[str]) -> tuple[int, int]:
    """The stretch that can hold the dose: up to the next or previous drug or sentence end."""
    start = max(
        [0, *(stop.end() for stop in _STOP.finditer(text, max(0, name.start() - 30), name.start()))],
        default=0,
    )
    start = max(start, name.start() - 30)
    for other in _OTHER_DRUG.finditer(text, start, name.start()):
        start = other.end()
    end = min(len(text), name.end() + 90)
    for pattern in (_STOP, _OTHER_DRUG, NAME, _NEW_SUBJECT):
        if (found := pattern.search(text, name.end(), end)) is not None:
            end = found.start()
    return start, end


def _total(window: str) -> tuple[float | None, str | None, tuple[int, int]] | None:
    """(mg, reason when it is no number, span) of a total that is stated outright."""
    for match in _TOTAL.finditer(window):
        amount = match["a"] or match["b"] or match["c"]
        rest = window[match.end() : match.end() + 30]
        # "每周期40mg d1,8,15,22" and "40mg/次": a schedule follows, so this is one dose.
        if match["a"] is None and (
            _DAYS.match(rest.lstrip(" ,，("))
            or _TIMES.match(rest.lstrip(" ,，("))
            or re.match(r"\s*(?:qw|/\s*次|每周)", rest, re.I)
        ):
            continue
        if match["compare"] or match["compare2"]:
            return None, "只给出界限", match.span()
        if match["upper"] or match["upper2"]:
            return None, "只给出范围", match.span()
        return float(amount), None, match.span()
    return None


def _doses(window: str) -> list[tuple[int, int, float, str | None]]:
    """(start, end, mg, reason it cannot be used) of every single dose in the window."""
    found: list[tuple[int, int, float, str | None]] = []
    tablet = _TABLET.search(window)
    if tablet is not None:
        strength = float(tablet["mg"] or tablet["mg2"] or 0.75)
        count = numbers.parse(tablet["n"] or tablet["n2"]) or 0
        return [(tablet.start(), tablet.end(), strength * count, None)]
    for match in _DOSE.finditer(window):
        if match["unit"] is None:
            continue
        mg = float(match["dose"]) * (1000 if match["unit"].lower() in ("g", "克") else 1)
        found.append(
            (match.start(), match.end(), mg, "按体表面积或体重给药，请给出实际 mg" if match["area"] else None)
        )
    return found


def _count(schedule: str, weeks: int) -> tuple[int, str, bool] | None:
    """(doses in a cycle, how it was counted, weekly assumption used) of a schedule."""
    if (days := _DAYS.search(schedule)) is not None:
        listed = _days(days["list"] or days["list2"])
        following = schedule[days.end() :]
        while (more := _DAYS.match(following.lstrip(" ,，、和及"))) is not None:
            listed |= _days(more["list"] or more["list2"])
            following = following.lstrip(" ,，、和及")[more.end() :]
        if listed and max(listed) <= 42:
            return len(listed), f"{len(listed)} 天", False
    if _THREE_OFF_ONE.search(schedule):
        return 3, "3 次（每周 1 次，用 3 周停 1 周）", False
    if _WEEKLY_TWICE.search(schedule):
        return 2 * weeks, f"{2 * weeks} 次（每周 2 次 × {weeks} 周）", True
    if _BIWEEKLY.search(schedule):
        return weeks // 2, f"{weeks // 2} 次（每 2 周 1 次）", True
    # "qw × 3" counts doses; "每周一次" is the frequency itself.
    weekly = _WEEKLY.search(schedule)
    times = _TIMES.search(_WEEKLY.sub(" ", schedule))
    if times is not None:
        number = numbers.parse(times["n"] or times["n2"] or times["bare"] or "")
        if number:
            unit = times["unit"] or times["unit2"] or "次"
            label = {"d": "天", "日": "天", "周": "次", "w": "次", "剂": "次"}.get(unit.lower(), unit)
            return int(number), f"{int(number)} {label}", False
    if weekly is not None:
        return weeks, f"{weeks} 次（每周 1 次 × {weeks} 周）", True
    return None


def _per_day(schedule: str) -> int:
    match = _PER_DAY.search(schedule)
    if match is None:
        return 1
    return 3 if match["tid"] or match["n"] in ("3", "三") else 2


def _one(message: Normalised, name: re.Match[str]) -> Mention | None:
    text = message.text
    start, end = _window(text, name)
    window = text[start:end]
    fact, unit = "dexamethasone_mg_per_cycle", "mg/周期"

    def mention(
        first: int, last: int, value: float | None, note: str, status: str = "affirmed", confirm: bool = False
    ) -> Mention:
        first, last = min(first, name.start()), max(last, name.end())
        plain = None if value is None else numbers.tidy(value)
        return Mention(fact, plain, message.words(first, last), first, last, status, unit, note, confirm)  # type: ignore[arg-type]

    if (total := _total(window)) is not None:
        value, reason, (first, last) = total
        if value is None:
            return mention(
                start + first,
                start + last,
                None,
                f"地塞米松每周期总量{reason}，请给出具体数值",
                "undetermined",
            )
        if value > 2000:
            return mention(
                start + first,
                start + last,
                None,
                f"每周期 {numbers.show(value)} mg 不合常理，请核对",
                "rejected",
            )
        return mention(start + first, start + last, value, f"每周期总量 {numbers.show(value)} mg")
    offset = name.end() - start
    after, before = window[offset:], window[: name.start() - start]
    side, base = (after, name.end()) if _doses(after) or _bare_dose(after) else (before, start)
    doses = _doses(side) or _bare_dose(side)
    if not doses:
        return None  # named without a dose: the glucocorticoid is a fact, the dose was not mentioned
    for _, last, _, reason in doses:
        if reason:
            return mention(base, base + last, None, reason, "undetermined")
    return _computed(doses, side, base, window, text, name, mention)


def _bare_dose(side: str) -> list[tuple[int, int, float, str | None]]:
    """ "地米 40 d1,8,15,22": a number without its unit, straight after the name."""
    match = re.match(
        r"\s*[:：]?\s*(?P<dose>\d{1,3}(?:\.\d+)?)(?=\s*(?:d(?:ays?)?\.?\s*\d|qw|qd|biw|每周|第\s*\d|[×x*]\s*\d))",
        side,
        re.I,
    )
    return [(match.start(), match.end(), float(match["dose"]), None)] if match else []


def _schedule_before(lead: str) -> str:
    """The schedule that stands directly before the name or dose: "第1、8、15、22天地塞米松", "每周40mg"."""
    lead = _CYCLE.sub(" ", lead)
    for pattern in (_DAYS, _WEEKLY_TWICE, _BIWEEKLY, _WEEKLY):
        for match in pattern.finditer(lead):
            if _JOINING.fullmatch(lead, match.end()):
                return match[0]
    return ""


def _computed(doses, side, base, window, text, name, mention):  # type: ignore[no-untyped-def]
    weeks, stated = _cycle_weeks(text)
    parts: list[Part] = []
    assumed = False
    for index, (first, last, mg, _) in enumerate(doses):
        stop = doses[index + 1][0] if index + 1 < len(doses) else len(side)
        schedule = _CYCLE.sub(" ", side[last:stop])
        counted = _count(schedule, weeks)
        if counted is None and len(doses) == 1:
            counted = _count(
                _schedule_before(window[: window.find(side)].removesuffix(name[0]) + side[:first]), weeks
            )
        if counted is None:
            lead = f"地塞米松 {numbers.show(mg)} mg，未给出每周期用几次或哪几天"
            return mention(base + first, base + last, None, lead, "undetermined")
        count, label, weekly = counted
        assumed = assumed or (weekly and not stated)
        per_day = _per_day(schedule)
        parts.append(Part(mg * per_day, count, label))
    total = sum(part.dose * part.count for part in parts)
    sums = " + ".join(f"{numbers.show(part.dose)} mg × {part.counted}" for part in parts)
    note = f"{sums} = {numbers.show(total)} mg"
    if assumed:
        note += "（未写周期长度，按 28 天计）"
    first, last = base + doses[0][0], base + len(side.rstrip(" ,，、"))
    if total > 2000 or any(part.dose > 100 for part in parts):
        return mention(first, last, None, f"{note}，不合常理，请核对", "rejected")
    return mention(first, last, total, note)


def read_dexamethasone(message: Normalised) -> list[Mention]:
    """``dexamethasone_mg_per_cycle`` with its arithmetic; undetermined when the schedule is not given."""
    text = message.text
    found: list[Mention] = []
    masked: str | None = None
    for name in NAME.finditer(text):
        masked = masked if masked is not None else mask(text, find_drugs(text), find_regimens(text))
        if usage(masked, Named(*name.span(), needs_proof=False)) not in ("taken", "planned"):
            continue
        if LOCAL.search(text[max(0, name.start() - 12) : name.end() + 16]):
            continue
        mention = _one(message, name)
        if mention is not None:
            found.append(mention)
    known = [mention for mention in found if mention.status != "undetermined"]
    return known or found[:1]
