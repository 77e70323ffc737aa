"""Before a message is folded into the case: which of its words are a question about an anticoagulant.

The classifier reads a message by itself. What a named drug, an amount or the question before makes of it is
decided here, by rules: "enox tx dose 70kg" asks, "130斤呢" supposes, "第6天 INR 1.8" goes on with the bridge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.asked.bridge_questions import asks_about_the_bridge, with_the_day
from actions.asked.dose_words import names_a_phase, names_a_purpose
from actions.asked.drug_subjects import subject_of
from actions.asked.general_words import tier_meant
from actions.asked.orders import CHECK, stated_order
from actions.asked.phases import days_given
from actions.case import Case
from actions.message import ANTITHROMBOTICS, IN_USE, Message, Segment
from actions.wording import load
from scoring import Order, dose_drugs, drug_relation

DOSE = "ask_dose"
#: Intents that name the question no better than the drug in it does.
UNSURE = frozenset(
    {
        "ask_dose", "ask_duration", "ask_prophylaxis", "ask_treatment", "ask_knowledge", "ask_why",
        "ask_bleeding_risk", "assess_vte_risk", "what_if", "reassess", "provide_facts", "correct_facts",
        "out_of_scope", "nlu_fallback", "affirm", "deny", "continue", "help",
    }
)  # fmt: skip
#: What may stand beside a drug in a question about its dose.
BESIDE = frozenset(
    {
        "weight_kg", "gfr", "creatinine_clearance_ml_min", "platelets_e9_l", "lmwh_days",
        "renal_function_normal", "vte_event",
    }
)  # fmt: skip
SUPPOSABLE = BESIDE - {"vte_event"}
SHORT = 40
_TERSE = 24
_TIER_ALONE = 12
_DOSE_LIKE = re.compile(
    r"剂量|用量|多少|单位|万|泵|怎么[用打]|几|可以|能|行|\d\s*(mg|u|iu|万|毫克)|[?？]|(?<![a-z])dos",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"[吃用打服]了|在[吃用打服]|[吃用打服]着|服用|口服|停|换|改|史|预防中|治疗中|\d+\s*个?月|给予|予|抗凝中"
)
_PICKED = re.compile(
    r"^\s*(那|就|我们|打算|准备|想|先|还是|改|换|决定)*(用|选用|选择?|打|吃|上|给|换成|改成|改用|换)"
)
_MAY = re.compile(
    r"(还|能|可以|可不可|能不能|要不要|需不需要|需要|用不用|敢)[^，。]{0,6}"
    r"(打|用|吃|注射|上|减量?|调)[^，。]{0,6}([吗不么没]|[?？]|$)|(?<![a-z])(can|may|safe|ok) ",
    re.IGNORECASE,
)
_WHY_SO_MUCH = re.compile(
    r"(为什么|为何|为啥|干嘛|凭什么|why)[^，。]{0,10}"
    r"(每[天日晚]|[一两]天|\d\s*次|[一两三]次|q\d|bid|qd|twice|\d\s*(mg|u|毫克|单位)|1\.5|150|200|[加减]量|剂量|这么[多少])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^，。；,;\n]+")
_CLAUSE_ENDS = "，。；,;\n"
_ORDERED = re.compile(r"医嘱|拟|准备|打算|开了|开具|计划|建议|处方|order|plan", re.IGNORECASE)
_AND_NOW = re.compile(r"呢[\s啊呀]*[?？。]*\s*$")
_HOW_LONG = re.compile(r"多久|多长|几个月|疗程|停")


def in_context(case: Case, message: Message) -> Message:
    """The message, its segments given the intent that drug, amount and the question before make them."""
    supposed, case.dose_supposed = case.dose_supposed, None
    # "那就用达肝素吧" accepts nothing where nothing was supposed
    unsure = UNSURE if case.what_if else UNSURE | {"accept_what_if"}
    intents = {one.intent for one in message.segments}
    if message.is_bare or not intents <= unsure | {"ask_general"}:
        return message
    if asks_about_the_bridge(case, message):
        # whether warfarin goes with LMWH is asked in general too, and has its answer
        return _asking(with_the_day(case, message))
    if "ask_general" in intents:
        return message
    if supposed and _asks_on(case, message):
        case.dose_supposed = supposed
        return _supposing(message)
    for rule in _RULES:
        if rule(case, message):
            return _asking(_PREPARE.get(rule, _as_it_is)(message), whole=True)
    if case.dose_waiting and _follows_dose(case, message) and _facts(message) == {"weight_kg"}:
        told = [replace(one, intent="provide_facts", question=False) for one in message.segments]
        return replace(message, intent="provide_facts", segments=told)
    if _supposes(case, message):
        return _supposing(message)
    if _bare_myeloma_drug(case, message):
        return _asking(message, intent="ask_drug_vte_relation", whole=True)
    return message


def _asking(message: Message, *, intent: str = DOSE, whole: bool = False) -> Message:
    """The message with one question in it: itself, when it is short, else its last part that asks."""
    if whole and _length(message.text) <= SHORT:
        return replace(
            message,
            intent=intent,
            segments=[Segment(0, len(message.text) + 1, message.text, True, intent, 1.0)],
        )
    asking = [place for place, one in enumerate(message.segments) if one.question] or [
        len(message.segments) - 1
    ]
    told = [
        replace(one, intent=intent, question=True)
        if place == asking[-1]
        else replace(one, intent="provide_facts")
        if one.intent in ("out_of_scope", "nlu_fallback", DOSE, "ask_duration")
        else one
        for place, one in enumerate(message.segments)
    ]
    return replace(message, intent=intent, segments=told)


def _as_ordered(message: Message) -> Message:
    """The message without the drug in use where it is only ordered: "医嘱依诺肝素60mg q12h，对吗"."""
    ordered = [clause.span() for clause in _CLAUSE.finditer(message.text) if _ORDERED.search(clause[0])]
    kept = [
        one
        for one in message.entities
        if one["entity"] not in ANTITHROMBOTICS
        or not any(start <= one["start"] < end for start, end in ordered)
    ]
    return replace(message, entities=kept)


def _supposing(message: Message) -> Message:
    return replace(message, segments=[replace(one, intent="what_if") for one in message.segments])


def _without_guesses(message: Message) -> Message:
    """ "INR控制在几到几" asks for the number that was looked for in vain."""
    known = [one for one in message.entities if one.get("status") != "undetermined"]
    return replace(message, entities=known)


def _length(text: str) -> float:
    """The length in Chinese characters, of which a Latin word takes half as many."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


def drugs_meant(case: Case, message: Message) -> frozenset[str]:
    """The drugs named that a dose can be asked of; where none is named, the one whose dose was asked last."""
    named = _named(message)
    if not message.helpers("drug") and case.drug in dose_drugs() and case.about == DOSE:
        return frozenset({str(case.drug)})
    return frozenset(named)


def _named(message: Message) -> list[str]:
    return list(
        dict.fromkeys(one["value"] for one in message.helpers("drug") if one["value"] in dose_drugs())
    )


def _asks(message: Message) -> bool:
    return any(one.question for one in message.segments)


def question_text(message: Message) -> str:
    """What asks: a short message as a whole, of a case with its question the question."""
    if _length(message.text) <= SHORT:
        return message.text
    return "".join(one.text for one in message.segments if one.question)


def _facts(message: Message) -> set[str]:
    """The facts that are told; that 他 is a man is not one of them."""
    return {one["entity"] for one in message.mentions if not one.get("implied")}


def _asks_thrombolytic(case: Case, message: Message) -> bool:
    """A39: a dose of thrombolysis, by the name of a drug."""
    never = load("dosing.toml")["thrombolytics"]["drugs"]
    named = any(one["value"] in never for one in message.helpers("drug"))
    return named and _length(message.text) <= SHORT and bool(_DOSE_LIKE.search(message.text))


def _asks_subject(case: Case, message: Message) -> bool:
    asked = _asks(message)
    return subject_of(question_text(message), drugs_meant(case, message), question=asked) is not None


def asks_why_so_much(case: Case, message: Message) -> bool:
    """ "为什么是每天两次" of the dose that was given last."""
    return bool(drugs_meant(case, message)) and _WHY_SO_MUCH.search(question_text(message)) is not None


def _checks_order(case: Case, message: Message) -> bool:
    drugs = drugs_meant(case, message)
    return bool(drugs) and bool(CHECK.search(question_text(message))) and order_in(message) is not None


def order_in(message: Message) -> Order | None:
    """The order that the message states, its amount behind the drug's name where that stands before it."""
    if not message.helpers("drug"):
        return stated_order(message.text)
    return next(iter(orders_in(message).values()), None)


def orders_in(message: Message) -> dict[str, Order]:
    """The order of each drug that is named with an amount: "阿司匹林100mg联合依诺肝素40mg".

    An amount is of the drug it stands behind; before a drug it stands only where no other drug does:
    "阿司匹林可以吗 泊马度胺4mg" orders none.
    """
    text = message.text
    named = _places(message)
    ends, starts = [0, *(end for _, end, _ in named)], [*(start for start, _, _ in named), len(text)]
    # "100mg阿司匹林加40mg依诺肝素": behind the last name stands none, and the first has one before it
    before = bool(named) and stated_order(text[ends[-1] :]) is None
    before = before and stated_order(text[: starts[0]]) is not None
    found: dict[str, Order] = {}
    for place, (start, end, drug) in enumerate(named):
        if drug not in dose_drugs():
            continue
        if before:
            order = stated_order(text[ends[place] : start])
        else:
            low = max(ends[place], *(text.rfind(stop, 0, start) + 1 for stop in _CLAUSE_ENDS))
            order = stated_order(text[low : starts[place + 1]], end - low)
        if order is not None:
            found.setdefault(drug, order)
    return found


def _places(message: Message) -> list[tuple[int, int, str]]:
    """Where each drug is named, and where it is named again in the same words."""
    text, places = message.text, set()
    for one in message.helpers("drug"):
        words = text[one["start"] : one["end"]]
        if words:
            places |= {
                (again.start(), again.end(), one["value"]) for again in re.finditer(re.escape(words), text)
            }
    return sorted(places)


def _names_drug(case: Case, message: Message) -> bool:
    """ "法安明60公斤 第一个月", "enox tx 70kg", or a choice: "那就用达肝素"."""
    drugs, facts = _named(message), _facts(message)
    asked_for = (case.pending or {}).get("facts", ())
    if len(drugs) != 1 or len(message.helpers("drug")) != 1 or ANTITHROMBOTICS & set(asked_for):
        return False
    if _PICKED.match(message.text) and _length(message.text) <= _TERSE and facts <= ANTITHROMBOTICS | BESIDE:
        treated = isinstance(case.facts.get("vte_event"), str) or case.about == DOSE
        return treated and not IN_USE.search(message.text)
    if _length(message.text) > _TERSE or not facts <= BESIDE or _TAKEN.search(message.text):
        return False
    if _MAY.search(message.text):
        return True
    if _asks(message):
        return False
    return (
        bool(facts - {"vte_event", "lmwh_days"})
        or names_a_purpose(message.text)
        or names_a_phase(message.text)
    )


def _goes_on(case: Case, message: Message) -> bool:
    """After a question about a dose: another phase, or whether the drug may be given at all."""
    if (
        case.about != DOSE
        or case.drug not in dose_drugs()
        or message.helpers("drug")
        or _length(message.text) > _TERSE
    ):
        return False
    if not _facts(message) <= SUPPOSABLE:
        return False
    if _tells_beside(message):
        return True
    phase = days_given(message.text) is not None and _asks(message) and not _HOW_LONG.search(message.text)
    if phase and not _supposes(case, message):
        return True
    return bool(_MAY.search(message.text))


def _names_tier(case: Case, message: Message) -> bool:
    """ "极高危呢" after a dose: the dose of that tier."""
    return (
        _follows_dose(case, message)
        and not _facts(message)
        and _length(message.text) <= _TIER_ALONE
        and tier_meant(message.text) is not None
    )


def _tells_beside(message: Message) -> bool:
    """ "那肾功能不好呢，GFR 24": the figure is told, beside what is asked."""
    asks = any(_AND_NOW.search(_clause_end(one)) for one in message.segments)
    told = [one for one in message.segments if not _AND_NOW.search(_clause_end(one))]
    return asks and any(message.mentions_in(one) for one in told)


def _asks_on(case: Case, message: Message) -> bool:
    """ "还能打吗" of what was supposed a moment ago."""
    return _follows_dose(case, message) and not _facts(message) and bool(_MAY.search(message.text))


def _supposes(case: Case, message: Message) -> bool:
    """ "130斤呢", "肾功能不好呢，GFR 24" after a dose: another patient's figures, not a correction."""
    facts = _facts(message) - {"lmwh_days"}
    if not facts or not _follows_dose(case, message):
        return False
    if not facts <= SUPPOSABLE or not any(_AND_NOW.search(_clause_end(one)) for one in message.segments):
        return False
    return "weight_kg" not in facts or not case.dose_waiting


def _follows_dose(case: Case, message: Message) -> bool:
    return case.about == DOSE and case.drug in dose_drugs() and not message.helpers("drug")


def _clause_end(segment: Segment) -> str:
    return segment.text.rstrip(" ，,；;")


def _bare_myeloma_drug(case: Case, message: Message) -> bool:
    """A name and nothing else, while no patient is spoken of: its row of table 4."""
    drugs: Sequence[str] = [one["value"] for one in message.helpers("drug")]
    if len(drugs) != 1 or case.facts or case.pending or not drug_relation(drugs[0]):
        return False
    rest = message.text
    for one in message.helpers("drug"):
        rest = rest[: one["start"]] + rest[one["end"] :]
    return not re.search(r"\w", rest)


def _as_it_is(message: Message) -> Message:
    return message


_RULES: Sequence[Callable[[Case, Message], bool]] = (
    _asks_thrombolytic, _asks_subject, asks_why_so_much, _checks_order, _names_drug, _names_tier, _goes_on,
)  # fmt: skip
#: What a rule takes out of the message before it is folded in.
_PREPARE: dict[Callable[[Case, Message], bool], Callable[[Message], Message]] = {
    _asks_subject: _without_guesses,
    _checks_order: _as_ordered,
}
