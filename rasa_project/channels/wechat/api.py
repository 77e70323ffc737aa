"""Calls of the platforms' server APIs."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Mapping
from time import time
from typing import Any

import aiohttp
import structlog

from rasa_project.channels.wechat.pushes import Sent
from rasa_project.channels.wechat.tokens import AccessToken

logger = structlog.get_logger(__name__)

#: Token invalid, expired, or not the newest: fetch another one and repeat the call once.
TOKEN_CODES = frozenset({40001, 40014, 42001})
#: Busy or too fast: the same call may succeed later.
LATER_CODES = frozenset({-1, 45009, 45011, 45033})
#: This server's address is not on the list (公众号 IP 白名单, 企业可信IP): an administrator has to act.
ADDRESS_CODES = frozenset({40164, 61004, 60020})
_TIMEOUT = aiohttp.ClientTimeout(total=8, connect=4)


class ApiError(Exception):
    """The platform refused a call; ``code`` is its errcode. Carries no text of the call or of the answer."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Exception):  # noqa: N818 - it names a state of the line, not a fault of the call
    """No answer. ``sent`` says that the request may have arrived."""

    def __init__(self, *, sent: bool) -> None:
        super().__init__(sent)
        self.sent = sent


class Api:
    """One account's server API. ``base`` is the address of the platform."""

    def __init__(self, base: str, token_call: tuple[str, str, Mapping[str, Any]]) -> None:
        self._base = base.rstrip("/")
        self._token_call = token_call
        self.token = AccessToken(self._fetch_token, time)
        self._session: aiohttp.ClientSession | None = None

    async def call(self, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """POST a body, or GET without one, with a valid token.

        Raises ApiError and Unreachable; neither carries the address, which contains the token.
        """
        token = await self.token.get()
        try:
            return await self._request(path, {"access_token": token}, body)
        except ApiError as error:
            if error.code not in TOKEN_CODES:
                raise
        token = await self.token.get(refused=token)
        return await self._request(path, {"access_token": token}, body)

    async def close(self) -> None:
        """Close the kept connections."""
        if self._session is not None:
            await self._session.close()

    async def _fetch_token(self) -> tuple[str, float]:
        method, path, values = self._token_call
        try:
            if method == "GET":
                answer = await self._request(path, {key: str(value) for key, value in values.items()}, None)
            else:
                answer = await self._request(path, {}, values)
        except Unreachable:
            # Whatever was to be sent with the token has not been.
            raise Unreachable(sent=False) from None
        return str(answer["access_token"]), float(answer["expires_in"])

    async def _request(
        self, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        # The platforms show \\uXXXX literally, so the body must be readable UTF-8.
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        method = "GET" if body is None else "POST"
        try:
            async with self._session.request(method, self._base + path, params=query, data=data) as response:
                if response.status >= 500:
                    raise Unreachable(sent=True)
                answer = json.loads(await response.read())
        except aiohttp.ClientConnectorError:
            raise Unreachable(sent=False) from None
        except (aiohttp.ClientError, TimeoutError, ValueError):
            raise Unreachable(sent=True) from None
        if not isinstance(answer, dict):
            raise Unreachable(sent=True)
        code = int(answer.get("errcode") or 0)
        if code:
            raise ApiError(code)
        return answer


async def send(api: Api, path: str, body: Mapping[str, Any]) -> Sent:
    """Call a send API, and say what the outcome means for the answer."""
    return await outcome(api.call(path, body))


async def outcome(call: Awaitable[Mapping[str, Any] | None]) -> Sent:
    """What the outcome of a call means for the answer that it was to send."""
    try:
        answer = await call
    except ApiError as error:
        logger.warning("wechat send refused", status=error.code)
        return Sent.LATER if error.code in LATER_CODES | ADDRESS_CODES | TOKEN_CODES else Sent.HOLD
    except Unreachable as error:
        return Sent.UNCERTAIN if error.sent else Sent.LATER
    # WeCom answers "ok" for a member outside the visible range, and lists him here.
    return Sent.HOLD if answer and answer.get("invaliduser") else Sent.DONE
