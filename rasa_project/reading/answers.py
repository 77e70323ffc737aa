"""How a short message reads as an answer to a question that was put."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from rasa_project.reading.lexicon import load
from rasa_project.reading.normalise import normalise
from rasa_project.reading.picked import read_picked, read_rest, without_rest
from rasa_project.reading.quantities import numbers
from rasa_project.reading.quantities.every import read_quantities

_LONGEST_VALUE = 40
_LONGEST = 60  # characters; longer messages are statements, not answers
_CIRCLED = {chr(0x2460 + index): index + 1 for index in range(20)}
_CIRCLED |= {chr(0x2474 + index): index + 1 for index in range(20)}
_FILLER = re.compile(
    r"^(?:嗯|哦|噢|那个|这个|应该|目前|现在|患者|病人|他|她|回答|答案?[:是]?|我选|选项?|选择|第)+\s*|"
    r"(?:了|吧|啊|呢|哦|呀|哈|的|哒|滴|啦|嘛|谢谢|这种情况|这些|情况)+$"
)
_EDGE = " \n,，。.;；!！~、\"'"
_UNIT = (
    r"(?:kg|㎏|公斤|千克|斤|cm|㎝|厘米|公分|米|m|岁|周岁|y|个?月|天|日|d|周|年|次/分钟?|次/min|bpm|次|mg|毫克|g/l|g/dl|g|"
    r"[uμ]mol/l|mg/dl|ml/min(?:/1\.73m[2²]?)?|万/[uμ]l|万|k|[×x*]\s*10\s*(?:\^|\*)?\s*[9⁹](?:/l)?|/[uμ]l|分|%|mg/周期)"
)
_VALUE = re.compile(
    rf"(?:约|大约|大概|差不多|刚好|正好|恰好|是|为|有|[:=])*\s*(?P<number>{numbers.NUMBER})\s*(?P<unit>{_UNIT})?\s*(?:左右|多)?",
    re.I,
)
# "改成每周期119mg", "问到了，20mg×8天": what introduces a value and says nothing of its own.
_LEAD_IN = re.compile(
    r"^(?:(?:问到|查到|查|问|看|翻)(?:了|到)*|不对|(?:说|写|打|输|看)错了?|更正|纠正|改成|改为|调整为|调整成|换成|应该?为|应该?是|答案?是?|结果是?|回报)(?:一下)?[\s:,，]*"
)
_PER_CYCLE = re.compile(r"(?P<mg>\d+(?:\.\d+)?)\s*(?:mg|毫克)", re.I)
_MILLIGRAMS = re.compile(r"(?:mg(?!\s?/\s?dl)|毫克)", re.I)  # of what can be asked, only that drug is weighed
_MOST_AT_ONCE = 40  # mg; more dexamethasone than this is never one dose, so a bare amount is the total
_HELD_BACK = re.compile(r"除|但|不过|只有|仅有|就有|另|或")
# A reply that begins with a number or a dosing schedule, not with the name of something measured.
_QUANTITY = re.compile(
    rf"(?:约|大约|大概|差不多|刚好|正好|恰好|是|为|已经?|每个?(?:周期|疗程)|一个?周期|每周|每天|每日|总量|总共|一共|合计|第|[:=\s])*{numbers.ARABIC}|[一二两三四五六七八九半]",
    re.I,
)
_CHOICE = re.compile(
    r"(?:选项?|选择|第|答案?)?\s*(?:[(\[]\s*)?(?P<n>\d{1,2}(?!\d)|[①-⑳⑴-⒇]|[一二三四五六七八九十]{1,2})\s*(?:[)\].．]|个|项|条|号|种|选项)?"
)
_HAS = re.compile(r"(?:我|他|她|患者)?(?:有|是|选|符合)(?=\s*(?:第\s*)?[\d①-⑳⑴-⒇])")  # "有1、3"
_BETWEEN = re.compile(r"[\s,，、;；和及与+/。.]*")
_MARKED = re.compile(r"选|第\s*[\d一二三四五六七八九十]|[①-⑳⑴-⒇]|号|项|个$|^[(\[]?\d[)\]]$")
_LETTERS = re.compile(r"(?:选\s*)?([A-Ha-h])(?:\s*[,，、和及 ]?\s*([A-Ha-h]))*")
_PLAIN_INTEGERS = re.compile(r"\d{1,2}(?:[\s,，、;；和及+/]+\d{1,2})+")


@cache
def _whole(kind: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(load("answers")[kind]) + ")", re.I)


@cache
def _anywhere(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(load("answers")[kind], key=len, reverse=True)), re.I)


@cache
def _none_but() -> re.Pattern[str]:
    words = load("answers")
    none, but = ("|".join(words[kind]) for kind in ("none_of_above", "but"))
    return re.compile(f"(?:{none})(?:了|的)?[\\s,，。;；]*(?:{but})", re.I)


def read_answer(text: str) -> dict[str, Any] | None:
    """The ``answer`` of the message contract, or None when the message cannot be an answer.

    A lone number is offered both as a value (``numbers``, in the contract's unit where a unit
    was written) and, where it is a small whole number, as a choice (``choices``); which of them
    is meant depends on the question. ``picked`` tells options apart by their numbers (``picked.py``);
    ``beside`` is set where "其他没有" stands beside something that is not denied. ``values`` says for each
    fact that can be asked what the reply means for it ("130斤" → weight_kg 65, "40mg qw" →
    dexamethasone_mg_per_cycle 160).
    """
    if _whole("accept").fullmatch(normalise(text).text.strip(_EDGE)):
        return None
    answer = _read(text)
    values = _values(text)
    if answer is None and not values:
        return None
    return {**(answer or _empty()), "values": values}


def _values(text: str) -> dict[str, float]:
    """What a reply of one quantity means for each fact that could have been asked.

    Asked for the total of a cycle, a clinician who answers "40mg qw" means the cycle in use.
    """
    reply = _LEAD_IN.sub("", normalise(text).text.strip(_EDGE))
    if _PLAIN_INTEGERS.fullmatch(reply):
        return {}  # "1和3" are two answers, not one with a remark
    if len(reply) > _LONGEST_VALUE or _QUANTITY.match(_trim(normalise(reply).text)) is None:
        return {}
    found: dict[str, float] = {}
    for fact, label in load("answers")["labels"].items():
        for mention in read_quantities(normalise(label + reply), date.today()):
            if (
                mention.fact == fact
                and mention.status == "affirmed"
                and (not mention.confirm or fact == "dexamethasone_mg_per_cycle")
                and mention.end >= len(label + reply) - 2
            ):
                found[fact] = mention.value  # type: ignore[assignment]
    if _MILLIGRAMS.search(reply):
        found = {fact: value for fact, value in found.items() if fact == "dexamethasone_mg_per_cycle"}
    if "万" in reply:
        found = {fact: value for fact, value in found.items() if fact == "platelets_e9_l"}
    if (total := _PER_CYCLE.fullmatch(reply)) is not None and float(total["mg"]) > _MOST_AT_ONCE:
        found["dexamethasone_mg_per_cycle"] = numbers.tidy(float(total["mg"]))
    return found


def _read(text: str) -> dict[str, Any] | None:
    message = normalise(text).text.strip(_EDGE)
    if not message or len(message) > _LONGEST:
        return None
    answer = _empty()
    core = _trim(message)
    parts = [part for part in re.split(r"[\s,，。;；!！]+", message) if part]
    if all(_whole("unknown").fullmatch(part) or _whole("unknown").fullmatch(_trim(part)) for part in parts):
        answer["unknown"] = True
        return answer
    for kind in ("unknown", "skip", "none_of_above", "all"):
        if _whole(kind).fullmatch(core) or _whole(kind).fullmatch(message):
            answer[kind] = True
            if kind == "none_of_above":
                answer["no"] = True
            elif kind == "all":
                answer["yes"] = True
            return answer
    if len(parts) > 1 and not _HELD_BACK.search(message) and _names_none(parts):
        # "以上都没有，年龄55岁BMI 22": none of what was asked, and more besides.
        answer["none_of_above"] = answer["no"] = True
        return answer
    if (picked := read_picked(message)) is not None:
        answer["picked"], answer["beside"] = picked["picked"], picked["left"]
        answer["rest_denied"], answer["unknown"] = picked["rest"] == "no", picked["rest"] == "unknown"
        return answer
    if _none_but().match(message):
        # "都没有，但是2年前得过血栓": the list is denied, what stands behind is told
        answer["rest_denied"] = answer["beside"] = True
        return answer
    if _yes_or_no(message, core, parts, answer) or _numbers(core, answer):
        return answer
    answer["only"] = bool(re.match("(?:" + "|".join(load("answers")["only"]) + ")", core))
    rest = read_rest(message)
    answer["rest_denied"] = rest == "no" or bool(_anywhere("rest_denied").search(message)) or answer["only"]
    rest_unknown = rest == "unknown"
    if rest_unknown:
        answer["rest_denied"] = False
        answer["unknown"] = True
    if answer["only"] or answer["rest_denied"] or rest_unknown:
        remainder = without_rest(message)
        answer["beside"] = bool(answer["only"] or _trim(remainder).strip(_EDGE))
        remainder = _anywhere("rest_denied").sub(" ", remainder)
        _numbers(
            _trim(re.sub("^(?:" + "|".join(load("answers")["only"]) + ")", "", remainder.strip(_EDGE))),
            answer,
        )
        if rest_unknown and answer["choices"]:
            # "1 3，其他不清楚": two are ticked, and the others are not thereby denied
            answer["picked"], answer["beside"] = [{"numbers": answer["choices"], "value": True}], False
        return answer
    # "有，去年的事", "没有，否认出血", "不记得了，问他家属": the first word answers, the rest explains.
    asks_back = message.endswith(("?", "？"))  # "no bleeding?"
    if len(parts) > 1 and not asks_back and _yes_or_no(parts[0], _trim(parts[0]), parts[:1], answer):
        return answer
    if len(parts) > 1 and _whole("unknown").fullmatch(_trim(parts[0])):
        answer["unknown"] = True
        return answer
    return None


def _names_none(parts: list[str]) -> bool:
    """Whether one part denies all that was asked: "以上都没有", or "都没有" first of all."""
    denied = [part for part in parts if _whole("none_of_above").fullmatch(part)]
    return bool(denied) and (denied[0] == parts[0] or "上" in denied[0])


def _empty() -> dict[str, Any]:
    flags = ("yes", "no", "unknown", "skip", "none_of_above", "all", "only", "rest_denied", "beside")
    return {**dict.fromkeys(flags, False), "numbers": [], "choices": [], "picked": [], "unit": None}


def _trim(message: str) -> str:
    previous, core = None, message
    while core != previous:
        previous, core = core, (_FILLER.sub("", core).strip(_EDGE) or core)
    return core


def _yes_or_no(message: str, core: str, parts: list[str], answer: dict[str, Any]) -> bool:
    for kind in ("no", "yes"):
        pattern = _whole(kind)
        if (
            pattern.fullmatch(message)
            or pattern.fullmatch(core)
            or (parts and all(pattern.fullmatch(part) for part in parts))
        ):
            answer[kind] = True
            return True
    return False


def _numbers(core: str, answer: dict[str, Any]) -> bool:
    """A value, or one or more choices; True when the whole message is that."""
    if (value := _VALUE.fullmatch(core)) is not None and not _MARKED.search(core):
        number = numbers.parse(value["number"])
        if number is not None and not (core == "半" or core in "千百万"):
            unit = (value["unit"] or "").lower().replace(" ", "")
            known = load("answers")["units"].get(unit)
            answer["numbers"] = [float(numbers.tidy(number * known["factor"])) if known else number]
            answer["unit"] = known["unit"] if known else value["unit"]
            if value["unit"] is None and number == int(number) and 1 <= number <= 20:
                answer["choices"] = [int(number)]
            return True
    letters = _LETTERS.fullmatch(core)
    if letters is not None and (len(core) == 1 or "选" in core or re.search(r"[,，、和及 ]", core)):
        answer["choices"] = sorted(
            {ord(letter.upper()) - ord("A") + 1 for letter in re.findall(r"[A-Ha-h]", core)}
        )
        return True
    choices: list[int] = []
    if (listed := _HAS.match(core)) is not None:
        core = core[listed.end() :]
    position = 0
    while position < len(core):
        match = _CHOICE.match(core, position)
        if match is None or match.end() == position:
            return False
        number = _CIRCLED.get(match["n"]) or numbers.parse(match["n"])
        if number is None:
            return False
        choices.append(int(number))
        separator = _BETWEEN.match(core, match.end())
        position = separator.end() if separator else match.end()
    if not choices:
        return False
    answer["choices"] = choices
    if _PLAIN_INTEGERS.fullmatch(core):
        answer["numbers"] = [float(choice) for choice in choices]
    return True
