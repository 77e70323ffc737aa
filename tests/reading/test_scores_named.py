"""A score that is named by what it is of ("出血3分") tells of no bleeding and no clot."""

import pytest

from rasa_project.reading.reader import read


def facts(text: str) -> dict[str, object]:
    return {one.fact: one.value for one in read(text).mentions}


@pytest.mark.parametrize(
    "text",
    [
        "VTE 12分",
        "PE评分4分",
        "出血5.5分",
        "出血风险为8分",
        "出血几分",
        "DVT是2分",
        "出血评分: 6分",
        "肺栓塞多少分",
    ],
)
def test_a_score_is_no_event(text: str) -> None:
    assert not {"active_bleeding", "bleeding_within_3_months", "vte_event"} & facts(text).keys()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("PE，Wells 4分", "vte_event"),
        ("确诊DVT 2天", "vte_event"),
        ("昨天出血，评分4分", "bleeding_within_3_months"),
        ("出血了3分钟", "bleeding_within_3_months"),
        ("出血史4分", "bleeding_within_3_months"),
        ("便血8分钟", "active_bleeding"),
    ],
)
def test_what_is_told_beside_points_or_minutes_stays(text: str, fact: str) -> None:
    assert fact in facts(text)


def test_an_age_by_nominal_years_beside_the_real_one() -> None:
    assert facts("年龄71虚岁72")["age_years"] == 71
    assert facts("虚岁72")["age_years"] is None
