"""How long, and the myeloma drugs beside a clot: what is named, what answers it, and of whom it is said."""

from collections.abc import Callable

import pytest

from actions.answers.pending import answer_pending
from actions.asked.course import answers, asks_about_therapy, asks_only_how_to_treat, months_named, named
from actions.asked.course_questions import in_course
from actions.case import Case
from actions.conversation import converse
from actions.message import Message

Build = Callable[..., Message]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("血栓复发以后抗凝多久", ["treatment_recurrence"]),
        ("第二次得DVT了要终身抗凝吗", ["treatment_recurrence"]),
        ("疾病活动期血栓抗凝要几个月", ["treatment_duration_active", "treatment_duration"]),
        ("有房颤的能停预防吗", ["duration_independent"]),
        ("VGPR可以停药吗", ["duration_not_covered"]),
        ("没达到CR能停预防吗", ["duration_not_covered"]),
        ("维持期只用来那度胺，预防还要吗", ["duration_consider_stop"]),
        ("CR后巩固用VRd要继续预防吗", ["duration_continue"]),
        ("sCR，伊沙佐米维持能停阿司匹林吗", ["duration_stop"]),
        ("CR了能停吗", ["duration_stop", "duration_consider_stop", "duration_continue"]),
        ("停预防要什么条件", ["duration_stop", "duration_consider_stop", "duration_continue"]),
        ("骨髓瘤复发了还要预防吗", ["relapse"]),
        ("复发了怎么办", ["relapse", "treatment_recurrence"]),
        ("长期用来那度胺联合激素，要一直预防吗", ["duration_long_term"]),
        ("预防满半年以后还要继续吗", ["duration_after_6_months"]),
        ("术前几天停低分子肝素", []),
        ("什么时候停机械预防改药", []),
        ("预防用什么药", []),
    ],
)
def test_a_question_on_how_long_is_answered_with_its_rule(question: str, expected: list[str]) -> None:
    assert [entry.id for entry in answers(question)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("VGPR呢", {"mm_response": "vgpr"}),
        ("没到CR呢", {}),
        ("sCR维持", {"mm_response": "scr", "mm_phase": "maintenance"}),
        ("Cr 120", {}),
        ("无房颤", {}),
        ("INR维持2-3", {}),
        ("DVT复发呢", {"recurrent_vte": True, "vte_event": "dvt"}),
        ("骨髓瘤复发呢", {"mm_phase": "relapse"}),
        ("远端DVT", {"vte_event": "distal_dvt"}),
    ],
)
def test_what_a_question_names(text: str, expected: dict[str, object]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("CR 4个月能停吗", 4),
        ("打了半年了", 6),
        ("吃了一年了", 12),
        ("两个月", 2),
        ("去年3月", None),
        ("一年前", None),
        ("57岁", None),
    ],
)
def test_months_that_are_named(text: str, months: float | None) -> None:
    assert months_named(text) == months


@pytest.mark.parametrize("text", ["DVT确诊了怎么治", "左腿深静脉血栓怎么处理", "骨髓瘤合并肺栓塞如何治疗"])
def test_only_how_to_treat_is_asked(text: str) -> None:
    assert asks_only_how_to_treat(text)


@pytest.mark.parametrize("text", ["肾功能不全的DVT怎么治", "不能抗凝的PE怎么处理", "DVT", "肺栓塞要放滤器吗"])
def test_something_else_is_asked_of_treatment(text: str) -> None:
    assert not asks_only_how_to_treat(text)


def test_t10_is_asked_of_a_clot_only() -> None:
    treated = Case(facts={"vte_event": "pe"})
    assert asks_about_therapy(treated, "来那度胺停不停")
    assert asks_about_therapy(Case(), "DVT后沙利度胺还用不用")
    assert not asks_about_therapy(Case(), "来那度胺停不停")
    assert not asks_about_therapy(Case(facts={"vte_event": "suspected_pe"}), "来那度胺停不停")
    assert not asks_about_therapy(treated, "来那度胺几分")
    assert not asks_about_therapy(treated, "利伐沙班停不停")


def test_a_few_words_vary_the_case_and_change_nothing(message: Build) -> None:
    case = Case(facts={"mm_response": "cr", "mm_phase": "maintenance"}, goals=["duration"])
    asked = in_course(case, message("VGPR呢", intent="out_of_scope"))
    assert asked.intent == "what_if"
    assert [(one["entity"], one["value"]) for one in asked.supposed()] == [("mm_response", "vgpr")]
    assert asked.about_the_patient() == []


def test_without_a_case_the_same_words_vary_nothing(message: Build) -> None:
    assert in_course(Case(), message("第二个月呢", intent="ask_duration")).intent == "ask_duration"


def test_what_was_asked_in_general_is_said_of_the_patient_who_follows(message: Build) -> None:
    case, _ = converse(Case(), [message("CR的病人能停预防吗", intent="ask_duration")])
    assert case.facts == {} and case.topic
    case, _ = converse(case, [message("维持治疗", mm_phase="maintenance")])
    assert case.facts == {"mm_response": "cr", "mm_phase": "maintenance"}
    case, _ = converse(case, [message("撤销", intent="undo")])
    assert case.facts == {}


def test_it_is_not_said_of_a_patient_of_whom_something_else_is_told(message: Build) -> None:
    case, _ = converse(Case(), [message("CR的病人能停预防吗", intent="ask_duration")])
    case, _ = converse(case, [message("72岁，PICC", age_years=72, central_venous_catheter=True)])
    assert "mm_response" not in case.facts


def test_it_is_forgotten_after_two_turns(message: Build) -> None:
    case, _ = converse(Case(), [message("CR的病人能停预防吗", intent="ask_duration")])
    for _ in range(3):
        case, _ = converse(case, [message("谢谢", intent="thanks")])
    case, _ = converse(case, [message("维持治疗", mm_phase="maintenance")])
    assert "mm_response" not in case.facts


@pytest.mark.parametrize("text", ["肺栓塞怎么治", "没有肺栓塞怎么预防", "怀疑肺栓塞怎么治"])
def test_an_event_that_is_only_asked_about_is_nobodys(message: Build, text: str) -> None:
    case, _ = converse(Case(), [message(text, intent="ask_treatment")])
    case, _ = converse(case, [message("60kg", weight_kg=60)])
    assert "vte_event" not in case.facts


def test_an_event_is_kept_for_what_is_told_of_it(message: Build) -> None:
    case, _ = converse(Case(), [message("肺栓塞怎么治", intent="ask_treatment")])
    case, _ = converse(case, [message("血压正常", hemodynamic_instability=False)])
    assert case.facts["vte_event"] == "pe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("禁忌没有", False),
        ("目前没有禁忌", False),
        ("禁忌证无", False),
        ("有禁忌", True),
        ("有没有禁忌", None),
    ],
)
def test_a_denial_before_or_behind_the_word(message: Build, text: str, expected: bool | None) -> None:
    fact = "anticoagulation_contraindicated"
    case = Case(pending={"facts": [fact], "select": "one", "options": []})
    answered = answer_pending(case, message(text, answer={}))
    assert answered.intake.recorded.get(fact) is expected


def test_only_how_long_is_asked_for_one_fact_after_another(message: Build) -> None:
    case = Case(facts={"mm_response": "cr", "mm_phase": "maintenance", "age_years": 50})
    case, _ = converse(case, [message("能停吗", intent="ask_duration")])
    assert case.pending and case.pending["facts"] == ["imid", "glucocorticoid"]
    told = message("单用来那度胺", imid=True, glucocorticoid=False, chemotherapy=False, carfilzomib=False)
    case, _ = converse(case, [told])
    assert case.pending and case.pending["facts"] == ["months_on_prophylaxis"]
    case, replies = converse(case, [message("8个月", months_on_prophylaxis=8)])
    assert case.pending and case.pending["facts"] == ["atrial_fibrillation", "mechanical_heart_valve"]
    assert "可考虑停止" in replies[0].text
    assert "还需明确" not in replies[0].text


def test_of_an_established_clot_only_how_long_is_answered(message: Build) -> None:
    case = Case(facts={"vte_event": "dvt", "weight_kg": 60})
    case, replies = converse(case, [message("疗程", intent="ask_duration")])
    assert "3～6个月" in replies[0].text and "1 mg/kg" not in replies[0].text
    assert case.pending and case.pending["facts"] == ["recurrent_vte"]
    _, replies = converse(case, [message("是复发", recurrent_vte=True)])
    assert "长期抗凝" in replies[0].text and "1 mg/kg" not in replies[0].text
