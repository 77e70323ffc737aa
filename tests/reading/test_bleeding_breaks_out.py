"""A bleed that breaks out now, one that has stopped for days, and a blood pressure that came back."""

from __future__ import annotations

from datetime import date

import pytest

from rasa_project.reading.reader import read

TODAY = date(2026, 11, 22)


def _facts(text: str) -> dict[str, object]:
    return {one.fact: one.value for one in read(text, TODAY).mentions}


@pytest.mark.parametrize(
    "text",
    [
        "PE 血压70/40 脑出血",
        "今天开始拉黑便，血压95/60",
        "凌晨突发柏油样便",
        "突然解了好多黑便",
        "便血，Hb掉到58",
        "血色素从100降到60，黑便",
    ],
)
def test_a_bleed_that_begins_lowers_the_haemoglobin_or_goes_with_shock_is_active(text: str) -> None:
    assert _facts(text)["active_bleeding"] is True


@pytest.mark.parametrize(
    "text",
    [
        "PE休克 3年前脑出血",
        "PE休克，既往消化道出血史",
        "昨天黑便，今天没有了，Hb降到80",
        "血红蛋白降到80，没有便血",
        "2月前黑便，血红蛋白降到60",
        "突然头晕，既往黑便",
    ],
)
def test_an_old_denied_or_stopped_bleed_is_not(text: str) -> None:
    assert _facts(text).get("active_bleeding") is not True


@pytest.mark.parametrize(
    "text",
    ["出血停了5天", "血止住两周了，能再抗凝吗", "呕血停了三天了", "消化道大出血控制住10天了"],
)
def test_p_b4_a_bleed_that_has_stopped_for_days_is_over_but_counts_within_three_months(text: str) -> None:
    facts = _facts(text)
    assert facts["active_bleeding"] is False
    assert facts["bleeding_within_3_months"] is True


@pytest.mark.parametrize("text", ["消化道大出血3天了", "出血3天了还没停", "血还没止住", "呕血止不住3天了"])
def test_a_bleed_that_has_lasted_for_days_is_not_over(text: str) -> None:
    assert _facts(text).get("active_bleeding") is not False


@pytest.mark.parametrize(
    ("text", "unstable"),
    [
        ("现在血压116/72了", False),
        ("血压升到120/80了", False),
        ("血压从75/40回升到105/65", False),
        ("复测BP 125/80", False),
        ("去甲维持，目前血压110/70", True),
        ("现在血压110/70，靠多巴胺维持", True),
        ("现在血压85/50", True),
        ("血压118/70降到75/40", True),
    ],
)
def test_a_pressure_that_came_back_ends_the_instability_unless_a_drug_holds_it(
    text: str, unstable: bool
) -> None:
    assert _facts(text)["hemodynamic_instability"] is unstable


def test_a_pressure_that_fell_to_a_hundred_says_neither() -> None:
    assert "hemodynamic_instability" not in _facts("血压掉到100/60")


@pytest.mark.parametrize(
    "text",
    [
        "呕血",
        "病人吐血了",
        "吐咖啡样东西两次，面色苍白，呕吐物呈咖啡色",
        "便血大概150ml",
        "黑便差不多有250克",
        "咯血大约200ml",
        "咳血一次，量约150毫升",
        "便血将近一碗",
        "导管出口渗血，换了两块纱布还在渗",
        "针孔的血还在往外渗",
        "血还没止住",
        "血尿，引流袋里仍淡红",
        "经期出血淋漓不净20天，阴道流血淋漓不尽",
        "病人刚吐雪了",
        "右颞叶出血8ml，较昨天增多",
        "颅内血肿较前扩大",
    ],
)
def test_blood_that_is_vomited_of_some_amount_or_not_stopped_is_active(text: str) -> None:
    assert _facts(text)["active_bleeding"] is True


@pytest.mark.parametrize("text", ["咯血150ml", "咯血差不多150ml", "大咯血"])
def test_an_amount_of_blood_coughed_up_is_an_emergency_and_the_finding(text: str) -> None:
    facts = _facts(text)
    assert facts["hemoptysis"] is True
    assert facts["emergency"] == "massive_hemoptysis"


@pytest.mark.parametrize(
    "text",
    ["曾呕血", "两年前呕血", "呕血2次后入院，目前无活动性出血", "吐血痰", "无呕血", "既往有吐血", "呕血已止"],
)
def test_blood_vomited_once_or_never_is_not_active(text: str) -> None:
    assert _facts(text).get("active_bleeding") is not True


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("今天已经不便血了", True),
        ("现在不吐血了", True),
        ("昨天拉黑便，今天不拉了", True),
        ("上周痔疮出血，血止住了，10天没再出血", True),
        ("血停了，5天没再出血", True),
        ("两周没再出血", True),
        ("出血停了，五个月没再出血", False),
        ("五个月没再出血", False),
        ("有没有哪里流血？没有", False),
    ],
)
def test_bleeding_that_has_stopped(text: str, within: bool) -> None:
    facts = _facts(text)
    assert facts["active_bleeding"] is False
    assert facts["bleeding_within_3_months"] is within


@pytest.mark.parametrize("text", ["Forrest IIb级溃疡", "胃窦溃疡（Forrest Ib）", "溃疡，Forrest 1a"])
def test_an_ulcer_graded_by_forrest_is_active(text: str) -> None:
    assert _facts(text)["active_gastrointestinal_ulcer"] is True


def test_a_haematoma_and_a_clip_are_bleeds() -> None:
    assert _facts("3周前后腹膜血肿")["bleeding_within_3_months"] is True
    assert _facts("前天肠镜下钛夹止血")["bleeding_within_3_months"] is True
