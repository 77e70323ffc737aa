"""WeCom template cards: the bot's question with choices that can be tapped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa_project.channels.wechat.wording import say

#: The platform's limits (developer.work.weixin.qq.com/document/path/90236).
MAX_BUTTONS = 6
MAX_OPTIONS = 20
_TITLE_CHARS = 26
_BUTTON_CHARS = 10
_OPTION_CHARS = 17
_QUESTION = "q"
SUBMIT = "submit"


def question_of(replies: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The data of the turn's last question, if it can be answered by tapping."""
    cards = [reply["custom"] for reply in replies if reply.get("custom")]
    questions = [card["data"] for card in cards if card["kind"] == "question"]
    if not questions or questions[-1]["select"] not in ("one", "many"):
        return None
    return questions[-1] if 0 < len(questions[-1]["options"]) <= MAX_OPTIONS else None


def options(question: Mapping[str, Any]) -> list[str]:
    """The labels, in the order of their numbers; the exclusive one (以上均无) comes last and answers 0."""
    return [str(option["title"]) for option in question["options"]]


def template_card(question: Mapping[str, Any], title: str, task: str) -> dict[str, Any]:
    """Buttons for a short single choice, a list to tick otherwise. Keys are the numbers of the text."""
    labels, numbers = options(question), _numbers(question)
    head = {"title": _fit(title, _TITLE_CHARS)}
    short = all(len(label) <= _BUTTON_CHARS for label in labels)
    if question["select"] == "one" and len(labels) <= MAX_BUTTONS and short:
        buttons = [
            {"text": label, "key": number, "style": 1} for label, number in zip(labels, numbers, strict=True)
        ]
        return {
            "card_type": "button_interaction",
            "main_title": head,
            "task_id": task,
            "button_list": buttons,
        }
    listed = [
        {"id": number, "text": _fit(label, _OPTION_CHARS), "is_checked": False}
        for label, number in zip(labels, numbers, strict=True)
    ]
    mode = 1 if question["select"] == "many" else 0
    return {
        "card_type": "vote_interaction",
        "main_title": head,
        "task_id": task,
        "checkbox": {"question_key": _QUESTION, "mode": mode, "option_list": listed},
        "submit_button": {"text": "提交", "key": SUBMIT},
    }


def closed_card(task: str, label: str) -> dict[str, Any]:
    """What takes the place of a card that has been answered; its button leads nowhere."""
    return {
        "card_type": "button_interaction",
        "main_title": {"title": _fit(label, _TITLE_CHARS)},
        "task_id": task,
        "button_list": [{"text": say("closed_button"), "key": "closed", "style": 1}],
    }


def picked(key: str, ticked: Sequence[str], labels: Sequence[str]) -> list[str]:
    """The numbers that a tap stands for, in order; those the card never had are dropped."""
    numbers = list(ticked) if key == SUBMIT else [key]
    valid = {str(number) for number in range(len(labels) + 1)}
    return sorted({number for number in numbers if number in valid}, key=int)


def label(number: str, labels: Sequence[str]) -> str:
    """What a number of the card says."""
    return labels[int(number) - 1] if number != "0" else labels[-1]


def _numbers(question: Mapping[str, Any]) -> list[str]:
    numbers, count = [], 0
    for option in question["options"]:
        count += not option.get("exclusive")
        numbers.append("0" if option.get("exclusive") else str(count))
    return numbers


def _fit(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
