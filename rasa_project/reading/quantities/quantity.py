"""How each measured fact is written: its labels, what may stand between label and number, its units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from rasa_project.reading.lexicon import load
from rasa_project.reading.quantities import measure_cues as cues
from rasa_project.reading.quantities import numbers, timeline
from rasa_project.reading.quantities.tables import alternation

_COMPARE = r"<=|>=|[<>≤≥]|不?低于|不?小于|不足|不?少于|不到|未达|不超过|不?高于|不?大于|超过|不?多于"


_WORDS = (
    r"(?:[上下中]午|早[上晨]|晚上|夜里|凌晨)(?=复?[查测]?[\s:是为]*\d)(?!\s*\d{1,2}[点:时])|(?<![a-z])(?:was|is|of|at|dropped|fell|decreased|rose|increased|improved|recovered|from)(?![a-z])|回来|(?:本子|病历|单子|报告|化验单|系统|板子|首页)[上里](?:面)?|到过(?=\s*\d)|空腹|晨起|不多(?=[,，]?\s*\d)|少(?=\s?[,，是为有只才就\d])|已?植入(?=\s*\d)|目标(?:值|范围)?(?:为|是|在|[:\s])?(?=\s*\d+(?:\.\d+)?\s*[-~至到]\s*\d)|整(?=\s*\d)|就(?=\s*\d)|(?:落|掉|跌|降|升|涨|回)到(?:了)?|[升降]至|[这本]次|这回|重新?算(?:了|过|出来)*[,，]?(?=应?为|是|\s*\d)|应为|[只还]剩下?|剩下?(?=\s*\d)|算(?:出来|下来|得|出)(?:是|为)?|呢|啊|嘛|嗯|呃|我|(?:我|自己|家里|家属)?(?:数|摸|称|量)(?:出来|下来|了|过)*(?:一?[下哈]|一会儿?|半天)?的?(?=[,，]?\s?[是有一\d大约]|$)|不是|也(?=\s*(?:[有是才只就不]|\d))|倒|昨(?=[测查])|够(?=\s*[\d一二三四五六七八九十])|那个|这个|(?:县|省|市|镇|院|这)里|外院|当地|刚好|恰巧|控制|维持|说是|听说|正好|恰好|刚好|恰|结果|医生|大夫|护士|念|得(?=\s*[\d一二三四五六七八九十])|抽的|上回|上次|的|计数|绝对值|测定|检测|监测|检查|化验|数值|数量|水平|波动于|波动在|波动|浓度|定量|含量|均值|平均|值|结果|为|是|实测|实称|测得|查得|[轻中重]度|轻微|偏(?=快)|略|稍|较(?:前次?|上次|入院时?)|仅有|仅|只有|只|"
    r"有|高达|低至|可达|达到?|在|才|提示|显示|回示|示|回报|报告|查|测|报(?!销)|了|又|已经|已|再|于|每分钟|一分钟|稳定|从|由|最高|仍|还|都|基本|"
    r"正常(?!值|范围|参考)|明显|进行性|持续|估算值?|估测|(?:一直|长期|始终)(?=都?[偏低高])|偏低|偏高|减少症?|降低|升高|下降|增高|增快|快|低(?!于)|高(?!于)|均|[一两二三\d][次遍]|刚刚?(?=[出回报称量查测复抽算数])|(?:出|下|上)[来去](?=了)|回(?=了)|[涨升降掉跌](?=[上下]?[去来]?了)|(?:降|掉|慢)下来|回(?=[,，]?\s?\d)"
)

# A number with nothing but its unit between it and the end of the clause.
_ALONE = (
    r"(?:[是为]\s?)?\d{1,4}(?:\.\d{1,2})?\s?(?:[a-zμ%×*^\d]{1,8}(?:/[a-z\d.²]{1,6}){0,3}|公斤|千克|斤|次/?分?)?"
    r"\s?(?:[,，。;；!！\n]|$)"
)


FACTS = (
    "platelets_e9_l",
    "inr",
    "gfr",
    "creatinine_clearance_ml_min",
    "creatinine_umol_l",
    "m_protein_g_l",
    "heart_rate_bpm",
    "weight_kg",
    "bmi",
)


@dataclass(frozen=True, slots=True)
class Unit:
    pattern: re.Pattern[str]
    factor: float
    shown: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """How one fact is written: its labels, fillers and units, compiled."""

    fact: str
    name: str
    unit: str
    low: float
    high: float
    thresholds: tuple[float, ...]
    label: re.Pattern[str]
    excluded_before: re.Pattern[str]
    gap: re.Pattern[str]
    number: re.Pattern[str]
    units: tuple[Unit, ...]
    second_choice: re.Pattern[str]
    in_words: re.Pattern[str]


def _latin_whole(word: str) -> str:
    """A Latin label stands by itself, or right behind a unit: "80kgGFR20"."""
    return rf"(?:(?<![a-z])|(?<=\dkg)|(?<=\dcm)){word}(?![a-z])" if re.match(r"[a-z]", word) else word


@cache
def quantity(fact: str) -> Quantity:
    """The compiled table row of a fact."""
    row: dict[str, Any] = load("labs")[fact]
    labels = alternation([_latin_whole(word) for word in row["labels"]])
    before = rf"(?:{alternation(row['not_before'])})\s*$" if row.get("not_before") else r"(?!)"
    after = rf"(?!\s*(?:{alternation(row['not_after'])}))" if row.get("not_after") else ""
    between = "".join(f"|{words}" for words in row.get("between", []))
    gap = (
        # "补个eGFR，44": a comma right behind the label, and the number by itself
        rf"(?:[,，]\s?(?={_ALONE}))?"
        # A reference range in brackets may stand before the result: "肌酐 (57-111) 95".
        r"(?:\(\s*\d+(?:\.\d+)?\s*[-~]{1,2}\s*\d+(?:\.\d+)?\s*[a-zμ/]{0,8}\)(?=\s*[:=]?\s*\d)|"
        # In a table the range or the unit may stand in a column before the result: "57-111  156 H".
        r"\d+(?:\.\d+)?\s?[-~]{1,2}\s?\d+(?:\.\d+)?(?=\s+\d+(?:\.\d+)?\s*(?:[HL↑↓]|\n|$))|"
        r"[×x*]?\s?10\s?\^\s?\d{1,2}\s?/\s?L(?=\s+\d)|"
        # ... or in brackets, as may the method or the material: "PLT(10^9/L)：62", "肌酐(酶法) 95".
        r"\(\s*(?:[×x*]?\s?10\s?[\^*]?\s?[9⁹]\s?/\s?L|[a-zμ次]{1,4}\s?/\s?(?:[a-z]{1,3}|分钟?)(?:[/·.]1[.]73\s?m[2²])?|"
        r"kg|核素|血清?|空腹|定量|(?:智能)?(?:手环|手表|血氧仪|指夹|指氧仪|监护仪?|心电监护|听诊|血压计|家测|自测)|[^\d(),，]{1,6}法)\s*\)(?=\s*(?:结果)?\s*[:=]?\s*[\d<>])|"
        # "参考值125-350 结果45", "（正常值100-300）45"
        rf"[(]?\s*(?:正常|参考)(?:参考)?(?:值|范围|区间)+[:\s]*\d+(?:\.\d+)?\s?[-~至到]\s?\d+(?:\.\d+)?(?![\d.])(?:\s?[×x*]?\s?10\s?\^?[9⁹]\s?/\s?L|\s?[a-zμ]+/[a-z]+)?[)]?[,，\s]*(?=(?:{timeline.NOW}|结果|实测|为|是|[:\s])*\d)|"
        r"(?<=\s)(?:[HL]|low|high)(?=\s+\d)|(?<=[κλ型链ad])[,，](?=\s*\d)|(?:未|尚未|已|没)?达标[,，]?|(?:整|律|不)?齐[,，](?=\s*\d)|"
        r"(?:动态|序列|趋势|历次|系列|变化|(?:最?近|连续|这)[两二三四五六七八九\d][次天日周](?:复查|查|测)?|[两二三四五六七八九\d]次)(?=(?:分别|依次|[\s:为是])*\d)|(?:分别|依次)(?=[\s:为是]*\d)|"
        r"(?<=[低高少多常降减快])[,，]\s?(?=最?近[两二三四五六七八九\d][次天日周])|"
        # "肌酐报告出来了，是98", "肌酐出结果了是98"
        r"出(?=结果了)|(?<=了)(?=[是为]\s?\d)[是为]|(?<=了[,，])[是为](?=\s?\d)|"
        r"(?:的)?(?:报告|结果|化验单?|数值?|检验)(?:单)?(?=(?:刚|今天|也|都|已经?)*(?:出|回|拿|报)[来到报]?了)|"
        r"[两二三四五六七八九\d]次[,，]\s*(?=第一次)|"
        # "血小板呢？ 用户：131", "最近PLT：日期11-12，84"
        r"\?\s*(?:用户|患者|病人|家属|女儿|儿子|本人|答|回)\s*:\s*(?=\d)|日期\s*:?\s*\d{1,2}[-/.]\d{1,2}\s*[,，、)]|"
        rf"[\s:=≈\[\]〔〕【】\"'*_↑↓#+]|\(\s*[a-z][a-z0-9 /\-]{{0,14}}(?:公式|法)?\s*\)|"
        # "见M峰，定量5.2 g/dL"
        r"[,，](?=\s*(?:定量|含量|浓度|数值|计数|测值)(?:为|是|[:\s])*\d)|"
        # "标本溶血，重抽是88"
        r"(?:标本|样本)?(?:溶血|凝集|凝固|凝血|凝块)了?[,，](?:重[抽采测查]|重新[抽采测查]|再抽|复查|复测)(?:后|的|了)?(?:结果)?(?:出来|回来|报)?了?(?=[\s:为是]*\d)|"
        # "INR看颠倒了，1.2，不是2.1", "不是13，打反了，31g/L"
        r"[,，]?(?:(?:看|写|抄|说|记|打|输|录|报|算|称|量|测|弄|搞)(?:颠倒|反|错|岔|串)行?了?|单位(?:写|弄|搞|标)?错了?)(?:[,，]|(?=\s))\s*(?:应该?[为是]?|实际(?:上?是)?|是)?(?=\s*\d)|"
        r"[\s\-]?(?:ckd-?)?epi(?![a-z])|est(?:imated|\.)?(?=[\s:=]+\d)|"
        # "血小板刚回来，87，比上次高", "肌酐出来了，138": the number after the word that it has come
        rf"(?<=[了的过来][,，])\s?(?={_ALONE})|(?<=[了的过来下回])[,，]\s?(?={_ALONE})|"
        # "血小板偏低，62": the number after a word for the result.
        r"(?<=[低高少多常降减快])[,、]\s*(?=(?:才|只有|仅有?|只|就|为|是|约|查|复查|大概)*\s*\d+(?:\.\d+)?\s*(?:[×x*]\s*10|万|次|bpm|[uμ]mol|g/l|ml/min|[,。;\n)]|$))|"
        rf"[(),、;.](?=\s*[(]?(?:{timeline.NOW}|{timeline.PAST}|"
        rf"{timeline.EXTREME}|{timeline.TREND}|{timeline.DATE_FILL}|"
        r"(?:约|大约)?\s*\d+(?:\.\d+)?\s*(?:[×x*]\s*10|次|bpm|[uμ]mol)))|[()]|"
        r"(?:占比?|百分比|比例)?[\s:为是约<>]*\d+(?:\.\d+)?\s*%\s*[,，、/(]?\s*(?:含量|定量|浓度|绝对值|即|约|为|共|[:\s])*"
        rf"(?=\d|(?:{timeline.NOW}))|\(\s*[<>≤≥]\s*\d+(?:\.\d+)?\s*\)(?=\s*\d)|\(\+{{1,4}}\)[,，](?=\s*\d)|"
        rf"{timeline.EXTREME}|{timeline.NOW}|{timeline.PAST}|{timeline.TREND}|{timeline.DATE_FILL}|{cues.ABOUT}|{labels}{between}|{_WORDS})*"
    )
    units = tuple(
        Unit(re.compile(r"\s*" + "(?:" + unit["pattern"] + ")", re.I), unit["factor"], unit["shown"])
        for unit in load("units").get(fact, [])
    )
    return Quantity(
        fact=fact,
        name=row["name"],
        unit=row["unit"],
        low=row["low"],
        high=row["high"],
        thresholds=tuple(row["thresholds"]),
        label=re.compile(rf"(?:{labels}){after}", re.I),
        excluded_before=re.compile(before, re.I),
        gap=re.compile(gap, re.I),
        number=re.compile(rf"(?P<compare>{_COMPARE})?\s*(?P<number>{numbers.NUMBER})", re.I),
        units=units,
        second_choice=re.compile(alternation(row.get("second_choice", [])) or r"(?!)", re.I),
        in_words=re.compile(
            rf"\s*+(?:[:=]\s*+)?(?:{_WORDS}|也|据?说|讲)*?(?:{row.get('in_words', '(?!)')})"
            r"的?(?=\s*(?:[,，、。;；)）\n]|$))",
            re.I,
        ),
    )
