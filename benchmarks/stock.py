"""A stock Rasa bot on the same sentences, rules and actions: what the project is compared with."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType
from typing import Any

import httpx
import psutil

from rasa_project.evaluation.pipelines import STOCK_ENVIRONMENT, stock_model
from rasa_project.serving.action_process import ActionProcess
from rasa_project.serving.secret import SECRET_HEADER
from rasa_project.serving.settings import HOST, ROOT


class StockBot:
    """``rasa run`` with its own REST channel and SQL tracker store; use as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._actions = ActionProcess("actions", folder / "actions.jsonl")
        self._process: subprocess.Popen[bytes] | None = None
        self.client = httpx.Client(timeout=120)
        self._url = ""

    def __enter__(self) -> StockBot:
        folder = self._folder
        folder.mkdir(parents=True, exist_ok=True)
        self._actions.__enter__()
        self._actions.wait_until_ready()
        endpoints = folder / "endpoints.yml"
        endpoints.write_text(
            f"tracker_store: {{type: SQL, dialect: sqlite, db: {folder / 'stock.db'}}}\n"
            f"action_endpoint: {{url: '{self._actions.url}', "
            f"headers: {{{SECRET_HEADER}: '{self._actions.secret}'}}}}\n"
        )
        credentials = folder / "credentials.yml"
        credentials.write_text("rest:\n")
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            port = probe.getsockname()[1]
        self._url = f"http://{HOST}:{port}/webhooks/rest"
        files = ["--endpoints", str(endpoints), "--credentials", str(credentials)]
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "rasa",
                "run",
                "-i",
                HOST,
                "-p",
                str(port),
                "-m",
                str(stock_model()),
                *files,
            ],
            cwd=ROOT,
            env={**os.environ, **STOCK_ENVIRONMENT},
            stdout=subprocess.DEVNULL,
            stderr=(folder / "stock.log").open("wb"),
        )
        deadline = monotonic() + 300
        while monotonic() < deadline and self._process.poll() is None:
            try:
                self.client.get(self._url + "/").raise_for_status()
                return self
            except httpx.HTTPError:
                sleep(0.1)
        self.__exit__(None, None, None)
        raise RuntimeError(f"the stock bot did not start; see {folder / 'stock.log'}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
        self._actions.__exit__(kind, error, trace)

    @property
    def pid(self) -> int:
        """The chat server's process id."""
        assert self._process is not None
        return self._process.pid

    def resident_megabytes(self) -> float:
        """Memory of the chat server, without the action server."""
        return float(psutil.Process(self.pid).memory_info().rss / 1e6)

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """The bot's replies."""
        answer = self.client.post(self._url + "/webhook", json={"sender": sender, "message": text})
        answer.raise_for_status()
        replies: list[dict[str, Any]] = answer.json()
        return replies
