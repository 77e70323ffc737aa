"""What a named drug, an amount or the question before makes of a message, before it is folded in."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.asked.dose_questions import in_context
from actions.case import Case
from actions.conversation import converse
from actions.message import Message

Build = Callable[..., Message]
DRUGS = {
    "依诺肝素": "enoxaparin", "克赛": "enoxaparin", "达肝素": "dalteparin", "利伐沙班": "rivaroxaban",
    "华法林": "warfarin", "低分子": "lmwh", "尿激酶": "urokinase", "氯吡格雷": "clopidogrel",
    "来那度胺": "lenalidomide",
}  # fmt: skip


def said(message: Build, text: str, intent: str = "nlu_fallback", question: bool = False, **facts) -> Message:
    built = message(text, intent=intent, **facts)
    named = [
        {
            "entity": "drug",
            "value": drug,
            "text": name,
            "start": text.index(name),
            "end": text.index(name) + len(name),
        }
        for name, drug in DRUGS.items()
        if name in text
    ]
    segments = [replace(one, question=question) for one in built.segments]
    return replace(built, entities=[*built.entities, *named], segments=segments)


def after_dose(message: Build, text: str = "依诺肝素治疗量60公斤打多少", **facts) -> Case:
    case, _ = converse(
        Case(), [said(message, text, "ask_dose", question=True, **(facts or {"weight_kg": 60}))]
    )
    assert case.about == "ask_dose"
    return case


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("达肝素60公斤 头一个月", {"weight_kg": 60, "lmwh_days": 30}),
        ("依诺肝素 tx 70kg", {"weight_kg": 70}),
        ("利伐沙班 GFR 28", {"gfr": 28}),
        ("依诺肝素预防", {}),
        ("尿激酶几万单位", {}),
        ("氯吡格雷 预防", {}),
    ],
)
def test_a_drug_with_a_figure_or_a_purpose_asks_for_its_dose(message: Build, text: str, facts) -> None:
    routed = in_context(Case(), said(message, text, **facts))
    assert routed.segments[-1].intent == "ask_dose"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("在用依诺肝素 60公斤", {"weight_kg": 60, "current_anticoagulant": "依诺肝素"}),
        ("利伐沙班吃了3个月 GFR 60", {"gfr": 60}),
        ("68岁男 依诺肝素预防", {"age_years": 68, "sex": "male"}),
        ("来那度胺 60公斤", {"weight_kg": 60}),
        ("60公斤", {"weight_kg": 60}),
        ("昨天尿激酶溶栓后转入，68岁男，既往PE，目前骨髓瘤复发，拟VRd方案化疗，住院中", {"age_years": 68}),
    ],
)
def test_what_tells_of_a_patient_stays_as_it_was_read(message: Build, text: str, facts) -> None:
    routed = in_context(Case(), said(message, text, "provide_facts", **facts))
    assert routed.segments[-1].intent == "provide_facts"


@pytest.mark.parametrize("text", ["第二个月呢", "满一个月后呢", "一个月以后怎么打"])
def test_another_phase_after_a_dose(message: Build, text: str) -> None:
    case = after_dose(message)
    _, replies = converse(case, [said(message, text, "ask_duration", question=True)])
    assert "90 mg" in replies[0].text and "60 mg" not in replies[0].text


@pytest.mark.parametrize("text", ["第二个月打多久", "疗程几个月呢", "能停吗"])
def test_how_long_after_a_dose_is_no_phase(message: Build, text: str) -> None:
    routed = in_context(after_dose(message), said(message, text, "ask_duration", question=True))
    assert routed.segments[-1].intent == "ask_duration"


def test_another_weight_after_a_dose_is_supposed_and_keeps_the_phase(message: Build) -> None:
    case = after_dose(message)
    case, _ = converse(case, [said(message, "第二个月呢", "ask_duration", question=True)])
    case, replies = converse(case, [said(message, "80公斤呢", "ask_dose", question=True, weight_kg=80)])
    assert "120 mg" in replies[0].text and "病例未改动" in replies[0].text
    assert case.facts["weight_kg"] == 60
    case, replies = converse(
        case, [said(message, "40公斤头一个月呢", "ask_dose", question=True, weight_kg=40)]
    )
    assert "40 mg" in replies[0].text and case.facts["weight_kg"] == 60


def test_a_weight_that_was_asked_for_is_told_not_supposed(message: Build) -> None:
    case = after_dose(message, "依诺肝素治疗量打多少", gfr=70)
    case, replies = converse(case, [said(message, "58公斤呢", "what_if", question=True, weight_kg=58)])
    assert case.facts["weight_kg"] == 58 and "58 mg" in replies[0].text


def test_whether_it_may_be_given_asks_of_what_was_supposed(message: Build) -> None:
    case = after_dose(message)
    case, _ = converse(case, [said(message, "血小板40呢", "what_if", question=True, platelets_e9_l=40)])
    case, replies = converse(case, [said(message, "那还能打吗", question=True)])
    assert "血小板40" in replies[0].text and "platelets_e9_l" not in case.facts
    _, replies = converse(case, [said(message, "第二个月呢", "ask_duration", question=True)])
    assert "血小板40" not in replies[0].text


def test_a_corrected_weight_gives_the_dose_again(message: Build) -> None:
    case = after_dose(message)
    _, replies = converse(case, [said(message, "体重是65公斤", "correct_facts", weight_kg=65)])
    assert "65 mg" in replies[0].text


def test_a_weight_that_was_not_read_leaves_no_older_one_in_the_dose(message: Build) -> None:
    case = after_dose(message)
    _, replies = converse(case, [said(message, "依诺肝素治疗 80kgGFR", "ask_dose", question=True)])
    assert "60 mg" not in replies[0].text and "体重" in replies[0].text


@pytest.mark.parametrize(
    ("text", "facts", "begins"),
    [
        ("打了4天低分子，INR 2.3，能停吗", {"lmwh_days": 4, "inr": 2.3}, "· 还不能停用LMWH"),
        ("依诺肝素打了6天，INR 2.2，可以只吃华法林了吗", {"lmwh_days": 6, "inr": 2.2}, "· 可以停用LMWH"),
        ("克赛打了7天能停吗", {"lmwh_days": 7}, "· 向华法林过渡时能否停用LMWH尚不能判定"),
    ],
)
def test_t4_whether_lmwh_can_be_stopped(message: Build, text: str, facts, begins: str) -> None:
    _, replies = converse(Case(), [said(message, text, "ask_duration", question=True, **facts)])
    assert replies[0].text.startswith(begins)


def test_t4_the_next_days_of_the_bridge(message: Build) -> None:
    case, _ = converse(Case(), [said(message, "华法林怎么桥接", "ask_dose", question=True)])
    case, replies = converse(case, [said(message, "第4天 INR 2.1", "provide_facts", inr=2.1)])
    assert replies[0].text.startswith("· 还不能停用LMWH") and case.facts["lmwh_days"] == 4
    case, replies = converse(case, [said(message, "第五天 INR 2.1", "provide_facts", inr=2.1)])
    assert replies[0].text.startswith("· 可以停用LMWH") and case.facts["lmwh_days"] == 5


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("便血了 低分子还打吗 INR 2.5", {"inr": 2.5, "active_bleeding": True}),
        ("依诺肝素预防打了8个月能停吗", {"months_on_prophylaxis": 8}),
        ("术前低分子要停吗 INR 1.1", {"inr": 1.1}),
    ],
)
def test_what_is_no_bridge(message: Build, text: str, facts) -> None:
    _, replies = converse(Case(), [said(message, text, "ask_duration", question=True, **facts)])
    assert not any("停用LMWH" in reply.text for reply in replies)


def test_an_order_is_checked_and_says_nothing_of_what_is_taken(message: Build) -> None:
    text = "医嘱依诺肝素60mg q12h，体重55公斤，对吗"
    asked = said(message, text, "ask_dose", question=True, weight_kg=55, current_anticoagulant="依诺肝素")
    case, replies = converse(Case(), [asked])
    assert replies[0].text.startswith("· 医嘱核对：依诺肝素 60 mg，每日2次，与共识的剂量不一致")
    assert "current_anticoagulant" not in case.facts


def test_prophylaxis_that_was_chosen_is_not_asked_for_again(message: Build) -> None:
    case, replies = converse(Case(), [said(message, "利伐沙班怎么吃", "ask_dose", question=True)])
    assert "预防还是治疗" in replies[0].text
    case, _ = converse(case, [message("预防", answer={"choices": [1]})])
    case, replies = converse(case, [said(message, "那依诺肝素呢", question=True)])
    assert "40 mg" in replies[0].text and "预防还是治疗" not in replies[0].text
    _, replies = converse(case, [said(message, "第二个月呢", "ask_duration", question=True)])
    assert "治疗：" not in replies[0].text


def test_a_drug_against_myeloma_does_not_get_the_dose_of_the_last_anticoagulant(message: Build) -> None:
    case = after_dose(message)
    _, replies = converse(case, [said(message, "来那度胺呢", "ask_dose", question=True)])
    assert "60 mg" not in replies[0].text


def test_t2_t3_a_stage_is_a_stage_of_treatment(message: Build) -> None:
    _, replies = converse(
        Case(), [said(message, "利伐沙班吃了三周了，接下来怎么吃", "ask_dose", question=True)]
    )
    assert "3周后改为20 mg" in replies[0].text
    _, replies = converse(Case(), [said(message, "利伐沙班吃了5天，接下来怎么吃", "ask_dose", question=True)])
    assert "预防还是治疗" in replies[0].text


def test_why_a_dose_is_what_it_is(message: Build) -> None:
    case = after_dose(message)
    _, replies = converse(case, [said(message, "为什么一天两次", "ask_why", question=True)])
    assert "共识原文" in replies[0].text and "未作说明" in replies[0].text
