"""Measurements and persons said in passing: without their label, in brackets, by a relative's name."""

from __future__ import annotations

import pytest

from .reading_cases import value


@pytest.mark.parametrize(
    ("text", "fact", "expected"),
    [
        ("肾功能滤过率五十二，有点低", "gfr", 52),
        ("肾滤过率四十一", "gfr", 41),
        ("人很瘦三十九公斤一米五", "height_cm", 150),
        ("早上量：160cm 50kg", "height_cm", 160),
        ("高是一米七八，重嘛一百五十六斤", "height_cm", 178),
        ("除年纪大（83）外没有别的", "age_years", 83),
        ("俺妈岁数大了八十一，骨髓瘤", "age_years", 81),
        ("这位阿伯：72岁男性，骨髓瘤", "age_years", 72),
        ("年纪大的40多个病人", "age_years", "absent"),
        ("我爸出院后在家每天25毫克的来那度胺", "sex", "male"),
        ("患者老公去年肺栓塞", "sex", "female"),
        ("病人的妻子陪同", "sex", "male"),
    ],
)
def test_values(text: str, fact: str, expected: object) -> None:
    assert value(text, fact) == expected
