"""Whole conversations through the running bot, against gold derived by hand from the consensus.

A case file (cases/*.yml) is a list of cases: id, title, and turns of `user` and `expect`; what `expect` may
hold is written in conversation_checks.py.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from conversation_checks import CHECKS, differences
from conversation_general import general_differences
from conversation_replies import Bot, Reply, assessment, new_sender

CASES_DIR = Path(__file__).parent / "cases"
CASES: list[dict[str, Any]] = [
    case for path in sorted(CASES_DIR.glob("*.yml")) for case in yaml.safe_load(path.read_text("utf-8"))
]
BY_ID = {case["id"]: case for case in CASES}


def play(bot: Bot, case: dict[str, Any]) -> list[str]:
    """Play one case; one line per difference, with the whole reply of each turn that differs."""
    sender, said, facts = new_sender(case["id"]), "", {}
    report: list[str] = []
    for number, turn in enumerate(case["turns"], 1):
        said += "\n" + turn["user"]
        reply = bot.say(sender, turn["user"])
        data = assessment(reply)
        facts = data["facts"] if data else facts
        wrong = differences(turn.get("expect", {}), reply) + general_differences(reply, said, facts)
        if wrong:
            shown = json.dumps(reply, ensure_ascii=False, indent=1)
            report.append(f"turn {number}: {turn['user']}\n  - " + "\n  - ".join(wrong) + f"\nreply: {shown}")
    return report


@pytest.mark.parametrize("case_id", sorted(BY_ID))
def test_case(bot: Bot, case_id: str) -> None:
    report = play(bot, BY_ID[case_id])
    if report:
        pytest.fail(f"{case_id} ({BY_ID[case_id]['title']})\n" + "\n\n".join(report), pytrace=False)


def test_case_files_are_well_formed() -> None:
    assert len(BY_ID) == len(CASES), "two cases share an id"
    for case in CASES:
        assert case["title"] and case["turns"], case["id"]
        for turn in case["turns"]:
            assert turn["user"].strip(), case["id"]
            unknown = set(turn.get("expect", {})) - set(CHECKS)
            assert not unknown, (case["id"], unknown)


def _without_recipient(reply: Reply) -> str:
    kept = [{key: value for key, value in message.items() if key != "recipient_id"} for message in reply]
    return json.dumps(kept, ensure_ascii=False)


@pytest.mark.parametrize("case_id", ["discharge_vrd_surgery_five_weeks_ago", "treatment_proximal_dvt_62kg"])
def test_same_facts_same_answer_byte_for_byte(bot: Bot, case_id: str) -> None:
    def run() -> list[str]:
        sender = new_sender(case_id)
        return [_without_recipient(bot.say(sender, turn["user"])) for turn in BY_ID[case_id]["turns"]]

    assert run() == run()
