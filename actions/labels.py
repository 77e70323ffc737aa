"""Chinese names for scores, tiers and fact values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.case import FactValue
from actions.wording import load, say
from scoring import FACTS


def score_name(score: str) -> str:
    """The Chinese name of a score."""
    return say(f"labels.{score}")


def tier_name(score: str, tier: str) -> str:
    """The Chinese name of a tier of a score."""
    name: str = load("wording.toml")["tiers"][score][tier]
    return name


def tier_span(score: str, tier_range: Sequence[str]) -> str:
    """A range of tiers, e.g. 高危～极高危."""
    names = list(dict.fromkeys(tier_name(score, tier) for tier in tier_range))
    return "～".join(names)


def points(value: float) -> str:
    """Points without a needless decimal (2.5, 4)."""
    return f"{value:g}"


def value_name(fact: str, value: FactValue) -> str:
    """A fact's value in words, with its unit."""
    spec = FACTS[fact]
    if value is None or isinstance(value, bool):
        return answer_word(fact, value)
    if isinstance(value, str):
        return str(dict(spec.choices).get(value, value)) if spec.choices else value
    number = f"{round(value, 2) if fact == 'bmi' else value:g}"
    return f"{number} {spec.unit}" if spec.unit else number


def answer_word(fact: str, value: bool | None) -> str:
    """How a fact is said to be so or not: 糖尿病：有, but 正在使用华法林：是."""
    words = load("wording.toml")["values"]
    if value is None:
        return str(words["unknown"])
    is_state = fact in load("questions.toml")["states"]["facts"]
    yes, no = ("holds", "fails") if is_state else ("true", "false")
    return str(words[yes if value else no])


def fact_name(fact: str) -> str:
    """The Chinese label of a fact."""
    return FACTS[fact].label


def names(facts: Iterable[str]) -> str:
    """Labels of several facts, in a Chinese list."""
    return "、".join(fact_name(fact) for fact in facts)


def answered(word: str, names: Sequence[str]) -> str:
    """Several facts with one answer: 无：糖尿病、VTE家族史."""
    return f"{word}：{'、'.join(names)}"


def stated(fact: str, value: FactValue) -> str:
    """A fact as it is echoed: 糖尿病：有, 血小板 45 ×10⁹/L."""
    return f"{fact_name(fact)}：{value_name(fact, value)}"
