"""What passes the gate, and what is turned away."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vectors import vectors

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.codec import Codec, signature
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.gate import Gate

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
TOKEN = "pamtest"
CODEC = Codec(TOKEN, KEY, "wxapp")
NOW = 1_700_000_000


class Seen:
    """Three deliveries of a signature."""

    def __init__(self) -> None:
        self.times: Counter[str] = Counter()

    def admit(self, signature: str, now: float) -> bool:
        self.times[signature] += 1
        return self.times[signature] <= 3


def gate(now: float = NOW) -> Gate:
    return Gate(CODEC, "gh_1", Seen(), clock=lambda: now)


def message(**changes: str) -> str:
    values = {"ToUserName": "gh_1", "FromUserName": "o1", "MsgType": "text", "Content": "你好", **changes}
    return xml.compose({name: value for name, value in values.items() if value})


def signed(
    plaintext: str, timestamp: str = str(NOW), nonce: str = "n1"
) -> tuple[dict[str, list[str]], bytes]:
    encrypted = CODEC.encrypt(plaintext)
    arguments = {
        "msg_signature": [signature(TOKEN, timestamp, nonce, encrypted)],
        "timestamp": [timestamp],
        "nonce": [nonce],
    }
    return arguments, xml.compose({"ToUserName": "gh_1", "Encrypt": encrypted}).encode()


def test_a_message_passes() -> None:
    assert xml.fields(gate().open(*signed(message())).root)["Content"] == "你好"


def test_clear_fields_beside_the_ciphertext_are_ignored() -> None:
    arguments, body = signed(message())
    body = body.replace(b"</xml>", "<Content>假</Content><FromUserName>o2</FromUserName></xml>".encode())
    values = xml.fields(gate().open(arguments, body).root)
    assert (values["Content"], values["FromUserName"]) == ("你好", "o1")


@pytest.mark.parametrize("offset", [-301, 301, -NOW + 1])
def test_a_stale_or_early_timestamp_is_refused(offset: int) -> None:
    with pytest.raises(CallbackError, match="stale"):
        gate().open(*signed(message(), timestamp=str(NOW + offset)))


@pytest.mark.parametrize("offset", [-300, 300])
def test_the_window_has_five_minutes(offset: int) -> None:
    assert gate().open(*signed(message(), timestamp=str(NOW + offset)))


def test_a_signature_passes_for_three_attempts_only() -> None:
    one = gate()
    request = signed(message())
    for _ in range(3):
        one.open(*request)
    with pytest.raises(CallbackError, match="replayed"):
        one.open(*request)


@pytest.mark.parametrize(
    ("plaintext", "reason"),
    [
        (message(ToUserName="gh_other"), "to_user"),
        (message(FromUserName=""), "incomplete"),
        (message(MsgType=""), "incomplete"),
        ("你好", "xml"),
        (message() + "<x/>", "xml"),
        (message().replace("</xml>", "<Content>b</Content></xml>"), "repeated"),
        ("<!DOCTYPE xml>" + message(), "xml"),
    ],
)
def test_messages_that_are_not_for_us_or_malformed(plaintext: str, reason: str) -> None:
    with pytest.raises(CallbackError, match=reason):
        gate().open(*signed(plaintext))


def test_plain_text_where_encryption_is_due_is_refused() -> None:
    arguments, _ = signed(message())
    with pytest.raises(CallbackError, match="not_encrypted"):
        gate().open(arguments, message().encode())


@pytest.mark.parametrize("name", ["msg_signature", "timestamp", "nonce"])
@pytest.mark.parametrize("values", [[], ["a", "a"], [""], ["9" * 200], ["−1"], ["\ud800"]])
def test_missing_repeated_and_strange_parameters_are_refused(name: str, values: list[str]) -> None:
    arguments, body = signed(message())
    with pytest.raises(CallbackError):
        gate().open({**arguments, name: values}, body)


@pytest.mark.parametrize("vector", vectors("verify_url"))
def test_wecom_verification(vector: dict[str, Any]) -> None:
    codec = Codec(vector["token"], vector["encoding_aes_key"], vector["receive_id"])
    one = Gate(codec, "", Seen(), clock=lambda: float(vector["timestamp"]))
    arguments = {name: [vector[name]] for name in ("msg_signature", "timestamp", "nonce", "echostr")}
    assert one.verify_encrypted(arguments) == vector["expected_plaintext"]


def test_official_account_verification_returns_the_echo_as_it_came() -> None:
    arguments = {
        "signature": [signature(TOKEN, str(NOW), "n")],
        "timestamp": [str(NOW)],
        "nonce": ["n"],
        "echostr": ["a+b/c"],
    }
    assert gate().verify_plain(arguments) == "a+b/c"
    with pytest.raises(CallbackError, match="signature"):
        gate().verify_plain({**arguments, "nonce": ["m"]})


@given(
    st.dictionaries(
        st.sampled_from(["msg_signature", "timestamp", "nonce", "signature", "echostr"]),
        st.lists(st.text(max_size=40), max_size=2),
    ),
    st.binary(max_size=200),
)
def test_no_input_gets_anything_but_a_refusal(arguments: dict[str, list[str]], body: bytes) -> None:
    one = gate()
    for attempt in (
        lambda: one.open(arguments, body),
        lambda: one.verify_plain(arguments),
        lambda: one.verify_encrypted(arguments),
    ):
        with pytest.raises(CallbackError):
            attempt()


@given(st.text(max_size=300))
def test_any_signed_plaintext_is_read_or_refused(plaintext: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in plaintext):
        return
    with pytest.raises(CallbackError):
        gate().open(*signed(plaintext))
