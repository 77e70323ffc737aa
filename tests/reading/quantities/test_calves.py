"""The girths of the calves, and the difference between them, as notes and relatives give them."""

from __future__ import annotations

import pytest

from rasa_project.reading.normalise import normalise
from rasa_project.reading.quantities.legs import read_calf_difference


@pytest.mark.parametrize(
    ("text", "difference"),
    [
        ("左小腿肿 左38右34.5", 3.5),
        ("右边小腿四十二左边呃三十八点五", 3.5),
        ("calf 41 vs 36 cm", 5),
        ("L calf 39.5 cm vs R 36 cm", 3.5),
        ("左小腿髌骨下10cm周径36.2cm，右侧36.0cm", 0.2),
        ("左右小腿周径分别为34.0cm、34.5cm", 0.5),
        ("左小腿肿，跟右边差3.6cm", 3.6),
        ("右小腿比昨天细，和左边差1cm", 1),
        ("右小腿比左边粗四点五公分", 4.5),
        ("右下肢小腿周径41cm，左下肢36.5cm（膝下10cm）", 4.5),
        ("左小腿比前天粗了1cm，跟右边差4cm", 4),
        ("小腿围 L36/R36", 0),
        ("左小腿比右边粗了快四公分", 4),
        ("左膝下10cm周径较右侧增粗4.5cm", 4.5),
        ("右小腿肿得厉害，护士用尺量说右边比左边多了5公分", 5),
        ("右小腿周径大左侧3.8厘米", 3.8),
        ("小腿周径差由5cm降至1.5cm", 1.5),
        ("小腿周径差4.1→3.6", 3.6),
        ("上周小腿周径差4.1，今天3.6", 3.6),
        ("小腿周径差4.1cm，今天65岁", 4.1),
        ("隔壁床小腿周径差4.1，这位小腿周径差3.6", 3.6),
        ("双小腿等粗", 0),
        ("左右小腿一样粗", 0),
        ("两侧小腿周径无明显差异", 0),
        ("右下肢无肿，腿围两侧一致", 0),
        ("左小腿周径多2cm", 2),
        ("小腿围 3-02 左36.0右33.0 3-05 左35.0右33.5", 1.5),
        ("小腿围 3-05 左35.0右33.5 3-02 左36.0右33.0", 1.5),
        ("周径（髌上15/髌下10） 3-02 左45/33.5 右45/33.0 3-06 左48/37.5 右45/33.1", 4.4),
        ("周径（小腿/大腿）左37.5/48 右33.5/45", 4),
        ("小腿周径差入院时5.1cm 今日复测2.2cm", 2.2),
        ("小腿周径差5.1cm 今日体温36.5", 5.1),
        ("右边小腿比左边细1公分", 1),
        ("小腿那个围度差了得有五公分", 5),
        ("right calf +4 cm", 4),
        ("left calf 3.5 cm larger than right", 3.5),
        ("leg swelling: L > R by 3.4 cm", 3.4),
    ],
)
def test_difference(text: str, difference: float) -> None:
    (mention,) = read_calf_difference(normalise(text))
    assert (mention.fact, mention.value) == ("calf_difference_cm", difference)


@pytest.mark.parametrize(
    "text",
    [
        "左大腿48cm，右大腿44cm",
        "大腿周径差由5cm降至1.5cm",
        "左右上臂围分别为34.0cm、34.5cm",
        "右侧小腿周径36cm，左侧未测",
        "小腿肿痛，左眼视力38，右下肺",
    ],
)
def test_no_difference(text: str) -> None:
    assert read_calf_difference(normalise(text)) == []


def test_what_is_even_today_was_over_three_only_then() -> None:
    (mention,) = read_calf_difference(normalise("前天小腿还差3cm多，今天两边一样粗了"))
    assert (mention.fact, mention.value) == ("calf_swelling_over_3cm", False)


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("calf swelling > 3 cm (-)", False),
        ("calf swelling > 3 cm (+)", True),
        ("calf swelling >3cm: no", False),
        ("calf >3cm - 0", False),
    ],
)
def test_item_of_an_english_form(text: str, over: bool) -> None:
    (mention,) = read_calf_difference(normalise(text))
    assert (mention.fact, mention.value) == ("calf_swelling_over_3cm", over)
