"""The predicate behind a finding or a drug: whether its negation denies what it is said of.

"促红素从没打过" and "肾病综合征未成立" deny, "导管没拔" and "没否认" say that it is there, "糖尿病没控制好"
speaks of something else. A negation that is none of these is left to ``unexplained``: what is not understood
is asked about, never read as its opposite.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from rasa_project.reading import lexicon

Predicate = Literal["denied", "dictated", "lasting", "affirmed", "doubtful", "unknown", "other"]

_END = r"(?=\s*(?:$|[,，。;；、!！?？\n)）|/]|但|不过|可是|只是|就是))"
_NEVER = r"(?:[谈算说]不上|够不上|不能算|不算)"
_THERE = (
    r"(?:不能说没|不是没|并非没|不是说没|不可能没|谁说没|没有?否认|未否认|不否认)"
    r"(?:有|得|犯|过|用|吃|打)*(?:过|的|了|啊|呀)?"
)
# "慢阻肺诊断没有问题", "房颤无疑": what is beyond doubt is there
_SETTLED = (
    r"(?:(?<=诊断)(?:上|本身|这块)?(?:没有?|无|不存在)(?:什么|啥|任何|大)?(?:问题|毛病|好说的)|"
    r"(?:没有?|毫?无|不存在)(?:什么|啥|任何|一点)?(?:疑问|疑义|异议|争议|悬念|疑))(?:的|了|啊)?"
)
# "慢阻肺诊断有问题"
_QUESTIONED = (
    r"(?<=诊断)(?:上|本身|这块)?(?:有(?:点|些|很大|待商榷)?(?:问题|疑问|异议|争议|疑义)?|"
    r"存疑|可疑|欠妥|值得商榷|站不住脚)"
)
# "慢阻肺这个帽子摘掉": the name was worn wrongly
_CAP = (
    r"的?[这那]?[顶个]?的?帽子(?:已经?|可以|就|早就?|也|都|该|应该?|终于|给|算是?|今[天日])*"
    r"(?:摘|拿|去|丢|扔|脱)(?:掉|了|下来?|除|去)+了?"
)
_DOUBT = (
    r"(?:不敢|不好|难|很难|谁敢|没人敢)(?:说|讲|保证)(?:没有?|有没有|无|有无)(?:过|的|了)?|不(?:太|大|很)?像"
)
_TESTED = r"(?:[查做测拍筛看]过[^,，。;；\n]{1,14}[,，])?"  # "房颤查过24小时心电图，没有"
_RHETORICAL = r"哪(?:里|儿)?(?:有|来|会有?|得过|用过|吃过)(?:的|过|啊|呀|呢|嘛|什么|这(?:回)?事|这个?病)*"
# Dictated without punctuation, the denial belongs to what stands before it where what follows has an answer
# of its own: "肾病综合征没有狼疮抗凝物阴性", "糖尿病没有房颤没有", "糖尿病没有血小板73".
_FINDING = "\ue000"  # as in ``rules.TARGET``
_OWN_RESULT = rf"{_FINDING}++\s*(?:检测|检查|结果|均|都|也|为|是|呈|[:：])*+(?:弱?阳性|阴性|[(（]\s*[-+])"
_OWN_ANSWER = rf"(?:{_FINDING}++(?:是|倒是|倒|却|确实|他|她|也|都)*+(?:没有?|无|有)(?:的|过)?)++{_END}"
_A_VALUE = (
    r"(?:血小板|血肌酐|肌酐|血红蛋白|inr|e?gfr|(?:肾小球)?滤过率|m蛋白|体重|身高|心率|今年|年龄)"
    r"[^,，。;；\n没未无不]{0,6}?[\d一二三四五六七八九十百]"
)
_DICTATED = rf"(?:没有?|无)(?:得|患|犯)?过?(?:的|了)?(?={_OWN_RESULT}|{_OWN_ANSWER}|{_A_VALUE})"
_INTRODUCED = re.compile(
    r"(?:有|无|没|未见?|患|得|合并|并发|伴|诊断|确诊|否认|查出|发现)(?:过|有|为|是|了|的)?\s*$"
)
_WINDOW = 12
_CLAUSE_STOP = re.compile(r"[,，。;；!！?？\n、:：()（）|/]")
# behind a blank somebody is spoken of anew: "小腿肌间静脉血栓 患者没啥感觉"
_NEXT_SUBJECT = re.compile(rf"{_CLAUSE_STOP.pattern}|\s(?=(?:患者|病人|本人|自己|他|她|家属|家人)\S)")
_NEGATION = re.compile(r"没|未|不(?![锈])|无|(?<!卡)非(?![佐甾])|(?<![是能可])否(?![则])|勿")


@cache
def _patterns() -> dict[bool, re.Pattern[str]]:
    """The grammar for findings and, with the verbs of taking, for drugs."""
    words = lexicon.load("predicate")
    lead = f"(?:{words['about']})*+{_TESTED}(?:{words['when']}|{words['adverbs']}|[,，]?\\s)*"
    negation = words["negation"]

    def grammar(denying: str, dictated: str = "(?!)") -> re.Pattern[str]:
        return re.compile(
            f"{lead}(?:"
            f"(?P<affirmed>(?:{_THERE}|{_SETTLED}){_END})|(?P<doubtful>(?:{_DOUBT}|{_QUESTIONED}){_END})|"
            f"(?P<denied>(?:{negation}{denying}|{_NEVER}|{_RHETORICAL}|{_CAP}){_END})|"
            f"(?P<dictated>{dictated})|"
            f"(?P<lasting>{negation}{words['lasting']}{_END})|"
            f"(?P<unknown>{negation}{words['unknown']}{_END})|"
            f"(?P<other>{negation}{words['other']}))",
            re.IGNORECASE,
        )

    return {False: grammar(words["denying"], _DICTATED), True: grammar(words["taking"])}


def predicate(text: str, end: int, *, drug: bool = False) -> tuple[Predicate, int] | None:
    """What is said behind a name that ends at ``end``, and where it ends; None where nothing is denied."""
    match = _patterns()[drug].match(text, end)
    if match is None or match.lastgroup is None:
        return None
    return match.lastgroup, match.end()  # type: ignore[return-value]


def introduced(text: str, start: int) -> bool:
    """Whether a word before the name says already that it is there or not ("有糖尿病没有房颤")."""
    return _INTRODUCED.search(text, max(0, start - 6), start) is not None


def unexplained(text: str, start: int, end: int, explained: list[tuple[int, int]], mask: str) -> bool:
    """Whether a negation that no rule explains stands close to the name, in its own clause."""
    before = _CLAUSE_STOP.split(text[max(0, start - _WINDOW) : start].rpartition(mask)[2])[-1]
    after = _NEXT_SUBJECT.split(text[end : end + _WINDOW].partition(mask)[0], maxsplit=1)[0]
    return any(
        not any(a < negation.end() and negation.start() < b for a, b in explained)
        and not any(
            idiom.start() <= negation.start() < idiom.end()
            for idiom in _idiom().finditer(text, max(0, negation.start() - 3), negation.end() + 3)
        )
        for low, high in ((start - len(before), start), (end, end + len(after)))
        for negation in _NEGATION.finditer(text, low, high)
    )


@cache
def _idiom() -> re.Pattern[str]:
    return re.compile(lexicon.load("predicate")["idiom"])
