"""Questions answered on the spot, as a transcript has them, put as a form has them.

"有糖尿病吗？没有" becomes "  糖尿病:无    ": whatever reads a form reads the answer too. The text keeps its
length, and what was asked about its place.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Literal

Reply = Literal["yes", "no", "over", "unknown"]

_CAREGIVER = r"家属|家人|陪护|代诉人?|儿子|女儿|老伴|妻子|丈夫|爱人|配偶"
_ASKER = r"医生?|大夫|医师|主任|护士|护|问诊?|q|提问"
_SPEAKER = re.compile(
    rf"(?:(?<=[\n。;?!,])|^)[\x20\-\"']*(?P<who>{_ASKER}|答|回答|a|患者?|病人|患方|{_CAREGIVER})(?:\d{{1,2}})?\s?[:>](?=[^\n])",
    re.I,
)
_TURN = re.compile(r"(?:(?<=[\n。;?!])|^)[ \-\"']*(?P<who>[^\W\d]{1,4}) ?:(?=[^\n])")
_IS_THE_PATIENT = re.compile(r"患者?$|病人|患方")
_OWN_KIN = re.compile(
    r"[我俺咱](?=[的家]?老?(?:爱人|丈夫|老公|老婆|老伴|妻子|媳妇|[爸妈爹娘父母哥弟姐妹爷奶舅姨叔伯姑]|儿子|女儿|外公|外婆|姥))"
)
_ASKS = re.compile(rf"(?:{_ASKER})(?:\d{{1,2}})?\Z", re.I)

_TIME = (
    r"(?:(?:大前|前|去|今|上|本|这|\d+|[一二两三四五六七八九十半几]+)\s?个?半?(?:年|月|周|星期|礼拜|天|日)(?:多|余|来)?(?:之?前|底|初)?"
    r"|昨天|今天|刚刚|小时候|年轻(?:时候?)?)"
)
_ASIDE = (
    r"(?:那|这个|这|我|他|她|都|也|还|倒|就|刚|早就|早|已经|已|一直|从来|从|确实|肯定|"
    r"曾经?|以前|天天|每天|目前|现在|应该|大概)"
)
_TAIL = (
    r"(?:过|了|着|呢|的|啊|呀|哦|哟|嘛|哈|得|到|一次|两次|几次|\d次|这个?|那个?|种|毛?病|情况|事儿?|有|说|在)"
)
_END = r"(?= ?(?:[\s,，。;；、!！?？()]|$))"
_CURED = (
    r"(?:\s?,\s?(?P<cured{0}>(?:早就?|已经?|后来|现在|都)*"
    r"(?:好|治好|治愈|痊愈|愈合|消失|溶解?|止住)(?:了|的)+)(?=[\s,。;!()]|$))?"
)
_REPLY = re.compile(
    rf"(?P<unknown>(?:这个?|我|他|她|也|都|还)*(?:不太?清楚|不太?知道|不太?记得|记不(?:太)?清(?:楚)?|记不得|不好说|说不(?:清楚?|上来|好)|不确定|不详|不了解|忘了?|"
    rf"没注意|(?:从来|还)?没(?:有)?(?:查|测|检查|化验)过?|没做过?检查|unknown|不晓得|晓不得))(?:了|呢|的|啊)*{_END}|"
    rf"(?P<over>(?:{_ASIDE}|{_TIME})*(?:拔|取|撤|拆|停|断)(?:掉|除|出来?|药|管)?了?(?:的|啊)*{_END}(?<![拔取撤拆停断]))|"
    rf"(?P<no>(?:(?:{_CAREGIVER}|患者|病人|本人)?(?:均|都|也|坚决)?否认{_END})|{_ASIDE}*(?:哪(?:里|儿)?(?:会)?有|没有|没|无|不是|不|未|否|不存在|(?:[a-z]{{2,5}}\s?)?已?排除|nope|none|never|no|n)(?P<denied>[一-龥]{{0,3}}?){_TAIL}*{_END})|"
    rf"(?P<yes>(?:{_ASIDE}|(?P<when>{_TIME}))*(?:有一?点儿?|有|是|对|嗯+|恩|在|yes|yeah|y){_TAIL}*{_END}{_CURED.format(1)})|"
    rf"(?P<echo>(?:{_ASIDE}|(?P<when2>{_TIME}))*(?P<verb>[一-龥]{{1,2}}?){_TAIL}*{_END}{_CURED.format(2)})",
    re.I,
)
# "VTE史？家属说没有": the answer, told by whoever was asked
_TOLD_BY = (
    rf"(?:(?:{_CAREGIVER}|患者|病人|本人|自己|家里人?|他|她)(?:本人|自己|都|均|也|就)*"
    r"(?:[说称讲诉答回]|表示|回答|反映)(?:是|道)?[,:]?\s?)?"
)
_MARK = re.compile(rf"(?:\?+|(?<=[吗么]) ?[,\s]|(?<=[一-龥]没) ?(?=-{{2}}|\n))[\s\"'\->=)]*{_TOLD_BY}")

_NOT_ASKED_OF_THE_PATIENT = re.compile(
    r"能|可以|可否|可行|(?<![主重])要|需|应该|应不|该|怎|咋|如何|为什么|为何|哪(?![里儿处](?:还|也|都|在|有|会)*(?:出过?|流|渗)血)|谁|什么|啥|会不会|会|行不行|影响|建议|推荐|"
    r"算|合适|加分|剂量|几[分天次片]|多[少久长大]|几岁"
)
_WHETHER = re.compile(
    r"有没有|是不是|有无|是否(?:存在|患有|有)?|可有|有不有|(?:(?P<v>[一-龥])过?没有?(?P=v))过?|(?P<w>[一-龥])不(?P=w)"
)
_PARTICLES = re.compile(r"(?:了|过|着|的|得)?(?:吗|嘛|么|吧|呢|啊|呀|不|否|没有|没得|没|无|与否|不曾)+\s?$")
_WAS_THERE = re.compile(r"(?:还|也|有|存在|是|在|[得患犯]过?)+ ?$")
_LEADS = re.compile(
    r"^[\s\-\"']*(?:那么?|还|另外|然后|再|请问|平时|您|你|他|她|患者|病人)*(?P<verb>有|患有|存在)(?=[^过])"
)
_DENIES = re.compile(r"没有(?!过)|没|从未|未|(?<!有)(?<!/)无|不是|不(?=卧|抗)")
_TAKING = frozenset("吃用服打上")
_BARE = re.compile(r"[\s\"']*(?:现在|目前|那|还有|另外)*[^\s,吃用服打上]{2,10}[\s\"']*$")  # "华法林?"
_HAD = re.compile(
    r"[得患犯有长生发]过(?:吗|么|没有?|[的吧呢])*$|([得患犯有长生发])过?没有?\1过|[得患犯有长生发]过没"
)
_RHETORICAL = re.compile(r"不是|不就是")
_ENDED = re.compile(
    r"(?P<verb>拔|取|撤|拆|停|断|止|好|愈合|痊愈|治愈|消失|吸收|溶)(?P<rest>掉|除|出来?|药|管|住|全)?(?:了|没)*$"
)
_TESTED = re.compile(r"(?:查|测|验|化验|检查)$")
_SEVERAL = re.compile(r"[、或]|还是")
_OR = re.compile(r"或|还是")
_HOW_MUCH = re.compile(
    r"(?:是|有|得|大概|查了?|到|为)*(?:多少|多[重高久]|多长时间|几)(?:公斤|斤|次|天|年|个?月|周|了|呢|啊|厘米)*[?？][\s\"'\->=]*(?:大概|大约|约|差不多|是|有|才|就)*(?=\d|[一二两三四五六七八九]十|一百)"
)
# "利伐沙班怎么吃？一天一次20毫克" between two people: it is taken
_HOW_TAKEN = re.compile(
    r"(?:怎么|咋|如何)(?P<verb>[吃用打服])的?[呢啊]?\?(?=[^?。\n]{0,30}(?:毫克|mg|[片粒颗针支次]|单位))", re.I
)
# "腿上长过血栓没？没有。家里人有没有？没有"
_KIN_TOO = re.compile(
    r"(?P<before>(?:血栓|栓塞|dvt|vte)[^\n]{0,40}?[。\s])(?P<asked>那?(?:家里人?|家里面|家族里?|家人|父母|兄弟姐妹|亲戚|亲属)"
    r"[^?。,\n]{0,6}(?:有没有|有吗|有过没|有过吗|得过吗|呢)[^?。,\n]{0,4}\?[\s\"'\-]*(?:都|也|全都)?(?:没有?|无)(?:人|过|得过?)*)(?=[。,\s]|$)",
    re.I,
)
_HOW_OLD = re.compile(
    r"(?:多大(?:年纪|岁数|了)*|(?:几|几?多|多少)岁(?:了|数)?)[啊呀呢]?[?？][\s\"'\->=]*(?:今年|快|都|刚)*(?=\d\d|[一二三四五六七八九十]{2,3})"
)


def put_as_form(text: str) -> str:
    """A normalised text with every question that is answered at once written as "item:answer"."""
    if "?" not in text and "吗" not in text and "没" not in text:
        return text
    plain = _without_speakers(text)
    if plain != text:
        plain = _HOW_TAKEN.sub(lambda match: f"在{match['verb']},".ljust(len(match[0])), plain)
    plain = _KIN_TOO.sub(lambda match: match["before"] + "VTE家族史:无".ljust(len(match["asked"])), plain)
    plain = _HOW_OLD.sub(lambda match: f"{'年龄:':{len(match[0])}}"[: len(match[0])], plain)
    plain = _HOW_MUCH.sub(lambda match: ":".ljust(len(match[0])), plain)
    position = 0
    while (mark := _MARK.search(plain, position)) is not None:
        position = mark.end()
        reply = _REPLY.match(plain, mark.end())
        asked = _asked(plain, mark.start()) if reply is not None else None
        if reply is None or asked is None:
            continue
        written = _as_item(plain[asked : mark.start()], reply)
        room = reply.end() - asked
        if written is not None and len(written) <= room:
            rest = plain[reply.end() :]
            if ":" not in written and rest.startswith(","):
                rest = " " + rest[1:]  # the result follows
            plain = plain[:asked] + written.ljust(room) + rest
            position = reply.end()
    return plain


def _without_speakers(text: str) -> str:
    """The text without "医:", "患:", "姑娘:" where two take turns to speak."""
    labels = list(_SPEAKER.finditer(text))
    if not any(_ASKS.match(label["who"]) for label in labels):
        turns = list(_TURN.finditer(text))
        often = {who for who, number in Counter(turn["who"] for turn in turns).items() if number > 1}
        answering = {turn["who"] for turn in turns if text[: turn.start()].rstrip().endswith("?")}
        if not often & answering or not often - answering:
            return text
        labels = turns
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        said = text[label.end() : end]
        if _IS_THE_PATIENT.match(label["who"]):
            said = _OWN_KIN.sub("其", said)
        text = text[: label.start()] + " " * len(label[0]) + said + text[end:]
    return text


def _asked(text: str, mark: int) -> int | None:
    """Where the question before a mark begins; None where it is none about a finding of the patient."""
    first = max(text.rfind(stop, 0, mark) for stop in "。;!?\n") + 1
    start = text.rfind(",", first, mark) + 1 or first
    if start > first and not _stem(text[start:mark]).strip():
        start = text.rfind(",", first, start - 1) + 1 or first
    question = text[start:mark]
    if mark - start > 40 or _NOT_ASKED_OF_THE_PATIENT.search(question):
        return None
    return start


def _stem(question: str) -> str:
    """A question without the words that make it one, everything else at its place."""
    stem = _WHETHER.sub(lambda match: " " * len(match[0]), question)
    stem = _PARTICLES.sub("", stem.rstrip())
    stem = _WAS_THERE.sub("", stem.rstrip()).rstrip()
    lead = _LEADS.match(stem)
    return stem[: lead.start("verb")].ljust(lead.end()) + stem[lead.end() :] if lead else stem


def _as_item(question: str, reply: re.Match[str]) -> str | None:
    said = _said(question, reply)
    stem = _stem(question)
    if said is None or not stem.strip():
        return None
    denial = _DENIES.search(stem)
    if denial is not None:
        stem = stem[: denial.start()].ljust(denial.end()) + stem[denial.end() :]
        agreed = re.match(r"[是对嗯恩]|yes", reply[0], re.I)
        if said == "yes" and agreed and not _RHETORICAL.search(question):
            said = "no"
    ended = _ENDED.search(stem)
    if ended is not None and said in {"yes", "no", "over"} and stem[: ended.start()].strip():
        done = "未" if said == "no" else "已"
        return f"{stem[: ended.start()].rstrip()}:{done}{ended['verb']}{ended['rest'] or ''}"
    if said == "yes" and _TESTED.search(stem):
        return _TESTED.sub("", stem)  # "狼疮抗凝物查了吗？查了，阴性"
    several = bool(_SEVERAL.search(stem))
    stem += "史" if _HAD.search(question.rstrip()) else ""
    if said == "over":
        return f"{stem}:已{re.sub('[^拔取撤拆停断]', '', reply[0])[:1]}了"
    if said == "unknown" or (said == "yes" and _OR.search(stem)):
        return f"{stem}:不详"
    if said == "no":
        return f"{stem}:{'均' if several else ''}无"
    if reply["cured1"] or reply["cured2"]:
        return f"{stem} 曾有{reply['cured1'] or reply['cured2']}"
    if reply["echo"] and _is_taking(question, reply["verb"]):
        return f"{stem}{reply['verb']}着"
    return f"{stem} {reply[0]}" if reply["when"] or reply["when2"] else f"{stem}:有"


def _is_taking(question: str, verb: str) -> bool:
    """Whether it answers the bare name of a drug: "华法林？早就不吃了", "激素？吃着呢"."""
    return verb in _TAKING and bool(_BARE.match(question))


def _said(question: str, reply: re.Match[str]) -> Reply | None:
    """What a reply says; None where its words do not belong to the question."""
    if reply["echo"]:
        return "yes" if reply["verb"] in question or _is_taking(question, reply["verb"]) else None
    if reply["no"]:
        denied = reply["denied"]
        return "no" if not denied or denied in question or _is_taking(question, denied) else None
    if reply["yes"]:
        return "yes"
    return "over" if reply["over"] else "unknown"
