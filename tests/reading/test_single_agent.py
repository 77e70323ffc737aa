"""A drug alone leaves out the others; activity, phase and response in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from rasa_project.reading.reader import read

ABSENT = "absent"


def _facts(text: str) -> dict[str, Any]:
    return {mention.fact: mention.value for mention in read(text).mentions if mention.note != "假设"}


@pytest.mark.parametrize(
    "text",
    [
        "伊沙佐米单药维持",
        "现在单用万珂维持",
        "只剩恩莱瑞一个药了",
        "CR，硼替佐米单药维持 预防7个月了 能停吗",
        "达雷单抗单药维持",
    ],
)
def test_a_drug_that_is_no_imid_alone_leaves_out_imid_and_steroid(text: str) -> None:
    facts = _facts(text)
    assert (facts.get("imid", ABSENT), facts.get("glucocorticoid", ABSENT)) == (False, False)


@pytest.mark.parametrize(
    "text",
    [
        "硼替佐米单药联合地塞米松",
        "硼替佐米维持",
        "那就用伊沙佐米",
        "伊沙佐米单药能停预防吗",
        "来那度胺联合伊沙佐米单药",
        "他父亲单用硼替佐米",
    ],
)
def test_not_beside_another_nor_asked_nor_a_relatives(text: str) -> None:
    assert _facts(text).get("imid", ABSENT) is not False


def test_what_is_only_supposed_is_marked() -> None:
    mentions = {one.fact: one for one in read("如果只剩来那度胺维持呢").mentions}
    assert mentions["glucocorticoid"].value is False
    assert {mentions[fact].note for fact in ("imid", "glucocorticoid", "chemotherapy")} == {"假设"}


@pytest.mark.parametrize("text", ["MM还没缓解", "骨髓瘤没控制住", "MM还在活动", "还在活动期", "病没压住"])
def test_active(text: str) -> None:
    assert _facts(text).get("mm_active") is True


@pytest.mark.parametrize("text", ["糖尿病没控制好", "慢性病没控制", "骨髓瘤没有完全缓解", "骨髓瘤缓解率"])
def test_not_active_for_that(text: str) -> None:
    assert _facts(text).get("mm_active", ABSENT) == ABSENT


@pytest.mark.parametrize(
    ("text", "phase"),
    [("维持", "maintenance"), ("维持，单用来那度胺", "maintenance"), ("INR 2.5 维持", ABSENT)],
)
def test_a_phase_alone(text: str, phase: str) -> None:
    assert _facts(text).get("mm_phase", ABSENT) == phase


@pytest.mark.parametrize(
    ("text", "response"), [("cr 维持", "cr"), ("已经cr了", "cr"), ("cr 120", ABSENT), ("scr 110", ABSENT)]
)
def test_a_response_in_small_letters(text: str, response: str) -> None:
    assert _facts(text).get("mm_response", ABSENT) == response


@pytest.mark.parametrize("text", ["没有禁忌没有出血", "没有禁忌 60kg", "禁忌没有", "无出血无禁忌"])
def test_no_contraindication(text: str) -> None:
    assert _facts(text).get("anticoagulation_contraindicated", ABSENT) is False


def test_a_first_clot_told_after_it() -> None:
    assert _facts("左下肢DVT 首次")["recurrent_vte"] is False
    assert "recurrent_vte" not in _facts("首次")
