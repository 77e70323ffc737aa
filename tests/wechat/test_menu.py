"""The menu that both platforms accept."""

from __future__ import annotations

from rasa_project.channels.wechat.menu import as_published, text_of


def test_the_menu_keeps_the_platforms_limits() -> None:
    buttons = as_published()["button"]
    assert 1 <= len(buttons) <= 3
    keys = [one["key"] for button in buttons for one in button["sub_button"]]
    assert len(keys) == len(set(keys))
    for button in buttons:
        assert len(button["name"].encode()) <= 16
        assert 1 <= len(button["sub_button"]) <= 5
        assert all(len(one["name"].encode()) <= 40 for one in button["sub_button"])


def test_every_button_says_something() -> None:
    for button in as_published()["button"]:
        for one in button["sub_button"]:
            assert text_of(one["key"])
    assert text_of("of an older menu") is None
