"""Turns as a whole: what is kept, what is asked, and what never reaches the next patient."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.case import Case
from actions.conversation import converse
from actions.message import Message
from actions.reply.cards import Reply

Build = Callable[..., Message]


def kinds(replies: list[Reply]) -> list[str]:
    return [reply.custom["kind"] if reply.custom else "text" for reply in replies]


def test_facts_are_answered_with_an_assessment_and_the_next_question(message: Build) -> None:
    case, replies = converse(Case(), [message("72岁，来那度胺", age_years=72, imid=True)])
    assert kinds(replies) == ["assessment", "question"]
    assert case.pending is not None


def test_the_same_facts_give_the_same_answer_byte_for_byte(message: Build) -> None:
    first = converse(Case(), [message("x", age_years=72, imid=True)])[1]
    second = converse(Case(), [message("x", age_years=72, imid=True)])[1]
    assert repr(first) == repr(second)


def test_a_message_whose_turn_failed_is_folded_in_with_the_next(message: Build) -> None:
    case, replies = converse(Case(), [message("a", age_years=72), message("b", imid=True)])
    assert case.facts == {"age_years": 72, "imid": True}
    assert "补记" in replies[0].text


@pytest.mark.parametrize("text", ["新患者：女，55岁", "下一位：女，55岁", "换一个病人，女55岁"])
def test_the_next_patient_inherits_nothing(message: Build, text: str) -> None:
    case, _ = converse(Case(), [message("72岁女", age_years=72, sex="female", copd=True)])
    case, _ = converse(case, [message(text, age_years=55, sex="female")])
    assert case.facts == {"age_years": 55, "sex": "female"}


def test_another_age_and_sex_is_another_patient_and_undo_gives_the_first_back(message: Build) -> None:
    case, _ = converse(Case(), [message("72岁女", age_years=72, sex="female", copd=True)])
    case, replies = converse(case, [message("66岁男", age_years=66, sex="male")])
    assert case.facts == {"age_years": 66, "sex": "male"}
    assert "新患者" in replies[0].text
    case, _ = converse(case, [message("撤销", intent="undo")])
    assert case.facts == {"age_years": 72, "sex": "female", "copd": True}


def test_a_corrected_age_is_the_same_patient(message: Build) -> None:
    case, _ = converse(Case(), [message("72岁女", age_years=72, sex="female", copd=True)])
    case, replies = converse(case, [message("年龄78不是72", intent="correct_facts", age_years=78)])
    assert case.facts == {"age_years": 78, "sex": "female", "copd": True}
    assert "72 岁→78 岁" in replies[0].text


def test_a_general_question_states_nothing_of_a_patient(message: Build) -> None:
    asked = message("来那度胺会引起血栓吗", intent="ask_drug_vte_relation", imid=True)
    asked = Message(**{**vars(asked), "segments": [_question(one) for one in asked.segments]})
    assert asked.about_the_patient() == []


def _question(segment):
    return type(segment)(**{**vars(segment), "question": True})


def test_a_what_if_leaves_the_case_untouched_until_it_is_accepted(message: Build) -> None:
    case, _ = converse(Case(), [message("x", age_years=72, imid=True, central_venous_catheter=True)])
    case, replies = converse(case, [message("拔掉PICC呢", intent="what_if", central_venous_catheter=False)])
    assert kinds(replies) == ["comparison"]
    assert case.facts["central_venous_catheter"] is True
    case, replies = converse(case, [message("就按这个", intent="accept_what_if")])
    assert case.facts["central_venous_catheter"] is False
    assert kinds(replies)[0] == "assessment"


def test_an_out_of_scope_question_is_declined_with_its_code(message: Build) -> None:
    _, replies = converse(Case(), [message("今天天气", intent="out_of_scope")])
    assert replies[0].custom["data"]["advice"][0]["code"] == "OUT_OF_SCOPE"


@pytest.mark.parametrize("intent", ["greeting", "thanks", "goodbye", "help"])
def test_courtesy_is_not_declined(message: Build, intent: str) -> None:
    _, replies = converse(Case(), [message("…", intent=intent)])
    assert kinds(replies) == ["text"]


def test_an_emergency_is_answered_first_of_all(message: Build) -> None:
    _, replies = converse(Case(), [message("x", vte_event="pe", hemodynamic_instability=True)])
    assert kinds(replies)[0] == "alert"
    assert "紧急" in replies[0].text


def test_accepting_a_what_if_never_answers_the_question_that_is_open(message: Build) -> None:
    case, _ = converse(Case(), [message("x", age_years=66, imid=True, dexamethasone_mg_per_cycle=160)])
    assert case.pending
    case, _ = converse(case, [message("不用来那度胺呢", intent="what_if", imid=False)])
    answer = {"only": True, "rest_denied": True}
    case, _ = converse(case, [message("就按这个", intent="accept_what_if", answer=answer)])
    assert case.facts == {"age_years": 66, "imid": False, "dexamethasone_mg_per_cycle": 160}


def test_reassessment_asks_again_for_what_may_have_changed_and_shows_the_change(message: Build) -> None:
    facts = {"age_years": 72, "imid": True, "dexamethasone_mg_per_cycle": 320, "months_on_prophylaxis": 5}
    case, _ = converse(Case(), [message("x", major_surgery_within_1_month=True, **facts)])
    later = message("复评", intent="reassess")
    later = Message(**{**vars(later), "timestamp": 1.0 + 61 * 86_400})
    case, replies = converse(case, [later])
    assert case.facts == {"age_years": 72, "imid": True, "months_on_prophylaxis": 7.0}
    assert kinds(replies) == ["text", "question"]
    after = message("x", major_surgery_within_1_month=False, dexamethasone_mg_per_cycle=160)
    _, replies = converse(case, [Message(**{**vars(after), "timestamp": later.timestamp + 5})])
    assert "复评前" in replies[0].text
    assert "320 mg→160 mg" in replies[0].text


def test_a_bare_number_answers_whatever_intent_it_was_given(message: Build) -> None:
    case = Case(facts={"imid": True}, pending={"facts": ["age_years"], "select": "number", "options": []})
    case, _ = converse(case, [message("65", intent="goodbye", answer={"numbers": [65.0]})])
    assert case.facts["age_years"] == 65


def test_a_dose_without_the_weight_waits_for_it(message: Build) -> None:
    asked = message("依诺肝素治疗量怎么打", intent="ask_dose")
    drug = {"entity": "drug", "value": "enoxaparin", "text": "依诺肝素", "start": 0, "end": 4}
    case, replies = converse(Case(), [Message(**{**vars(asked), "entities": [drug]})])
    assert not [dose for item in replies[0].custom["data"]["advice"] for dose in item["doses"]]
    _, replies = converse(case, [message("65", intent="goodbye", answer={"numbers": [65.0]})])
    assert "1 mg/kg × 65 kg = 65 mg" in replies[0].text


def test_an_emergency_is_the_first_word_of_the_decision(message: Build) -> None:
    told = message("x", age_years=68, imid=True, dvt_signs=True, hemodynamic_instability=True)
    _, replies = converse(Case(), [told])
    assert kinds(replies)[:2] == ["alert", "assessment"]
    assert replies[1].text.startswith("【结论】急症")


def test_what_a_score_quotes_is_not_echoed_twice_but_every_number_is(message: Build) -> None:
    told = message("x", age_years=68, diabetes=True, platelets_e9_l=112, family_history_vte=False)
    _, replies = converse(Case(), [told])
    line = next(line for line in replies[0].text.split("\n") if line.startswith("【已记录】"))
    assert "68 岁" in line and "112" in line and "无：VTE家族史" in line
    assert "糖尿病" not in line and "糖尿病「x」" in replies[0].text


@pytest.mark.parametrize(
    ("intent", "begins"), [("ask_bleeding_risk", "【结论】出血风险"), ("assess_vte_risk", "【结论】MM-VTE")]
)
def test_the_score_asked_for_comes_first(message: Build, intent: str, begins: str) -> None:
    case, _ = converse(Case(), [message("x", age_years=68, imid=True, platelets_e9_l=112)])
    _, replies = converse(case, [message("高吗", intent=intent)])
    assert replies[0].text.startswith(begins)


def test_a_question_about_duration_is_answered_right_after_the_decision(message: Build) -> None:
    case, _ = converse(Case(), [message("x", age_years=68, imid=True, history_vte=True)])
    _, replies = converse(case, [message("多久", intent="ask_duration")])
    assert "至少6个月" in "".join(replies[0].text.split("\n")[:2])


def test_a_channel_of_one_text_gets_assessment_and_question_within_its_limit(message: Build) -> None:
    facts = {"age_years": 68, "imid": True, "history_vte": True, "platelets_e9_l": 112, "gfr": 40}
    told = message("很长的病例" * 5, **facts)
    whole = Message(**{**vars(told), "metadata": {"whole_reply_bytes": "2000"}})
    _, replies = converse(Case(), [whole])
    assert kinds(replies) == ["assessment", "question"]
    assert len("\n\n".join(reply.text for reply in replies).encode()) <= 2000


def test_a_lone_figure_beside_a_dosing_question_settles_nothing(message: Build) -> None:
    _, replies = converse(Case(), [message("肾功能22能用吗", gfr=22)])
    assert "没有能改变结论" not in replies[-1].text


def test_how_to_anticoagulate_a_patient_without_a_clot_is_a_question_of_prophylaxis(message: Build) -> None:
    told = message("要怎么抗凝", intent="ask_treatment", age_years=76, imid=True, diabetes=True)
    _, replies = converse(Case(), [told])
    assert kinds(replies)[0] == "assessment"
    assert "已确诊" not in replies[0].text


def test_a_change_names_what_is_no_longer_as_it_was_said(message: Build) -> None:
    case, _ = converse(Case(), [message("x", age_years=76, imid=True, diabetes=None)])
    _, replies = converse(case, [message("没有", diabetes=False, copd=False)])
    line = next(line for line in replies[0].text.split("\n") if line.startswith("【变化】"))
    assert "糖尿病 不明确→无" in line and "慢性阻塞性肺疾病" not in line


@pytest.mark.parametrize(("confidence", "kept"), [(0.5, True), (0.95, False)])
def test_only_a_sure_wish_for_a_new_patient_empties_the_case(
    message: Build, confidence: float, kept: bool
) -> None:
    case, _ = converse(Case(), [message("72岁女", age_years=72)])
    said = message("另外再看一下", intent="new_patient")
    unsure = [type(one)(**{**vars(one), "confidence": confidence}) for one in said.segments]
    case, _ = converse(case, [Message(**{**vars(said), "segments": unsure})])
    assert bool(case.facts) is kept


def test_what_followed_from_another_answer_is_no_longer_unclear_in_the_summary(message: Build) -> None:
    case, _ = converse(Case(), [message("x", age_years=82, imid=True, history_dvt=None)])
    case, _ = converse(case, [message("没有血栓史", history_vte=False)])
    _, replies = converse(case, [message("小结", intent="summary")])
    assert "既往深静脉血栓史：无" in replies[0].text


def test_a_question_not_understood_about_an_anticoagulant_is_answered_with_its_dose(message: Build) -> None:
    asked = message("那能不能换成利伐沙班", intent="nlu_fallback")
    drug = {
        "entity": "drug",
        "value": "rivaroxaban",
        "text": "利伐沙班",
        "start": 6,
        "end": 10,
        "status": "affirmed",
    }
    asked = Message(
        **{**vars(asked), "entities": [drug], "segments": [_question(one) for one in asked.segments]}
    )
    case, _ = converse(Case(), [message("x", age_years=82, imid=True)])
    _, replies = converse(case, [asked])
    assert "利伐沙班" in replies[0].text or "预防还是治疗" in replies[0].text


@pytest.mark.parametrize(
    ("text", "in_use"),
    [
        ("体重65公斤 用克赛 打多少", False),
        ("利伐沙班预防一天吃多少", False),
        ("正在打克赛，体重65，剂量够不够", True),
        ("华法林吃了3个月了，INR 1.8要不要加", True),
    ],
)
def test_a_drug_whose_dose_is_asked_is_in_use_only_where_that_is_said(
    message: Build, text: str, in_use: bool
) -> None:
    case, _ = converse(
        Case(), [message(text, intent="ask_dose", current_anticoagulant="依诺肝素", weight_kg=65)]
    )
    assert ("current_anticoagulant" in case.facts) is in_use
    assert case.facts["weight_kg"] == 65


def test_another_renal_function_after_a_dose_question_asks_for_the_dose_again(message: Build) -> None:
    asked = message("利伐沙班预防怎么吃", intent="ask_dose")
    asked = replace(
        asked, entities=[{"entity": "drug", "value": "rivaroxaban", "text": "利伐沙班", "start": 0, "end": 4}]
    )
    case, _ = converse(Case(), [asked])
    case, replies = converse(case, [message("肾功能22呢", intent="what_if", gfr=22)])
    assert kinds(replies) == ["advice"]
    assert "不推荐使用利伐沙班" in replies[0].text
    assert "病例未改动" in replies[0].text
    assert "gfr" not in case.facts


@pytest.mark.parametrize("text", ["利伐沙班行不行", "利伐沙班可以吗", "能不能用利伐沙班", "利伐沙班合适吗"])
def test_whether_a_drug_may_be_used_is_answered_for_that_drug(message: Build, text: str) -> None:
    case, _ = converse(Case(), [message("腘静脉血栓，52公斤", vte_event="proximal_dvt", weight_kg=52)])
    at = text.index("利伐沙班")
    named = {"entity": "drug", "value": "rivaroxaban", "text": "利伐沙班", "start": at, "end": at + 4}
    asked = replace(message(text, intent="ask_prophylaxis"), entities=[named])
    asked = replace(asked, segments=[replace(asked.segments[0], question=True)])
    _, replies = converse(case, [asked])
    assert kinds(replies)[0] == "advice"
    assert "15 mg，每日2次" in replies[0].text
    assert "依诺肝素" not in replies[0].text


def test_the_dose_of_a_drug_against_myeloma_is_declined_for_its_pronoun_too(message: Build) -> None:
    asked = message("沙利度胺会长血栓吗", intent="ask_drug_vte_relation")
    asked = replace(
        asked, entities=[{"entity": "drug", "value": "thalidomide", "text": "沙利度胺", "start": 0, "end": 4}]
    )
    case, _ = converse(Case(), [asked])
    _, replies = converse(case, [message("那它的剂量呢", intent="ask_dose")])
    assert replies[0].custom["data"]["advice"][0]["code"] == "OUT_OF_SCOPE"
    _, replies = converse(case, [message("剂量怎么定", intent="ask_dose")])
    assert kinds(replies) == ["question"]
    _, replies = converse(case, [message("他该用多少", intent="ask_dose")])
    assert kinds(replies) == ["question"]


def test_another_renal_function_after_a_declined_dose_is_a_supposition_about_the_case(message: Build) -> None:
    asked = message("沙利度胺会长血栓吗", intent="ask_drug_vte_relation")
    asked = replace(
        asked, entities=[{"entity": "drug", "value": "thalidomide", "text": "沙利度胺", "start": 0, "end": 4}]
    )
    case, _ = converse(Case(), [asked])
    case, _ = converse(case, [message("那它的剂量呢", intent="ask_dose")])
    _, replies = converse(case, [message("肾功能22呢", intent="what_if", gfr=22)])
    assert kinds(replies) == ["text"]


def test_a_clot_that_was_found_ends_the_question_of_how_likely_it_is(message: Build) -> None:
    case, _ = converse(Case(), [message("右腿肿痛，是血栓吗", intent="ask_wells_dvt", dvt_signs=True)])
    assert case.goals == ["wells_dvt"]
    case, replies = converse(case, [message("腘静脉血栓", vte_event="proximal_dvt")])
    assert case.goals == []
    assert "【Wells DVT】" not in replies[0].text
    case, replies = converse(case, [message("Wells DVT几分", intent="ask_wells_dvt")])
    assert "【Wells DVT】" in replies[0].text


def test_atrial_fibrillation_is_not_answered_with_the_treatment_of_a_clot(message: Build) -> None:
    _, replies = converse(
        Case(), [message("MM病人合并房颤用什么抗凝", intent="ask_treatment", atrial_fibrillation=True)]
    )
    assert kinds(replies)[0] == "assessment"
    assert "应继续按照相关疾病的管理原则" in replies[0].text
    assert "1 mg/kg" not in replies[0].text


def test_who_asks_whether_to_stop_is_told_first_what_that_turns_on(message: Build) -> None:
    facts = {
        "age_years": 58,
        "imid": True,
        "mm_phase": "maintenance",
        "mm_response": "cr",
        "months_on_prophylaxis": 8,
    }
    asked = message("阿司匹林吃了8个月，能停吗", intent="ask_duration", **facts)
    asked = replace(asked, segments=[replace(asked.segments[0], question=True)])
    _, replies = converse(Case(), [asked])
    assert "能否停止预防尚不能判定，须先明确糖皮质激素" in replies[0].text.splitlines()[0]
    _, replies = converse(Case(), [message("58岁，来那度胺维持", intent="provide_facts", **facts)])
    assert "能否停止预防" not in replies[0].text
