"""Which parts of a message ask in general, and that nothing in them becomes a fact of the patient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from actions.asked.general import in_general
from actions.asked.general_words import in_figures, tier_named
from actions.case import Case
from actions.conversation import converse
from actions.message import Message
from actions.wording import load
from scoring.statements import entries

Build = Callable[..., Message]


def kind_of(case: Case, asked: Message) -> str | None:
    found = [one.general["kind"] for one in in_general(case, asked).segments if one.general is not None]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "intent", "facts", "kind"),
    [
        ("肺栓塞1.5分算哪档", "ask_wells_pe", {"vte_event": "pe"}, "level"),
        ("86岁出血几分", "ask_bleeding_risk", {"age_years": 86}, "item"),
        ("女性算分吗", "ask_knowledge", {"sex": "female"}, "item"),
        ("低危GFR 41用什么", "ask_prophylaxis", {"gfr": 41}, "tier"),
        ("肺栓塞死亡率", "ask_knowledge", {"vte_event": "pe"}, "subject"),
        ("D-二聚体的临床意义", "ask_knowledge", {}, "statement"),
        ("表3", "ask_knowledge", {}, "subject"),
        ("胃癌患者怎么预防血栓", "ask_prophylaxis", {}, "elsewhere"),
    ],
)
def test_what_is_asked_in_general(
    message: Build, text: str, intent: str, facts: dict[str, Any], kind: str
) -> None:
    asked = message(text, intent=intent, **facts)
    assert kind_of(Case(), asked) == kind
    case, _ = converse(Case(), [asked])
    assert case.facts == {}


@pytest.mark.parametrize(
    ("text", "intent", "facts"),
    [
        ("86岁男性出血几分", "ask_bleeding_risk", {"age_years": 86, "sex": "male"}),
        ("他有糖尿病算分吗", "ask_knowledge", {"diabetes": True}),
        ("咯血心率110 Wells多少分", "ask_wells_pe", {"hemoptysis": True, "heart_rate_bpm": 110}),
        ("71岁来那度胺几分", "assess_vte_risk", {"age_years": 71, "imid": True}),
        ("确诊了肺栓塞", "provide_facts", {"vte_event": "pe"}),
        ("换个病人", "new_patient", {}),
        ("便血了 高危怎么预防", "ask_prophylaxis", {"active_bleeding": True}),
        ("高危，出血还没弄清，怎么预防", "ask_prophylaxis", {"active_bleeding": None}),
        ("空腹血糖8.5算糖尿病吗", "out_of_scope", {}),
        ("高危，已经在吃利伐沙班，怎么预防", "ask_prophylaxis", {"current_anticoagulant": "利伐沙班"}),
        ("高危预防几个月", "ask_duration", {}),
    ],
)
def test_what_is_told_of_somebody_is_not(
    message: Build, text: str, intent: str, facts: dict[str, Any]
) -> None:
    assert kind_of(Case(), message(text, intent=intent, **facts)) is None


def test_a_question_in_general_answers_no_question_that_was_put(message: Build) -> None:
    case, _ = converse(Case(), [message("72岁，来那度胺", age_years=72, imid=True)])
    pending = case.pending
    assert pending is not None
    case, _ = converse(case, [message("PICC算几分", intent="ask_knowledge", central_venous_catheter=True)])
    assert "central_venous_catheter" not in case.facts
    assert case.pending == pending


def test_how_this_patient_was_counted_is_no_question_in_general(message: Build) -> None:
    case, _ = converse(Case(), [message("72岁，来那度胺", age_years=72, imid=True)])
    assert kind_of(case, message("来那度胺为什么算4分", intent="ask_why")) is None
    assert kind_of(case, message("这5分怎么来的", intent="ask_why")) is None


def test_what_goes_on_with_the_last_question(message: Build) -> None:
    case, _ = converse(Case(), [message("7分吃什么", intent="out_of_scope")])
    case, replies = converse(case, [message("14分呢", intent="ask_why")])
    assert "极高危" in replies[0].text
    case, replies = converse(case, [message("再见", intent="goodbye")])
    case, replies = converse(case, [message("那用啥", intent="help")])
    assert "极高危" not in replies[0].text


def test_a_tier_is_the_patients_own_when_facts_are_told_beside_it(message: Build) -> None:
    facts = {
        "age_years": 65,
        "imid": True,
        "dexamethasone_mg_per_cycle": 160,
        "central_venous_catheter": True,
    }
    case, _ = converse(Case(), [message("x", **facts)])
    case, replies = converse(case, [message("高危GFR 22怎么预防", intent="ask_prophylaxis", gfr=22)])
    assert case.facts["gfr"] == 22
    assert any((reply.custom or {}).get("kind") == "assessment" for reply in replies)


def test_scores_that_are_told_speak_again_when_more_is_known(message: Build) -> None:
    case, replies = converse(
        Case(), [message("60岁，VTE评分14分，给什么药", intent="ask_prophylaxis", age_years=60)]
    )
    assert "未经逐项核算" in replies[0].text
    _, replies = converse(case, [message("GFR 20", gfr=20)])
    assert "不推荐使用利伐沙班" in replies[0].text


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("两分算高吗", "2分算高吗"),
        ("低于五十怎么办", "低于50怎么办"),
        ("十三分吃啥", "13分吃啥"),
        ("分层", "分层"),
    ],
)
def test_small_numbers_in_words(said: str, figures: str) -> None:
    assert in_figures(said) == figures


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("极高危怎么预防", "very_high"), ("高危用什么", "high"), ("低危呢", "low"), ("不到6分", "none"),
        ("高危和低危各用什么", None), ("出血高危怎么办", None), ("高危因素有哪些", None),
        ("高危肺栓塞", None),
    ],
)  # fmt: skip
def test_the_tier_that_is_named(text: str, tier: str | None) -> None:
    assert tier_named(text) == tier


def test_every_subject_has_its_statements() -> None:
    known = {entry.id for entry in entries()}
    assert {name for row in load("general.toml")["subject"] for name in row["entries"]} <= known


@pytest.mark.parametrize("text", ["MM-VTE 8分 出血2分算高吗", "出血2分，VTE风险8分，什么级别"])
def test_each_of_two_totals_is_of_the_score_named_before_it(message: Build, text: str) -> None:
    read = in_general(Case(), message(text, intent="ask_bleeding_risk"))
    told = next(one.general for one in read.segments if one.general is not None)
    assert (told["kind"], told["mm_vte"], told["bleeding"]) == ("stated", 8, 2)
