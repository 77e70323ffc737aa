"""Score sheets put as plain lines: "瘫痪0分", "卧床>72h (2) √" become "瘫痪:无", "卧床>72h:有".

A sheet prints beside every item its weight, which is no answer, and a mark, a word or the points given,
which are one: 0 says that the item is not there. An item that was left open is blanked. Every character
keeps its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rasa_project.reading import lexicon
from rasa_project.reading.findings.checkboxes import BOX

_NUMBER = r"-?\d(?:\.[05])?"
_WEIGHT = (
    rf"[ |]*[(\[] ?(?:权重|分值|赋分|计|\+)? ?{_NUMBER}(?:[/~-]\d(?:\.5)?)? ?分? ?[)\]]|"
    rf"[ :|]*(?:[,.·_—-]{{2,}}[ |]*)?\+?{_NUMBER} ?分(?![一-龥])|"
    rf"[ :|]+\+?{_NUMBER}(?=[ |]+[^\s|]| *[:,.·_—]{{2,}})"
)
# Units and words that make a number a value: "卧床 3 天", "糖尿病 2 型", "水肿 2+".
_VALUE = (
    r" ?(?:[%‰×*/~.:<>≥≤^-]\s?\w|天|日|周(?!径)|星期|月|年(?!龄)|岁|次|个|"
    r"(?:h|d|cm|mm|mg|g|ml|u|mmol|μ|(?:mo|mth|month|wk|week|day|yr|year)s?)(?![a-z])|"
    r"级|期|度|线|型|疗程|程|支(?!气)|片|粒|"
    r"床|号|点|时|小时|杯|人|名|例|根|枚|项|处|条|\+ ?(?=[,;。、)\n]|$))"
)
_WORD = r"(?<![一-龥A-Za-z])"  # "VTE无" reads as it stands
_LAST = r"(?= *(?:[,;、。|\n]|$))"
_YES = rf"√|✓|✔|☑|■|◼|{_WORD}(?:是|有|阳性|yes|y)(?![a-z])|\( ?\++ ?\)|\[ ?[√✓✔] ?\]|(?<=[ |:])\++{_LAST}"
_NO = rf"×|✗|✘|{_WORD}(?:否|没有|无|阴性|no|n)(?![a-z])|\( ?- ?\)|\[ ?× ?\]|(?<=[ |:])-{_LAST}"
_OPEN = (
    r"√ ?/ ?[×✗]|[×✗] ?/ ?√|是 ?/ ?否|有 ?/ ?无|"
    r"未[查测评知]|没[查测]|未评估|待[查评]|不详|不明|不清楚?|无法评估|"
    r"□|☐|\( ?\)|\[ ?\]|_{2,}|n/?a(?![a-z])|\?"
)
_POINTS = (
    rf"\( ?(?P<inside>{_NUMBER}) ?分? ?\)|\[ ?(?P<square>{_NUMBER}) ?分? ?\]|"
    rf"\+?(?P<points>{_NUMBER})(?P<unit> ?分)?"
)
_GAP = r"(?:[ :|=]|[,.·_—-]{2,})*"
_END = r"(?=[ ]*(?:[,;、。|\n+=)(\[\]]|$)| +(?:[^\s\d]|\d+ ?(?:[~-] ?\d+ ?)?(?:个?月|周|年|天|岁)))"
_ANSWER = re.compile(
    rf"(?:(?<=[一-龥A-Za-z)\]\"'])|(?<=\d)(?=[ :(\[|]|[,.·_—-]{{2}}))"
    rf"(?P<weight>{_WEIGHT})?(?P<gap>{_GAP})"
    rf"(?:(?P<open>{_OPEN})|(?P<yes>{_YES})|(?P<no>{_NO})|(?:{_POINTS}))"
    rf"(?P<more>[ |]*(?:[(\[] ?{_NUMBER} ?分? ?[)\]]|[ |]{_NUMBER} ?分?(?![\w.])|{_NUMBER} ?分))?"
    rf"{_END}(?!{_VALUE})",
    re.I,
)
_LABEL_STARTS = re.compile(r"[\n;。|、,:+]| {2,}")
_BOX = re.compile(r"[□☐([_]")
_BULLET = re.compile(r"[\s·*-]*(?:[□☐]|\[ ?\])\s?")
_MARKED = re.compile(
    r"^[\s\d.、)]*(?:(?P<empty>[□☐◻]|\[ ?\]|\( \))|"
    r"(?P<yes>[☑☒■√✓✔]|\[ ?[√✓✔xX] ?\]|有 )|(?P<no>[×✗]|\[ ?× ?\]|无 ))"
)
# an item that names several things: "骨盆、臀部或股骨骨折"
_SEVERAL = re.compile(r"^[\s\d.)]*[□☐☑☒■√✓✔×✗有无\[\] ]{0,4}[^\s,、;。:+|]{1,12}[、,][^;。:+|]{0,30}$")
_LIMITED = re.compile(r"[<>≥≤] ?\d+(?:\.\d+)?[^,;。、]{0,8}$")
_REMARK_OR_POINTS = re.compile(r"(?:[ |]|\([^()\n]*\)(?<!\( \))(?<!\(\))|[ |]\d ?分?)*$")
_LIMIT = re.compile(r"[<>≥≤]|[大小高低]于|以上|以下|超过|不足|\d ?[~-] ?\d")
_AGE_OR_SEX = re.compile(
    r"^[\s\d.、)□☐]*(?:(?:年龄|age)?[ :]*(?:[<>≥≤] ?\d+|\d+ ?[~-] ?\d+)(?: ?岁)?(?:以上)?|(?:年龄|age).*|"
    r"\d+ ?岁?以上|(?:性别)?[ (]*[男女]性?\)?|[^,;。、]*(?:地塞米松|地米|dex)[^,;。、]*\d.*)$",
    re.I,
)
_WORDS = re.compile(r"(?:有|无|是|否|没有|未[查测评知]|不详|阳性|阴性)(?![一-龥])")
_WORD_LAST = re.compile(r"(?:有|无|是|否|没有|未[查测评知]|不详|阳性|阴性)[\s。;,|]*(?:\([^()]*\)\s*)?$")
_RESULT = re.compile(r"(?:阳性|更?大|升高|存在)$")
_TOTAL = re.compile(r"(?:总分|合计|总计|得分|共计?|总共|=)[ :]*(?P<sum>-?\d{1,2}(?:\.5)?)(?![\d.])")
_SHEET = re.compile(
    r"总分|合计|总计|得分|评分|积分|评估|wells|padua|caprini|geneva|improve|khorana|saved|impede|has-?bled",
    re.I,
)
_FEWEST_ITEMS, _TITLED_ITEMS, _WHOLE_SHEET = 3, 2, 8
_FARTHEST = 60
# "分值 | 是 | 否" over columns of marks
_HEAD = re.compile(r"^(?=[^\n]*[|\t])[^\n]*?[|\t ](?:是|有)[ ]*[|\t][ ]*(?:否|无)[ ]*(?:[|\t][^\n]*)?$", re.M)
_YES_HEAD, _NO_HEAD = frozenset({"是", "有"}), frozenset({"否", "无"})
_CELL = re.compile(r"[^|\t]*")
_TICK = re.compile(r"[√✓✔☑]|\[ ?[√✓✔] ?\]")


@dataclass(frozen=True, slots=True)
class _Item:
    """The answer of an item at ``[start, end)``, and where the item's name begins."""

    first: int
    start: int
    end: int
    name: str
    found: re.Match[str]

    @property
    def points(self) -> float | None:
        given = self.found["points"] or self.found["inside"] or self.found["square"]
        return None if given is None else float(given)

    @property
    def marked(self) -> bool:
        return self.points is None


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(lexicon.load("sheets")[name], re.I)


def put_answers(text: str) -> str:
    """A text with the items of its score sheets as "item:有", "item:无"; what was left open is blanked."""
    cells = text.replace("\t", "|")
    items: list[_Item] = []
    for found in _ANSWER.finditer(cells):
        item = _item(cells, found, items[-1].end if items else 0)
        if item is not None:
            items.append(item)
    if not items:
        return text
    runs: list[list[_Item]] = []
    for item in items:
        near = runs and item.start - runs[-1][-1].end <= _FARTHEST
        runs[-1].append(item) if near else runs.append([item])
    written = list(text)
    for run in runs:
        _write(cells, run, written)
    return "".join(written)


def _item(text: str, found: re.Match[str], before: int) -> _Item | None:
    line = text.rfind("\n", 0, found.start()) + 1
    first = max(line, before)
    if not _SEVERAL.match(text[first : found.start()]):
        first = max([first, *(mark.end() for mark in _LABEL_STARTS.finditer(text, first, found.start()))])
    name = text[first : found.start()]
    if not _words("item").search(name) or _box_of_the_next(text, line, found):
        return None
    if not found["weight"] and _words("value").search(name) and not _LIMITED.search(name):
        return None
    item = _Item(first, found.start(), found.end(), name, found)
    bare = item.points is not None and not found["weight"] and not _LIMIT.search(name)
    # a value or a grade of its own: "INR 1", "ECOG 1", "出血评分 3分"
    return None if bare and _words("measured").search(name) else item


def _box_of_the_next(text: str, line: int, found: re.Match[str]) -> bool:
    """Whether a box behind a name stands before the next: "合并症:☑糖尿病 □房颤"."""
    if not BOX.match(found[0].lstrip(" :|")) and not BOX.search(found["open"] or found["yes"] or ""):
        return False
    end = text.find("\n", found.end())
    rest = _REMARK_OR_POINTS.sub("", text[line : end if end >= 0 else len(text)])
    return not BOX.search(rest[-3:])


def _write(text: str, run: list[_Item], written: list[str]) -> None:
    titled = bool(_SHEET.search(text, 0, run[-1].end)) or bool(_TOTAL.search(text))
    pointed = [item for item in run if item.points is not None]
    if _are_numbered(pointed):
        return
    enough = len(run) >= _FEWEST_ITEMS or (titled and len(run) >= _TITLED_ITEMS)
    weights = _are_weights(text, run, pointed)
    for item in run:
        found = item.found
        if item.marked:
            # without a weight or a leader it reads as it stands
            if (
                found["weight"]
                or found["more"]
                or len(found["gap"].strip(" |:")) > 1
                or _is_sign(item, run, text)
            ):
                _answer(item, written, None if found["open"] else bool(found["yes"]), text)
        elif item.points == 0 and (enough or found["unit"]):
            _answer(item, written, False, text)
        elif item.points and (mark := _MARKED.match(item.name)) is not None:
            _blank(written, item.first, item.first + mark.end())
            if mark["empty"]:
                _blank(written, item.first, item.end)
            else:
                _answer(item, written, bool(mark["yes"]), text)
        elif item.points and weights:
            _blank(written, item.first, item.end)
        elif item.points and enough:
            _answer(item, written, True, text)


def _are_numbered(pointed: list[_Item]) -> bool:
    """Whether the numbers only count what follows: "1、脑梗死2、房颤3、糖尿病"."""
    given = [item.points or 0 for item in pointed]
    return len(given) > 1 and given[0] > 0 and all(b == a + 1 for a, b in pairwise(given))


def _is_sign(item: _Item, run: list[_Item], text: str) -> bool:
    """Whether a mark behind a blank or a bar is the answer of a sheet: "瘫痪  √", "卧床 | N"."""
    word = _WORDS.search(item.found[0])
    if word and ":" in item.found["gap"]:
        return False
    if not word and (_LIMITED.search(item.name) or _RESULT.search(item.name)):
        return True  # "卧床>72h(-)", "狼疮抗凝物阳性 -"
    if len([one for one in run if one.marked]) < _FEWEST_ITEMS:
        return False
    if not word:
        return True
    end = text.find("\n", item.end)
    line = text[text.rfind("\n", 0, item.start) + 1 : end if end >= 0 else len(text)]
    # "VTE 无  房颤 无", but not "无 VTE 无 房颤"
    return not _WORDS.match(line.strip()) and bool(_WORD_LAST.search(line))


def _are_weights(text: str, run: list[_Item], pointed: list[_Item]) -> bool:
    """Whether the numbers of a sheet are what its items weigh, not what was given for them."""
    if not pointed or any(item.points == 0 for item in pointed):
        return False
    total = _TOTAL.search(text, run[0].start)
    if total is not None and float(total["sum"]) == sum(item.points or 0 for item in pointed):
        return False
    answered = any(item.marked and (item.found["weight"] or item.found["more"]) for item in run)
    return answered or len(pointed) >= _WHOLE_SHEET


def _answer(item: _Item, written: list[str], yes: bool | None, text: str) -> None:
    bullet = _BULLET.match(text, max(text.rfind("\n", 0, item.first) + 1, item.first))
    if bullet:
        _blank(written, item.first, bullet.end())
    if _AGE_OR_SEX.match(item.name.rstrip()) and not (yes and re.search("[男女]", item.name)):
        # the group of ages that was ticked is no age
        _blank(written, item.first, item.end)
        return
    if yes is None:
        room = item.end - item.start
        said = "" if _BOX.match(item.found["open"]) else ":不详" if room > len(":?") else ":?"
    else:
        said = ":有" if yes else ":无"
    start = item.start
    if item.end - start == 1:
        # "狼疮抗凝物阳性0": the room of a word that the answer can do without
        result = _RESULT.search(item.name)
        if result is None:
            said = said[1:]
        else:
            start -= len(result[0])
            said = {":无": "小", ":有": "大"}.get(said, said) if result[0].endswith("大") else said
    if not said:
        _blank(written, item.first, start)
    written[start : item.end] = list(said.ljust(item.end - start))
    if said and re.match(r" (?!\()|、" if item.marked else r" (?!\()|[,、+]", text[item.end : item.end + 2]):
        written[item.end] = ";"


def _blank(written: list[str], start: int, end: int) -> None:
    written[start:end] = [" " if sign != "\n" else sign for sign in written[start:end]]


def put_columns(text: str) -> str:
    """The text with the ticks in its columns "是 | 否" as these words."""
    if "|" not in text and "\t" not in text:
        return text
    for head in reversed(list(_HEAD.finditer(text))):
        names = [cell.strip() for cell in re.split(r"[|\t]", head[0])]
        yes = next(place for place, name in enumerate(names) if name in _YES_HEAD)
        no = next(place for place, name in enumerate(names) if name in _NO_HEAD)
        lines = text[head.end() :].split("\n")
        for number, line in enumerate(lines):
            cells = re.split(r"([|\t])", line)
            said = [at for at in (yes, no) if len(cells) > 2 * at and _TICK.search(cells[2 * at])]
            if len(said) == 1:
                place = 2 * said[0]
                tick = _TICK.search(cells[place])
                word = "是" if said[0] == yes else "否"
                if tick is not None:
                    cells[place] = cells[place].replace(tick[0], word.ljust(len(tick[0])))
                lines[number] = "".join(cells)
        text = text[: head.end()] + "\n".join(lines)
    return text
