"""The whole bot as a child process on a free port: for tests, measurements and conversations by script."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

from rasa_project.serving.settings import HOST, ROOT


class BackgroundBot:
    """Use as a context manager; ``say`` talks to it over the REST channel.

    ``var`` takes the conversations and logs. ``environment`` adds to the settings of the start (settings.py).
    """

    def __init__(self, var: Path, timeout: float = 180, **environment: str) -> None:
        self.var = var
        self._timeout = timeout
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self.client = httpx.Client(timeout=60)

    @property
    def process(self) -> subprocess.Popen[str]:
        """The chat server's process; the action server is its child."""
        assert self._process is not None, "not started"
        return self._process

    def __enter__(self) -> BackgroundBot:
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rasa_project.serving", "run"],
            cwd=ROOT,
            env={**os.environ, "MMVTE_PORT": str(self.port), "MMVTE_VAR": str(self.var), **self._environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        watchdog = threading.Timer(self._timeout, self._process.kill)
        watchdog.start()
        output = ""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            output += line
            if line.startswith("Ready"):
                break
        watchdog.cancel()
        if not output.splitlines() or not output.splitlines()[-1].startswith("Ready"):
            self.stop()
            raise RuntimeError(f"the bot did not start:\n{output}")
        # Keep reading, or a full pipe would stop the bot.
        threading.Thread(target=self._process.stdout.read, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it and wait until it has gone."""
        self.client.close()
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def post(self, content: bytes, **headers: str) -> httpx.Response:
        """A raw request to the REST channel."""
        url = f"http://{HOST}:{self.port}/webhooks/rest/webhook"
        return self.client.post(url, content=content, headers=headers)

    def say(self, sender: str, text: str) -> list[dict[str, Any]]:
        """The bot's replies to a message; raises httpx.HTTPStatusError when it is refused."""
        url = f"http://{HOST}:{self.port}/webhooks/rest/webhook"
        answer = self.client.post(url, json={"sender": sender, "message": text})
        answer.raise_for_status()
        replies: list[dict[str, Any]] = answer.json()
        return replies
