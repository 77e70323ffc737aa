"""The channel's parts without a server: tokens, rates, sessions, turns, settings."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import jwt
import pytest

from rasa_project.channels.web.dialogue import MAX_WAITING, MESSAGES_AT_ONCE, Dialogue, TooFastError
from rasa_project.channels.web.limits import RateLimit
from rasa_project.channels.web.settings import WebSettings, WebSettingsError, check_host
from rasa_project.channels.web.store import Session, SessionStore
from rasa_project.channels.web.tokens import Clinician, TokenRefusedError, clinician_of

KEY = "k" * 40
OTHER_KEY = "o" * 40


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


# -- tokens ------------------------------------------------------------------------------------------------


def token(key: str = KEY, algorithm: str = "HS256", **changes: object) -> str:
    now = int(time.time())
    claims = {
        "sub": "li.yisheng", "department": "血液科", "aud": "mm-vte-chat", "iat": now, "exp": now + 300,
        **changes,
    }  # fmt: skip
    return jwt.encode({name: value for name, value in claims.items() if value is not None}, key, algorithm)


def test_a_token_names_clinician_and_department() -> None:
    assert clinician_of(token(), [KEY]) == Clinician("li.yisheng", "血液科")


def test_an_older_key_still_verifies_while_keys_change() -> None:
    assert clinician_of(token(), [OTHER_KEY, KEY]).name == "li.yisheng"


# made when the test runs: a token made while tests are collected would have expired by then
@pytest.mark.parametrize(
    "make",
    [
        lambda: token(OTHER_KEY),
        lambda: token(exp=int(time.time()) - 120),
        lambda: token(iat=int(time.time()) + 600, exp=int(time.time()) + 700),
        lambda: token(exp=int(time.time()) + 86_400),
        lambda: token(aud="another-service"),
        lambda: token(aud=None),
        lambda: token(sub=None),
        lambda: token(sub=""),
        lambda: token(sub="a\nb"),
        lambda: token(department=None),
        lambda: token(department="x" * 101),
        lambda: token(exp=None),
        lambda: token(algorithm="HS512"),
        lambda: jwt.encode({"sub": "x"}, None, "none"),
        lambda: "",
        lambda: "a.b.c",
        lambda: "不是令牌",
    ],
)
def test_any_other_token_is_refused(make: Callable[[], str]) -> None:
    with pytest.raises(TokenRefusedError):
        clinician_of(make(), [KEY])


# -- rates -------------------------------------------------------------------------------------------------


def test_a_burst_then_a_steady_rate() -> None:
    clock = Clock()
    rate = RateLimit(3, 0.5, clock)
    assert [rate.take("a") for _ in range(3)] == [0, 0, 0]
    assert rate.take("a") == pytest.approx(2)
    assert rate.take("b") == 0
    clock.now += 2
    assert rate.take("a") == 0
    assert rate.take("a") > 0


def test_the_rates_of_many_keys_stay_bounded() -> None:
    rate = RateLimit(1, 1, Clock(), capacity=10)
    for key in range(1000):
        assert rate.take(key) == 0
    assert len(rate._buckets) == 10


# -- settings ----------------------------------------------------------------------------------------------


def test_the_settings_of_an_empty_environment() -> None:
    settings = WebSettings.from_environment({})
    assert (settings.keys, settings.origins, settings.idle_seconds) == ((), frozenset(), 1800)


@pytest.mark.parametrize(
    "environment",
    [
        {"MMVTE_WEB_KEYS": "short"},
        {"MMVTE_WEB_KEYS": f"{KEY} short"},
        {"MMVTE_WEB_ORIGINS": "his.example"},
        {"MMVTE_WEB_ORIGINS": "https://his.example/path"},
        {"MMVTE_WEB_ORIGINS": "*"},
        {"MMVTE_WEB_IDLE_MINUTES": "0"},
        {"MMVTE_WEB_IDLE_MINUTES": "61"},
        {"MMVTE_WEB_IDLE_MINUTES": "long"},
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environment: dict[str, str]) -> None:
    with pytest.raises(WebSettingsError, match=next(iter(environment))):
        WebSettings.from_environment(environment)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "chat.hospital.example"])
def test_beyond_this_machine_only_with_keys(host: str) -> None:
    with pytest.raises(WebSettingsError, match="MMVTE_WEB_KEYS is not set"):
        check_host(host, {})
    check_host(host, {"MMVTE_WEB_KEYS": KEY})


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_this_machine_needs_no_keys(host: str) -> None:
    check_host(host, {})


# -- sessions ----------------------------------------------------------------------------------------------


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> SessionStore:
    return SessionStore(tmp_path / "web.db", 600, clock)


def opened(store: SessionStore) -> Session:
    session = store.find(store.open(Clinician("li", "血液科")))
    assert session is not None
    return session


def test_a_session_is_found_by_its_handle_only(store: SessionStore, tmp_path: Path) -> None:
    handle = store.open(Clinician("li", "血液科"))
    session = store.find(handle)
    assert session is not None
    assert session.clinician == Clinician("li", "血液科")
    for other in ("", handle[:-1], handle.lower(), session.sender, str(session.id), "%", "\udc00"):
        assert store.find(other) is None
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert session.sender.encode() in written
    assert handle.encode() not in written


def test_sessions_do_not_see_each_other(store: SessionStore) -> None:
    one, two = opened(store), opened(store)
    assert one.sender != two.sender
    store.begin(one, "message-1", {"text": "一"})
    assert store.events(two, 0) == []
    assert not store.is_answered(two, "message-1")


def test_an_idle_session_ends_and_is_deleted_with_what_was_said(store: SessionStore, clock: Clock) -> None:
    handle = store.open(Clinician())
    session = store.find(handle)
    assert session is not None
    store.begin(session, "message-1", {"text": "一"})
    clock.now += 599
    store.touch(session)
    clock.now += 599
    assert store.find(handle) == session
    clock.now += 2
    assert store.find(handle) is None
    store.open(Clinician())
    assert store.events(session, 0) == []


def test_a_restart_of_the_server_loses_nothing(store: SessionStore, clock: Clock, tmp_path: Path) -> None:
    handle = store.open(Clinician("li", "血液科"))
    session = store.find(handle)
    assert session is not None
    store.begin(session, "message-1", {"text": "一"})
    store.finish(session, "message-1", [{"text": "二"}, {"text": "三"}])
    store.close()
    again = SessionStore(tmp_path / "web.db", 600, clock)
    assert again.find(handle) == session
    assert [(event["number"], event["text"]) for event in again.events(session, 1)] == [(2, "二"), (3, "三")]


# -- turns -------------------------------------------------------------------------------------------------


class Bot:
    """Answers when told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def take_turn(self, session: Session, text: str) -> list[dict[str, Any]]:
        self.asked.append(text)
        await self.may_answer.wait()
        return [{"recipient_id": session.sender, "text": f"答{text}", "custom": {"kind": "answer"}}]


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 10))


def texts(store: SessionStore, session: Session, since: int = 0) -> list[str]:
    return [event["text"] for event in store.events(session, since)]


def test_a_message_sent_again_is_answered_once(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        bot.may_answer.clear()
        while_running = [asyncio.create_task(dialogue.say(session, "message-1", "甲")) for _ in range(3)]
        await asyncio.sleep(0.05)
        bot.may_answer.set()
        await asyncio.gather(*while_running)
        await dialogue.say(session, "message-1", "甲")
        assert bot.asked == ["甲"]
        assert texts(store, session) == ["甲", "答甲"]

    run(scenario())


def test_a_turn_goes_on_when_its_client_has_gone(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        bot.may_answer.clear()
        request = asyncio.create_task(dialogue.say(session, "message-1", "甲"))
        await asyncio.sleep(0.05)
        request.cancel()
        listening = asyncio.create_task(dialogue.events(session, 1, 5))
        await asyncio.sleep(0.05)
        bot.may_answer.set()
        assert [event["text"] for event in await listening] == ["答甲"]

    run(scenario())


def test_messages_are_answered_in_the_order_of_arrival(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        names = [f"message-{number}" for number in range(MAX_WAITING)]
        await asyncio.gather(*(dialogue.say(session, name, name) for name in names))
        assert texts(store, session) == [text for name in names for text in (name, f"答{name}")]
        numbers = [event["number"] for event in store.events(session, 0)]
        assert numbers == list(range(1, 2 * MAX_WAITING + 1))

    run(scenario())


def test_only_so_many_messages_may_wait_and_sessions_do_not_wait_for_each_other(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session, other = Bot(), opened(store), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        bot.may_answer.clear()
        waiting = [
            asyncio.create_task(dialogue.say(session, f"message-{number}", "甲"))
            for number in range(MAX_WAITING)
        ]
        await asyncio.sleep(0.05)
        with pytest.raises(TooFastError):
            await dialogue.say(session, "message-x", "乙")
        waiting.append(asyncio.create_task(dialogue.say(other, "message-0", "丙")))
        await asyncio.sleep(0.05)
        assert bot.asked == ["甲", "丙"]
        bot.may_answer.set()
        await asyncio.gather(*waiting)
        await dialogue.say(session, "message-x", "乙")
        assert texts(store, session)[-1] == "答乙"

    run(scenario())


def test_a_session_may_say_only_so_much_in_a_while(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        for number in range(MESSAGES_AT_ONCE):
            await dialogue.say(session, f"message-{number}", "甲")
        with pytest.raises(TooFastError):
            for number in range(MESSAGES_AT_ONCE):
                await dialogue.say(session, f"further-{number}", "乙")
        await dialogue.say(opened(store), "message-0", "丙")
        assert bot.asked[-1] == "丙"

    run(scenario())


def test_a_message_that_a_crash_left_unanswered_is_answered_and_stands_once(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        store.begin(session, "message-1", {"text": "甲"})
        await Dialogue(store, bot.take_turn).say(session, "message-1", "甲")
        assert texts(store, session) == ["甲", "答甲"]

    run(scenario())


def test_a_session_that_ends_during_a_turn_keeps_nothing(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        bot.may_answer.clear()
        first = asyncio.create_task(dialogue.say(session, "message-1", "甲"))
        second = asyncio.create_task(dialogue.say(session, "message-2", "乙"))
        await asyncio.sleep(0.05)
        dialogue.end(session)
        bot.may_answer.set()
        await asyncio.gather(first, second)
        assert texts(store, session) == []
        assert bot.asked == ["甲"]

    run(scenario())


def test_identifiers_are_masked_in_the_transcript_and_refused_text_is_not_kept(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        dialogue = Dialogue(store, bot.take_turn)
        await dialogue.say(session, "message-1", "患者张伟，男，电话13812345678，血小板85")
        await dialogue.say(session, "message-2", "长" * 9000)
        said = [event["text"] for event in store.events(session, 0) if event["from"] == "user"]
        assert said == ["患者[姓名]，男，电话[电话]，血小板85", ""]

    run(scenario())


def test_the_clients_view_of_an_answer_has_no_conversation_name(store: SessionStore) -> None:
    async def scenario() -> None:
        bot, session = Bot(), opened(store)
        await Dialogue(store, bot.take_turn).say(session, "message-1", "甲")
        assert session.sender not in str(store.events(session, 0))

    run(scenario())
