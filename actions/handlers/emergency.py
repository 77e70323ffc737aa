"""Emergencies are answered first of all."""

from __future__ import annotations

from actions.cards import Reply, card
from actions.turn import Turn
from actions.wording import say


def emergency_reply(turn: Turn) -> list[Reply]:
    """An alert card when this message tells of an emergency; nothing otherwise."""
    kinds = list(dict.fromkeys(one["value"] for one in turn.message.helpers("emergency")))
    advice = []
    if turn.intake.changed or kinds:
        advice = [item for item in turn.assessment()["advice"] if item["code"] == "EMERGENCY"]
    known = {item["text"] for item in (turn.before or {}).get("advice", ()) if item["code"] == "EMERGENCY"}
    new = [item for item in advice if item["text"] not in known]
    if not kinds and not new:
        return []
    texts = [say(f"emergency.{kind}") for kind in kinds] + [item["text"] for item in new]
    text = say("reply.emergency", texts="\n".join(dict.fromkeys(texts)))
    items = advice or [
        {
            "code": "EMERGENCY", "modality": "recommend", "provisional": False, "text": texts[0],
            "drug": None, "doses": [], "rule": "T5", "source": {"section": "六", "table": None},
        }
    ]  # fmt: skip
    return [card("alert", text, {"code": "EMERGENCY", "emergencies": kinds, "advice": items})]
