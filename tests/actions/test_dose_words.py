"""The words of a dosing question: how long, what order, what subject."""

import pytest

from actions.asked.dose_words import phase_of, weight_not_read, word_of
from actions.asked.drug_subjects import subject_of
from actions.asked.orders import CHECK, stated_order
from actions.asked.phases import days_given
from scoring import Order


@pytest.mark.parametrize(
    ("text", "drug", "phase"),
    [
        ("第二个月打多少", "enoxaparin", "later"),
        ("打满一个月了", "enoxaparin", "later"),
        ("打满30天", "dalteparin", "later"),
        ("用了两周了", "enoxaparin", "initial"),
        ("头一个月", "dalteparin", "initial"),
        ("首月", "dalteparin", "initial"),
        ("第5周", "dalteparin", None),
        ("吃了三周了", "rivaroxaban", "later"),
        ("吃了25天了", "rivaroxaban", "later"),
        ("吃了10天", "rivaroxaban", "initial"),
        ("前三周", "rivaroxaban", "initial"),
        ("第四周", "rivaroxaban", "later"),
        ("month 2", "dalteparin", "later"),
        ("after 3 weeks", "rivaroxaban", "later"),
        ("一天几次", "rivaroxaban", None),
    ],
)
def test_the_phase_by_how_long_the_drug_was_given(text, drug, phase) -> None:
    assert phase_of(text, drug) == phase


@pytest.mark.parametrize(
    ("text", "day"), [("第6天", 6), ("打了四天了", 4), ("打了10天", 10), ("今天第五天", 5)]
)
def test_the_day_that_is_named(text, day) -> None:
    span = days_given(text)
    assert span is not None and span[1] == day


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("60mg q12h", Order(60, "mg", 12)),
        ("40 mg qd", Order(40, "mg", 24)),
        ("15毫克一天两次", Order(15, "mg", 12)),
        ("1.2万单位qd", Order(12000, "U", 24)),
        ("7500U每日1次", Order(7500, "U", 24)),
        ("1mg/kg bid", Order(1, "mg", 12, per_kg=True)),
        ("每公斤1mg，早晚各一针", Order(1, "mg", 12, per_kg=True)),
        ("0.4ml 每晚", Order(0.4, "ml", 24)),
        ("一次1支", Order(1, "piece", None)),
        ("20mg/d", Order(20, "mg", 24)),
        ("体重60公斤", None),
    ],
)
def test_an_order_as_it_is_written(text, order) -> None:
    assert stated_order(text) == order


@pytest.mark.parametrize(
    "text", ["对吗", "是否合理", "有没有问题", "可以这么打吗", "行不", "right?", "帮我核对一下"]
)
def test_asking_whether_an_order_is_right(text) -> None:
    assert CHECK.search(text)


@pytest.mark.parametrize("text", ["打多少", "现在怎么吃", "第几天了", "already given"])
def test_not_asking_whether_an_order_is_right(text) -> None:
    assert not CHECK.search(text)


@pytest.mark.parametrize(
    ("text", "drugs", "entry"),
    [
        ("华法林INR控制到多少合适", {"warfarin"}, "inr_target"),
        ("warfarin target INR", {"warfarin"}, "inr_target"),
        ("华法林首次吃几毫克", {"warfarin"}, "warfarin_start"),
        ("忘记吃拜瑞妥怎么办", {"rivaroxaban"}, "interactions"),
        ("克赛多打了一针咋办", {"enoxaparin"}, "overdose"),
        ("INR 4.8怎么处理", {"warfarin"}, "overdose"),
        ("抗Xa活性测到多少合适", set(), "anti_xa"),
        ("达肝素减量减到多少", {"dalteparin"}, "reduced_lmwh"),
        ("每支4000单位要几支", {"dalteparin"}, "presentation"),
        ("INR大于1.5算肝功能不全吗", set(), "hepatic_inr"),
        ("六个月是从哪天开始算", set(), "six_months_from"),
        ("溶栓有哪些禁忌", set(), "thrombolysis_contraindications"),
        ("来那度胺减量减到多少", set(), None),
        ("地塞米松多吃了一片怎么办", set(), None),
        ("昨天漏打了一针", {"enoxaparin"}, None),
        ("依诺肝素治疗量60公斤打多少", {"enoxaparin"}, None),
        ("血小板低，依诺肝素能打吗", {"enoxaparin"}, None),
    ],
)
def test_what_one_statement_answers_whatever_the_drug_is_for(text, drugs, entry) -> None:
    found = subject_of(text, frozenset(drugs), question=False)
    assert (found.id if found else None) == entry


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("LMWH ppx", "prophylaxis"),
        ("enox tx", "treatment"),
        ("TX dose", "treatment"),
        ("apex", None),
        ("预防量", "prophylaxis"),
    ],
)
def test_the_purpose_in_latin_letters_is_a_word_of_its_own(text, purpose) -> None:
    assert word_of(text, ("prophylaxis", "treatment")) == purpose


@pytest.mark.parametrize(
    ("text", "read", "missed"),
    [
        ("80kg呢", [], True),
        ("80 kg", ["80 kg"], False),
        ("1mg/kg", [], False),
        ("60公斤改80公斤", ["60公斤"], True),
    ],
)
def test_a_weight_that_was_not_read_is_noticed(text, read, missed) -> None:
    assert weight_not_read(text, read) is missed
