"""A sign that was named and is gone since: "整条腿肿，抗凝十天已消"."""

from __future__ import annotations

import re

GONE_NOTE = "已消失"
_END = r"(?=\s*(?:[,，。;；、!！\n)）]|也|$))"
_ADVERBS = r"(?:已经?|都|全部?|均|完全|也|就|早就?|了)*"
_GONE = (
    r"(?:消失|消[退散掉]|消肿|消|退[掉尽]?(?=了)|(?<=已)退[掉尽]?|(?<=已经)退[掉尽]?|瘪(?:了|下去|掉)|平下去|没了|没有了|不见|看不[到见]|不复存在|转红|保住|解除|"
    r"不再(?:肿|痛|疼)|不[肿疼痛](?=了))了?"
)
_NOTHING_LEFT = r"(?:无|没有|未见|阴性|正常|恢复正常|[一同]样粗|等粗|不[肿疼痛])了?"
_SINCE = r"(?:现|今[天日早晨晚]?|目前|如今|昨|抗凝|治疗|用药|溶栓|取栓|术后|处理|利尿|后来|之后|随后|复查)"
_NOT_QUITE = r"未没不仍还渐稍略前部分半些点"
_OVER = re.compile(
    rf"\s*(?:的?(?:现象|情况|表现))?{_ADVERBS}{_GONE}{_END}|"
    rf"[^。;；\n]{{0,16}}?[,，][^,，。;；\n{_NOT_QUITE}]{{0,3}}{_SINCE}[^,，。;；\n{_NOT_QUITE}]{{0,8}}?"
    rf"{_ADVERBS}(?:{_GONE}|{_NOTHING_LEFT}){_END}",
)
_CORE = re.compile(r"(?:压痛|触痛|肿胀|水肿|肿痛|肿|疼|痛|扩张|怒张|显露)$")
_DENIED_SINCE = (
    rf"[^。;；\n]{{0,12}}?[,，][^,，。;；\n{_NOT_QUITE}]{{0,3}}{_SINCE}"
    rf"[^,，。;；\n{_NOT_QUITE}右左腿膝踝足腘股]{{0,4}}?"
    rf"{_ADVERBS}(?:无|没有?|未见|未及|未触及|不)(?:明显|有)?<sign>了?{_END}"
)


def over(text: str, end: int, words: str = "") -> bool:
    """Whether the sign named before ``end`` is gone: "整条腿肿，抗凝十天已消"; ``words`` are its own."""
    core = _CORE.search(words)
    again = core and re.match(_DENIED_SINCE.replace("<sign>", core[0]), text[end : end + 40])
    return bool(_OVER.match(text, end) or again)
