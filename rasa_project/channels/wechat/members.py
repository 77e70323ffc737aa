"""WeCom members' departments and roles, from a TOML file that the hospital keeps.

general_only_roles = ["行政"]

[members.ZhangSan]
department = "血液科"
role = "医师"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from rasa_project.channels.wechat.settings import WeChatSettingsError


@dataclass(frozen=True)
class Member:
    """What the map says of a member; ``clinical``: may ask about a patient."""

    department: str = ""
    role: str = ""
    clinical: bool = True


class MemberMap:
    """Whoever writes is in the application's visible range; the map adds who that is."""

    def __init__(self, file: Path | None) -> None:
        data = tomllib.loads(file.read_text(encoding="utf-8")) if file else {}
        members, general = data.get("members", {}), data.get("general_only_roles", [])
        try:
            self._members = {
                userid.lower(): Member(one["department"], one["role"], one["role"] not in general)
                for userid, one in members.items()
            }
        except (KeyError, TypeError, AttributeError):
            raise WeChatSettingsError("成员文件（…_MEMBERS）：每个成员都要有 department 和 role") from None

    def find(self, userid: str) -> Member:
        """The member; the platform does not tell capitals from small letters in a userid."""
        return self._members.get(userid.lower(), Member())
