"""What a question names of patients in general, and of whom it turns out to be.

It is kept for two turns: when the next message goes on with such a patient ("CR的病人预防能停吗" and then
"维持，单用来那度胺"), it is said of him.
"""

from __future__ import annotations

import re
from typing import Any

from actions.asked.course import COURSE, DURATION, TREATMENT, established, has, months_named, named
from actions.case import Case, Evidence
from actions.intake import Intake, record
from actions.message import Message
from scoring import dose_drugs

#: What goes on with a question on how long prophylaxis goes on.
BESIDE = COURSE | {
    "imid", "glucocorticoid", "chemotherapy", "atrial_fibrillation", "mechanical_heart_valve",
    "current_antiplatelet", "current_anticoagulant",
}  # fmt: skip
#: What is told only of somebody who has the event, and what is told of any patient.
OF_THE_EVENT = frozenset(
    {
        "hemodynamic_instability", "anticoagulation_contraindicated", "limb_threatening_dvt", "recurrent_vte",
        "mm_active",
    }
)  # fmt: skip
OF_ANYBODY = frozenset({"weight_kg", "platelets_e9_l", "gfr", "renal_function_normal", "active_bleeding"})
#: A question of patients in general is taken up within so many turns.
REMEMBERED = 2
#: Whoever writes more tells a case.
LONGEST = 30
#: "选利伐沙班", "那就用达肝素": a choice, not a case.
PICKED = re.compile(
    r"^\s*(?:那|就|我们|打算|准备|想|先|还是|改)*(?:选用|选择?|用|上|给)[^，。,?？]{1,8}(?:吧|呗|了)?[。!！\s]*$"
)


def keep(case: Case, message: Message) -> Intake:
    """Say of the patient what was asked of such patients, and keep what this message asks of them."""
    intake = Intake()
    kept, case.topic = case.topic, None
    if kept and case.turn - kept["turn"] <= REMEMBERED:
        if goes_on(kept, message):
            intake.add(take_up(case, message, kept))
        else:
            case.topic = kept
    return intake


def choose(case: Case, message: Message) -> None:
    """Remember the drug that is picked for an established VTE: the others need not be repeated."""
    if established(case) and _picks_a_drug(message):
        case.chosen = next(one["value"] for one in message.helpers("drug"))


def note(case: Case, message: Message, *, first: bool) -> Intake:
    """Keep what this message asks of patients in general; of one who is told of, it is said now.

    ``first``: nothing was told of a patient before. Beside a case the question supposes, and nothing is kept.
    """
    topic = topic_of(message) if first else None
    if topic is None:
        return Intake()
    if is_told_now(topic, message):
        return take_up(case, message, topic)
    if not case.facts:
        case.topic = {**topic, "turn": case.turn}
    return Intake()


def topic_of(message: Message) -> dict[str, Any] | None:
    """What a question on duration or treatment names, to be kept; nothing where it names nothing."""
    asked = next((one for one in message.segments if one.intent in (DURATION, TREATMENT)), None)
    if asked is None or message.intent == "what_if" or len(asked.text) > LONGEST or has("denied", asked.text):
        return None
    facts = named(asked.text)
    if asked.intent == DURATION and not has("treated_so_long", asked.text):
        facts.pop("vte_event", None)
    else:
        facts = {fact: value for fact, value in facts.items() if fact in ("vte_event", "recurrent_vte")}
        facts = {} if "预防" in asked.text else facts
    how_long = asked.intent == DURATION and "预防" in asked.text
    if not (facts or how_long):
        return None
    return {"intent": asked.intent, "facts": facts, "text": asked.text.strip()}


def take_up(case: Case, message: Message, topic: dict[str, Any]) -> Intake:
    """What was named of patients in general is said of this one, and so is the question."""
    intake = Intake()
    if topic["intent"] == DURATION:
        case.ask_goals(["duration"])
    evidence = Evidence(topic["text"], case.turn, message.timestamp)
    for fact, value in topic["facts"].items():
        if fact not in case.facts:
            record(case, fact, value, evidence, intake)
    return intake


def goes_on(topic: dict[str, Any], message: Message) -> bool:
    """Whether a message after the question tells of a patient it was about."""
    if message.intent == "what_if":
        return False
    told = {one["entity"] for one in message.about_the_patient()} - set(topic["facts"])
    if topic["intent"] == DURATION:
        here = named(message.text)
        another = any(here.get(fact, value) != value for fact, value in topic["facts"].items())
        return not another and (bool(told & BESIDE) or _tells_months(message))
    if told & OF_THE_EVENT or _picks_a_drug(message):
        return True
    somebody = has("told", topic["text"]) or "确诊" in topic["text"]
    return somebody and bool(told & OF_ANYBODY) and not message.helpers("drug")


def is_told_now(topic: dict[str, Any], message: Message) -> bool:
    """Whether the question itself tells of one patient: "病人刚查出DVT，来那度胺停不停"."""
    text = message.text
    if topic["intent"] == TREATMENT:
        read = any(one["entity"] == "vte_event" for one in message.mentions)
        return has("told", topic["text"]) and not read
    told = {one["entity"] for one in message.about_the_patient()}
    return bool(told & BESIDE) and not has("general", text)


def _tells_months(message: Message) -> bool:
    short = len(message.text) <= LONGEST / 2 and not any(one.question for one in message.segments)
    return short and months_named(message.text) is not None


def _picks_a_drug(message: Message) -> bool:
    drugs = [one["value"] for one in message.helpers("drug")]
    return len(drugs) == 1 and drugs[0] in dose_drugs() and PICKED.match(message.text) is not None
