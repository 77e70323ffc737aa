"""Read a short answer (有, 1 3, 65, 不清楚, 都没有) against the question that was put."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.answers.harmless import only_harmless
from actions.answers.not_counted import Judgement, fact_judged, is_denied, judgement
from actions.answers.stated_findings import not_wiped_out, without_result
from actions.case import Case, Evidence, FactValue
from actions.intake import Intake, record
from actions.labels import fact_name
from actions.message import Message
from actions.told.leg_pain import told_of_pain_beside
from actions.wording import load, say
from scoring import FACTS, FactError, close, validate

#: A longer message is a statement that stands for itself.
LONGEST_WORDS = 24
#: Numbers up to this may be those of options as well as values.
AS_OPTIONS = 19
#: What denies a list: 没有, 均无, 未见. "不对" corrects something, and "不用" is about something else.
DENIES = re.compile(r"[没无否未阴×✗0]|(?<![a-z])no|\(-\)|^-$", re.IGNORECASE)
#: What denies a word of the answer before it ("目前没有禁忌") and behind it ("禁忌没有"), and what only asks.
DENIED_BEFORE = re.compile(r"(?:没有?|无|不是|否认|未|并非)[^，。；、]{0,4}$")
DENIED_AFTER = re.compile(r"[证症]?(?:都|也|均|是|倒|暂时|目前|\s)*(?:没有?|无|否|不存在|\(-\)|阴性)")
ASKS_BACK = re.compile(r"有没有|有无|是否|是不是|(?:吗|么|[?？])\s*$")


#: A measure that is excepted from "都没有" leaves open what it may bear out: "都没有除了INR1.6".
BORNE_OUT_BY = {"inr": ("coagulopathy",)}

#: What is asked of each clot, and what an answer to one would say of the other.
OF_THE_OTHER_CLOT = {
    "pe_more_likely_than_alternatives": "alternative_diagnosis_as_likely_as_dvt",
    "alternative_diagnosis_as_likely_as_dvt": "pe_more_likely_than_alternatives",
}


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
    named = {mention["entity"] for mention in message.mentions} - {"other_risk_factors_denied"}
    excepted = BORNE_OUT_BY.keys() & named if (answer or {}).get("beside") else set()
    named |= {fact for measured in excepted for fact in BORNE_OUT_BY[measured]}
    pain = told_of_pain_beside(case, message.text) if (answer or {}).get("beside") else {}
    named |= pain.keys()
    facts = [fact for fact in pending["facts"] if fact not in named]
    if waiting := without_result(case, pending, message.text):
        return _no_result_yet(case, waiting)
    if judged := judgement(message.text):
        return _judged(case, message, facts, judged)
    values = _in_words(message.text, [*facts, *_of_the_clot_named(case, message.text)])
    if not values and answer and answer.get("picked"):
        # what stands beside the numbers and was not read may be an exception: then nothing is denied
        unread = bool(answer.get("beside")) and not named
        values = _picked(pending, answer, [] if unread else _others(case, facts, answer))
    elif not values and answer:
        if answer.get("unknown"):
            return _decline(case, message, facts, unknown=True)
        if answer.get("skip"):
            return _decline(case, message, facts, unknown=False)
        beside = answer.get("beside") and not only_harmless(message.text)
        if beside and not (named or answer.get("choices")):
            # "除了肝功不好都没有": what is excepted was not understood, so nothing may be denied
            return Answered(notices=[say("reply.exception_unclear", text=message.text)])
        facts = _others(case, facts, answer)
        read = _values(pending, answer, facts, message.text, bare=message.is_bare)
        if read is None:
            return Answered(notices=[say("reply.ambiguous_number", text=message.text)])
        values = read
        if not values and (wanted := _numbers_wanted(pending, answer, facts)):
            return Answered(notices=[say("reply.numbers_wanted", facts=wanted)])
        if not values and (unlisted := _unlisted(pending, answer)):
            return Answered(notices=[say("reply.no_such_option", number=unlisted)])
    result = Answered(understood=bool(values))
    values, kept = not_wiped_out(case, pending, values)
    result.notices += [say("reply.kept_stated", words="、".join(kept))] if kept else []
    for fact, value in values.items():
        evidence = Evidence(message.text, case.turn, message.timestamp)
        try:
            record(case, fact, value, evidence, result.intake)
            if value is None:
                case.declined.append(fact)  # said not to be known: not asked for again
        except FactError:
            accepted = FACTS[fact].accepted
            result.notices.append(
                say("reply.number_rejected", fact=fact_name(fact), text=message.text, accepted=accepted)
            )
    for fact, value in pain.items():
        record(case, fact, value, Evidence(message.text, case.turn, message.timestamp), result.intake)
        result.understood = True
    return result


def _no_result_yet(case: Case, facts: list[str]) -> Answered:
    """没有 of a result that was said to be awaited: it stays unknown, and is not asked for again."""
    case.declined += facts
    notice = say("reply.no_result_yet", facts="、".join(fact_name(fact) for fact in facts))
    return Answered(understood=True, notices=[notice])


def of_the_fact_asked(
    answered: Answered, stated: list[Mapping[str, Any]], *, options: bool
) -> list[Mapping[str, Any]]:
    """What the message states besides, without what only reads so because the question is not seen.

    "其他诊断更可能" to the question on PE says nothing of DVT; of a list that was put (``options``),
    "其他没有" is not every risk factor there is.
    """
    recorded = answered.intake.recorded
    other = {OF_THE_OTHER_CLOT[fact] for fact in recorded if fact in OF_THE_OTHER_CLOT}
    rest = "other_risk_factors_denied"
    return [
        one
        for one in stated
        if one["entity"] not in other
        and not (options and one["entity"] == rest and "因素" not in one["text"])
    ]


def _others(case: Case, facts: list[str], answer: Mapping[str, Any]) -> list[str]:
    """ "不知道有没有易栓症", then "其他都没有": what was said not to be known is none of the others."""
    if not answer.get("rest_denied") or answer.get("only"):
        return facts
    return [fact for fact in facts if not (fact in case.facts and case.facts[fact] is None)]


def _of_the_clot_named(case: Case, text: str) -> list[str]:
    """ "PE最有可能" says how likely PE is, whatever was asked, where PE is suspected."""
    suspected = case.facts.get("vte_event") == "suspected_pe" or "wells_pe" in case.goals
    open_still = case.facts.get("pe_more_likely_than_alternatives") is None
    named = re.search(r"(?<![a-z])pe(?![a-z])|肺栓", text, re.IGNORECASE)
    return ["pe_more_likely_than_alternatives"] if suspected and open_still and named else []


def _in_words(text: str, facts: Collection[str]) -> dict[str, FactValue]:
    """What a few words say of the facts asked for: 没有禁忌, 首次."""
    if len(text) > LONGEST_WORDS or ASKS_BACK.search(text):
        return {}
    said: dict[str, FactValue] = {}
    for fact, words in load("questions.toml")["answer_words"].items():
        if fact not in facts:
            continue
        if re.search("|".join(words["denies"]), text, re.IGNORECASE):
            said[fact] = False
        elif found := re.search("|".join(words["names"]), text, re.IGNORECASE):
            before = re.split("[,，。；、]", text[: found.start()])[-1]
            denied = DENIED_BEFORE.search(before) or DENIED_AFTER.match(text, found.end())
            said[fact] = denied is None
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


def _judged(case: Case, message: Message, facts: list[str], judged: Judgement) -> Answered:
    """不算, 不算严重: of one fact only, never of a whole list."""
    fact = fact_judged(case, facts)
    if fact is None or FACTS[fact].kind != "bool":
        return Answered()
    if not is_denied(case, fact, judged):
        return _decline(case, message, [fact], unknown=True)
    result = Answered(understood=True)
    record(case, fact, False, Evidence(message.text, case.turn, message.timestamp), result.intake)
    return result


def _values(
    pending: Mapping[str, Any], answer: Mapping[str, Any], facts: list[str], text: str, *, bare: bool
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
        return _many(listed, denials, answer, text)
    chosen = answer.get("choices") or []
    if len(chosen) == 1 and 1 <= chosen[0] <= len(listed):
        return {listed[chosen[0] - 1]["fact"]: listed[chosen[0] - 1]["value"]}
    return {} if chosen else _yes_or_no(listed, answer)


def _many(
    listed: list[Mapping[str, Any]], denials: dict[str, FactValue], answer: Mapping[str, Any], text: str
) -> dict[str, FactValue]:
    """A many-choice question: what is ticked holds, and a list that is ticked denies the rest of it."""
    chosen = answer.get("choices") or []
    if chosen and all(1 <= number <= len(listed) for number in chosen):
        ticked = {listed[number - 1]["fact"]: listed[number - 1]["value"] for number in chosen}
        return _not_implied(denials, ticked) | ticked
    denied = answer.get("no") and DENIES.search(text)
    if denied or any(answer.get(key) for key in ("none_of_above", "only", "rest_denied")) or _zero(answer):
        return denials
    if answer.get("all"):
        return {option["fact"]: option["value"] for option in listed if option["fact"] in denials}
    return {}


def _picked(
    pending: Mapping[str, Any], answer: Mapping[str, Any], facts: Collection[str]
) -> dict[str, FactValue]:
    """Options told apart by number ("1有2没有3不知道"); of the others only what is said of them.

    Nothing but ticks ("第一个和第三个有") is a ticked list, which denies the rest.
    """
    denials = {
        fact: value
        for one in pending["options"]
        for fact, value in one.get("sets", {}).items()
        if fact in facts
    }
    values = options_told(pending, answer)
    if pending["select"] != "many" or not values:
        return values
    ticked = all(one["value"] is True for one in answer["picked"])
    others = {fact: value for fact, value in denials.items() if fact not in values}
    if answer.get("unknown"):
        return {**values, **dict.fromkeys(others)}
    if answer.get("rest_denied") or (ticked and not answer.get("beside")):
        return _not_implied(others, values) | values
    return values


def options_told(pending: Mapping[str, Any], answer: Mapping[str, Any]) -> dict[str, FactValue]:
    """What is said of each option by its number; nothing where there is no option of one of the numbers."""
    listed = [option for option in pending["options"] if not option.get("exclusive")]
    no = {fact: value for one in pending["options"] for fact, value in one.get("sets", {}).items()}
    values: dict[str, FactValue] = {}
    for one in answer["picked"]:
        for number in one["numbers"]:
            if number == 0 or not -len(listed) <= number <= len(listed):
                return {}
            option = listed[number - 1 if number > 0 else number]
            said = {True: option["value"], False: no.get(option["fact"], False), None: None}
            values[option["fact"]] = said[one["value"]]
    return values


def _not_implied(denials: Mapping[str, FactValue], said: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The denials that do not contradict what was said: a bleed now is one within three months."""
    implied = close({fact: value for fact, value in said.items() if value is not None})
    return {fact: value for fact, value in denials.items() if implied.get(fact) in (None, value)}


def _unlisted(pending: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """A whole number that is the number of no option: "13" may have been meant as 1 and 3."""
    numbers = answer.get("numbers") or []
    if pending["select"] == "number" or len(numbers) != 1 or answer.get("unit"):
        return ""
    return f"{numbers[0]:g}" if numbers[0] != 0 else ""


def _yes_or_no(listed: list[Mapping[str, Any]], answer: Mapping[str, Any]) -> dict[str, FactValue]:
    """有/没有 to a question with the two options 是 and 否."""
    words = (say("actions.yes"), say("actions.no"))
    if len(listed) != 2 or not all(
        o["title"].startswith(word) for o, word in zip(listed, words, strict=True)
    ):
        return {}
    if answer.get("yes"):
        return {listed[0]["fact"]: listed[0]["value"]}
    if answer.get("no") or answer.get("none_of_above") or _zero(answer):
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
    if len(numbers) != len(facts):
        return None
    if len(facts) > 1 and (not _all_in_range(facts, numbers) or max(numbers) <= AS_OPTIONS):
        return None  # "1和3" are the numbers of options, which a question for values has none of
    return dict(zip(facts, numbers, strict=True))


def _all_in_range(facts: list[str], numbers: list[float]) -> bool:
    try:
        validate(dict(zip(facts, numbers, strict=True)))
    except FactError:
        return False
    return True


def _numbers_wanted(pending: Mapping[str, Any], answer: Mapping[str, Any], facts: Collection[str]) -> str:
    """The quantities that were asked for, where the reply is 有, 没有 or the number of an option."""
    said = any(answer.get(key) for key in ("yes", "no", "all", "none_of_above", "choices"))
    if pending["select"] != "number" or not said or answer.get("values"):
        return ""
    return "、".join(fact_name(fact) for fact in facts)


def answer_confirmation(case: Case, message: Message) -> Answered:
    """Apply 是/否 to a fuzzy match that was waiting to be confirmed."""
    answer = message.answer or {}
    choice = (answer.get("choices") or [None])[0]
    if answer.get("yes") or choice == 1:
        accepted = True
    elif (answer.get("no") and not answer.get("none_of_above")) or choice == 2:
        accepted = False  # 以上均无 answers a list, not whether a misspelt name is that drug
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
