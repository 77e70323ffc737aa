"""The calls of the platforms' APIs: one token for all, and what each failure means."""

from __future__ import annotations

import asyncio
import logging

import pytest

from rasa_project.channels.wechat.api import Api, Unreachable, send
from rasa_project.channels.wechat.pushes import Sent
from rasa_project.channels.wechat.simulator.server import Fault, PlatformServer
from rasa_project.channels.wechat.tokens import AccessToken

TOKEN_CALL = ("POST", "/cgi-bin/stable_token", {"secret": "geheim"})
MESSAGE = {"touser": "o1", "msgtype": "text", "text": {"content": "答"}}


def test_many_callers_share_one_fetch() -> None:
    fetched: list[str] = []
    now = [1000.0]

    async def fetch() -> tuple[str, float]:
        await asyncio.sleep(0.01)
        fetched.append(f"t{len(fetched)}")
        return fetched[-1], 7200.0

    async def run() -> None:
        token = AccessToken(fetch, clock=lambda: now[0])
        assert set(await asyncio.gather(*(token.get() for _ in range(50)))) == {"t0"}
        now[0] += 7200 - 301
        assert await token.get() == "t0"
        now[0] += 2
        assert set(await asyncio.gather(*(token.get() for _ in range(50)))) == {"t1"}
        assert set(await asyncio.gather(*(token.get(refused="t1") for _ in range(50)))) == {"t2"}
        assert await token.get(refused="t0") == "t2"
        assert "t2" not in repr(token)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("faults", "result"),
    [
        ([], Sent.DONE),
        ([Fault(code=40001)], Sent.DONE),
        ([Fault(code=42001)], Sent.DONE),
        ([Fault(code=40014)], Sent.DONE),
        ([Fault(code=40001), Fault(code=40001)], Sent.LATER),
        ([Fault(code=-1)], Sent.LATER),
        ([Fault(code=45009)], Sent.LATER),
        ([Fault(code=40164)], Sent.LATER),
        ([Fault(code=60020)], Sent.LATER),
        ([Fault(code=45015)], Sent.HOLD),
        ([Fault(code=45047)], Sent.HOLD),
        ([Fault(code=48001)], Sent.HOLD),
        ([Fault(code=45002)], Sent.HOLD),
        ([Fault(lost=True)], Sent.UNCERTAIN),
    ],
)
def test_what_a_failure_means(faults: list[Fault], result: Sent, caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        arrived: list[str] = []
        server = PlatformServer(lambda user, _: arrived.append(user))
        await server.start()
        api = Api(server.url, TOKEN_CALL)
        server.next("message/custom/send", *faults)
        assert await send(api, "/cgi-bin/message/custom/send", MESSAGE) is result
        assert (arrived == ["o1"]) == (result in (Sent.DONE, Sent.UNCERTAIN))
        assert server.calls["stable_token"] == 1 + any(
            fault.code in (40001, 42001, 40014) for fault in faults
        )
        token = await api.token.get()
        await api.close()
        await server.stop()
        assert token not in caplog.text
        assert "geheim" not in caplog.text

    with caplog.at_level(logging.DEBUG):
        asyncio.run(run())


def test_a_platform_that_cannot_be_reached() -> None:
    async def run() -> None:
        api = Api("http://127.0.0.1:9", TOKEN_CALL)
        assert await send(api, "/cgi-bin/message/custom/send", MESSAGE) is Sent.LATER
        with pytest.raises(Unreachable) as refused:
            await api.call("/cgi-bin/x")
        assert not refused.value.sent
        assert refused.value.__cause__ is None
        await api.close()

    asyncio.run(run())


def test_a_failing_token_call_sends_nothing() -> None:
    async def run() -> None:
        server = PlatformServer(lambda *_: None)
        await server.start()
        api = Api(server.url, TOKEN_CALL)
        server.next("stable_token", Fault(lost=True), Fault(lost=True))
        assert await send(api, "/cgi-bin/message/custom/send", MESSAGE) is Sent.LATER
        assert server.calls["message/custom/send"] == 0
        await api.close()
        await server.stop()

    asyncio.run(run())
