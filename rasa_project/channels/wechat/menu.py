"""The menu (menu.toml): what its buttons say, and how it is published."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from rasa_project.channels.wechat.api import Api


@cache
def _buttons() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("menu.toml").read_text(encoding="utf-8"))["button"])


def text_of(key: str) -> str | None:
    """What a click says in the user's place; None for a key of an older menu."""
    for button in _buttons():
        for one in button["sub"]:
            if one["key"] == key:
                return str(one["text"])
    return None


def as_published() -> dict[str, Any]:
    """The menu as both platforms want it."""
    return {
        "button": [
            {
                "name": button["name"],
                "sub_button": [
                    {"type": "click", "name": one["name"], "key": one["key"]} for one in button["sub"]
                ],
            }
            for button in _buttons()
        ]
    }


async def publish(api: Api, agent_id: int | None) -> None:
    """Publish the menu; ``agent_id`` names a WeCom application. Raises ApiError and Unreachable."""
    path = "/cgi-bin/menu/create"
    await api.call(path if agent_id is None else f"{path}?agentid={agent_id}", as_published())
