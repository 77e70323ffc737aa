"""The next question: the most decisive unknown fact, asked together with those that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from actions.case import Case
from actions.labels import score_name, tier_span
from actions.reply.score_text import EVENT_FACTS
from actions.wording import load, say
from scoring import FACTS, course_needs

NONE_OF_ABOVE = "以上均无"
#: What decides how long an established VTE is treated (T8, T9).
TREATMENT_DURATION = ("recurrent_vte", "mm_active")
#: What makes an emergency besides bleeding, and what is asked while one is on.
IN_DANGER = ("hemodynamic_instability", "limb_threatening_dvt")
ACUTE = EVENT_FACTS | {
    *IN_DANGER, "active_bleeding", "anticoagulation_contraindicated", "immobilized_or_surgery_within_4_weeks",
    "platelets_e9_l", "weight_kg", "gfr",
}  # fmt: skip
#: The group whose list hides what was told and is not clear.
LONG_LIST = "factors"
#: Goals that ask whether and with what to prevent.
PREVENTION = frozenset({"mm_vte", "bleeding"})


@dataclass(frozen=True)
class Group:
    """Facts that are asked for in one question (data/questions.toml)."""

    id: str
    select: str
    facts: tuple[str, ...]
    short: str
    ask: str
    why: str
    options: tuple[Mapping[str, Any], ...] = ()
    chosen: Mapping[str, Any] = field(default_factory=dict)
    denied: Mapping[str, Any] = field(default_factory=dict)
    goal: str | None = None
    #: The group whose facts are asked first: signs before what else they may mean.
    after: str | None = None


@dataclass(frozen=True)
class Question:
    """A question as it is put: what it asks for, how it may be answered, and why it matters."""

    facts: Sequence[str]
    select: str
    text: str
    why: str
    options: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    progress: Mapping[str, int] = field(default_factory=dict)

    def pending(self) -> dict[str, Any]:
        """What must be remembered to read the answer."""
        return {"facts": list(self.facts), "select": self.select, "options": [dict(o) for o in self.options]}


@cache
def groups() -> tuple[Group, ...]:
    """The question groups, in the order of the file."""
    return tuple(
        Group(
            id=one["id"],
            select=one["select"],
            facts=tuple(one["facts"]),
            short=one["short"],
            ask=one["ask"],
            why=one["why"],
            options=tuple(one.get("options", ())),
            chosen=one.get("chosen", {}),
            denied=one.get("denied", {}),
            goal=one.get("goal"),
            after=one.get("after"),
        )
        for one in load("questions.toml")["group"]
    )


def next_question(assessment: Mapping[str, Any], case: Case) -> Question | None:
    """The next question for the case, or ``None`` when nothing is left that could change the decision."""
    open_facts = [fact for fact in in_question(assessment, case) if fact not in case.declined]
    if is_acute(assessment, case):
        open_facts = [fact for fact in open_facts if fact in ACUTE]
    # What was said and not understood, or contradicts itself, comes first; then what the user asked about.
    asked = {fact for group in groups() if group.goal in case.goals for fact in group.facts}
    open_facts.sort(key=lambda fact: (fact not in assessment["facts"], fact not in asked))
    if open_facts and open_facts[0] in assessment["facts"] and _group_of(open_facts).id == LONG_LIST:
        # "股骨陈旧骨折" is asked about by itself, not in a list of twenty
        open_facts = [fact for fact in open_facts if fact in assessment["facts"]]
    return _ask(open_facts, assessment) if open_facts else None


def is_acute(assessment: Mapping[str, Any], case: Case) -> bool:
    """Whether breath, circulation or a limb is in danger now: what is lasting is not asked beside it."""
    facts = assessment["facts"]
    return bool(case.emergency) or any(facts.get(fact) is True for fact in IN_DANGER)


def in_question(assessment: Mapping[str, Any], case: Case) -> list[str]:
    """What is still open of what was asked; who asks only how long is asked only for that (U1-U8, T7-T9)."""
    facts: list[str] = assessment["questions"]
    if "duration" not in case.goals:
        return facts
    if (event := assessment["facts"].get("vte_event")) and not event.startswith("suspected"):
        return [fact for fact in facts if fact in TREATMENT_DURATION] or facts
    if PREVENTION & set(case.goals) or EVENT_FACTS & assessment["facts"].keys():
        return facts
    return [fact for fact in course_needs(case.facts) if fact in facts]


def question_of(fact: str, assessment: Mapping[str, Any]) -> Question:
    """The question that asks for one fact by itself."""
    return _ask([fact], assessment)


def _ask(open_facts: Sequence[str], assessment: Mapping[str, Any]) -> Question:
    group = _group_of(open_facts)
    facts = [fact for fact in group.facts if fact in open_facts]
    select, options = (
        group.select,
        [{"title": option["title"], "fact": facts[0], "value": option["value"]} for option in group.options],
    )
    ask = group.ask.format(facts="、".join(_quantity(fact) for fact in facts))
    if select == "number" and len(facts) == 1:
        ask = FACTS[facts[0]].question
    if not options and select != "number":
        options = [
            {"title": FACTS[fact].label, "fact": fact, "value": group.chosen.get(fact, True)}
            for fact in facts
        ]
        if len(facts) == 1:
            select, ask = "one", ask if len(group.facts) == 1 else _by_itself(facts[0])
            denied = {
                "title": say("actions.no"),
                "fact": facts[0],
                "value": group.denied.get(facts[0], False),
            }
            options = [{**options[0], "title": say("actions.yes")}, denied]
        else:
            denials = {fact: group.denied.get(fact, False) for fact in facts}
            options.append({"title": NONE_OF_ABOVE, "sets": denials, "exclusive": True})
    return Question(
        facts=facts,
        select=select,
        text=_text(ask, select, options),
        why=group.why + _effect(facts, assessment),
        options=options,
        progress=progress(assessment),
    )


def _group_of(open_facts: Sequence[str]) -> Group:
    """The group of the most decisive fact; of several, the one that settles most open facts."""
    first = open_facts[0]
    candidates = [group for group in groups() if first in group.facts]
    if not candidates:
        spec = FACTS[first]
        select = "number" if spec.kind == "number" else "one"
        return Group(first, select, (first,), spec.label, _by_itself(first), "")
    found = max(candidates, key=lambda group: sum(fact in open_facts for fact in group.facts))
    earlier = next((group for group in groups() if group.id == found.after), None)
    return earlier if earlier and set(earlier.facts) <= set(open_facts) else found


def _by_itself(fact: str) -> str:
    """The question for one fact: its own; whether a drug is taken is asked without asking which."""
    own: Mapping[str, str] = load("questions.toml")["by_itself"]
    return own.get(fact, FACTS[fact].question)


def _quantity(fact: str) -> str:
    spec = FACTS[fact]
    return f"{spec.label}（{spec.unit}）" if spec.unit and spec.unit not in spec.label else spec.label


def _text(ask: str, select: str, options: Sequence[Mapping[str, Any]]) -> str:
    lines = [say("question.head", ask=ask)]
    numbered = [option for option in options if not option.get("exclusive")]
    lines += [f"{number} {option['title']}" for number, option in enumerate(numbered, 1)]
    if len(numbered) < len(options):
        lines.append(f"0 {NONE_OF_ABOVE}")
    lines.append(say(f"question.how_{select}"))
    return "\n".join(lines)


def _effect(facts: Sequence[str], assessment: Mapping[str, Any]) -> str:
    """What the answer can change, from the scores' own ranges."""
    spans = [
        say("question.effect", score=score_name(name), span=tier_span(name, score["tier_range"]))
        for name, score in assessment["scores"].items()
        if any(fact in score.get("deciding", ()) for fact in facts)
    ]
    return "".join(spans)


def progress(assessment: Mapping[str, Any]) -> dict[str, int]:
    """How many score items are known, of how many."""
    items = [item for score in assessment["scores"].values() for item in score["items"]]
    return {"known": sum(item["status"] != "unknown" for item in items), "total": len(items)}
