"""小结: the case and its assessment as text for the medical record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import labels
from actions.case import Case, FactValue
from actions.reply.roles import FIRST_CODES, PUT_FORWARD, WARNING_CODES
from actions.reply.score_text import shown
from actions.wording import say
from scoring import special_label


def _facts(case: Case, assessment: Mapping[str, Any]) -> list[tuple[str, FactValue]]:
    """The facts as told; what was unclear and has followed from another answer since is no longer unclear."""
    known = assessment["facts"]
    return [(fact, known.get(fact) if value is None else value) for fact, value in case.facts.items()]


def summary_text(case: Case, assessment: Mapping[str, Any], today: date) -> str:
    """Facts, scores item by item, advice and what is open, without markup."""
    lines = [
        say("summary.head", date=today.isoformat()),
        say("summary.facts", facts="；".join(labels.stated(f, v) for f, v in _facts(case, assessment))),
    ]
    for name, score in assessment["scores"].items():
        if not shown(name, assessment, case.goals):
            continue
        items = [
            f"{item['label']} {item['points']:+g}" for item in score["items"] if item["status"] == "present"
        ]
        lines.append(
            say(
                "summary.score",
                name=labels.score_name(name),
                points=labels.points(score["points"]),
                tier=labels.tier_name(name, score["tier"]),
                items="，".join(items) or "无计分项",
            )
        )
    advice = [
        item["text"].rstrip("。")
        for item in assessment["advice"]
        if item["modality"] in PUT_FORWARD or item["code"].startswith((*FIRST_CODES, *WARNING_CODES))
    ]
    if advice:
        lines.append(say("summary.advice", lines="；".join(advice) + "。"))
    if assessment["questions"]:
        lines.append(say("summary.open", facts=labels.names(assessment["questions"])))
    lines.append(say("summary.source", version=assessment["content_version"]))
    if case.special:
        # behind the closing words it is read again like any other text when the summary is pasted back
        lines.append(say("summary.special", states="；".join(map(special_label, case.special))))
    return "\n".join(lines)
