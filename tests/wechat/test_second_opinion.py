"""wechatpy, which others run in production, agrees with our encryption in both directions."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto as OfficialCrypto
from wechatpy.enterprise.crypto import WeChatCrypto as WeComCrypto
from wechatpy.exceptions import InvalidSignatureException

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.codec import Codec, signature
from rasa_project.channels.wechat.errors import CallbackError

SIGNS = string.ascii_letters + string.digits
TOKENS = st.text(SIGNS, min_size=3, max_size=32)
KEYS = st.text(SIGNS, min_size=43, max_size=43)
IDS = st.text(SIGNS, min_size=1, max_size=32)
NONCES = st.text(SIGNS, min_size=1, max_size=16)
TIMESTAMPS = st.integers(1, 2**33).map(str)
MESSAGES = st.text(st.characters(blacklist_categories=("Cs",)), max_size=300)
Crypto = type[OfficialCrypto] | type[WeComCrypto]

both = pytest.mark.parametrize("crypto", [OfficialCrypto, WeComCrypto])


@both
@given(token=TOKENS, key=KEYS, receive_id=IDS, nonce=NONCES, timestamp=TIMESTAMPS, message=MESSAGES)
def test_it_opens_what_we_seal(
    crypto: Crypto, token: str, key: str, receive_id: str, nonce: str, timestamp: str, message: str
) -> None:
    codec = Codec(token, key, receive_id)
    encrypted = codec.encrypt(message)
    envelope = xml.compose({"ToUserName": "x", "Encrypt": encrypted})
    opened = crypto(token, key, receive_id).decrypt_message(
        envelope, codec.sign(timestamp, nonce, encrypted), timestamp, nonce
    )
    assert opened == message


@both
@given(token=TOKENS, key=KEYS, receive_id=IDS, nonce=NONCES, timestamp=TIMESTAMPS, message=MESSAGES)
def test_we_open_what_it_seals(
    crypto: Crypto, token: str, key: str, receive_id: str, nonce: str, timestamp: str, message: str
) -> None:
    codec = Codec(token, key, receive_id)
    sealed = xml.fields(xml.parse(crypto(token, key, receive_id).encrypt_message(message, nonce, timestamp)))
    codec.check(sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"], sealed["Encrypt"])
    assert codec.decrypt(sealed["Encrypt"]) == message


@both
@given(token=TOKENS, key=KEYS, receive_id=IDS, nonce=NONCES, timestamp=TIMESTAMPS, forged=TOKENS)
def test_both_refuse_what_another_token_signed(
    crypto: Crypto, token: str, key: str, receive_id: str, nonce: str, timestamp: str, forged: str
) -> None:
    codec = Codec(token, key, receive_id)
    encrypted = codec.encrypt("<xml/>")
    given_signature = signature(forged, timestamp, nonce, encrypted)
    envelope = xml.compose({"ToUserName": "x", "Encrypt": encrypted})
    other = crypto(token, key, receive_id)
    if forged == token:
        codec.check(given_signature, timestamp, nonce, encrypted)
        assert other.decrypt_message(envelope, given_signature, timestamp, nonce) == "<xml/>"
        return
    with pytest.raises(CallbackError):
        codec.check(given_signature, timestamp, nonce, encrypted)
    with pytest.raises(InvalidSignatureException):
        other.decrypt_message(envelope, given_signature, timestamp, nonce)
