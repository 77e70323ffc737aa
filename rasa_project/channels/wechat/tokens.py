"""The access token: fetched once, kept until shortly before it expires, never written anywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import time

#: Seconds before its expiry at which a token is fetched anew; both tokens are good during this time.
MARGIN_SECONDS = 300.0

#: Asks the platform; returns the token and the seconds it lives.
Fetch = Callable[[], Awaitable[tuple[str, float]]]


class AccessToken:
    """One per account and process. The platforms give every replica the same token."""

    def __init__(self, fetch: Fetch, clock: Callable[[], float] = time) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._value = ""
        self._expires_at = 0.0

    async def get(self, refused: str | None = None) -> str:
        """A token. ``refused`` is one that the platform has just called invalid: it is replaced, by one
        fetch however many callers report it."""
        async with self._lock:
            if self._value == refused or self._clock() >= self._expires_at - MARGIN_SECONDS:
                value, lifetime = await self._fetch()
                self._value, self._expires_at = value, self._clock() + lifetime
            return self._value

    def __repr__(self) -> str:
        return "AccessToken(...)"
