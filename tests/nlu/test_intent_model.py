"""The model's own scoring is scikit-learn's, and survives being stored."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasa_project.nlu.intent_decision import FALLBACK, Choice, choose, message_choice
from rasa_project.nlu.intent_features import Evidence, concepts, document
from rasa_project.nlu.intent_model import IntentModel, fit, from_pipeline, pipeline

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


def test_unsure_about_a_clot_is_asked_and_unsure_about_anything_else_is_declined() -> None:
    even = dict.fromkeys(("ask_treatment", "ask_dose", "out_of_scope", "provide_facts"), 0.25)
    unsure = choose(even, threshold=0.4, text="静脉血栓那个事情", evidence=_QUESTION)
    assert unsure.intent == FALLBACK
    declined = choose(even, threshold=0.4, text="楼下那家店几点开门", evidence=_QUESTION)
    assert declined.intent == "out_of_scope"


def test_the_most_important_part_speaks_for_the_message() -> None:
    parts = [Choice("greeting", 0.9), Choice("provide_facts", 0.9), Choice("ask_dose", 0.5)]
    whole = Choice("provide_facts", 0.9)
    assert (
        message_choice(parts, [False, False, True], whole=whole, text="您好，58公斤，依诺肝素打多少")
        == parts[2]
    )
    story = [Choice("provide_facts", 0.9), Choice("out_of_scope", 0.8)]
    assert message_choice(story, [False, True], whole=whole, text="患者58岁，高血压，能吃西瓜吗") == story[1]
