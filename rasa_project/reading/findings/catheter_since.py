"""What is told of a catheter behind its name, over several clauses: kept, renewed, cancelled, pulled."""

from __future__ import annotations

import re

_REACH = 90  # characters behind the name of the tube
_CLAUSE = re.compile(r"[^,，。;；\n]+")
# "先别拔", "暂缓拔除", "不急着撤", "PICC先留着"
KEPT = re.compile(
    r"[^,，。;；\n未没不拔撤取]{0,10}[,，]?\s?(?:医生|主任|上级|目前|现在?|今[天日]|暂时?|先|尚|导管|管子?|通畅|[,，])*"
    r"(?:(?:暂|先|可|还|也)?(?:别|勿|不(?:要|用|必|能|可|宜|予|考虑|急|忙)?)(?:急|忙)?(?:着|于)?(?:马上|立即|现在)?(?:拔|取|撤|拆)|"
    r"(?:暂缓|缓期?|延迟|推迟|延期|延后|未予)(?:拔|取|撤|拆)|"
    r"(?:暂时?|先|继续|仍|还|予以?|继)(?:保留|留着|留用|留置|留住|留(?=[,，。;；\n]|$))|"
    r"再(?:多)?(?:留|用)(?:着|它)?(?:几|[\d一二两三四五六七]+)个?(?:天|日|周|月|疗程))(?!针)|"
    # "本来说今天拔，主任看了又说再留几天"
    r"[^。;；\n置放插埋装]{0,24}?[,，][^,，。;；\n针尿胃引]{0,12}?再(?:多)?(?:留|用)(?:着|它)?(?:几|[\d一二两三四五六七]+)个?(?:天|日|周|月|疗程)|"
    # "不用了但没有取出来", "早该拔了，一直没拔"
    r"(?:[^。;；\n置放插埋装打针线料贴钉拔取撤移拆脱滑尿胃引流]|(?:该|应|可以|要|说)[拔取]了?){0,16}?(?:没有?|未)(?:去|再|能|敢|来得及|顾上|舍得)?(?:拔|取|撤|拆)(?:出来?|除|掉|它|走)?(?=\s*(?:[,，。;；\n]|$))"
)
# "原定今日植入输液港，因PLT 21取消"
_WAS_TO_BE = re.compile(
    r"(?:原[定拟计先本]|原计划|本[来要拟]|预约了?|约好?了?|定[了好于]|准备|打算|计划|拟|安排)[^,，。;；\n拔取撤换拆维冲护]{0,12}$"
)
_CANCELLED = re.compile(
    r"[^。;；\n拔取撤换拆]{0,28}?(?:取消|作罢|叫停|搁置|不(?:做|放|埋|打|装|植|置|插|穿)了|(?:没有?|未)(?:做|放|埋|打|装|植|置|插)成)了?(?=\s*(?:[,，。;；!！\n]|$))"
)
_WAS_TO_GO = re.compile(
    r"(?:原[定拟计先本]|原计划|本[来要拟]|定[了好于]|准备|打算|计划|拟|安排)[^,，。;；\n]{0,6}[拔取撤拆]除?$"
)
# "次晨由麻醉科重置于右颈内", "今换到右侧": where, and what is done there
_PUT = re.compile(
    r"(?:重新|再次|再度|另行|改|换|转|另|重|又|再)[^未没不无]{0,12}?(?:[置插植]|穿刺|放|埋|建立?|打|到|至|在|成)"
)
_WHERE = re.compile(
    r"颈|锁骨下|锁下|股|贵要|腋|[左右对同健另][一]?[侧边臂手上胸]|新管|新的?一?[根条]|一[根条]|双腔|三腔|港|cvc|picc|中心静脉|深静脉",
    re.I,
)
_NOT_PUT = re.compile(
    r"外周|留置针|浅静脉|钢针|头皮针|套管针|口服|失败|未成|不成|不同意|拒绝|不愿|不肯|必要|如需|如果|若|视|择期再议|待议|敷料|贴膜|换药|换膜|接头|输液接|尿管|胃管|引流|打针|静滴|补液|"
    r"不再|暂不|未再|没再|没有再|无需|不需|不用|皮针|皮下针"
)
_FAILED = re.compile(r"失败|未成|没成|不成功|放弃|拒绝|不同意|未果|外周|留置针")
# "今予拔管，管长43cm完整", "已完整取出港体及导管": what is noted when a tube comes out
_PULLED = re.compile(
    r"(?:^|[,，。;；\n])\s?(?:遵?医?嘱|遵|按|今[日天晨]?|现|于|昨[日天]?|已|给?予以?|顺利|协助|完整|成功|完全|床旁|局麻下|无菌|操作下|下|将|\d{1,2}[:：]\d{2})*"
    r"(?:拔除|拔出|取出|撤除|拔)(?:整根|全部|完整)?(?P<what>港体|港座|导管|picc|cvc|输液港|管)?"
    r"(?:(?:及|和|与)?(?:导管|港体|港座))?(?=[,，。;；\n])",
    re.I,
)
_WITNESS = re.compile(
    r"[,，。;；\s]?[^。;；\n气尿胃胸引]{0,14}?(?:管(?:全|道)?长|长度?\s?\d|全长|(?:导管|尖端|管体|管身|体内段)[^,，。;；\n不]{0,6}完整|完整(?=[,，。;；\n]|$))",
)
_OTHER_TUBES = re.compile(r"气管|插管|脱机|呼吸机|尿管|胃管|引流|胸管|鞘|造瘘|营养管|鼻管")
_SLIPPED = re.compile(
    r"[^。;；\n未没不防]{0,14}?(?:滑脱|脱管|脱出|脱落|滑出|拽[出掉]|扯[出脱掉]|断裂取出|自行?拔[出除管]|自己拔)"
)


# "自己扯脱了，暂未重置，也不打算再置": wholly or not, it serves no more
_NOT_RENEWED = re.compile(
    r"(?:未|没有?|不|无需|不必)(?:再|打算|准备|考虑|需要?|拟|想|予|要|能)*(?:重新?|再次?)?(?:置|放|插|穿|埋|装|打管|复位)(?:入|管|上|了)*(?=\s*(?:[,，。;；\n]|$))"
)
_IN_USE_STILL = re.compile(r"(?:继续|仍|还|照常)[^,，。;；\n]{0,2}(?:使用|[用在留])|固定|在用|通畅|回血好")


def given_up(text: str, end: int) -> bool:
    """Whether a tube that came out was not put in again."""
    if not slipped(text, end) or _IN_USE_STILL.search(text, end, end + _REACH):
        return False
    return _NOT_RENEWED.search(text, end, end + _REACH) is not None


def cancelled(text: str, clause: int, start: int, end: int) -> bool:
    """ "原定今日植入输液港，因PLT 21取消": a tube that was to be put in and will not be."""
    return bool(_WAS_TO_BE.search(text, clause, start) and _CANCELLED.match(text, end))


def stays_after_all(text: str, clause: int, start: int, end: int) -> bool:
    """ "原定今日拔PICC，因发热取消"."""
    return bool(_WAS_TO_GO.search(text, clause, start) and _CANCELLED.match(text, end))


def slipped(text: str, end: int) -> bool:
    """ "CVC滑脱", whether wholly is not said; what was done about it tells."""
    return _SLIPPED.match(text, end) is not None


def renewed(text: str, end: int) -> bool:
    """Whether a tube that came out was put in anew in one of the next clauses, also of the next sentence."""
    clauses = list(_CLAUSE.finditer(text, end, end + _REACH + 1))
    for place, clause in enumerate(clauses):
        words = clause[0]
        if not (_PUT.search(words) and _WHERE.search(words)) or _NOT_PUT.search(words):
            continue
        after = clauses[place + 1][0] if place + 1 < len(clauses) else ""
        return _FAILED.search(after) is None
    return False


def pulled(text: str, end: int) -> bool:
    """ "PICC维护末次。遵医嘱拔管，导管长45cm，尖端完整": told as the removal of such a tube is noted."""
    out = _PULLED.search(text, end, end + _REACH)
    if out is None or _OTHER_TUBES.search(text, end, out.end()):
        return False
    named = out["what"] is not None and out["what"] != "管"
    return named or _WITNESS.match(text, out.end()) is not None
