"""Bed rest whose length, or whose end, is told in other words or in another clause."""

from __future__ import annotations

import pytest
from told import ABSENT, check

_BED = "bedridden_over_72h"


@pytest.mark.parametrize(
    ("text", "lies"),
    [
        # counted from the stay
        ("住院后即予绝对卧床，现住院第8天", True),
        ("入院起严格卧床，今天住院第二天", False),
        ("入住ICU第6天，插管镇静，一直卧床", True),
        ("住院12天，始终未下床", True),
        ("住院第12天，双肺清，嘱卧床休息", None),
        ("收入监护室10天，期间持续卧床", True),
        # the length stands in another clause
        ("绝对卧床，到今日已6天，尿色清", True),
        ("卧床休息，从昨天中午开始，至今不足24小时", False),
        ("在家卧床，电话随访今天第10天", True),
        ("严格卧床，今天才第二天", False),
        ("医生让绝对卧床，前天开始，目前不到两天", False),
        ("8天前左髋部骨折，至今没能起床", True),
        ("整天躺床上，大概半个月没站起来过", True),
        ("两周没起来过，饭都喂", True),
        # between two dates
        ("6月2日扭伤后卧床，6月14日仍不能下床", True),
        ("6.01起卧床，6.02上午已恢复活动", False),
        ("6.01起卧床，6.10仍未下床", True),
        ("星期一早上开始卧床，星期二已经能下地", False),
        # up again, or never kept to it
        ("医嘱卧床休息，但老人不听，天天下楼遛弯", False),
        ("嘱绝对卧床，患者擅自下床活动", False),
        ("已能下地行走一周，此前因肺炎卧床三周", False),
        ("能自己走动了，之前躺了十天", False),
        ("卧床状态已解除，借助行器行走", False),
        ("卧床尚未解除，已5天", True),
        ("今天头不晕了能下床", False),
        ("腿没劲不能下床", None),
        # asked and answered
        ("问：卧床多长时间了？答：已经8天了。", True),
        ("问：躺了几天？答：两天。", False),
        ("到底躺了多久说不清，家里没人记得", None),
        ("躺了几天记不清了", None),
        # words
        ("吃喝拉撒全在床上，有十来天了", True),
        ("大小便均在床上进行，已一周", True),
        ("拒绝下床活动，今天第6天", True),
        ("躺了半拉月了", True),
        ("俺爹摔了以后在炕上躺了八天", True),
        ("老人在床上趴了两个月没下地", True),
        ("阿婆躺咗成个星期未落过床", True),
    ],
)
def test_bed_rest(text: str, lies: bool | None) -> None:
    check(text, {_BED: lies})


@pytest.mark.parametrize(
    "text",
    [
        "每天在小区里遛弯",
        "住院期间都在自行活动",
        "患者在病区走廊散步",
        "天天打麻将，精神好",
        "活动：自由，饮食：普食",
        "自己走动，不用人扶",
    ],
)
def test_who_walks_lies_not(text: str) -> None:
    check(text, {_BED: False})


@pytest.mark.parametrize(
    "text",
    ["患肢可自行活动", "鼓励患者在走廊行走", "大便在床上一次", "化疗第6天，今日输液顺利", "左下肢能自行活动"],
)
def test_near_misses(text: str) -> None:
    check(text, {_BED: ABSENT})


def test_the_bed_of_another() -> None:
    check("卧床的病人是9床，我们这床活动自如", {_BED: False})
    check("卧床患者系8床，本床行走如常", {_BED: False})


@pytest.mark.parametrize(
    ("text", "lies"),
    [
        ("术后第8天，一直卧床", True),
        ("20天前刚做了全髋置换，卧床至今", True),
        ("髋部骨折内固定术后第2天，持续卧床", False),
        ("卧床第6天，可协助下床边站立", True),
        ("半年前能走，现卧床两周", True),
        ("伤前行走自如，伤后卧床6天", True),
        ("没卧床 能下地", False),
        ("大概有十天没下床", True),
        ("可能卧床，具体不详", None),
        ("腰椎术后第2天，尚未下床", False),
        ("全髋置换术后第7天，暂未下地", True),
        ("躺了几天各说不一", None),
    ],
)
def test_bed_rest_beside_other_times(text: str, lies: bool | None) -> None:
    check(text, {_BED: lies})


@pytest.mark.parametrize(
    ("text", "operated"),
    [
        ("5天前股骨骨折，拟明日手术", ABSENT),
        ("三天前摔伤致髋部骨折，准备下周开刀", ABSENT),
        ("5天前行股骨骨折手术", True),
        ("10天前拟行并完成全髋关节置换术", True),
    ],
)
def test_an_operation_planned_beside_the_day_of_the_injury(text: str, operated: bool | str) -> None:
    check(text, {"major_surgery_within_1_month": operated})


def test_heart_failure_of_former_years_that_is_over() -> None:
    for text in ("心衰是前年的事，早好了", "心衰是去年冬天的，已经好了", "3个月前心衰，已纠正"):
        check(text, {"heart_failure_within_1_month": False})
    check("心衰10天前，已纠正", {"heart_failure_within_1_month": True})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前面写的“卧床1天”有误，核对后为卧床9天", {_BED: True}),
        ("“卧床10天”写错了，实际卧床1天", {_BED: False}),
        ("体重72kg有误，复称体重62kg", {"weight_kg": 62}),
        ("登记的体重有误，应为62kg", {"weight_kg": 62}),
        ("身高写错了，实际是162cm", {"height_cm": 162}),
        ("血小板数值有误，更正为88", {"platelets_e9_l": 88}),
        ("血小板88，身高162cm", {"platelets_e9_l": 88, "height_cm": 162}),
    ],
)
def test_what_was_written_wrong(text: str, expected: dict[str, object]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("无发热，遗留左侧偏瘫，长期卧床", {_BED: True, "paralysis_or_recent_cast": True}),
        ("否认糖尿病、偏瘫、长期卧床", {_BED: False, "paralysis_or_recent_cast": False}),
        ("Padua评分：制动（卧床>3天）3分，既往VTE 0分，心衰 0分", {"immobilized_over_3_days": True}),
        ("今由ICU转回，住ICU 9天期间曾机械通气", {"icu": False}),
        ("住ICU第9天，机械通气", {"icu": True}),
        ("老妈70，骨髓瘤复发，下周化疗", {"mm_phase": "relapse"}),
        ("女，61岁，MM新发", {"mm_phase": "newly_diagnosed"}),
        ("MM新发骨折一处", {"mm_phase": ABSENT}),
        ("您好，我是李奶奶女儿，体重50公斤", {"sex": "female"}),
        ("您好，我是3床张大爷的儿子", {"sex": "male"}),
    ],
)
def test_beside_the_bed_rest(text: str, expected: dict[str, object]) -> None:
    check(text, expected)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("佩戴支具下床", False),
        ("扶拐下床", False),
        ("穿腰围下地", False),
        ("无法佩戴支具下床", ABSENT),
        ("不能扶拐下床", ABSENT),
        ("卧床6天，明日起佩戴支具下床", True),
    ],
)
def test_up_with_a_brace_or_a_crutch(text: str, value: object) -> None:
    check(text, {_BED: value})
