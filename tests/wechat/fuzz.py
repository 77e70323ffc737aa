"""Guided fuzzing with atheris: ``python fuzz.py TARGET -runs=5000``. Anything but a refusal crashes."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["rasa_project.channels.wechat"]):
    from rasa_project.channels.wechat import frames, xml
    from rasa_project.channels.wechat.codec import Codec, signature
    from rasa_project.channels.wechat.errors import CallbackError
    from rasa_project.channels.wechat.gate import Gate
    from rasa_project.channels.wechat.messages import read, read_frame

TOKEN = "pamtest"
CODEC = Codec(TOKEN, "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wxapp")
NOW = "1700000000"


class Unlimited:
    """Lets every repetition pass."""

    def admit(self, signature: str, now: float) -> bool:
        return True


GATE = Gate(CODEC, "gh_1", Unlimited(), clock=lambda: float(NOW))


def document(data: bytes) -> None:
    """A body as it comes."""
    xml.fields(xml.parse(data))


def envelope(data: bytes) -> None:
    """A signed envelope around anything that is no ciphertext, or an unsigned one."""
    provider = atheris.FuzzedDataProvider(data)
    encrypted = provider.ConsumeUnicodeNoSurrogates(200)
    signed = signature(TOKEN, NOW, "n", encrypted) if provider.ConsumeBool() else "0" * 40
    query = {"msg_signature": [signed], "timestamp": [NOW], "nonce": ["n"]}
    body = xml.compose({"ToUserName": "gh_1", "Encrypt": encrypted}).encode()
    read(GATE.open(query, body + provider.ConsumeBytes(20)).root)


def message(data: bytes) -> None:
    """Anything, properly encrypted and signed: what the holder of the keys could send."""
    encrypted = CODEC.encrypt(data.decode("utf-8", "replace"))
    query = {"msg_signature": [signature(TOKEN, NOW, "n", encrypted)], "timestamp": [NOW], "nonce": ["n"]}
    read(GATE.open(query, xml.compose({"ToUserName": "gh_1", "Encrypt": encrypted}).encode()).root)


def ciphertext(data: bytes) -> None:
    """Any bytes where a ciphertext should be."""
    CODEC.decrypt(atheris.FuzzedDataProvider(data).ConsumeUnicode(300))


def frame(data: bytes) -> None:
    """A frame of an AI bot's connection."""
    read_frame(frames.parse(data.decode("utf-8", "replace")))


def planted(data: bytes) -> None:
    """A mistake, to see that one is found."""
    if data[:1] == b"<":
        raise KeyError("planted")


TARGETS = {one.__name__: one for one in (document, envelope, message, ciphertext, frame, planted)}


def main() -> None:
    """Fuzz the target named first; the other arguments are libFuzzer's."""
    target = TARGETS[sys.argv.pop(1)]

    def test_one_input(data: bytes) -> None:
        try:
            target(data)
        except CallbackError as refusal:
            assert refusal.reason.isascii()

    atheris.Setup(sys.argv, test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
