"""The server APIs of both platforms: tokens, sending, the menu. Errors and delays on command."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

#: Takes (user, body) of a message that the platform accepted.
Deliver = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True)
class Fault:
    """What happens to one call. ``code``: an errcode. ``seconds``: the answer takes so long.
    ``lost``: the message is accepted, and the line breaks before the answer."""

    code: int = 0
    seconds: float = 0.0
    lost: bool = False


class PlatformServer:
    """Listens on loopback; ``calls`` counts the calls of each path."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._token = ""
        self._runner: web.AppRunner | None = None
        self.calls: Counter[str] = Counter()
        self.menus: list[dict[str, Any]] = []
        self.url = ""

    async def start(self) -> None:
        """Open a free port."""
        app = web.Application()
        for method in ("GET", "POST"):
            app.router.add_route(method, "/cgi-bin/{path:.*}", self._call)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close the port."""
        if self._runner is not None:
            await self._runner.cleanup()

    def next(self, path: str, *faults: Fault) -> None:
        """Do these to the next calls of a path (``message/send`` …)."""
        self._faults[path].extend(faults)

    def expire_token(self) -> None:
        """The token that is out is no longer good."""
        self._token = ""

    async def _call(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        self.calls[path] += 1
        fault = self._faults[path].popleft() if self._faults[path] else Fault()
        await asyncio.sleep(fault.seconds)
        if fault.code:
            return web.json_response({"errcode": fault.code, "errmsg": "injected"})
        answer = self._answer(path, request.query.get("access_token", ""), await request.read())
        if fault.lost:
            assert request.transport is not None
            request.transport.close()
        return web.json_response(answer)

    def _answer(self, path: str, token: str, data: bytes) -> dict[str, Any]:
        if path in ("stable_token", "gettoken"):
            self._token = self._token or secrets.token_urlsafe(24)
            return {"errcode": 0, "access_token": self._token, "expires_in": 7200}
        if token != self._token or not self._token:
            return {"errcode": 40001, "errmsg": "invalid credential"}
        body = json.loads(data or b"{}")
        if path in ("message/custom/send", "message/send"):
            self._deliver(body["touser"], body)
        elif path == "menu/create":
            self.menus.append(body)
        return {"errcode": 0, "errmsg": "ok"}
