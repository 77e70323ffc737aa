"""The encryption, against the official vectors and against what must be refused."""

from __future__ import annotations

import base64
import struct
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from vectors import vectors

from rasa_project.channels.wechat.codec import Codec, KeyFormatError, signature
from rasa_project.channels.wechat.errors import CallbackError

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OTHER_KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFG"
CODEC = Codec("pamtest", KEY, "wxb11529c136998cb6")


def codec_of(vector: dict[str, Any]) -> Codec:
    return Codec(vector["token"], vector["encoding_aes_key"], vector["receive_id"])


def raw(frame: bytes) -> str:
    """Encrypt a frame as it is, padding included."""
    key = base64.b64decode(KEY + "=")
    encryptor = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(frame) + encryptor.finalize()).decode()


def framed(message: bytes, *, length: int | None = None, receive_id: bytes = b"wxb11529c136998cb6") -> bytes:
    return b"r" * 16 + struct.pack(">I", len(message) if length is None else length) + message + receive_id


def padded(frame: bytes) -> bytes:
    count = 32 - len(frame) % 32
    return frame + bytes([count]) * count


@pytest.mark.parametrize("vector", vectors("decrypt"))
def test_official_ciphertexts_open(vector: dict[str, Any]) -> None:
    codec = codec_of(vector)
    encrypted = vector["encrypt_field"]
    codec.check(vector["msg_signature"], vector["timestamp"], vector["nonce"], encrypted)
    assert codec.decrypt(encrypted) == vector["expected_plaintext"]


@pytest.mark.parametrize("vector", vectors("verify_url"))
def test_official_url_verifications_open(vector: dict[str, Any]) -> None:
    codec = codec_of(vector)
    codec.check(vector["msg_signature"], vector["timestamp"], vector["nonce"], vector["echostr"])
    assert codec.decrypt(vector["echostr"]) == vector["expected_plaintext"]


@pytest.mark.parametrize("vector", vectors("encrypt"))
def test_official_replies_are_reproduced(vector: dict[str, Any]) -> None:
    codec = codec_of(vector)
    encrypted = codec.encrypt(vector["plaintext"], random=vector["random16"].encode())
    assert encrypted == vector["expected_encrypt"]
    if "expected_msg_signature" in vector:
        assert codec.sign(vector["timestamp"], vector["nonce"], encrypted) == vector["expected_msg_signature"]


@pytest.mark.parametrize("vector", vectors("verify_plain"))
def test_official_plain_signatures_hold(vector: dict[str, Any]) -> None:
    Codec(vector["token"], KEY, "").check_plain(vector["signature"], vector["timestamp"], vector["nonce"])


@pytest.mark.parametrize("vector", vectors("error"))
def test_official_illegal_key(vector: dict[str, Any]) -> None:
    with pytest.raises(KeyFormatError):
        codec_of(vector)


@pytest.mark.parametrize("vector", vectors("decrypt", "verify_url"))
def test_one_changed_character_breaks_the_signature(vector: dict[str, Any]) -> None:
    encrypted = vector.get("encrypt_field") or vector["echostr"]
    changed = ("A" if encrypted[0] != "A" else "B") + encrypted[1:]
    for given_signature, body in (
        (vector["msg_signature"], changed),
        ("12345", encrypted),
        ("签", encrypted),
    ):
        with pytest.raises(CallbackError, match="signature"):
            codec_of(vector).check(given_signature, vector["timestamp"], vector["nonce"], body)


@pytest.mark.parametrize("vector", vectors("decrypt"))
def test_another_receiver_is_refused(vector: dict[str, Any]) -> None:
    other = Codec(vector["token"], vector["encoding_aes_key"], "wx_other")
    with pytest.raises(CallbackError, match="receive_id"):
        other.decrypt(vector["encrypt_field"])


@pytest.mark.parametrize("vector", vectors("decrypt", having="query_signature"))
def test_the_signature_of_the_query_is_not_the_one_of_the_message(vector: dict[str, Any]) -> None:
    with pytest.raises(CallbackError, match="signature"):
        codec_of(vector).check(
            vector["query_signature"], vector["timestamp"], vector["nonce"], vector["encrypt_field"]
        )


@pytest.mark.parametrize(
    ("encrypted", "reason"),
    [
        ("", "ciphertext_length"),
        ("%%%", "base64"),
        ("中文", "base64"),
        ("QUJD", "ciphertext_length"),
        ("A" * 100_000, "too_long"),
        # The right last byte over wrong padding bytes, which wechatpy and Tencent's sample accept.
        (raw(framed(b"x" * 8)[:44] + b"\x00" * 19 + b"\x14"), "padding"),
        (raw(framed(b"x")[:31] + b"\x00"), "padding"),
        (raw(framed(b"x")[:31] + b"\x21"), "padding"),
        (raw(padded(b"short")), "frame_length"),
        (raw(padded(framed(b"x", length=2**32 - 1))), "message_length"),
        (raw(padded(framed(b"x", receive_id=b"wx_other"))), "receive_id"),
        (raw(padded(framed(b"\xff\xfe"))), "encoding"),
    ],
)
def test_malformed_frames_are_refused(encrypted: str, reason: str) -> None:
    with pytest.raises(CallbackError, match=reason):
        CODEC.decrypt(encrypted)


def test_the_previous_key_still_opens_and_answers() -> None:
    old = Codec("pamtest", OTHER_KEY, "wxb11529c136998cb6")
    changed = Codec("pamtest", KEY, "wxb11529c136998cb6", previous_key=OTHER_KEY)
    assert changed.decrypt_with_key(old.encrypt("旧")) == ("旧", 1)
    assert changed.decrypt_with_key(CODEC.encrypt("新")) == ("新", 0)
    assert old.decrypt(changed.encrypt("答", key=1)) == "答"


def test_two_ciphertexts_of_one_text_differ() -> None:
    assert CODEC.encrypt("同文") != CODEC.encrypt("同文")


@given(st.text(max_size=700))
def test_round_trip(message: str) -> None:
    if any("\ud800" <= sign <= "\udfff" for sign in message):
        return
    encrypted = CODEC.encrypt(message)
    CODEC.check(signature("pamtest", "1", "2", encrypted), "1", "2", encrypted)
    assert CODEC.decrypt(encrypted) == message


@given(st.binary(max_size=200).map(lambda data: data + bytes(-len(data) % 32)))
def test_any_ciphertext_is_opened_or_refused(data: bytes) -> None:
    try:
        assert isinstance(CODEC.decrypt(raw(data) if data else ""), str)
    except CallbackError as refusal:
        assert refusal.reason.isascii()


@given(st.text(max_size=100))
def test_any_text_in_place_of_a_ciphertext_is_refused(text: str) -> None:
    with pytest.raises(CallbackError):
        CODEC.decrypt(text)
