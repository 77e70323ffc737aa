"""Answers to the bot's own questions: numbers, choices by number, none of them, unknown.

What is asked first is the bot's choice, so these tests read the question card and answer what it asks.
"""

from __future__ import annotations

from typing import Any

import pytest
from conversation_replies import Bot, Reply, all_text, assessment, cards, new_sender

OPENING = "女，58岁，多发性骨髓瘤，拟来那度胺加地塞米松"
MAX_TURNS = 12


def _question(reply: Reply) -> dict[str, Any] | None:
    found = cards(reply, "question")
    return found[-1]["data"] if found else None


def _reach(bot: Bot, sender: str, select: str) -> dict[str, Any]:
    """Skip question after question until one of the wanted kind is put."""
    reply = bot.say(sender, OPENING)
    for _ in range(MAX_TURNS):
        question = _question(reply)
        if question is not None and question["select"] == select:
            return question
        reply = bot.say(sender, "跳过" if question is not None else "继续")
    pytest.fail(f"no {select} question within {MAX_TURNS} turns; last reply: {all_text(reply)}")


def _setting(option: dict[str, Any]) -> dict[str, Any]:
    """The facts that an option sets; empty for the exclusive 以上均无."""
    return {option["fact"]: option["value"]} if option.get("fact") else {}


def _facts(reply: Reply) -> dict[str, Any]:
    data = assessment(reply)
    assert data is not None, f"an answer that changes facts must be met with an assessment: {all_text(reply)}"
    return data["facts"]


@pytest.mark.parametrize("answer", ["1 3", "1、3", "1，3", "选1和3", "①③"])
def test_choices_by_number(bot: Bot, answer: str) -> None:
    sender = new_sender("choices")
    question = _reach(bot, sender, "many")
    options = question["options"]
    facts = _facts(bot.say(sender, answer))
    for index in (0, 2):
        for fact, value in _setting(options[index]).items():
            assert facts.get(fact) == value, (answer, options[index])
    # an option that was offered and not chosen must not have become true
    for index, option in enumerate(options):
        for fact in _setting(option):
            if index not in (0, 2):
                assert facts.get(fact) is not True, (answer, option)


@pytest.mark.parametrize("answer", ["都没有", "以上均无", "都没", "一个都没有"])
def test_none_of_them(bot: Bot, answer: str) -> None:
    sender = new_sender("none")
    question = _reach(bot, sender, "many")
    facts = _facts(bot.say(sender, answer))
    for option in question["options"]:
        for fact in _setting(option):
            assert facts.get(fact) is False, (answer, fact)


@pytest.mark.parametrize("answer", ["不清楚", "不知道", "没查过，不详"])
def test_unknown_is_undetermined_not_no(bot: Bot, answer: str) -> None:
    sender = new_sender("unknown")
    question = _question(bot.say(sender, OPENING))
    assert question is not None, "a case with an undetermined tier must be met with a question"
    facts = _facts(bot.say(sender, answer))
    for fact in question["facts"]:
        assert facts.get(fact, "absent") is None, (answer, fact)


def test_bare_number_answers_the_one_number_that_was_asked(bot: Bot) -> None:
    sender = new_sender("number")
    question = _question(bot.say(sender, OPENING + "，BMI 22，M蛋白10g/L，血小板150，eGFR 90"))
    assert question is not None and question["facts"] == ["dexamethasone_mg_per_cycle"]
    facts = _facts(bot.say(sender, "160"))
    assert facts["dexamethasone_mg_per_cycle"] == 160


def test_bare_number_is_not_put_down_to_several_facts(bot: Bot) -> None:
    sender = new_sender("numbers")
    bot.say(sender, OPENING)
    data = assessment(bot.say(sender, "55"))
    numbers = ("dexamethasone_mg_per_cycle", "bmi", "m_protein_g_l", "platelets_e9_l", "gfr", "weight_kg")
    assert data is None or sum(data["facts"].get(fact) == 55 for fact in numbers) <= 1


def test_number_out_of_range_is_asked_again(bot: Bot) -> None:
    sender = new_sender("range")
    bot.say(sender, OPENING)
    reply = bot.say(sender, "99999")
    data = assessment(reply)
    assert data is None or data["facts"].get("dexamethasone_mg_per_cycle") != 99999
    question = _question(reply)
    assert question is not None and "dexamethasone_mg_per_cycle" in question["facts"]


def test_skip_leaves_the_fact_open_and_moves_on(bot: Bot) -> None:
    sender = new_sender("skip")
    first = _question(bot.say(sender, OPENING))
    assert first is not None
    reply = bot.say(sender, "跳过")
    second = _question(reply)
    assert second is not None and second["facts"] != first["facts"]


def test_summary_repeats_the_case(bot: Bot) -> None:
    sender = new_sender("summary")
    bot.say(sender, "男，71岁，骨髓瘤，来那度胺，慢阻肺")
    text = all_text(bot.say(sender, "总结一下现在的情况"))
    for said in ("71", "男", "来那度胺", "慢阻肺|慢性阻塞性肺疾病", "6分|6 分"):
        assert any(option in text for option in said.split("|")), (said, text)


def test_senders_do_not_share_a_patient(bot: Bot) -> None:
    one, other = new_sender("one"), new_sender("other")
    bot.say(one, "男，80岁，骨髓瘤，肺栓塞病史")
    facts = _facts(bot.say(other, "女，50岁，骨髓瘤"))
    assert "history_vte" not in facts
    assert facts["sex"] == "female"
