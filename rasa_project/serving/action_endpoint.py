"""The call of the action server: bounded in time and size, authenticated, over one kept connection."""

from __future__ import annotations

from typing import Any

import aiohttp
from rasa.shared.core.events import SessionStarted, UserUttered
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from rasa_project.serving.secret import SECRET_HEADER

#: The events that an action reads.
_SENT_EVENTS = (UserUttered.type_name, SessionStarted.type_name)


class ActionEndpoint(EndpointConfig):
    """An action endpoint for loopback.

    Of the conversation it sends the slots, the user's turns and the starts of sessions; the bot's own
    replies and Rasa's bookkeeping are left out, as is the domain.
    """

    def __init__(self, url: str, secret: str, timeout_seconds: float) -> None:
        super().__init__(url=url, headers={SECRET_HEADER: secret}, selective_domain=True)
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._connection: aiohttp.ClientSession | None = None

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run an action.

        Raises what Rasa's RemoteAction expects: ClientResponseError for a status of 400 and above,
        aiohttp.ClientError or asyncio.TimeoutError when there is no answer.
        """
        if self._connection is None or self._connection.closed:
            self._connection = aiohttp.ClientSession(
                headers=self.headers,
                timeout=self._timeout,
                # Well below the server's own limit, so that it never closes a connection in use.
                connector=aiohttp.TCPConnector(keepalive_timeout=30),
            )
        call = dict(kwargs["json"])
        call["tracker"] = {
            **call["tracker"],
            "events": [one for one in call["tracker"]["events"] if one["event"] in _SENT_EVENTS],
        }
        try:
            return await self._call(call)
        except aiohttp.ClientConnectionError:
            # The server died since the last turn and is being restarted. Actions only compute a reply, so
            # that asking twice does no harm.
            return await self._call(call)

    async def _call(self, call: dict[str, Any]) -> Any:
        assert self._connection is not None
        async with self._connection.post(self.url, json=call) as response:
            if response.status >= 400:
                raise ClientResponseError(response.status, response.reason, await response.read())
            return await response.json()

    async def close(self) -> None:
        """Close the kept connection."""
        if self._connection is not None:
            await self._connection.close()
