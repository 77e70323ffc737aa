"""Reading the frames of an AI bot's connection."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.channels.wechat import frames
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.messages import read_frame

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("from", "userid", "msgid", "msgtype", "text", "voice", "mixed", "msg_item", "content", "event")


def callback(command: str = frames.MESSAGE, **body: Any) -> frames.Frame:
    text = {"msgtype": "text", "text": {"content": "67岁"}}
    whole = {"msgid": "m1", "chattype": "single", "from": {"userid": "u1"}, **text, **body}
    return frames.Frame(command, "r1", {name: value for name, value in whole.items() if value is not None})


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "1", "null", '{"cmd":1}', '{"headers":[1]}', '{"headers":{"req_id":7}}', '{"body":"x"}',
     '{"errcode":"0"}', '{"headers":{"req_id":"' + "a" * 300 + '"}}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_frame_is_refused(text: str) -> None:
    with pytest.raises(CallbackError):
        frames.parse(text)


def test_a_frame_comes_back_as_it_was_written() -> None:
    frame = frames.parse(frames.compose(frames.SEND, "r1", {"文": "字"}))
    assert frame == frames.Frame(frames.SEND, "r1", {"文": "字"})


def test_an_answer_has_a_code() -> None:
    frame = frames.parse('{"headers":{"req_id":"r1"},"errcode":0,"errmsg":"ok"}')
    assert (frame.command, frame.request, frame.code) == ("", "r1", 0)


@given(st.text(max_size=200) | JSON.map(json.dumps))
def test_anything_is_a_frame_or_refused(text: str) -> None:
    try:
        frames.parse(text)
    except CallbackError as refusal:
        assert refusal.reason.isascii()


@given(
    st.sampled_from([frames.MESSAGE, frames.EVENT]),
    st.dictionaries(st.sampled_from(NAMES), JSON | st.fixed_dictionaries({"userid": st.text(max_size=9)})),
)
def test_any_body_is_read_or_refused(command: str, body: dict[str, Any]) -> None:
    try:
        inbound = read_frame(frames.Frame(command, "r", body))
    except CallbackError as refusal:
        assert refusal.reason == "incomplete"
    else:
        assert inbound.sender


@pytest.mark.parametrize(
    "body",
    [{"from": None}, {"from": {}}, {"from": {"userid": 7}}, {"from": {"userid": ""}},
     {"from": {"userid": "u" * 129}}],
)  # fmt: skip
def test_nobody_sent_it(body: dict[str, Any]) -> None:
    with pytest.raises(CallbackError):
        read_frame(callback(**body))


@pytest.mark.parametrize(
    ("body", "kind", "content", "fixed", "unread"),
    [
        ({}, "text", "67岁", None, None),
        ({"text": {"content": " 67岁\n"}}, "text", "67岁", None, None),
        ({"quote": {"msgtype": "text", "text": {"content": "x"}}}, "text", "67岁", None, "quote_unread"),
        ({"msgtype": "voice", "voice": {"content": "男"}}, "voice", "男", None, None),
        ({"msgtype": "voice", "voice": {}}, "voice", "", "voice_unheard", None),
        (
            {"msgtype": "mixed", "mixed": {"msg_item": [
                {"msgtype": "text", "text": {"content": "甲"}}, {"msgtype": "image", "image": {"url": "u"}},
                {"msgtype": "text", "text": {"content": "乙"}}, 7]}},
            "mixed", "甲\n乙", None, "image_unread",
        ),
        (
            {"msgtype": "mixed", "mixed": {"msg_item": [{"msgtype": "image"}]}},
            "mixed", "", "image", "image_unread",
        ),
        ({"msgtype": "image", "image": {"url": "u", "aeskey": "k"}}, "image", "", "image", None),
        ({"msgtype": "file", "file": {}}, "file", "", "file", None),
        ({"msgtype": "video", "video": {}}, "video", "", "video", None),
        ({"msgtype": "hologram"}, "hologram", "", "unknown_kind", None),
        ({"msgtype": None}, "", "", "unknown_kind", None),
        ({"chattype": "group", "chatid": "g1"}, "group", "", "group_chat", None),
    ],
)  # fmt: skip
def test_kinds_of_messages(
    body: dict[str, Any], kind: str, content: str, fixed: str | None, unread: str | None
) -> None:
    inbound = read_frame(callback(**body))
    assert (inbound.kind, inbound.content, inbound.fixed, inbound.unread) == (kind, content, fixed, unread)


def test_a_message_without_a_number_is_known_by_its_callback() -> None:
    assert read_frame(callback(msgid=None)).identity == ("u1", "message", "r1")


def test_a_tap_on_a_card() -> None:
    item = {"question_key": "q", "option_ids": {"option_id": ["1", "3"]}}
    details = {"event_key": "submit", "task_id": "t", "selected_items": {"selected_item": [item]}}
    event = {"eventtype": "template_card_event", "template_card_event": details}
    inbound = read_frame(callback(frames.EVENT, msgtype="event", event=event))
    assert (inbound.kind, inbound.content, inbound.task) == ("event.template_card_event", "submit", "t")
    assert inbound.choices == ["1", "3"]
