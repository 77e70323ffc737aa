"""What the user takes back of what was recorded: "糖尿病这个去掉，他没有", "糖尿病写错了"."""

from __future__ import annotations

import re
from typing import Literal

Retraction = Literal["denied", "removed", "mistaken", "supposed"]
"""Taken back and said not to be so; merely struck out; called a mistake; or only supposed away.

Of what is struck out or mistaken nothing is known any more.
"""

DENIED_NOTE = "已更正为无"
WITHDRAWN_NOTE = "原记录已撤回，请确认实际情况"
MISTAKE = r"(?:写|说|打|弄|搞|记|填|录|输|选|点|勾|看|听|报|发|念|标|整|开|登|抄)(?:错|串|混|岔|反)了?"

_ITEM = (
    r"(?:\s?:\s?(?:有|无|是|否|阳性|阴性)|\s?[(（]\s?[-+]\s?[)）]|在位|通畅|留置中?|置管中?)?[\"']?"
    r"(?:的?家族(?:性|遗传)?病?史|病?史)?[\"']?\s*+(?:的?[这那]?(?:[一二三四五六七八]个?字|字样|一?词)|的?[这那]?一?(?:个|条|项|点|栏|行|块))?"
)
_ASIDE = (
    r"(?:[,，\s]|也|都|就|先|请|要|应该?|可以|得|给|帮我|给我|麻烦|你|全|是|我|"
    r"刚才|刚刚|上面|前面|之前|可能|有|护士|医生|系统)*+"
)
_REMOVE = (
    r"(?:去掉|删掉|删除|删了|删去|删(?=[,，。;；!！吧\s]|$)|划掉|划去|拿掉|抹掉|"
    r"取消掉?|撤回|撤销|作废|不算了?|不要了)"
)
_REMOVED_AFTER = re.compile(rf"{_ITEM}{_ASIDE}{_REMOVE}")
# "系模板带入", "为复制粘贴"
_COPIED = (
    r"(?:系|是|为|属)?(?:电子|病历|系统|旧|上次|入院|既往|以前|原来?){0,3}(?:模板|模版|复制粘贴|复制|粘贴|系统)(?:自动|默认)*"
    r"(?:病历|病史|记录|内容)?(?:带入|带出|带的|生成|残留|粘贴|拷贝|默认|所致|来的|错误|之误|有误|失误|(?:没有?|未|忘[了记]?)[删改](?:除|掉|去|干净)?)|"
    # "复制上一个病人的"
    r"(?:系|是|为|属)?(?:复制|粘贴|拷贝|照抄|抄)(?:粘贴)?(?:了|自|的是?)?(?:的)?(?:上一?个?|上一?[份位]|前一?个?|别的|其[他它]|隔壁|邻床|\d{1,3}床)[^,，。;；\n]{0,4}(?:病人|患者|病历|床|记录)的?"
)
_MISTAKEN_AFTER = re.compile(
    rf"{_ITEM}{_ASIDE}(?:{MISTAKE}(?=[,，。;；!！\s]|$|的|吧|他|她|患者|病人|没|其实|是|应)|"
    rf"误(?:填|写|选|录|记|报|勾)(?![作为成是](?!有|无|是|否|阳|阴))(?:[作为成是](?:有|无|是|否|[阳阴]性?))?|{_COPIED}|"
    r"(?:[别勿]|不(?:要|必|能|可|予|应)?)(?:采[信用纳]?|当真|作准)(?=[,，。;；!！\s)]|$)|"
    r"(?:系|有|为)误|(?:系|是|为|属)?(?:笔误|口误|(?:录入|输入|填写|书写|登记|记录|抄写)(?:错误|有误))(?=[,，。;；!！\s)]|$)|笔误|口误|(?:系|属|为|是)?误判(?![为成断])|(?<=[,，])错了(?=[,，。;；!！\s]|$)|是?错的|"
    r"(?:[/、][^,，。;；:\s]{1,8})?(?::\s?)?"
    r"(?:记录|记载|填写|录入|登记|描述|写的?|这?里)?(?:有?误|不对|不准确?|不实)(?=[,，。;；!！\s]|$))"
)
_MEANT = re.compile(
    # "用了华法林？没有，一直是利伐沙班，前面写错了"
    r"[:?？]\s?(?:不是|没有?|不对|[否无])(?:的|啊|过)?\s?[,，]\s?(?:一直|其实|[吃用打]的|都|就)*是\s*$|"
    r"不是[^,，。;；\n]{1,12}[,，]?\s*(?:而|应该?|其实)*是\s*$"
)
_MISTAKEN_BEFORE = re.compile(r"(?:误|错)(?:填|写|选|录|记|报|勾)(?:了|成|为|作|是)? ?$")
_REMOVED_BEFORE = re.compile(
    r"(?:去掉|删掉|删除|删去|删了|划掉|划去|拿掉|抹掉|撤回|撤销|取消)"
    r"(?:前面|上面|刚才|之前)?的?[这那]?一?(?:个|条|项)? ?$"
)
_NOT_SO = re.compile(
    r"(?:了|的|吧|一下|啊|呢|掉)*+[,，。;；!！\s]*+(?:因为)?(?:他|她|它|(?:该|本|此)?患者|病人|本人|本例|我|这人)?(?:其实|实际上?|实|根本|并|也|就|本来|现在|确实|家里)*+"
    r"(?:没有?|从未|并未|未曾|从没|从来没有?|未(?=置|插|埋|装|放|使用|应用|服用|用|做|行|置)|无|不是|没得过?|没患)(?:过|这|那|个|种|项|病|情况|的|回?事|得|有|患|使用|应用|服用|用|做|放|置|插|装|留|埋|管|导管)*(?=[,，。;；!！\s]|$)"
)
_NOT_SAID = re.compile(
    r"(?:了|的)?[\"']?[,，。;；\s]*+(?:因为)?(?:他|她|患者|病人|本人|这人)?(?:其实|实际上?|根本|并|也|本来|现在|确实|既往)*+"
    r"(?:没有?|从未|并未|未曾|无|否认|不是|没得过?)(?:有|得|患)?过?"
)
_PUT_TO_NO = re.compile(
    r"[^。;；\n]{0,30}?(?:(?:更正|改|修正|订正)[为成]|应该?[为是选填勾]|实际(?:上)?[为是]|实为)\s?[\"']?"
    r"(?:否|无|没有|阴性|[(（]\s?-\s?[)）])[\"']?(?=[,，。;；!！\s]|$)|"
    r"[,，]\s?(?:现在?|目前|经?(?:复核|核实|复查|核对|会诊)后?)?(?:其实|并|已|就)*(?:不存在|没有|无)(?:这个|此|该)?(?:抗凝)?(?:禁忌[证症]?)?(?=[,，。;；!！\s]|$)|"
    r"[,，]\s?(?:实际(?:上)?|其实)(?:并?没有?|无)(?=[,，。;；!！\s]|$)"
)
# "VTE病史勾错，应选“有”"
_PUT_TO_YES = re.compile(
    r"\s?[,，]?\s?应该?[为是选填勾]\s?[\"']?(?:有|是|阳性|[(（]\s?\+\s?[)）])[\"']?(?=[,，。;；!！\s]|$)"
)
# "写成深静脉压痛阳性，应为阴性", "咯血写成有，应为无"
_WRITTEN = re.compile(r"(?:写|记|填|录|报|抄|误)(?:成|为|作)了? ?$")
_WRITTEN_YES = re.compile(
    r"(?:写|记|填|录|报|抄)(?:成|为|作)了?(?:有|是|阳性)(?=[,，。;；\s])|(?:有|阳性)?(?=[,，])"
)
_REVOKED = re.compile(r"[^。;；\n]{0,40}诊断(?:已)?(?:撤销|撤消|取消|不成立)")
_SUPPOSED = re.compile(
    r"[^,，。;；!！\n]{0,8}?(?:会怎|怎么样|怎样|多少|几分|会变|变成|的话|呢|[?？])|"
    r"[,，]\s*(?:结果|分数|评分|风险|建议|方案)?(?:会怎|怎么样|怎样|会变|变成|会有)"
)
_ASKED = re.compile(r"\s*(?:吗|么|好不好|行不行|可以吗|行吗|好吗)")  # "糖尿病要去掉吗"
_SUPPOSING = re.compile(r"(?:如果|假如|要是|试试|试一下|假设)[^,，。;；!！\n]{0,12}$")


def retraction(text: str, start: int, end: int) -> Retraction | None:
    """How what stands at ``[start, end)`` of a normalised text is taken back; None where it is not."""
    if _REVOKED.match(text, end):
        return "denied"
    mistaken = _MISTAKEN_AFTER.match(text, end)
    if mistaken is not None and _MEANT.search(text, max(0, start - 24), start):
        return None  # "不是VRd，是VCD，我抄错了"
    if mistaken is not None and _PUT_TO_YES.match(text, mistaken.end()):
        return None
    if mistaken is not None:
        if (again := _NOT_SAID.match(text, mistaken.end())) and text.startswith(text[start:end], again.end()):
            return "denied"  # "糖尿病系模板未删，患者无糖尿病"
        denied = _NOT_SO.match(text, mistaken.end()) or _PUT_TO_NO.match(text, mistaken.end())
        return "denied" if denied else "mistaken"
    before = max(0, start - 16)
    yes = _WRITTEN_YES.match(text, end)
    written = yes is not None and (len(yes[0]) > 2 or _WRITTEN.search(text, before, start))
    if yes is not None and written and _PUT_TO_NO.match(text, yes.end()):
        return "denied"
    if _MISTAKEN_BEFORE.search(text, before, start):
        return "mistaken"
    removed = _REMOVED_AFTER.match(text, end)
    if removed is not None and _ASKED.match(text, removed.end()):
        return None
    if removed is None and _REMOVED_BEFORE.search(text, before, start) is None:
        return None
    rest = removed.end() if removed else end
    if _NOT_SO.match(text, rest):
        return "denied"
    supposed = _SUPPOSED.match(text, rest) or _SUPPOSING.search(text, before, start)
    return "supposed" if supposed else "removed"
