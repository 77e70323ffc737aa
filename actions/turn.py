"""One turn of the conversation: what a message does to the case, and everything that is said back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.answers import Answered, answer_confirmation, answer_pending
from actions.cards import Reply
from actions.case import Case
from actions.intake import Intake, fold
from actions.message import Message
from scoring import assess

#: What steers the conversation is never an answer to the question that was put: 就按这个 is no 以上均无.
COMMANDS = frozenset(
    {
        "accept_what_if", "what_if", "new_patient", "undo", "summary", "ask_why", "help", "continue",
        "greeting", "thanks", "goodbye", "reassess",
    }
)  # fmt: skip


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
    #: Set by a handler that wants the assessment shown although no fact changed.
    assessment_wanted: bool = False
    #: Set by a handler that has put its own question, or needs none.
    question_settled: bool = False

    def assessment(self) -> dict[str, Any]:
        """The assessment of the case as it stands."""
        return assess(self.case.facts, asked=self.case.goals)


def begin(case: Case, message: Message) -> Turn:
    """Fold the message into the case."""
    case.turn += 1
    case.read_until = message.timestamp
    snapshot = case.remember()
    turn = Turn(case, message, before=assess(case.facts, asked=case.goals) if case.facts else None)
    turn.chosen = _menu_choice(case, message)
    command = message.intent in COMMANDS and not message.is_bare
    answered = Answered() if turn.chosen or command else _answer(case, message)
    turn.answered = answered.understood
    turn.intake.add(answered.intake)
    turn.intake.add(fold(case, message.about_the_patient(), message.timestamp))
    turn.notices += answered.notices
    if "vte_event" in turn.intake.recorded:
        case.settle_suspicion()
    if turn.intake.changed:
        case.push_undo(snapshot)
    if answered.understood or turn.intake.changed or turn.chosen:
        case.pending = None
    return turn


def catch_up(case: Case, missed: Sequence[Message]) -> bool:
    """Fold in messages whose turn failed; True when they held facts."""
    found = False
    for message in missed:
        found |= begin(case, message).intake.changed
    return found


def _answer(case: Case, message: Message) -> Answered:
    if case.confirming:
        return answer_confirmation(case, message)
    return answer_pending(case, message) if "facts" in (case.pending or {}) else Answered()


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
