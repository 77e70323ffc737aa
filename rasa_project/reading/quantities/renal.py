"""Renal function in words, and numbers given for "肾功能" itself."""

from __future__ import annotations

import re

from rasa_project.reading.context.retraction import retraction
from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised
from rasa_project.reading.quantities import numbers

_KIDNEY = r"肾脏?(?:功能?)"
_QUESTION = re.compile(r"\s*(?:吗|么|\?|与否|不正常|还是)")
_NORMAL = re.compile(
    rf"{_KIDNEY}[^,。;\n不未没非无异衰差减受降否\d]{{0,8}}(?:正常|未见(?:明显)?异常|无(?:明显|特殊)?异常|无殊|没问题|没有问题|良好|好的?|尚可|OK|可(?=[,，。;\s]|$))|"
    r"(?:(?<![肝心两])肾(?:脏)?|腰子)(?:功能?)?(?:都|也|还|是|挺|蛮|倒)*(?:正常|还行|还好|还?可以(?=[,，。;；\s]|$)|(?:没得?|没有|无|莫得?)(?:啥子?|什么|啥)?(?:问题|毛病|事)|没事|好的|挺好)|"
    # "肾功能:尿素5.2 肌酐61 均在正常范围": the tests that belong to it, and what is said of all
    r"肾功能?\s?[:：(]\s?(?:[,，、;\s]{0,2}(?:血?尿素氮?|bun|urea|血?肌酐|s?cr|crea|尿酸|ua|胱抑素c?|cysc|e?gfr|β2-?mg?|碳酸氢根|hco3)[\s:=]*\d+(?:\.\d+)?\s?(?:[muμ]*mol/l|mg/d?l|ml/min(?:/1\.73m[2²])?)?){1,6}"
    r"[,，、;)\s]{0,3}(?:结果|指标|以上|上述)?(?:均|都|皆|全部?|也)(?:在)?(?:正常|参考)(?:范围|值)?",
    re.I,
)
_ABNORMAL = re.compile(
    rf"{_KIDNEY}\s*[:]?\s*(?:[轻中重]度|[轻中重]|明显|稍|有点|有所|持续|进行性|慢性|急性|都|已经|已|早|有)*\s*(?:异常|不全|衰竭|受损|损害|损伤|减退|减低|下降|降低|差|不好|不正常|非正常|[谈算称]不上正常|恶化|不良)|"
    r"(?:(?<![肝心])肾(?:脏)?|腰子)(?:功能?)?(?:有点儿?|都|也|已经?|就)*(?:不太好|不大好|不怎么好|不好|不太?行|坏了|出了?问题|有问题)|肾衰竭?|尿毒症|(?:维持性?)?血液?透析|(?<![a-z])ckd\s*[-:]?\s*(?:g)?[3-5ⅢⅣⅤ]\s*[ab]?\s*期?|慢性肾脏?病\s*(?:ckd)?\s*[(]?\s*[3-5三四五ⅢⅣⅤ]\s*期",
    re.I,
)
_NEGATED = re.compile(
    r"(?:无|否认|没有|未见|非|不伴|排除|未发现|不是|没|防|避免|若|如果?|时|慎用)[^。;\n]{0,14}$"
)
_NUMBER = re.compile(
    rf"{_KIDNEY}\s*(?:[:=是为只有约\s])*(?P<n>\d{{1,3}}(?:\.\d+)?)\s*(?:ml\s*/\s*min[\w./²]*)?(?![\d.%]|\s*(?:岁|年|月|周|天|期|[uμ]mol|mg))",
    re.I,
)
_SUPPOSED = re.compile(r"(?:如果?|若|要是|假如|只要|待|直到)[^,，。;；\n]{0,3}$")
# "之前肾功没问题，这次来就不行了"
_WORSE_NOW = re.compile(
    r"的?[,，](?:但|可|不过)?(?:是)?(?:这[次回]|现在?|目前|如今|今[天日年]|近来|最近|后来)[^,，。;；\n不没未无]{0,6}"
    r"(?:不行|不好|不正常|坏|变?差|异常|恶化|下降|减退|出问题|不全|衰竭)"
)
_HYPOTHETICAL_AFTER = re.compile(r"\s*(?:时|的?(?:话|患者|病人)|者|怎么|如何|能|可以)")


def read_renal_words(message: Normalised) -> list[Mention]:
    """``renal_function_normal`` from words; ``gfr`` from "肾功能22"."""
    text = message.text
    for match in _NUMBER.finditer(text):
        value = float(match["n"])
        if value <= 200:
            return [
                Mention(
                    "gfr",
                    numbers.tidy(value),
                    message.words(*match.span()),
                    *match.span(),
                    "affirmed",
                    "ml/min/1.73m²",
                    "“肾功能”后的数字按 GFR（ml/min/1.73m²）理解，请核对",
                )
            ]
    found: list[Mention] = []
    for match in _NORMAL.finditer(text):
        if (
            not _QUESTION.match(text, match.end())
            and "是否" not in text[max(0, match.start() - 4) : match.end()]
            and not _SUPPOSED.search(text, max(0, match.start() - 6), match.start())
        ):
            worse = _WORSE_NOW.match(text, match.end())
            start, end = match.start(), worse.end() if worse else match.end()
            if worse is not None:
                found.append(_abnormal(message, start, end))
            else:
                found.append(Mention("renal_function_normal", True, message.words(start, end), start, end))
            break
    for match in _ABNORMAL.finditer(text):
        if _NEGATED.search(text[max(0, match.start() - 18) : match.start()]):
            continue
        if _HYPOTHETICAL_AFTER.match(text, match.end()) or _QUESTION.match(text, match.end()):
            continue
        if retraction(text, *match.span()) is not None:
            continue
        found.append(_abnormal(message, *match.span()))
        break
    return found


def _abnormal(message: Normalised, start: int, end: int) -> Mention:
    words, note = message.words(start, end), "肾功能异常，请给出 GFR"
    return Mention("renal_function_normal", False, words, start, end, "negated", None, note)
