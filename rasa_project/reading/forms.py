"""Forms and tables put as plain lines, each character at its place: what is not ticked is blanked.

"性别:☑男 □女" becomes "性别: 男   ", "1|PLT|312|" becomes "1 PLT 312 ", "× 房颤" beside "√ 糖尿病" "无 房颤":
whatever reads a line of text, numbers and drugs included, reads the form.
"""

from __future__ import annotations

import re

from rasa_project.reading import sheets
from rasa_project.reading.findings.checkboxes import BOX, EMPTY, FULL

# What a box can offer as an answer to the item before it.
_CHOICE = (
    r"(?:没有|无|未[查测做用知检行]?|不详|不清楚?|不用|有|否|是|阳性|阴性|男|女|正在用|在用|已?用|正常|异常|yes|no)"
    r"(?![一-龥a-z])"
)
_REMARK = r"(?:\s?\([^()\n]{1,30}\))?"
_ONE = rf"(?:{EMPTY}|{FULL})\s?{_CHOICE}{_REMARK}"
_OPTION = re.compile(rf"(?P<box>{EMPTY}|{FULL})\s?(?P<said>{_CHOICE})(?P<remark>{_REMARK})", re.I)
_OPTIONS = re.compile(
    rf"(?P<lead>(?<=[^\s,;。])\s?:?\s?)(?P<row>{_ONE}(?:[\s,/、]{{0,4}}{_ONE}){{0,3}})", re.I
)
_FULL, _DIGIT = re.compile(FULL), re.compile(r"\d")
# "EPO □否": where nothing else is offered the word itself is the answer
_ANSWER_BEFORE = re.compile(r"(?:[有无是否]|没有|阳性|阴性)$")
_YES, _WHY = re.compile(r"有|是|正?在用"), re.compile(r"\s?\((?:请|若|如|注|说明|原因|详见)")
_ONLY_NO = re.compile(r"没有|无|否|不用|未用|阴性|no", re.I)
_ROW = re.compile(r"^[^|\n]*\|[^|\n]*\|.*$", re.M)
_MARKED_LINE = re.compile(
    r"^[ \-*·\d.、]*(?:[^\n:√×]{1,12}:\s?)?[√✓✔×✗] ?[一-龥A-Za-z0-9<>≥≤].*[^√✓✔×✗\s]\s*$", re.M
)
_MARK = re.compile(r"(?P<before>^|[ ,:。])(?:(?P<yes>[√✓✔])|[×✗])(?= ?[一-龥A-Za-z0-9<>≥≤])")
# "卧床>72h 2分[否]": the answer in square brackets at the end of an item, its weight before it
_ANSWER_LAST = re.compile(
    r"(?<=[^\s\[\],;。])[ :]*(?:[(\[]?\d(?:\.5)? ?分[)\]]?)?[ :]*\[ ?(?:(?P<yes>是|有)|否|无) ?\]"
)
# "VTE病史：×"
_MARK_LAST = re.compile(r"(?<=[一-龥a-zA-Z0-9)>]) ?: ?(?P<mark>[×✗√✓✔])(?= ?(?:[,，。;；\n]|$))")
# "糖尿病：暂无资料", "卡非佐米：/": a field that was filled in with something else than an answer
_NO_ANSWER = re.compile(
    r"(?<=[一-龥a-zA-Z0-9)>]) ?:(?P<said> ?(?:(?:尚|还|暂|目前|现|家属|患者|病人|本人|均|都|也)*(?:"
    r"待(?:查|补充?|评估|定|核实|确认|明确|回报|完善)|不详|不明|不知道?|不清楚?|不确定|不能确定|"
    r"(?:没|未|没有)(?:查|测|问|评估?|评价|填|提供|记录|询问|明确|采集|告知)(?:过|到|及)?|"
    r"(?:记|说|讲|问)不(?:清楚?|上来|出来)|忘(?:了|记了?)|未知|无法(?:评估|判断|确定|获取|配合)|"
    r"拒(?:答|绝回答|绝提供|绝)|(?:资料|信息)?缺[如失]?|暂?[无缺](?:资料|记录|信息|数据|结果)?(?<![无缺])|暂缺|"
    r"n/?a|unknown|unk|nil known|空白?|见病历)|[/?]|--+))(?= ?(?:[,，。;；\n]|$))",
    re.I,
)

# "【EPO】无 【疗效】VGPR": a label in square brackets before its value; "[姓名]" is what was masked
_LABEL = re.compile(
    r"\[ ?(?!(?:是|否|有|无|阳性|阴性) ?\])"
    r"[一-龥A-Za-z][^\[\]\n:]{0,12}[^\[\]\n: ] ?(?<!号)(?<!邮箱)(?<!电话)(?<!住址)(?<!日期)(?<!姓名)\](?! ?:)"
    r"(?=[ ]?[^\s\],，。;；、)])"
)

# "VTE史(否)大手术(是,9天前)糖尿病(否)": answers in brackets, one item close behind the other
_BRACKETED = re.compile(
    r"(?<=[^\s,;。、(])\((?P<said>(?:是|否|有|无|不详|未知|阳性|阴性)(?:,[^()\n]{1,30})?)\)(?=[^\s,。;、()\]:])"
)
_IN_A_ROW = 2


def put_as_lines(text: str) -> str:
    """A text with its ticked answers, marked lines and table rows as plain lines of the same length."""
    boxed = {row.start() for row in _ROW.finditer(text) if BOX.search(row[0])} if "|" in text else set()
    text = sheets.put_columns(text)
    if BOX.search(text):
        text = _OPTIONS.sub(_chosen, text)
    if "√" in text or "✓" in text or "✔" in text:
        text = _MARKED_LINE.sub(lambda line: _MARK.sub(_said, line[0]), text)
    if ":" in text:
        text = _MARK_LAST.sub(_ticked_or_crossed, _NO_ANSWER.sub(_unanswered, text))
    text = _ANSWER_LAST.sub(lambda found: _stated(found[0], bool(found["yes"])), text)
    text = _LABEL.sub(_labelled, text)
    if len(_BRACKETED.findall(text)) >= _IN_A_ROW:
        text = _BRACKETED.sub(lambda answer: f":{answer['said']};", text)
    text = sheets.put_answers(text)
    # cells with boxes are items of a form; the others belong together, as a test and its result
    return _ROW.sub(lambda row: row[0].replace("|", ";" if row.start() in boxed else " "), text).replace(
        "\t", " "
    )


def _labelled(field: re.Match[str]) -> str:
    """ "【EPO】" as ";EPO:"."""
    inside = field[0][1:-1]
    return f"{';' if field.start() else ' '}{inside}:"


def _ticked_or_crossed(mark: re.Match[str]) -> str:
    return mark[0].replace(mark["mark"], "无" if mark["mark"] in "×✗" else "有")


def _unanswered(field: re.Match[str]) -> str:
    words = field[0]
    return (":不详" if len(words) > len(":?") else ":?").ljust(len(words))


def _stated(words: str, yes: bool) -> str:
    """The answer in the place of ``words``, which are at least as long as it."""
    said = "有" if yes else "无"
    return (said if len(words) == 1 else f":{said}").ljust(len(words))


def _said(mark: re.Match[str]) -> str:
    return mark["before"].replace(" ", ";").replace(",", ";") + ("有" if mark["yes"] else "无")


def _chosen(row: re.Match[str]) -> str:
    """The item's answer alone; as it was where not exactly one box is full."""
    options = list(_OPTION.finditer(row["row"]))
    full = [option for option in options if _FULL.fullmatch(option["box"])]
    alone = len(options) == 1 and _ANSWER_BEFORE.search(row.string, 0, row.start()) is None
    if alone and _ONLY_NO.fullmatch(options[0]["said"]):
        full = options
    if len(full) != 1:
        return row[0]
    start = len(row["lead"])
    plain = list(row["lead"] + " " * len(row["row"]))
    for option in options:
        first, last = option.span("remark")
        # "☑是 □否(eGFR 41)": what was measured stands at the end of the item
        behind = option is options[-1] and (
            _DIGIT.search(option["remark"])
            or (_YES.fullmatch(full[0]["said"]) and not _WHY.match(option["remark"]))
        )
        if option is full[0] or behind:
            plain[start + first : start + last] = option["remark"]
    first, last = full[0].span("said")
    plain[start + first : start + last] = full[0]["said"]
    if ":" not in row["lead"]:
        plain[start] = ":"
    return "".join(plain)
