"""Truth table of the context rules: each kind of rule, what it reaches, and where it ends."""

from __future__ import annotations

import pytest

from rasa_project.reading.context.status import Assertion, assess

FINDING = "某病"


def said(text: str) -> Assertion:
    """The assertion about the last 某病 of a text."""
    start = text.rindex(FINDING)
    spans = []
    at = text.find(FINDING)
    while at >= 0:
        spans.append((at, at + len(FINDING)))
        at = text.find(FINDING, at + 1)
    return assess(text, spans)[[s for s, _ in spans].index(start)]


@pytest.mark.parametrize(
    "text",
    [
        "否认某病",
        "无某病",
        "没有某病",
        "未见某病",
        "从未患某病",
        "不是某病",
        "排除某病",
        "无明确某病",
        "不伴某病",
        "某病:无",
        "某病(-)",
        "某病阴性",
        "某病:否",
        "某病 无",
        "某病已排除",
        "某病也没有",
        "某病均无",
        "并无某病",
        "否认高血压、某病",
        "否认高血压、某病、冠心病史",
        "否认高血压,某病,冠心病史",
        "无发热、咳嗽及某病",
        "无需某病",
        "高血压、某病、冠心病都没有",
        "家属否认某病",
        "既无高血压也无某病",
        "未发现某病",
        "没有发现某病",
        "不存在某病",
    ],
)
def test_denied(text: str) -> None:
    assertion = said(text)
    assert assertion.negated
    assert not assertion.affirmed


@pytest.mark.parametrize(
    "text",
    [
        "某病",
        "有某病",
        "无明显诱因出现某病",
        "无高血压,有某病",
        "无高血压但有某病",
        "否认高血压;某病10年",
        "否认高血压。某病",
        "无痛性某病",
        "未治疗的某病",
        "并非没有某病",
        "某病(+)",
        "某病阳性",
        "无高血压,某病10年",
        "某病控制不佳",
        "某病无加重",
        "否认无某病",
        "某病未愈",
        "无法控制的某病",
        "某病,无高血压",
        "不明原因某病",
    ],
)
def test_not_denied(text: str) -> None:
    assertion = said(text)
    assert not assertion.negated
    assert not assertion.doubtful_denial


@pytest.mark.parametrize("text", ["无发热,某病", "无发热伴某病", "无高血压、某病10年"])
def test_denial_that_may_or_may_not_reach_is_doubtful(text: str) -> None:
    assertion = said(text)
    assert assertion.doubtful_denial
    assert not assertion.negated


@pytest.mark.parametrize(
    "text",
    [
        "怀疑某病",
        "可疑某病",
        "考虑某病",
        "某病待排",
        "某病可能",
        "某病?",
        "某病(?)",
        "不除外某病",
        "不能排除某病",
        "某病不能除外",
        "某病不详",
        "是否有某病不清楚",
        "某病未查",
        "未查某病",
        "某病待查",
        "有无某病不详",
        "疑似某病",
    ],
)
def test_uncertain(text: str) -> None:
    assertion = said(text)
    assert assertion.uncertain
    assert not assertion.negated


@pytest.mark.parametrize(
    "text",
    [
        "母亲有某病",
        "其父患某病",
        "家族史:某病",
        "某病家族史",
        "姐姐某病",
        "家族中有某病",
        "患者父亲死于某病",
        "弟弟曾患某病",
    ],
)
def test_family(text: str) -> None:
    assert said(text).family


@pytest.mark.parametrize(
    "text",
    [
        "母亲有高血压,患者有某病",
        "家属诉患者有某病",
        "母亲健在。某病10年",
        "女儿代诉某病",
        "父母健在;患者某病",
    ],
)
def test_not_family(text: str) -> None:
    assert not said(text).family


def test_item_after_a_relatives_disease_may_be_either_persons() -> None:
    assertion = said("父亲有高血压,某病")
    assert assertion.doubtful_family
    assert not assertion.family


@pytest.mark.parametrize("text", ["既往某病", "曾患某病", "某病史", "陈旧性某病", "既往高血压、某病"])
def test_historical(text: str) -> None:
    assert said(text).historical


@pytest.mark.parametrize("text", ["既往高血压,目前某病", "目前某病", "既往体健。某病"])
def test_not_historical(text: str) -> None:
    assert not said(text).historical


@pytest.mark.parametrize("text", ["拟行某病", "计划某病", "将行某病", "择期某病"])
def test_planned(text: str) -> None:
    assert said(text).planned


@pytest.mark.parametrize("text", ["某病已治愈", "某病已拔除", "某病现已好转", "某病,已拔"])
def test_resolved(text: str) -> None:
    assert said(text).resolved


def test_not_yet_resolved() -> None:
    assert not said("某病尚未拔除").resolved


@pytest.mark.parametrize("text", ["如果有某病", "若出现某病", "假如某病", "一旦某病"])
def test_hypothetical(text: str) -> None:
    assert said(text).hypothetical


@pytest.mark.parametrize(
    "text", ["预防某病", "某病风险", "警惕某病", "注意有无某病", "某病的预防", "岳父有某病"]
)
def test_generic(text: str) -> None:
    assert said(text).generic
