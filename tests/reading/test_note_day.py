"""The day a pasted note was written, and what is counted from it."""

from __future__ import annotations

from datetime import date

import pytest

from rasa_project.reading.normalise import normalise
from rasa_project.reading.note_day import note_day
from rasa_project.reading.reader import read

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天11月15日，患者8月3日出血", date(2026, 11, 15)),
        ("于2026-06-01收入骨科。术后绝对卧床（今日06-14）", date(2026, 6, 14)),
        ("入院日期：2026-03-02 出院日期：2026-03-20", date(2026, 3, 20)),
        ("门诊病历 就诊时间：2026-09-15", date(2026, 9, 15)),
        ("病程记录 2026-10-12 09:30\n患者今晨晕厥", date(2026, 10, 12)),
        ("首次病程记录\n2026年05月18日 14:20\n患者女性", date(2026, 5, 18)),
        ("因乏力于2026年11月3日步行入院", date(2026, 11, 3)),
        ("今日12月3日", date(2025, 12, 3)),
        ("9月12日手术。我现在是10月5号", date(2026, 10, 5)),
        ("上个月27日做过内固定，今天19日", date(2026, 11, 19)),
        ("入院第6天，今11月7日复查INR", date(2026, 11, 7)),
        ("8月3日行右侧人工股骨头置换术，今为术后第8天", date(2026, 8, 11)),
    ],
)
def test_the_notes_own_day(text: str, day: date) -> None:
    assert note_day(normalise(text).text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-01行手术",
        "3月5日骨折",
        "今日血小板65",
        "出院日期：2027-01-01",
        "复查 2026-05-12 血小板60",
        "今天13月40日",
    ],
)
def test_other_dates_are_not_the_notes_day(text: str) -> None:
    assert note_day(normalise(text).text, TODAY) is None


def test_windows_end_on_the_notes_day_and_the_mention_says_so() -> None:
    text = "出院日期：2026-03-20。3月7日行人工股骨头置换术。"
    (mention,) = [m for m in read(text, TODAY).mentions if m.fact == "major_surgery_within_1_month"]
    assert mention.value is True
    assert mention.note is not None
    assert "2026-03-20" in mention.note


def test_without_a_day_of_its_own_windows_end_today() -> None:
    facts = {m.fact: m.value for m in read("3月7日行人工股骨头置换术。", TODAY).mentions}
    assert facts["major_surgery_within_1_month"] is False


def test_a_day_of_last_month_is_counted_to_the_notes_day() -> None:
    facts = {m.fact: m.value for m in read("上个月27日做过胸椎减压固定，今天19日", TODAY).mentions}
    assert facts["major_surgery_within_1_month"] is True
