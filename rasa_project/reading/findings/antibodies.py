"""The verdict on an antibody that stands behind its name, whatever is measured in between."""

from __future__ import annotations

import re

# "IgG 48 GPL(<12)↑阳性", "LA1/LA2比值1.52，提示阳性", "高滴度阳性", "是阴的"; the next antibody ends it.
_BETWEEN = (
    r"(?:(?![,，、/\s]\s*(?:抗|acl|aca|la(?![12\d])|a?β2|狼疮|心磷脂)(?:[^a-z]|$))"
    r"(?:抗体|标准化|校正|筛查|筛选|确认|确证|比值|比率|试验|实验|结果|检测|定量|测定|滴度|水平|[高中低强]|提示|报告|回报|显示|示|"
    # "做了，阴的", "两次（间隔12周）均阳", "42 MPL/mL（参考<12）阳性"
    r"[做查测复]过?了|[查测做]过|化验|复查|先后|连续|[一二两三四五][次回]|[次回]|间隔|[周月天年]|个月|参考(?:值|范围|区间)?|"
    r"[升增偏]高|[是为呈系均都仍也]|[a-z\d.<>≤≥↑↓()/:+\-\s,，]))*+"
)
_VERDICT = re.compile(
    rf"{_BETWEEN}(?:(?P<not>不是|并非|非)(?P<wrong>阳|阴)性?的?[,，]?\s?(?:而|应|应该|其实)*[是为]\s?)?"
    r"弱?(?P<verdict>阳|阴)(?:性|(?=的?\s*(?:[,，。;；、)）\s]|$)))(?!\s*率)",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"[^,，。;；\n]{0,6}(?:是否|是不是|会不会|有没有|有无)[为是呈]?[阳阴]")
_TURNED_NEGATIVE = re.compile(r"[^。;；\n]{0,40}?(?<!未)(?<!没)(?<!没有)转(?:为)?阴")
_RANGE = re.compile(r"[<≤]\s?\d|\d\s?[-~]\s?\d")
_IN_DOUBT = re.compile(
    r"[^。;；\n]{0,30}?(?:存疑|不可靠|不可信|再[定议]|(?:不能|无法|难以?|尚难)(?:下结论|判[断定]|确定))"
)


_PENDING = re.compile(
    r"(?:抗体|检测|检查|化验|筛查|试验|基因|的|结果|报告|单子|这[项个]|那[项个]|[（(]?drvvt[)）]?|[:：,，\s])*"
    r"(?:目前|现在|到现在|还|尚|暂时?|也|都|均|仍|一直)*(?:没有?|未|等着?|待)(?:见)?"
    r"(?:出(?:来|结果|报告|具)?|回(?:来|报|复)?|拿到|收到|送到|到|报)(?![阳阴现过血])"
)
# "狼疮抗凝物阳性：否": the verdict is what a form asks for, and its answer stands behind it.
_ANSWER = re.compile(r"\s*:\s*(?:(?P<no>无|否|没有|不是)|(?P<yes>有|是)|[未待不])")


def verdict(text: str, end: int) -> str | None:
    """The level ("true", "false", "unknown") behind an antibody's name; None without one."""
    if _WHETHER.match(text, end) or _PENDING.match(text, end):
        return "unknown"
    found = _VERDICT.match(text, end)
    if found is None:
        return None
    if found["verdict"] == "阴" and _RANGE.search(found[0]):
        return None  # "48 GPL <12(阴性)": the word may name the range, which the value then decides
    if answer := _ANSWER.match(text, found.end()):
        stated = (found["verdict"] == "阳") == bool(answer["yes"])
        return ("true" if stated else "false") if answer["yes"] or answer["no"] else "unknown"
    if _IN_DOUBT.match(text, found.end()):
        return "unknown"
    if _TURNED_NEGATIVE.match(text, found.end()):
        return "false"
    return "true" if found["verdict"] == "阳" else "false"
