"""What is told later in the sentence of a drug: given up, refused, replaced, begun again, a wrong entry."""

from __future__ import annotations

import re
from typing import Literal

from rasa_project.reading.quantities import numbers
from rasa_project.reading.usage_cues import MASK, QUESTION

Change = Literal["taken", "stopped", "never", "asked", "named"]

_SAME_CLAUSE = 6  # characters
_END = r"(?=\s*(?:[,，。;；!！)\n]|\s|$))"
_WHO = r"(?:家属|家人|家里人?|患者|病人|本人|老人|儿子|女儿|老伴|爱人|他|她|我|自己|医生|主任|大夫)"
# "沙利度胺是不是来那度胺", "瑞复美就是来那度胺吗": what a name means is asked, of nobody
_SAME_AS = re.compile(
    rf"\s*(?:片|胶囊)?\s*(?:是不是|是否(?:就)?是|算不算|等不等于|是不是就是|(?:就是|等于|算是|也是|属于|是)(?={MASK}+\s*(?:片|胶囊)?\s*(?:吗|么|吧|[?？])))\s*{MASK}|"
    rf"\s*(?:和|与|跟)\s*{MASK}+\s*(?:到底|究竟)?(?:是不是|是否|是)(?:一回事|同一|一样|一种|一个)"
)
_SAME_AS_BEFORE = re.compile(
    rf"{MASK}\s*(?:片|胶囊)?\s*(?:是不是|是否(?:就)?是|算不算|等不等于|是不是就是)\s*$|{MASK}\s*(?:片|胶囊)?\s*(?:就是|等于|算是|也是|属于|是)\s*$"
)
_ASKS_AFTER = re.compile(r"\s*(?:片|胶囊)?\s*(?:吗|么|吧|[?？])")
# "上条写的来那度胺应为伊沙佐米": of what was written only the right one holds
_SHOULD_BE = (
    # "说是华法林，翻了药盒其实是阿司匹林"
    rf"\s*[\"']?\s*(?:方案|片)?\s*[,，(]?\s*(?:[^,，。;；\n{MASK}]{{0,6}}(?:翻|看|查|核对|问|打开|拍)[^,，。;；\n{MASK}]{{0,8}}?)?(?:应该?[为是]|实[为系]|实际(?:上|应)?[为是用]|其实是|更正为|订正为|改正为|正确的?[是为])"
    rf"\s*[:：]?\s*[\"']?\s*{MASK}"
)
_WRONG_ONE = re.compile(_SHOULD_BE)
_RIGHT_ONE = re.compile(rf"{MASK}{_SHOULD_BE[: -len(MASK)]}$")
# "前面说的沙利度胺写错，应为来那度胺": what was written by mistake, and what is right
_MISTAKE = rf"\s*(?:方案|片)?[^,，。;；\n{MASK}]{{0,6}}(?:[写说打记录填弄搞看抄报输]错|有?误|不对|错)[了的]*"
_INSTEAD = (
    r"[\s,，。;；、]{0,3}(?:他|她|患者|病人|现在|目前|而|方案|用药)*(?:应该?|其实|实际上?|正确的?|更正|改正|[用吃打服]的)*"
    r"(?:[是为]|[用吃打服])\s*[:：]?\s*"
)
_RIGHT_ONE_FOLLOWS = re.compile(rf"{_MISTAKE}{_INSTEAD}{MASK}")
_AFTER_MISTAKE = re.compile(rf"{MASK}{_MISTAKE}{_INSTEAD}$")
# "应该是VCD，不是VRd": said of what it is to be, with nothing asked
_GUESSED = re.compile(rf"{QUESTION.pattern}|吧")
_OUGHT_TO_BE = re.compile(
    r"(?:^|[,，。;；\n\s])(?:方案|用药|药|其实|实际|目前|现在|他|她|患者)*应该?[是为]\s*$"
)
# "华法林没有换成利伐沙班": the old one goes on
_NOT_CHANGED_FOR = re.compile(
    rf"\s*(?:片|针)?[^,，。;；\n{MASK}?？有能要可是]{{0,8}}?(?<!有)(?:没有?|未)(?:能|曾|被|再|给)*(?:[换改](?!善)|转(?=[成为用])|替换|更换)"
    rf"[^,，。;；\n{MASK}]{{0,6}}{MASK}"
)
# "医生让换利伐沙班，没换，还是华法林"
_TO_CHANGE_TO = re.compile(r"(?:换|改|转)(?:成|为|用|到|吃|服|打)?(?:了|口服的?|皮下的?)?\s*$")
_WAS_NOT_CHANGED = re.compile(
    rf"[^,，。;；\n{MASK}]{{0,4}}[,，]\s*(?:但|可|不过|结果|后来|最后|一直|还|也|{_WHO})*(?:没有?|未)(?:能|敢|肯)?[换改转](?:成|了|用)?{_END}"
)
# "原硼替佐米+环磷酰胺继续"
_FORMER = re.compile(rf"(?:^|[,，。;；\n\s])(?:患者)?原来?(?:方案|用药)?的?(?:{MASK}|[\s、和及与+/,])*$")
_GOES_ON = re.compile(
    rf"(?:\s*[、和及与+/]\s*{MASK}+)*\s*(?:方案|治疗|化疗)*(?:仍旧?|照旧|均|都|暂)*(?:继续(?!前|至|到)|照旧|不变|续用)(?:使用|应用|口服|治疗|化疗)*{_END}"
)
# "方案没变，还是VRd"
_AS_BEFORE = re.compile(
    r"(?:没有?|未|不)(?:再|有|做|曾)*(?:变|改|换|动|调)(?:化|变|动|更|整|过|换)*[^,，。;；\n◇]{0,3}[,，;；\s]\s?(?:仍旧?|还|依旧|照旧)(?:是|为|[用吃打])\s*$"
)
# "VCD是15床的，本床用的是VTD", "15床是VCD，本床是VTD": the drug of another patient
_BED = r"(?:\d{1,3}|隔壁|邻|另一?|[一二三四五六七八九十]{1,3})\s?床"
_OF_ANOTHER_BED = re.compile(
    rf"(?:方案|片)?(?:那?是|乃|系|为)\s?{_BED}(?:病人|患者)?(?:的|在用的?|用的?|打的?|吃的?)"
)
_ANOTHER_BED_HAS = re.compile(rf"{_BED}(?:病人|患者)?(?:的|是|为|用|打|吃|才|方案|:)*\s*$")
_THIS_BED = re.compile(
    r"(?:方案|片)?[^。;；\n]{0,6}?[,，;；\s]\s?(?:而|但)?(?:本床|本例|这床|这[位个]|该床|我们床|患者|本患者?)"
)
# "拟用卡非佐米，家属嫌贵没同意": what was planned and then not agreed to
_PLANNED = re.compile(
    r"(?:拟|准备|打算|计划|考虑|建议|推荐|主张|动员|劝|讨论|本来|原本|原拟|想)[^,，。;；\n]{0,8}$"
)
_REFUSED = re.compile(
    rf"[^,，。;；\n{MASK}?？]{{0,10}}[,，]\s*(?:但|可|不过|结果|后来|最后)*{_WHO}?[^,，。;；\n{MASK}不没未拒?？]{{0,12}}"
    rf"(?:(?:没有?|未|不)(?:肯|太|能)?(?:同意|答应|接受|愿意?|签字?|采纳|要|考虑|做成|用成|上成)|拒绝|否决|谢绝|婉拒|放弃|作罢|没谈成|不了了之)(?:了|使用|用|签字)*{_END}"
)
# "EPO原计划用，讨论后取消", "拟用阿霉素，会诊后作罢": a plan given up, told before or behind the name
_TO_LEAVE = re.compile(r"[停撤减]")
_WAS_PLANNED = re.compile(
    r"\s*(?:片|针|方案)?(?:原先?|本来?|原本|曾|一度|最初|起初|之前|上周)*(?:拟|准备|打算|计划|考虑|预备|定好?|安排|说好?)[^,，。;；\n停撤减◇?？]{0,10}(?=[,，])"
)
_GIVEN_UP = re.compile(
    rf"[^,，。;；\n{MASK}?？停撤减]{{0,14}}[,，]\s*[^,，。;；\n{MASK}?？未没手随]{{0,14}}?(?<!不)"
    rf"(?:取消|作罢|放弃|搁置|叫停|改(?:变?了?)主意|撤销|(?:商量|讨论|会诊|评估|权衡|后来|最后|最终|结果|主意)[^,，。;；\n{MASK}?？]{{0,6}}?"
    rf"(?:没有?|未|不)(?:使用|[用打上加给吃开做行])成?)了?{_END}"
)
# "多柔比星脂质体打了3次，医生说影响心脏以后不打了": no more since
_NO_MORE_SINCE = re.compile(
    rf"[^。;；\n{MASK},，?？]{{0,20}}[,，]?[^,，。;；\n{MASK}?？]{{0,16}}?"
    rf"(?:以后|之后|后来|后面|今后|从此|再也|这才|现在|目前|所以|故|就|便|已经?)(?:都|也|就|再)*(?:(?:没有?|未)再[用吃打服上]过?|(?:没有?|未)[用吃打服上]过|(?:不|没有?)(?:让|敢|能|给|再)+[用吃打服上]了?|不[用吃打服]了){_END}"
)
_OTHER_TOPIC = re.compile(
    r"抗|预防|栓|(?i:dvt|vte|(?<![a-z])pe(?![a-z]))|肺梗|降|激素|止|化疗|方案|(?<![一二三四五六七八九十\d几])针|素|血[压糖]药|透析|管|饭|荤|[中西草]药"
)
# "卡非佐米心超不过关没敢用"
_NOT_DARED = re.compile(
    rf"[^。;；\n{MASK},，?？]{{0,14}}?(?:没|未|不)(?:敢|能)(?:再|给)?(?:使用|[用吃打服上])(?:上|了|成)?{_END}"
)
# "沙利度胺吃了半年手脚麻 上月换成来那度胺": why it was left stands between
_LEFT_FOR = re.compile(
    rf"(?P<between>[^。;；\n{MASK}?？拟建]{{2,36}}?)(?<![剂])(?:换|改|转)(?:成|为|用|了|吃|服|打|上)*\s*{MASK}"
)
_HAD = re.compile(
    r"(?:[吃用服打]了|[吃用服打]过|[吃用服打](?:到|至|满)|\d\s*(?:个?(?:月|疗程|周期|程)|年)|因|耐药|进展|复发|不耐受|[一两二三四五六]\s*(?:个?(?:月|疗程|周期|程)|年)|麻|疹|过敏|无效)"
)
# "自己停了一个礼拜，后来打电话问过又接着吃了"
_GONE_ON_AGAIN = re.compile(
    rf"[^。;；\n{MASK}?？]{{0,30}}?(?:停|歇|中断)[^。;；\n{MASK}?？]{{0,20}}?[,，后]\s*[^。;；\n{MASK}停不没未?？]{{0,18}}?"
    r"(?:又|再|重新)(?:接着|继续|接上|开始|恢复)*(?:[吃用打服上](?:上|回|起来|着|了)+|接上了?|恢复了?|继续了?|接着[吃用打服])"
)
# "来那度胺停3天": a pause within a course, unless it is said to have begun already ("已停3天", "停了3天")
_PAUSE_OF_DAYS = re.compile(
    r"\s*(?:片|胶囊|针)?\s*(?:因[^,，。;；\n]{1,10})?(?:先|暂|需|要|临时|期间|中间|中途|本周|本周期|本程|这周|今起|今日起)*停\s*"
    r"(?:(?:[1-9一二两三四五六七几]|1[0-4]|十)\s*(?:天|日|d(?![a-z])|次|剂)(?!\s*(?:了|前|多|余|[,，]?\s*(?:未|没)))|"
    r"[12一二两]\s*(?:周(?!期)|个?(?:星期|礼拜))\s*后(?:再|继续|恢复|重新))"
)
# "CTX嫌白细胞低没加 促红素…": what stands before the denial is denied, not what follows the blank
_THE_ONE_BEFORE = re.compile(rf"{MASK}[^\s,，。;；{MASK}]{{0,14}}$")

# "之前打万珂加环磷酰胺加地塞米松": joined, not added later
_JOINED_TO = re.compile(rf"{MASK}\s*$")
_JOINING = frozenset({"加", "加上", "合用", "联合"})
PAST = re.compile(r"曾|既往|以前|之前|过去|原先?|先前|前期|早期|去年")
# Somebody asks, after a blank: "促红素每次透析都打  家里人问能不能…"
ASIDE_ASKED = re.compile(
    r"(?<=[一-龥\dA-Za-z])\s+(?:另外|还有|然后|那)?(?:家里人?|家属|家人|病人|患者|他|她|我|老人)?(?:还|又|也|想|来)*(?:问|咨询|请问|想知道)"
)


# "地塞米松剂量家属记不清": what has a dose is taken
_DOSE_UNSAID = re.compile(
    r"\s*(?:片|针)?的?(?:具体|每次|每天|每周|每个?周期|每个?疗程|总|确切)*(?:剂量|用量|用法|量)"
    r"(?:家属|患者|病人|他|她|家里人?|自己|本人|具体|都|还|也|暂|尚|目前|是多少|多少|[,，])*"
    r"(?:记不|说不|讲不|不详|不清|不明|不知|不确定|未知|(?:未|没)(?:写|记|提|说)|待|未定|忘)"
)
# "2021.2-2023.6 沙利度胺维持": a course with both its ends
_MONTH = r"(?:20)?\d\d\s?[.年/-]\s?(?:1[0-2]|0?[1-9])\s?月?"
_FROM_TO = re.compile(
    rf"(?<!\d){_MONTH}(?:\s?[.日/-]?\s?\d{{1,2}}日?)?\s?(?:[-~至到]|--)\s?{_MONTH}[\s:,，]?(?:期间|间)?"
    r"(?:先后)?(?:给予|使用|应用|接受|口服|服用|予以?|行|用|吃)?\s?$"
)
# "R maintenance until PD"
_UNTIL = re.compile(
    # "沙利度胺维持至2022年"
    r"\s*(?:胶囊|片)?\s*(?:单药|方案)?\s*(?:维持|治疗|口服|服用|使用|[吃用打服])+(?:治疗)?(?:直?[至到])\s?(?:20\d\d\s?(?:年|[.-]\d)|去年|前年|上个?月)(?![^,，。;；\n]{0,6}(?:今|开始|起))|"
    r"\s*(?:maintenance|维持|therapy|treatment|monotherapy)?\s*(?:治疗)?\s*(?:until|till|through)\s(?!now|today|present)|"
    # "lenalidomide x 2y, off since 2023"
    rf"[^.,，。;；\n{MASK}]{{0,16}}[,，]\s*(?:now\s+)?(?:off|stopped|d/c'?e?d|discontinued|held)\s+(?:since|in|on|due|for|because|after)\s",
    re.I,
)


# "2016年DVT，口服华法林半年", "5年前肺栓塞 用利伐沙班3个月": a course of former years that was over then
_COURSE = r"(?P<n>\d{1,2}|半|[一二两三四五六七八九十]+)\s*(?P<unit>个?月|年|周|天)"
_CLOT_THEN = re.compile(
    r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)|(?<![\d一二三四五六七八九十])(?P<ago>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*多?年(?:以|之)?前)"
    r"[^。;；\n]{0,16}?(?:dvt|vte|(?<![a-z])pe(?![a-z])|血栓|栓塞|肺栓)[^。;；\n◇]{0,8}?"
    r"(?:[,，\s后]|(?=[予给吃用服打口抗]))(?:(?:当时|曾|先|即|遂)*(?:予以?|给予|口服|服用|使用|应用|[吃用服打]|抗凝)*)"
    rf"(?:了?{_COURSE}的?)?\s*$",
    re.I,
)
_FOR_SO_LONG = re.compile(
    rf"\s*(?:片|钠片?|抗凝|治疗|预防|\d+(?:\.\d+)?\s*mg(?:\s*(?:qd|bid))?)*\s*(?:[吃用服打]了?|了|共|约|近|达|满)*\s*{_COURSE}(?!\s*(?:了|来|至今|前|半|多|余))",
    re.I,
)
_UP_TO_NOW = re.compile(r"[^。;；\n]{0,20}?(?:至今|仍|还在|还[吃用服打]|目前|现在|继续|一直|未停|没停)")
_YEARS = {"年": 1.0, "月": 1 / 12, "周": 1 / 52, "天": 1 / 365}


def over_long_ago(masked: str, start: int, end: int, this_year: int) -> bool:
    """Whether the drug was given for a clot of former years, and for so long only."""
    then = _CLOT_THEN.search(masked, max(0, start - 48), start)
    length = _FOR_SO_LONG.match(masked, end) or (then if then and then["n"] else None)
    if then is None or length is None or _UP_TO_NOW.match(masked, max(end, length.end())):
        return False
    number = 0.5 if length["n"] == "半" else numbers.parse(length["n"])
    since = this_year - 1 - int(then["year"]) if then["year"] else numbers.parse(then["ago"])
    if number is None or since is None:
        return False
    return since > number * _YEARS[length["unit"][-1]]


def told_later(masked: str, start: int, end: int, lead: str, cue: str | None) -> Change | None:
    """What the rest of the sentence makes of the drug at ``[start, end)``; None where it says nothing."""
    before = masked[max(0, start - 24) : start]
    if cue is None and (_SAME_AS.match(masked, end) or _same_as_before(masked, end, before)):
        return "asked"
    if cue is None and _DOSE_UNSAID.match(masked, end):
        return "taken"
    if cue in (None, "taken") and _NOT_CHANGED_FOR.match(masked, end):
        return "taken"
    if _TO_CHANGE_TO.search(before) and _WAS_NOT_CHANGED.match(masked, end):
        return "never"
    if _WRONG_ONE.match(masked, end):
        return "never"
    if _RIGHT_ONE.search(before) or _AFTER_MISTAKE.search(before):
        return "taken"
    if _OUGHT_TO_BE.search(before) and not _GUESSED.search(masked[end : end + _SAME_CLAUSE]):
        return "taken"
    if _FORMER.search(before) and _GOES_ON.match(masked, end):
        return "taken"
    if _AS_BEFORE.search(before) and not QUESTION.search(masked[end : end + _SAME_CLAUSE]):
        return "taken"
    if _OF_ANOTHER_BED.match(masked, end) or (
        _ANOTHER_BED_HAS.search(before) and _THIS_BED.match(masked, end)
    ):
        return "named"
    if given_up(masked, end, lead):
        return "never"
    return "stopped" if _FROM_TO.search(masked, max(0, start - 40), start) else None


def given_up(masked: str, end: int, lead: str) -> bool:
    """Whether the drug was planned, and the plan then refused or dropped."""
    planned = _PLANNED.search(lead) or _WAS_PLANNED.match(masked, end)
    if planned is None or _TO_LEAVE.search(planned[0]):
        return False
    return bool(_REFUSED.match(masked, end) or _GIVEN_UP.match(masked, end))


def right_one_follows(masked: str, end: int) -> bool:
    """Whether a drug that is called a mistake is followed by the right one."""
    return _RIGHT_ONE_FOLLOWS.match(masked, end) is not None


def _same_as_before(masked: str, end: int, before: str) -> bool:
    found = _SAME_AS_BEFORE.search(before)
    return found is not None and bool("不" in found[0] or "否" in found[0] or _ASKS_AFTER.match(masked, end))


def of_the_one_before(lead: str, start: int, end: int) -> bool:
    """Whether a denial at ``[start, end)`` belongs to the drug before it: "CTX没加 促红素照打"."""
    return lead[end : end + 1].isspace() and _THE_ONE_BEFORE.search(lead, 0, start) is not None


def joined(lead: str, cue: re.Match[str]) -> bool:
    """Whether a cue only joins one drug to the one before."""
    return cue[0] in _JOINING and _JOINED_TO.search(lead, 0, cue.start()) is not None


def gone_on(masked: str, end: int, cue: str | None) -> bool:
    """Whether a stop that is told is over, or is a pause of days within a course."""
    if cue not in (None, "taken", "switch", "asked"):
        return False
    return _GONE_ON_AGAIN.match(masked, end) is not None


def paused(masked: str, end: int) -> bool:
    """Whether the drug is only left out for a few days."""
    return _PAUSE_OF_DAYS.match(masked, end) is not None


def left(masked: str, end: int) -> bool:
    """Whether it is told later in the sentence that the drug is no longer given or was replaced."""
    since = _NO_MORE_SINCE.match(masked, end)
    if since is not None and not _OTHER_TOPIC.search(since[0]):
        return True
    if _UNTIL.match(masked, end):
        return True
    dared = _NOT_DARED.match(masked, end)
    if dared is not None and not _OTHER_TOPIC.search(dared[0]):
        return True
    replaced = _LEFT_FOR.match(masked, end)
    if replaced is None or QUESTION.search(masked[end : replaced.end() + 12]):
        return False
    between = replaced["between"]
    return bool(_HAD.search(between)) and not _OTHER_TOPIC.search(between)
