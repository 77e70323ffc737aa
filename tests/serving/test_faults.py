"""What the user is told, and what is kept, when a part fails."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep

import httpx
import psutil
import pytest

from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.settings import ROOT


def stored_texts(bot: BackgroundBot) -> str:
    """The record as a reviewer would read it."""
    with sqlite3.connect(bot.var / "conversations.db") as database:
        return "\n".join(row[0] for row in database.execute("SELECT data FROM events WHERE type_name='user'"))


def action_process(bot: BackgroundBot) -> psutil.Process:
    """The action server, the only child of the chat server."""
    (child,) = psutil.Process(bot.process.pid).children()
    return child


def test_a_failing_action_is_told_and_the_message_kept(echo_bot: BackgroundBot) -> None:
    (reply,) = echo_bot.say("失败", "炸，67岁")
    assert "已经保存" in reply["text"]
    assert "继续" in reply["text"]
    assert "炸，67岁" in stored_texts(echo_bot)
    (reply,) = echo_bot.say("失败", "继续")
    assert reply["custom"]["data"]["turns"] == ["炸，67岁", "继续"]


def test_an_action_server_that_dies_is_told_and_comes_back(echo_bot: BackgroundBot) -> None:
    before = action_process(echo_bot).pid
    (reply,) = echo_bot.say("死亡", "死，67岁")
    assert "已经保存" in reply["text"]
    (reply,) = echo_bot.say("死亡", "继续")
    assert reply["custom"]["data"]["turns"] == ["死，67岁", "继续"]
    assert action_process(echo_bot).pid != before


def test_killing_the_action_server_between_turns_costs_no_reply(echo_bot: BackgroundBot) -> None:
    action_process(echo_bot).kill()
    (reply,) = echo_bot.say("被杀", "你好")
    assert reply["text"].startswith("收到：你好")


def test_a_slow_action_is_cut_off_and_holds_up_nobody_else(echo_bot: BackgroundBot) -> None:
    with ThreadPoolExecutor(1) as pool:
        started = monotonic()
        slow = pool.submit(echo_bot.say, "慢的", "慢，67岁")
        sleep(0.5)
        (other,) = echo_bot.say("别人", "你好")
        assert other["text"].startswith("收到：你好")
        assert monotonic() - started < 6
        (reply,) = slow.result()
    assert 7 < monotonic() - started < 20
    assert "已经保存" in reply["text"]


def test_a_record_that_cannot_be_written_is_told_and_nothing_is_answered(echo_bot: BackgroundBot) -> None:
    echo_bot.say("锁住", "第一句")
    with sqlite3.connect(echo_bot.var / "conversations.db", isolation_level=None) as database:
        database.execute("BEGIN EXCLUSIVE")
        (reply,) = echo_bot.say("锁住", "第二句")
        assert "无法读写会话记录" in reply["text"]
        assert "custom" not in reply
        database.execute("ROLLBACK")
    (reply,) = echo_bot.say("锁住", "第三句")
    assert reply["custom"]["data"]["turns"] == ["第一句", "第三句"]


def test_nothing_said_is_in_the_logs(echo_bot: BackgroundBot) -> None:
    for text in ("炸机密甲", "机密乙，67岁，血小板85", '/help{"机密丙": 1}'):
        echo_bot.say("日志", text)
    logs = list((echo_bot.var / "log").iterdir())
    assert {"chat.jsonl", "actions.jsonl"} <= {file.name for file in logs}
    assert not any("机密" in file.read_text(encoding="utf-8") for file in logs)


@pytest.fixture
def own_bot(echo_environment: dict[str, str], tmp_path: Path) -> Iterator[BackgroundBot]:
    """A bot that a test may kill."""
    with BackgroundBot(tmp_path / "var", **echo_environment) as running:
        yield running


def test_killed_without_warning(own_bot: BackgroundBot, echo_environment: dict[str, str]) -> None:
    """The message in work is in the record, no child stays, and the conversation goes on after a restart."""
    own_bot.say("断电", "第一句")
    child = action_process(own_bot)
    with ThreadPoolExecutor(1) as pool:
        pending = pool.submit(own_bot.say, "断电", "慢，第二句")
        sleep(1.5)
        own_bot.process.kill()
        with pytest.raises(httpx.TransportError):
            pending.result()
    psutil.wait_procs([child], timeout=5)
    assert not child.is_running()
    assert "慢，第二句" in stored_texts(own_bot)
    with BackgroundBot(own_bot.var, **echo_environment) as again:
        (reply,) = again.say("断电", "第三句")
    assert reply["custom"]["data"]["turns"] == ["第一句", "慢，第二句", "第三句"]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_nothing_behind(own_bot: BackgroundBot, how: signal.Signals) -> None:
    child = action_process(own_bot)
    own_bot.say("停", "你好")
    own_bot.stop(how)
    assert own_bot.process.returncode == 0
    assert not child.is_running()
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://127.0.0.1:{own_bot.port}/")


def test_a_busy_port_is_a_clear_message(echo_bot: BackgroundBot, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rasa_project.serving"],
        cwd=ROOT,
        env={**os.environ, "MMVTE_PORT": str(echo_bot.port), "MMVTE_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"Port {echo_bot.port} is in use" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_the_record_belongs_to_its_owner(echo_bot: BackgroundBot) -> None:
    assert echo_bot.var.stat().st_mode & 0o077 == 0
