"""Read a short answer (有, 1 3, 65, 不清楚, 都没有) against the question that was put."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.case import Case, Evidence, FactValue
from actions.intake import Intake, record
from actions.labels import fact_name
from actions.message import Message
from actions.wording import load, say
from scoring import FACTS, FactError, close

#: A longer message is a statement that stands for itself.
LONGEST_WORDS = 16


@dataclass
class Answered:
    """What an answer did: the facts it set, what it left open, or why it could not be read."""

    intake: Intake = field(default_factory=Intake)
    understood: bool = False
    notices: list[str] = field(default_factory=list)


def answer_pending(case: Case, message: Message) -> Answered:
    """Apply the message to the pending question, as far as it answers it.

    Facts that the message names itself (“血小板45”) are folded by the caller; what is handled here is
    whatever makes sense only in the light of the question.
    """
    pending, answer = case.pending, message.answer
    if not pending:
        return Answered()
    named = {mention["entity"] for mention in message.mentions}
    facts = [fact for fact in pending["facts"] if fact not in named]
    values = _in_words(message.text, facts)
    if not values and answer:
        if answer.get("unknown"):
            return _decline(case, message, facts, unknown=True)
        if answer.get("skip"):
            return _decline(case, message, facts, unknown=False)
        read = _values(pending, answer, facts, bare=message.is_bare)
        if read is None:
            return Answered(notices=[say("reply.ambiguous_number", text=message.text)])
        values = read
    result = Answered(understood=bool(values))
    for fact, value in values.items():
        evidence = Evidence(message.text, case.turn, message.timestamp)
        try:
            record(case, fact, value, evidence, result.intake)
        except FactError:
            accepted = FACTS[fact].accepted
            result.notices.append(
                say("reply.number_rejected", fact=fact_name(fact), text=message.text, accepted=accepted)
            )
    return result


def _in_words(text: str, facts: Collection[str]) -> dict[str, FactValue]:
    """What a few words say of the facts asked for: 没有禁忌, 首次."""
    if len(text) > LONGEST_WORDS:
        return {}
    said: dict[str, FactValue] = {}
    for fact, words in load("questions.toml")["answer_words"].items():
        if fact not in facts:
            continue
        if any(word in text for word in words["denies"]):
            said[fact] = False
        elif found := re.search(
            f"(没有?|无|不是|否认|未)?[^，。；、]{{0,4}}?(?:{'|'.join(words['names'])})", text
        ):
            said[fact] = found[1] is None
    return said


def _decline(case: Case, message: Message, facts: list[str], *, unknown: bool) -> Answered:
    result = Answered(understood=True)
    for fact in facts:
        if unknown:
            record(case, fact, None, Evidence(message.text, case.turn, message.timestamp), result.intake)
        if fact not in case.declined:
            case.declined.append(fact)
    if facts:
        key = "reply.declined" if unknown else "reply.skipped"
        result.notices.append(say(key, facts="、".join(fact_name(fact) for fact in facts)))
    return result


def _values(
    pending: Mapping[str, Any], answer: Mapping[str, Any], facts: list[str], *, bare: bool
) -> dict[str, FactValue] | None:
    """The facts that the answer sets; ``None`` when a number could mean more than one of them."""
    options, select = pending["options"], pending["select"]
    if select == "number":
        return _numbers(answer, facts, bare=bare)
    listed = [option for option in options if not option.get("exclusive")]
    if select == "many":
        denials = {
            fact: value
            for option in options
            for fact, value in option.get("sets", {}).items()
            if fact in facts
        }
        return _many(listed, denials, answer)
    chosen = answer.get("choices") or []
    if len(chosen) == 1 and 1 <= chosen[0] <= len(listed):
        return {listed[chosen[0] - 1]["fact"]: listed[chosen[0] - 1]["value"]}
    return {} if chosen else _yes_or_no(listed, answer)


def _many(
    listed: list[Mapping[str, Any]], denials: dict[str, FactValue], answer: Mapping[str, Any]
) -> dict[str, FactValue]:
    """A many-choice question: what is ticked holds, and a list that is ticked denies the rest of it."""
    chosen = answer.get("choices") or []
    if chosen and all(1 <= number <= len(listed) for number in chosen):
        ticked = {listed[number - 1]["fact"]: listed[number - 1]["value"] for number in chosen}
        # a bleed now is one within three months, ticked or not
        implied = close(ticked)
        return {fact: value for fact, value in denials.items() if implied.get(fact) in (None, value)} | ticked
    if any(answer.get(key) for key in ("none_of_above", "no", "only", "rest_denied")) or _zero(answer):
        return denials
    if answer.get("all"):
        return {option["fact"]: option["value"] for option in listed if option["fact"] in denials}
    return {}


def _yes_or_no(listed: list[Mapping[str, Any]], answer: Mapping[str, Any]) -> dict[str, FactValue]:
    """有/没有 to a question with the two options 是 and 否."""
    words = (say("actions.yes"), say("actions.no"))
    if len(listed) != 2 or not all(
        o["title"].startswith(word) for o, word in zip(listed, words, strict=True)
    ):
        return {}
    if answer.get("yes"):
        return {listed[0]["fact"]: listed[0]["value"]}
    if answer.get("no") or answer.get("none_of_above"):
        return {listed[1]["fact"]: listed[1]["value"]}
    return {}


def _zero(answer: Mapping[str, Any]) -> bool:
    return answer.get("numbers") == [0.0]


def _numbers(answer: Mapping[str, Any], facts: list[str], *, bare: bool) -> dict[str, FactValue] | None:
    numbers, values = answer.get("numbers") or [], answer.get("values") or {}
    meant = [fact for fact in facts if fact in values]
    if len(meant) == 1 and (len(facts) == 1 or not bare):
        # "20mg，每周期用8天" can only be the dexamethasone; a bare "65" might be any of them.
        return {meant[0]: values[meant[0]]}
    if not numbers or not facts:
        return {}
    if len(numbers) == len(facts):
        return dict(zip(facts, numbers, strict=True))
    return None


def answer_confirmation(case: Case, message: Message) -> Answered:
    """Apply 是/否 to a fuzzy match that was waiting to be confirmed."""
    answer = message.answer or {}
    choice = (answer.get("choices") or [None])[0]
    if answer.get("yes") or choice == 1:
        accepted = True
    elif answer.get("no") or choice == 2:
        accepted = False
    else:
        return Answered()
    result = Answered(understood=True)
    first = case.confirming[0]
    same = [one for one in case.confirming if one["text"] == first["text"]]
    for waiting in same:
        evidence = Evidence(waiting["text"], case.turn, message.timestamp)
        if accepted:
            record(case, waiting["fact"], waiting["value"], evidence, result.intake)
        else:
            case.facts.pop(waiting["fact"], None)
            case.evidence.pop(waiting["fact"], None)
            result.intake.recorded[waiting["fact"]] = None
    case.confirming = [one for one in case.confirming if one["text"] != first["text"]]
    return result
