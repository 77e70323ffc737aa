"""Reading and writing the platforms' XML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasa_project.channels.wechat import xml
from rasa_project.channels.wechat.errors import CallbackError


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE xml><xml><Content>a</Content></xml>",
        '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Content>&x;</Content></xml>',
        '<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xml>&b;</xml>',
        "<xml><Content>a</Content><Content>b</Content></xml>",
        "<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
        "<xml><A><B/><B/></A></xml>",
        "<html/>",
        "",
        "{}",
        "<xml>" + "<a>" * 3000,
        "<xml><Content>\x00</Content></xml>",
        "<xml><Content>" + "a" * 64_000 + "</Content></xml>",
        '<?xml version="1.0" encoding="no-such"?><xml/>',
    ],
)
def test_hostile_documents_are_refused(text: str) -> None:
    with pytest.raises(CallbackError):
        xml.parse(text.encode())


def test_choices_of_a_card_may_repeat() -> None:
    root = xml.parse(
        "<xml><SelectedItems><SelectedItem><QuestionKey>q</QuestionKey><OptionIds><OptionId>1</OptionId>"
        "<OptionId>3</OptionId></OptionIds></SelectedItem></SelectedItems></xml>"
    )
    assert [one.text for one in root.iter("OptionId")] == ["1", "3"]


@given(st.text())
def test_every_answer_stays_inside_its_element(content: str) -> None:
    document = xml.compose({"Content": content + "]]>]]&gt;</Content><Content>x", "CreateTime": 1})
    values = xml.fields(xml.parse(document))
    assert set(values) == {"Content", "CreateTime"}
    assert values["Content"].endswith("]]>]]&gt;</Content><Content>x")


@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "ignore")))
)
def test_anything_is_read_or_refused(data: bytes) -> None:
    try:
        xml.parse(data)
    except CallbackError as refusal:
        assert refusal.reason.isascii()
