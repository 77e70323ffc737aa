"""Messages as the NLU pipeline would hand them over."""

from collections.abc import Callable
from typing import Any

import pytest

from actions.message import Message

EMPTY_ANSWER = {
    "yes": False, "no": False, "unknown": False, "skip": False, "none_of_above": False, "all": False,
    "only": False, "rest_denied": False, "numbers": [], "choices": [], "unit": None,
}  # fmt: skip


@pytest.fixture
def message() -> Callable[..., Message]:
    """Build a message: text, facts read in it, and how it reads as an answer."""

    def build(
        text: str = "", intent: str = "provide_facts", answer: dict[str, Any] | None = None, **facts: Any
    ) -> Message:
        entities = [
            {"entity": fact, "value": value, "text": text, "start": 0, "end": len(text),
             "status": "undetermined" if value is None else "affirmed"}
            for fact, value in facts.items()
        ]  # fmt: skip
        event = {
            "text": text,
            "timestamp": 1.0,
            "parse_data": {
                "intent": {"name": intent},
                "entities": entities,
                "answer": {**EMPTY_ANSWER, **answer} if answer is not None else None,
                "segments": [
                    {
                        "start": 0,
                        "end": len(text) + 1,
                        "text": text,
                        "question": False,
                        "intent": intent,
                        "confidence": 1.0,
                    }
                ],
            },
        }
        return Message.from_event(event)

    return build
