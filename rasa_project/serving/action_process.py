"""The action server as a child process that is restarted when it dies and never outlives its parent."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic, sleep
from types import TracebackType

import structlog

from rasa_project.serving.secret import SECRET_HEADER
from rasa_project.serving.settings import HOST, ROOT

logger = structlog.get_logger(__name__)

#: Seconds between a death and the restart, so that a crash at start does not spin.
RESTART_DELAY = 1.0


class ActionProcess:
    """Use as a context manager.

    The listening socket belongs to the parent: calls that arrive while the child restarts wait for it
    instead of being refused.
    """

    def __init__(self, package: str, log: Path) -> None:
        self._package = package
        self.secret = secrets.token_urlsafe(32)
        self._log = log
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind((HOST, 0))
        self._socket.listen(100)
        self._stopping = threading.Event()
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep_alive, daemon=True)

    @property
    def url(self) -> str:
        """The webhook that Rasa calls."""
        return f"http://{HOST}:{self._socket.getsockname()[1]}/webhook"

    @property
    def pid(self) -> int:
        """The child's process id."""
        assert self._child is not None
        return self._child.pid

    def __enter__(self) -> ActionProcess:
        self._start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopping.set()
        assert self._child is not None
        self._child.terminate()
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._keeper.is_alive():
            self._keeper.join(timeout=RESTART_DELAY + 1)
        self._socket.close()

    def wait_until_ready(self, timeout: float = 60) -> None:
        """Return when the child answers, and keep it alive from then on.

        Raises RuntimeError when it dies first or takes longer than ``timeout`` seconds.
        """
        assert self._child is not None
        request = urllib.request.Request(self.url.replace("/webhook", "/health"))
        request.add_header(SECRET_HEADER, self.secret)
        deadline = monotonic() + timeout
        while monotonic() < deadline and self._child.poll() is None:
            try:
                # The socket listens before the child does: a call may have to wait.
                with urllib.request.urlopen(request, timeout=2):
                    self._keeper.start()
                    return
            except (urllib.error.URLError, OSError):
                sleep(0.2)
        raise RuntimeError(f"The action server did not start; see {self._log}")

    def _start(self) -> None:
        fd = self._socket.fileno()
        child = subprocess.Popen(
            [sys.executable, "-m", "rasa_project.serving.action_server"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=self._log.with_suffix(".stderr").open("ab"),
            pass_fds=[fd],
            # Ctrl-C goes to the parent, which then stops its child in order.
            start_new_session=True,
            env={**os.environ, "PYTHONWARNINGS": "ignore::DeprecationWarning"},
        )
        assert child.stdin is not None
        start = {"fd": fd, "secret": self.secret, "package": self._package, "log": str(self._log)}
        child.stdin.write(json.dumps(start).encode() + b"\n")
        child.stdin.flush()
        self._child = child

    def _keep_alive(self) -> None:
        while not self._stopping.is_set():
            assert self._child is not None
            exit_code = self._child.wait()
            if self._stopping.wait(RESTART_DELAY):
                return
            logger.error("action server died, restarting", exit_code=exit_code)
            self._start()
