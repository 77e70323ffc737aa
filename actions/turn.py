"""One turn of the conversation: what a message does to the case, and everything that is said back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.answers.bleeding_denied import of_now_only
from actions.answers.excepted import with_exceptions
from actions.answers.not_counted import judgement
from actions.answers.pending import (
    LONGEST_WORDS,
    Answered,
    answer_confirmation,
    answer_pending,
    of_the_fact_asked,
)
from actions.answers.reanswer import answer_again, takes_back
from actions.asked.course import is_course_alone, on_treatment_course
from actions.asked.topics import choose, keep, note
from actions.case import Case
from actions.intake import Intake, fold
from actions.message import Message
from actions.reply.cards import Reply
from actions.told.later_facts import as_before, beside, record_again
from actions.told.oedema import without_idle_oedema
from scoring import assess, scale

#: What steers the conversation is never an answer to the question that was put: 就按这个 is no 以上均无.
COMMANDS = frozenset(
    {
        "accept_what_if", "what_if", "new_patient", "undo", "summary", "ask_why", "help", "continue",
        "greeting", "thanks", "goodbye", "reassess",
    }
)  # fmt: skip

#: Of what the consensus does not cover, what stays with the patient; a puncture is over the next day.
LASTING = frozenset({"dialysis", "pregnancy", "hit", "child", "interaction", "head_injury"})


@dataclass
class Turn:
    """The state that the handlers of one turn share."""

    case: Case
    message: Message
    intake: Intake = field(default_factory=Intake)
    #: The assessment before this message, for what changed; None for the first facts of a case.
    before: Mapping[str, Any] | None = None
    #: The message was an answer to the bot's question, and nothing else need be made of it.
    answered: bool = False
    #: What was picked from the last menu (a handler's own keys), if anything.
    chosen: Mapping[str, Any] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    #: The score or topic that this message asks for, answered first.
    focus: str | None = None
    #: Whether the turn began with an alert: nothing routine is asked or dosed beside it.
    alerted: bool = False
    #: Whether the alert is of this message: what was told before leaves room for questions.
    new_alert: bool = False
    #: Whether this message says that an emergency is over.
    emergency_ended: bool = False
    #: What this message names that the consensus does not cover (ids of scoring/data/special.toml).
    special: list[str] = field(default_factory=list)
    #: Set by a handler that wants the assessment shown although no fact changed.
    assessment_wanted: bool = False
    #: Set by a handler that has put its own question, or needs none.
    question_settled: bool = False

    def assessment(self) -> dict[str, Any]:
        """The assessment of the case as it stands."""
        return assess(self.case.facts, asked=self.case.goals, special=self.case.special)


def begin(case: Case, message: Message, interpret: Callable[[Case, Message], Message] | None = None) -> Turn:
    """Fold the message into the case, after ``interpret`` has said which of its words ask what."""
    case.turn += 1
    case.read_until = message.timestamp
    snapshot = case.remember()
    before = assess(case.facts, asked=case.goals) if case.facts else None
    meant = keep(case, message)
    if interpret is not None:
        message = interpret(case, message)
    turn = Turn(case, message, before=before)
    turn.intake.add(meant)
    choose(case, message)
    turn.chosen = _menu_choice(case, message)
    answers = message.is_bare or _no_more(message) or judgement(message.text) is not None
    command = message.intent in COMMANDS and not answers
    command = command or all(one.general is not None for one in message.segments)
    pending = case.pending
    answered = answer_again(case, message)
    if not (answered.understood or turn.chosen or command):
        answered = _answer(case, message)
    turn.answered = answered.understood
    turn.intake.add(answered.intake)
    stated = message.about_the_patient()
    if turn.answered or len(message.text) <= LONGEST_WORDS:
        stated = of_the_fact_asked(answered, stated, options="facts" in (pending or {}))
    stated = with_exceptions(pending, message, without_idle_oedema(case, message, stated))
    stated = of_now_only(case, pending, message, stated)
    turn.intake.add(fold(case, stated, message.timestamp))
    turn.intake.add(record_again(case, beside(case, message.text), message))
    turn.intake.add(note(case, message, first=before is None))
    turn.notices += answered.notices
    _note_special(turn)
    _count_instead(turn)
    if "vte_event" in turn.intake.recorded:
        case.settle_suspicion()
    if turn.intake.changed:
        case.push_undo(snapshot)
    if turn.intake.changed and is_course_alone(turn.assessment()):
        case.ask_goals(["duration"])
    if on_treatment_course(turn.before, turn.intake.recorded):
        turn.focus = "duration"
    if answered.understood and "facts" in (pending or {}):
        case.answered = {"pending": pending, "turn": case.turn}
    if answered.understood or turn.intake.changed or turn.chosen:
        case.pending = None
    return turn


def _count_instead(turn: Turn) -> None:
    """A total that was told gives way as soon as what it is made of is told."""
    items = {fact for item in scale("mm_vte")["items"] for fact in item["facts"]}
    if any(value not in (None, False) for fact, value in turn.intake.recorded.items() if fact in items):
        turn.case.stated = None


def _note_special(turn: Turn) -> None:
    """Remember what the consensus does not cover, where it is said of the patient, not only asked about."""
    case = turn.case
    for one in turn.message.helpers("special"):
        kind = one["value"]
        if one["status"] == "negated":
            case.special = [known for known in case.special if known != kind]
            continue
        turn.special.append(kind)
        stated = any(one in segment and not segment.question for segment in turn.message.segments)
        if kind in LASTING and kind not in case.special and (stated or turn.intake.changed):
            case.special.append(kind)
    turn.special = list(dict.fromkeys(turn.special))


def catch_up(case: Case, missed: Sequence[Message]) -> bool:
    """Fold in messages whose turn failed; True when they held facts."""
    found = False
    for message in missed:
        found |= begin(case, message).intake.changed
    return found


def _answer(case: Case, message: Message) -> Answered:
    if as_before(case, message.text):
        return Answered()  # "都没变" denies no list
    if case.confirming:
        return answer_confirmation(case, message)
    if (case.pending or {}).get("select") == "number" and takes_back(message):
        return Answered()  # "不对，130" puts another value right than the one that is asked for
    return answer_pending(case, message) if "facts" in (case.pending or {}) else Answered()


def _no_more(message: Message) -> bool:
    """Whether what sounds like a farewell says that there is nothing (more) to tell: 就这些, 没了."""
    answer = message.answer or {}
    return message.intent == "goodbye" and any(answer.get(one) for one in ("skip", "no", "none_of_above"))


def _menu_choice(case: Case, message: Message) -> Mapping[str, Any]:
    """The option of the last menu that the message picks, by number or by its label."""
    pending = case.pending
    if not pending or "menu" not in pending:
        return {}
    menu: list[dict[str, Any]] = pending["menu"]
    numbers = (message.answer or {}).get("choices") or []
    if len(numbers) == 1 and 1 <= numbers[0] <= len(menu):
        return menu[numbers[0] - 1]
    text = message.text.strip()
    matching = [option for option in menu if text and option["title"].startswith(text)]
    return matching[0] if len(matching) == 1 else {}
