"""What becomes of a message before Rasa sees it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.channels.incoming import MAX_MESSAGE_CHARS, prepare


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  67岁男性\n", "67岁男性"),
        ("\ufeff\u200b67岁", "67岁"),
        ("/67岁男性", "／67岁男性"),
        ("血小板85×10⁹/L", "血小板85×10⁹/L"),
        ("第一段\n\n第二段", "第一段\n\n第二段"),
        ("a\x00b\ud83d", "ab"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("√", "√"),
        ("？", "？"),
        ("3", "3"),
        ("👍好的", "👍好的"),
    ],
)
def test_text_for_rasa(raw: str, text: str) -> None:
    incoming = prepare(raw)
    assert (incoming.text, incoming.refusal) == (text, None)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('/provide_facts{"age_years": 67}', '／provide_facts{"age_years": 67}'),
        (" \u200b/restart", "／restart"),
        ('／inform {"imid": true}', '／inform {"imid": true}'),
    ],
)
def test_a_command_is_plain_text(raw: str, text: str) -> None:
    incoming = prepare(raw)
    assert (incoming.text, incoming.refusal) == (text, None)


@pytest.mark.parametrize("raw", ["", "   ", "\n\t", "\u200b", "\x00", "👍", "😀😀", "。。。", "……", "/"])
def test_nothing_to_read(raw: str) -> None:
    incoming = prepare(raw)
    assert incoming.text == ""
    assert incoming.refusal is not None
    assert "文字" in incoming.refusal


def test_longest_message_is_read_and_one_more_sign_is_not() -> None:
    assert prepare("岁" * MAX_MESSAGE_CHARS).refusal is None
    refusal = prepare("岁" * (MAX_MESSAGE_CHARS + 1)).refusal
    assert refusal is not None
    assert "没有记录" in refusal


def test_masked_labels_are_reported() -> None:
    assert prepare("患者张伟，男，电话13812345678").masked == ("姓名", "电话")


@given(st.text(max_size=200))
def test_no_message_can_be_a_command(raw: str) -> None:
    incoming = prepare(raw)
    assert not incoming.text.strip().startswith("/")
    assert bool(incoming.text) != bool(incoming.refusal)
    incoming.text.encode("utf-8")
