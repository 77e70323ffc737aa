"""Which leg a sign is said of: the one named before it, both, or the one that is told apart behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rasa_project.reading import lexicon
from rasa_project.reading.findings.hits import Hit, Note

BOTH = re.compile(r"(双|两|左右)")
ONE = re.compile(r"(左|右|患|单|一侧|一条|一只|某侧|[RL])")
_CONTINUES = re.compile(
    r"^[,，]?\s*((他|她|我|患者|病人)?(自己)?(说|诉|讲|自诉)?(走路|行走|活动|站立|一走|走动)(时|就|起来|都|还)*|一?[按摁压捏碰摸](到|着|上去|起来)?(就|都|会)?|肿得|皮肤|触痛?|胀痛|(护士|医生)|(他|她|患者|病人)?(直|老)?[喊叫嚷]|摸|量|测|周径|[左右患健][边侧]?\s?\d|就?[左右][边侧]?[那这]?[只条个]?(?=[,，]|$)|并|且|有|无|及|和|局部|皮温|按|明显|轻|呈|为|可|未|不伴|(也|还|又)?不?(怎么|太|觉得|感觉|感到)*$|\"|[,，]|$)"
)
# "左小腿肿，比右边粗4公分，压痛": what it is compared with is not where it hurts
_COMPARED = re.compile(r"[,，]?\s*(?:比|较|跟|和|与)(?:左|右|健|对|另)[^,，。;；\n]{0,8}(?:粗|大|肿|差|围)")
_SIDED_LEG = re.compile(
    r"(腿|下肢|脚)(两边|两侧|双侧)|(左|右|双|两|患)(侧|边|条|只)?(下肢|小腿|大腿|腿|脚|足|膝|髌|踝)"
)
_OTHER_WELL = re.compile(
    r"[^。;；\n]{0,10}?[,，、(](?P<side>左|右)(侧|边|条|只)?(下肢|小腿|腿|脚|足)?(没事|没问题|正常|好好的|无异常|不肿|没肿|无肿|未肿|[(]-[)])"
)
_OTHER_TOO = re.compile(
    r"(起来|[了咯啦])?[,，、]\s*((左|右|对|另一?)(侧|边|条|只)(下肢|小腿|腿|脚|足)?(亦|也|同样|一样)(有|肿|是|如此)|(两|双)(侧|边|面|腿|下肢|条腿|只脚)?(都|均)?(差不多|一样|对称|相近|程度相当))"
)
# "腿肿是两边都有": said of swelling, it is of the legs unless another part is named
_BOTH_HAVE = re.compile(
    r"(?:的话|呢)?[,，、]?\s*(?:都|就|也|呈|为)?是?(?:两|双|左右两?)(?:侧|边|条腿|只脚|腿|下肢)(?:(?:都|均|皆)(?:有|肿|是)(?![坑没])|"
    r"(?:都|均|皆|是|呈)*(?:对称|差不多|一样|程度相当)(?!不)|(?:性)?的?(?=\s*(?:[,，。;；\n]|$)))"
)
_ON = r"(?P<{0}>有|[(][+]+[)]|阳性)"
_NOT_ON = r"(?P<{0}>没有?|无|未见|[(]-[)]|阴性)"
_WHERE = (
    r"(?P<{0}>左|右|[lr](?![a-z])|对|另一?)(?:侧|边|条|只)?(?:下肢|小腿|腿|脚|足|踝)?(?:上|部)?"
    r"(?:则|就|倒|却|也|亦|都|是)*\s?"
)
_SIDE_BY_SIDE = re.compile(
    rf"\s*(?P<apart>[,，:(])?\s*(?P<only>就|只|仅)?(?:是|有|在)?{_WHERE.format('one')}"
    rf"(?:{_ON.format('yes')}|{_NOT_ON.format('no')})"
    rf"(?:[,，、;/\s]*(?:就|只|而|但是?)?{_WHERE.format('two')}(?:{_ON.format('yes2')}|{_NOT_ON.format('no2')}))?"
    r"(?=\s*(?:[,，。;；)\n]|$))",
    re.I,
)
"""A sign told of one leg and of the other: "凹陷性水肿就左边有右边没有", "凹陷水肿R(+)，L(-)"."""
NEITHER = "无"
_DENIED_BEFORE = re.compile(r"[无没未不否][^。;；\n]{0,8}$")
# "按下去有坑，只右腿", "凹陷性水肿也有 左侧"
_ONLY_THERE = re.compile(
    r"(?:也|亦|还)?有?[,，\s(]*(?:仅仅?|只|就|光|单)?(?:有|是)?(?:局?限于?|见于|在)?(单侧|双侧|患侧|患肢|[左右][侧边]|[左右](?:侧|边)?(?:下肢|小腿|腿|脚))(?!的?\s?[没无不未]|\s?[(]\s*[^+(]|正常|好|也)"
)
_NOT_SO = re.compile(r"[^,，。;；\n]{0,6}[不没无未?？疑]")
_CLAUSES_BACK = 4  # "左腿肿了，一按一个坑，走路胀痛"


@cache
def parts() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    table = lexicon.load("signs")
    leg, other = table["leg_parts"], table["other_parts"]
    return re.compile(leg), re.compile(f"(?P<leg>{leg})|(?P<other>{other})"), re.compile(table["deep_parts"])


def last_of(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


def part_of(note: Note, hit: Hit) -> str | None:
    """The leg part that a complaint belongs to, looked for backwards within the sentence."""
    _, any_part, _ = parts()
    start, _ = note.clause(hit.start)
    found = last_of(any_part, note.text[start : hit.start])
    first, last = start, hit.start
    for _ in range(_CLAUSES_BACK):
        quoted = note.text[first - 1 : first + 1] in ('?"', '？"')  # "右下肢“丹毒？”红肿热痛"
        if found or first == 0 or not (note.text[first - 1] in ",，" or quoted):
            break
        if not (_CONTINUES.match(note.text[first:last]) or _COMPARED.match(note.text, first, last)):
            break
        first, last = note.clause(first - 1)[0], first - 1
        found = None if _COMPARED.match(note.text, first, last) else last_of(any_part, note.text[first:last])
    if found is None and hit.entry.kind == "pitting":  # pitting oedema is a leg sign unless said otherwise
        stated = re.search(r"(单侧|双侧|患侧|[左右][侧边])", note.text[start : hit.start])
        stated = stated or _ONLY_THERE.match(note.text, hit.end)
        return stated[1] if stated else _sided(note, hit)
    if found is None or found["leg"] is None:
        return None
    if hit.entry.kind == "pitting" and not (ONE.search(found["leg"]) or BOTH.search(found["leg"])):
        # "右腿胫前一按一个坑": the side stands with the larger part.
        only = _ONLY_THERE.match(note.text, hit.end)
        return _sided(note, hit) or (only[1] if only else found["leg"])
    return found["leg"]


def _sided(note: Note, hit: Hit) -> str | None:
    """The leg with its side that the sentence named last, or the one left where the other is well."""
    first = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1) + 1
    named = list(_SIDED_LEG.finditer(note.text, first, hit.start))
    if named:
        return named[-1][0]
    other = _OTHER_WELL.match(note.text, hit.end)
    return f"{'左' if other['side'] == '右' else '右'}下肢" if other else None


def side_by_side(note: Note, hit: Hit) -> str | None:
    """The leg, or the legs, that a sign is then said to be on, or neither."""
    said = _SIDE_BY_SIDE.match(note.text, hit.end) if hit.entry.kind == "pitting" else None
    if said is None or hit.assertion.uncertain or hit.assertion.historical:
        return None
    if not said["two"]:
        if said["only"] and said["yes"]:
            return "单侧下肢"
        # "按压凹陷，右侧无": what is not on the one is on the other
        apart = said["apart"] in {",", "，", "("}
        denied = bool(_DENIED_BEFORE.search(note.text, 0, hit.start))
        # "右腿没有凹陷性水肿，左腿有"
        return "单侧下肢" if apart and said["yes" if denied else "no"] else None
    on = bool(said["yes"]), bool(said["yes2"])
    return "双下肢" if all(on) else "单侧下肢" if any(on) else NEITHER


def as_told(hit: Hit, told: str) -> Hit:
    """The sign with what is said of each leg: a "没有" for the one denies nothing of the other."""
    return replace(
        hit,
        assertion=replace(
            hit.assertion, negated=told == NEITHER, doubtful_denial=False, affirmed=told != NEITHER
        ),
    )


def of_both_legs(note: Note, hit: Hit) -> str | None:
    """ "水肿是两边都有"."""
    first = max((note.text.rfind(stop, 0, hit.start) for stop in "。;；\n"), default=-1) + 1
    named = parts()[1].search(note.text, first, hit.start)
    return "双下肢" if named is None and _BOTH_HAVE.match(note.text, hit.end) else None


def both_alike(note: Note, hit: Hit) -> bool:
    """ "右侧胫前水肿，左侧亦有，两侧差不多": the other leg is said to be the same."""
    return bool(_OTHER_TOO.match(note.text, hit.end) or _BOTH_HAVE.match(note.text, hit.end))


def looked_for(note: Note, hit: Hit) -> bool:
    """ "右侧正常，按之凹陷": what pressing shows is no item of the denials before it."""
    return bool(
        hit.entry.kind == "pitting"
        and note.text[hit.start] in "一按摁压指"
        and not note.text[note.clause(hit.start)[0] : hit.start].strip()
        and not _NOT_SO.match(note.text, hit.end)
    )
