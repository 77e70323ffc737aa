"""The platforms' message encryption: AES-256-CBC in a frame, signed with SHA-1 over a secret token.

Official documents: developers.weixin.qq.com (消息加解密说明) and
developer.work.weixin.qq.com/document/path/90968.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import struct
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from rasa_project.channels.wechat.errors import CallbackError

_RANDOM_BYTES = 16
_LENGTH = struct.Struct(">I")
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
#: PKCS#7 here fills blocks of 32 bytes, although an AES block has 16.
_PADDING = PKCS7(256)
#: A message as long as the platforms send, with room; more is not worth decrypting.
MAX_ENCRYPTED_CHARS = 64_000


class KeyFormatError(ValueError):
    """An EncodingAESKey that does not have 43 letters and digits."""


def signature(*parts: str) -> str:
    """SHA-1 in hex of the sorted parts, as both platforms sign."""
    return hashlib.sha1("".join(sorted(parts)).encode("utf-8", "surrogatepass")).hexdigest()


class Codec:
    """Encrypts and decrypts for one account.

    ``receive_id`` is the appid of an Official Account, the corpid of WeCom. ``previous_key`` is the
    EncodingAESKey before the last change; messages under way may still use it. Raises KeyFormatError.
    """

    def __init__(self, token: str, aes_key: str, receive_id: str, previous_key: str | None = None) -> None:
        self._token = token
        self._receive_id = receive_id.encode()
        self._keys = [_key(one) for one in (aes_key, previous_key) if one is not None]

    def check_plain(self, given: str, timestamp: str, nonce: str) -> None:
        """Check an Official Account's ``signature``, which covers no body. Raises CallbackError."""
        _compare(given, signature(self._token, timestamp, nonce))

    def check(self, given: str, timestamp: str, nonce: str, encrypted: str) -> None:
        """Check a ``msg_signature``. Raises CallbackError."""
        _compare(given, signature(self._token, timestamp, nonce, encrypted))

    def sign(self, timestamp: str, nonce: str, encrypted: str) -> str:
        """The ``msg_signature`` of a reply."""
        return signature(self._token, timestamp, nonce, encrypted)

    def decrypt(self, encrypted: str) -> str:
        """The message in a ciphertext whose signature has been checked. Raises CallbackError."""
        return self.decrypt_with_key(encrypted)[0]

    def decrypt_with_key(self, encrypted: str) -> tuple[str, int]:
        """The message, and the index of the key that opened it, for the reply. Raises CallbackError."""
        if len(encrypted) > MAX_ENCRYPTED_CHARS:
            raise CallbackError("too_long")
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            raise CallbackError("base64") from None
        if not data or len(data) % 32:
            raise CallbackError("ciphertext_length")
        return _first(self._keys, data, self._receive_id)

    def encrypt(self, message: str, random: bytes | None = None, key: int = 0) -> str:
        """A ciphertext of the message; ``random`` (16 bytes) is given only to reproduce a test vector."""
        random = secrets.token_bytes(_RANDOM_BYTES) if random is None else random
        body = message.encode()
        padder = _PADDING.padder()
        frame = random + _LENGTH.pack(len(body)) + body + self._receive_id
        padded = padder.update(frame) + padder.finalize()
        encryptor = _cipher(self._keys[key]).encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def _first(keys: Sequence[bytes], data: bytes, receive_id: bytes) -> tuple[str, int]:
    refusal = CallbackError("no_key")
    for index, key in enumerate(keys):
        try:
            return _unframe(_decrypt(key, data), receive_id), index
        except CallbackError as error:
            refusal = error
    raise refusal


def _decrypt(key: bytes, data: bytes) -> bytes:
    decryptor = _cipher(key).decryptor()
    padded = decryptor.update(data) + decryptor.finalize()
    unpadder = _PADDING.unpadder()
    try:
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        raise CallbackError("padding") from None


def _unframe(frame: bytes, receive_id: bytes) -> str:
    start = _RANDOM_BYTES + _LENGTH.size
    if len(frame) < start:
        raise CallbackError("frame_length")
    (length,) = _LENGTH.unpack_from(frame, _RANDOM_BYTES)
    if length > len(frame) - start:
        raise CallbackError("message_length")
    if not hmac.compare_digest(frame[start + length :], receive_id):
        raise CallbackError("receive_id")
    try:
        return frame[start : start + length].decode()
    except UnicodeDecodeError:
        raise CallbackError("encoding") from None


def _compare(given: str, expected: str) -> None:
    if not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode()):
        raise CallbackError("signature")


def _key(encoding_aes_key: str) -> bytes:
    if not _AES_KEY.fullmatch(encoding_aes_key):
        raise KeyFormatError("an EncodingAESKey has exactly 43 letters and digits")
    # The last character carries two bits that do not fit; the decoder drops them.
    return base64.b64decode(encoding_aes_key + "=")


def _cipher(key: bytes) -> Cipher:
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
