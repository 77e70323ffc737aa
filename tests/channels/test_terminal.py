"""The terminal client."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from rasa_project.channels.terminal import panels
from rasa_project.serving.background import BackgroundBot

ROOT = Path(__file__).resolve().parents[2]


def chat(lines: str, port: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rasa_project.channels.terminal"],
        cwd=ROOT,
        env={**os.environ, "MMVTE_PORT": str(port), "COLUMNS": "100"},
        input=lines,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_conversation(echo_bot: BackgroundBot) -> None:
    done = chat("你好\n[bold]67岁[/bold]\n\n", echo_bot.port)
    assert done.returncode == 0
    assert "收到：你好" in done.stdout
    assert "收到：[bold]67岁[/bold]" in done.stdout
    assert "第2条" in done.stdout


def test_without_a_bot() -> None:
    done = chat("你好\n", 9)
    assert done.returncode == 1
    assert "make run" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("kind", "title"), [("assessment", "评估"), ("question", "请补充"), ("alert", "警示")]
)
def test_a_card_has_a_frame_and_its_next_steps(kind: str, title: str) -> None:
    console = Console(width=60, record=True, file=io.StringIO())
    actions = [{"title": "计算出血风险", "payload": "出血风险"}]
    card = {"mmvte": 1, "kind": kind, "data": {}, "actions": actions}
    console.print(*panels({"text": "结论：高危", "custom": card}), sep="\n")
    drawn = console.export_text()
    assert f"─ {title} ─" in drawn
    assert "结论：高危" in drawn
    assert "可以继续：[计算出血风险]" in drawn
