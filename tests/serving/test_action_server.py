"""The action server answers nobody without the secret and repeats nothing of what it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from rasa_project.serving.action_process import ActionProcess
from rasa_project.serving.secret import SECRET_HEADER

CALL = {
    "next_action": "action_reply",
    "tracker": {"sender_id": "甲", "slots": {}, "events": [], "latest_message": {"text": "炸 患者的秘密"}},
}


@pytest.fixture(scope="module")
def actions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ActionProcess, Path]]:
    log = tmp_path_factory.mktemp("actions") / "actions.jsonl"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[1]))
        with ActionProcess("fake_actions", log) as process:
            process.wait_until_ready()
            yield process, log


def test_without_the_secret(actions: tuple[ActionProcess, Path]) -> None:
    process, _ = actions
    for path in ("webhook", "actions", "health"):
        url = process.url.replace("webhook", path)
        for headers in ({}, {SECRET_HEADER: "guess"}, {SECRET_HEADER: ""}):
            answer = httpx.request("POST" if path == "webhook" else "GET", url, headers=headers)
            assert (answer.status_code, answer.json()) == (403, {"error": "forbidden"})


def test_an_exception_echoes_nothing(actions: tuple[ActionProcess, Path]) -> None:
    process, log = actions
    answer = httpx.post(process.url, json=CALL, headers={SECRET_HEADER: process.secret})
    assert (answer.status_code, answer.json()) == (500, {"error": "ValueError"})
    logged = log.read_text(encoding="utf-8")
    assert "action failed" in logged
    assert "ValueError" in logged
    assert "秘密" not in logged


def test_the_secret_is_new_each_time(tmp_path: Path) -> None:
    secrets = {ActionProcess("actions", tmp_path / "log").secret for _ in range(5)}
    assert len(secrets) == 5


def test_a_package_that_cannot_be_imported_is_an_error(tmp_path: Path) -> None:
    log = tmp_path / "actions.jsonl"
    with ActionProcess("no_such_package", log) as process, pytest.raises(RuntimeError, match="did not start"):
        process.wait_until_ready()
    assert "no_such_package" in (tmp_path / "actions.jsonl").read_text(encoding="utf-8")
