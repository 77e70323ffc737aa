"""The action server process: ``python -m rasa_project.serving.action_server`` (started by the chat server).

It inherits a listening socket and reads one JSON line on standard input: ``{"fd", "secret", "package",
"log"}``. When standard input ends, its parent is gone and it stops.
"""

from __future__ import annotations

import hmac
import json
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import structlog
from rasa_sdk.endpoint import create_app
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.serving.logs import configure
from rasa_project.serving.secret import SECRET_HEADER

logger = structlog.get_logger(__name__)


def build_app(package: str, secret: str) -> Sanic:
    """The Rasa SDK's app, closed to everyone without the secret, and silent about what it was sent."""
    app = create_app(package, cors_origins="")
    app.config.KEEP_ALIVE_TIMEOUT = 120

    @app.on_request
    async def require_secret(request: Request) -> HTTPResponse | None:
        given = request.headers.get(SECRET_HEADER, "")
        if hmac.compare_digest(given.encode(), secret.encode()):
            return None
        return response.json({"error": "forbidden"}, status=403)

    # The SDK's handler returns the whole request, that is the patient's data, with every error.
    @app.exception(Exception)
    async def fail_without_echo(_: Request, exception: Exception) -> HTTPResponse:
        logger.error("action failed", exc_info=exception)
        return response.json({"error": type(exception).__name__}, status=500)

    return app


def _stop_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)


def main() -> None:
    """Serve until told to stop."""
    start: dict[str, Any] = json.loads(sys.stdin.readline())
    configure(Path(start["log"]))
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    app = build_app(start["package"], start["secret"])
    app.run(sock=socket.socket(fileno=start["fd"]), access_log=False, motd=False)


if __name__ == "__main__":
    main()
