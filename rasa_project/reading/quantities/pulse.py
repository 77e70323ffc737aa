"""Heart rate written as a bare "P110" or "110bpm" in a line of vital signs."""

from __future__ import annotations

import re

from rasa_project.reading.mention import Mention
from rasa_project.reading.normalise import Normalised

# A bare "P" is a pulse only with a unit, a colon or its neighbours: p53 and p16 are genes.
_PULSE = re.compile(
    r"(?<![A-Za-z\d])P\s*(?:[:=]\s*(?P<a>\d{2,3})(?![\d./])|(?P<b>\d{2,3})\s*(?:次|bpm|/\s*min)|(?P<c>1\d\d)(?![\d./A-Za-z])|"
    r"\s*(?P<d>\d{2,3})(?=[\s,，;]*(?:R|T|BP|HR|SpO2|呼吸|血压|体温|血氧)))|(?<![A-Za-z])R\s?\d{2}\s?(?:次/分)?[\s,，;]+P\s*(?P<h>\d{2,3})(?![\d./])|(?<![\d.])(?P<e>\d{2,3})\s*(?:bpm|BPM)|每分钟\s*(?P<f>\d{2,3})\s*次|"
    # "窦律72次", "心电图窦性心律，72次/分", "律齐，72次/分"
    r"(?:窦性心律|窦性心动过[速缓]|窦[律速缓]|律齐)[,，:：\s]{0,2}(?P<g>\d{2,3})\s*(?:次|bpm)|"
    r"(?:(?<![A-Za-z])NSR|窦性心律|窦律)[:：\s]{0,2}(?P<i>\d{2,3})(?=\s*(?:[,，;。\n]|$))|"
    # "BP 126/68，P 78", "T36.5 P80", "血压90/55，脉126", "心慌 115跳"
    r"(?:(?<![A-Za-z])BP\s?\d{2,3}/\d{2,3}|(?<![A-Za-z])T\s?3\d(?:\.\d)?)[^\d\nA-Za-z]{0,8}P\s*(?P<j>\d{2,3})(?![\d./%]|突|缺|基|蛋|阳|阴|野)|"
    r"(?<![一-龥A-Za-z])脉\s?[:：]?\s?(?P<k>\d{2,3})(?![\d./%])|(?<![\d.])(?P<l>\d{2,3})\s?跳(?![动过])|"
    # "体重59.5kg，P 76，双下肢无水肿": alone between commas; p53 is written in one
    r"(?:^|[,，。;；\n]\s?)P\s(?P<n>(?!53)[4-9]\d|1\d\d)(?=\s?[,，。;；\n]|$)|"
    # "体温正常，P68，双下肢不肿"; genes are written so too
    r"(?:^|(?<=[,，。;；\n\s]))P(?P<o>(?!5[037]|[67]3)[5-9]\d|1[0-4]\d)(?=\s?[,，。;；\n]|$|\s[一-龥])|"
    # the pulse of a day of a log: "二 P84 左足背肿"
    r"(?:(?<=\n)|^)(?:周|星期|礼拜)?[一二三四五六日天][ :：][^\n]{0,14}?P(?P<m>\d{2,3})(?![\d./%])"
)
_WEEKDAY = re.compile(r"^ *(?:周|星期|礼拜)?[一二三四五六日天][ :：]", re.M)
_A_LOG = 3
_BREATHS = re.compile(r"(?:呼吸|肠鸣|R)\s*[:：]?\s*$")


def read_pulse(message: Normalised) -> list[Mention]:
    """``heart_rate_bpm`` where the label is missing or a single letter."""
    matches = list(_PULSE.finditer(message.text))
    if len(_WEEKDAY.findall(message.text)) >= _A_LOG:
        matches.reverse()  # the last day
    for match in matches:
        if _BREATHS.search(message.text[max(0, match.start() - 6) : match.start()]):
            continue
        rate = int(next(group for group in match.groups() if group))
        if 20 <= rate <= 300:
            return [
                Mention(
                    "heart_rate_bpm", rate, message.words(*match.span()), *match.span(), "affirmed", "次/分"
                )
            ]
    return []
