"""The model's own scoring is scikit-learn's, and survives being stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasa_project.nlu.intent_decision import FALLBACK, Choice, choose
from rasa_project.nlu.intent_features import Evidence, concepts, document
from rasa_project.nlu.intent_model import IntentModel, fit, from_pipeline, pipeline
from rasa_project.nlu.message_decision import message_choice, settle

_ASKED = ["血栓怎么治", "肺栓塞怎么治疗", "DVT如何治疗", "血栓治疗方案", "血栓用什么药治"]
_TOLD = ["男，65岁", "女，70岁", "患者58岁", "今年81岁", "岁数是66岁"]
_STATEMENT, _QUESTION = Evidence(question=False, facts=1), Evidence(question=True, facts=0)


def _training() -> tuple[list[str], list[str]]:
    documents = [document(text, list(text), _QUESTION) for text in _ASKED]
    documents += [document(text, list(text), _STATEMENT) for text in _TOLD]
    return documents, ["ask_treatment"] * len(_ASKED) + ["provide_facts"] * len(_TOLD)


def test_scores_are_those_of_the_fitted_pipeline() -> None:
    documents, intents = _training()
    third = [
        *documents,
        *(document(text, [text], _STATEMENT) for text in ("你好", "您好", "早上好", "你好啊")),
    ]
    names = [*intents, *["greeting"] * 4]
    fitted = pipeline().fit(third, names)
    model = from_pipeline(fitted, 1.0)
    for text in (*third, document("肺栓塞65岁你好", ["肺栓塞"], _QUESTION), ""):
        assert model.scores(text) == pytest.approx(fitted.decision_function([text])[0])


def test_a_stored_model_answers_alike(tmp_path: Path) -> None:
    documents, intents = _training()
    documents += [document("你好", ["你好"], _STATEMENT)] * 4
    model = fit(documents, [*intents, *["greeting"] * 4])
    model.save(tmp_path)
    again = IntentModel.load(tmp_path)
    assert again.probabilities(documents[0]) == model.probabilities(documents[0])
    assert sum(model.probabilities(documents[0]).values()) == pytest.approx(1.0)


def test_too_few_sentences_are_refused() -> None:
    with pytest.raises(ValueError, match="at least"):
        fit(["c:a"] * 5 + ["c:b"] * 2, ["a"] * 5 + ["b"] * 2)


def test_a_foreign_clot_is_no_clot() -> None:
    assert "foreign:other_vessel" in concepts("脑血栓怎么办")
    assert "subject:clot" not in concepts("脑血栓怎么办")
    assert "subject:vte" in concepts("肺動脈栓塞怎么办")


_INTENTS = (
    "ask_treatment",
    "ask_dose",
    "ask_duration",
    "ask_prophylaxis",
    "out_of_scope",
    "provide_facts",
    "undo",
)
_EVEN = dict.fromkeys(_INTENTS, 1 / len(_INTENTS))


def _chosen(text: str, likeliest: str, *, message: str | None = None, evidence: Evidence = _QUESTION) -> str:
    """The intent of ``text`` when the model holds ``likeliest`` for three times as likely as each other."""
    probabilities = {name: (3 if name == likeliest else 1) * value for name, value in _EVEN.items()}
    total = sum(probabilities.values())
    scaled = {name: value / total for name, value in probabilities.items()}
    return choose(scaled, threshold=0.3, text=text, message=message or text, evidence=evidence).intent


def test_unsure_about_a_clot_is_asked_and_unsure_about_anything_else_is_declined() -> None:
    for text, intent in (("静脉血栓那个事情", FALLBACK), ("楼下那家店几点开门", "out_of_scope")):
        assert choose(_EVEN, threshold=0.4, text=text, message=text, evidence=_QUESTION).intent == intent


@pytest.mark.parametrize(
    "text",
    [
        "胃癌术后血栓预防打几天针",
        "孕妇下肢静脉血栓打多久肝素",
        "房颤患者卒中预防用多大剂量的达比加群",
        "CRRT的抗凝怎么做",
        "门静脉血栓怎么抗凝",
        "脑梗死能用利伐沙班吗",
    ],
)
@pytest.mark.parametrize("intent", ["ask_treatment", "ask_dose", "ask_duration", "ask_prophylaxis"])
def test_what_has_guidance_of_its_own_is_not_answered(text: str, intent: str) -> None:
    assert _chosen(text, intent) not in {"ask_treatment", "ask_dose", "ask_duration", "ask_prophylaxis"}


@pytest.mark.parametrize(
    "text", ["骨髓瘤合并肺癌，血栓怎么预防", "既往乳腺癌，来那度胺期间用什么预防", "共识对孕妇的血栓怎么说"]
)
def test_another_illness_of_a_myeloma_patient_is_no_reason_to_decline(text: str) -> None:
    assert _chosen(text, "ask_prophylaxis") == "ask_prophylaxis"


def test_a_part_is_declined_for_what_the_rest_of_the_message_names() -> None:
    part = "选什么抗凝药"
    assert _chosen(part, "ask_treatment", message="胃癌化疗期间查出下肢血栓，选什么抗凝药") != "ask_treatment"
    assert _chosen(part, "ask_treatment", message="化疗期间查出下肢血栓，选什么抗凝药") == "ask_treatment"


@pytest.mark.parametrize("text", ["来那度胺一天吃多少", "硼替佐米每次多少毫克", "地塞米松吃多久"])
@pytest.mark.parametrize("intent", ["ask_dose", "ask_duration"])
def test_the_dose_of_a_myeloma_drug_is_not_the_consensuss(text: str, intent: str) -> None:
    assert _chosen(text, intent) != intent


def test_a_long_story_without_a_subject_is_no_command() -> None:
    story = "突然间觉得整个人都不太舒服，要歇一会儿才能恢复，这样是不是有什么问题"
    assert _chosen(story, "undo") == "out_of_scope"
    assert _chosen("恢复到修改之前", "undo") == "undo"


def test_the_most_important_part_speaks_for_the_message() -> None:
    parts = [Choice("greeting", 0.9), Choice("provide_facts", 0.9), Choice("ask_dose", 0.5)]
    whole = Choice("provide_facts", 0.9)
    assert (
        message_choice(parts, [False, False, True], whole=whole, text="您好，58公斤，依诺肝素打多少")
        == parts[2]
    )
    story = [Choice("provide_facts", 0.9), Choice("out_of_scope", 0.8)]
    assert message_choice(story, [False, True], whole=whole, text="患者58岁，高血压，能吃西瓜吗") == story[1]


def test_an_unsure_part_does_not_outrank_a_sure_one() -> None:
    parts = [Choice("ask_bleeding_risk", 0.95), Choice("assess_vte_risk", 0.42)]
    chosen = message_choice(parts, [True, True], whole=Choice("help", 0.2), text="会不会出血？大不大？")
    assert chosen == parts[0]


def test_a_courtesy_does_not_outrank_what_is_declined() -> None:
    parts = [Choice("out_of_scope", 0.45), Choice("thanks", 0.99)]
    text = "左腹部老是有点凉，吃了凉的更不舒服，已经十几年了，谢谢"
    assert message_choice(parts, [False, False], whole=Choice("greeting", 0.3), text=text) == parts[0]


def test_the_message_in_one_piece_is_given_to_the_part_that_asks() -> None:
    whole = Choice("ask_prophylaxis", 0.97)
    parts = [Choice("ask_dose", 0.6), Choice(FALLBACK, 0.3)]
    overall, settled = settle(parts, [False, True], whole=whole, text="克赛和拜瑞妥，预防用哪个好")
    assert overall == whole
    assert [one.intent for one in settled] == ["provide_facts", "ask_prophylaxis"]


def test_the_message_in_one_piece_hides_no_change_of_the_case() -> None:
    parts = [Choice("new_patient", 0.9), Choice("assess_vte_risk", 0.9)]
    _, settled = settle(
        parts, [False, True], whole=Choice("assess_vte_risk", 0.99), text="换个病人，血栓几分"
    )
    assert settled == parts


def test_several_requests_stay_several() -> None:
    parts = [Choice("ask_dose", 0.9), Choice("ask_duration", 0.9)]
    _, settled = settle(parts, [True, True], whole=Choice("ask_dose", 0.99), text="打多少？打多久？")
    assert settled == parts


@pytest.mark.parametrize("text", ["肺栓塞", "左股静脉血栓形成", "确诊DVT"])
def test_a_diagnosis_in_the_story_is_told_and_asks_for_no_score(text: str) -> None:
    probabilities = {"ask_wells_pe": 0.5, "ask_wells_dvt": 0.4, "provide_facts": 0.1, "out_of_scope": 0.0}
    message = f"{text}，怎么治？"
    chosen = choose(probabilities, threshold=0.4, text=text, message=message, evidence=_STATEMENT)
    assert chosen.intent == "provide_facts"


def test_an_answer_never_hides_a_fact_beside_it() -> None:
    parts = [Choice("affirm", 0.9), Choice("provide_facts", 0.9)]
    overall, settled = settle(parts, [False, False], whole=Choice("affirm", 0.99), text="是的，72岁")
    assert (overall, settled) == (parts[1], parts)


def test_a_part_that_agrees_with_the_message_keeps_its_say() -> None:
    parts = [Choice("ask_dose", 0.8), Choice("provide_facts", 0.6)]
    _, settled = settle(
        parts, [False, True], whole=Choice("ask_dose", 0.99), text="依诺肝素治疗量，58公斤打多少？"
    )
    assert [one.intent for one in settled] == ["ask_dose", "ask_dose"]


def test_facts_of_a_patient_are_not_declined_but_naming_somebody_is_no_fact() -> None:
    declining = {"out_of_scope": 0.9, "provide_facts": 0.1}
    for text, evidence, intent in (
        ("骨髓瘤化疗以后这次血小板只有四十多", _STATEMENT, "provide_facts"),
        (
            "俺爹得了骨髓瘤以后老想出去打打麻将",
            Evidence(question=False, facts=1, person=True),
            "out_of_scope",
        ),
        ("女", Evidence(question=False, facts=1, person=True), "provide_facts"),
    ):
        assert choose(declining, threshold=0.4, text=text, message=text, evidence=evidence).intent == intent
