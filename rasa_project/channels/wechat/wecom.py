"""A self-built WeCom (企业微信) application."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel

from rasa_project.channels.wechat import choices
from rasa_project.channels.wechat.api import Api, send
from rasa_project.channels.wechat.channel import WeChatChannel
from rasa_project.channels.wechat.gate import Opened
from rasa_project.channels.wechat.members import MemberMap
from rasa_project.channels.wechat.menu import text_of
from rasa_project.channels.wechat.messages import Inbound
from rasa_project.channels.wechat.official import Unconfigured
from rasa_project.channels.wechat.people import User
from rasa_project.channels.wechat.pushes import Parcel, Quota, Sent
from rasa_project.channels.wechat.settings import Account, WeComSettings
from rasa_project.channels.wechat.store import Arrival
from rasa_project.channels.wechat.wording import say

#: Messages of one application to one member; the platform drops the excess without a word.
QUOTAS = (Quota(30, 60.0), Quota(1000, 3600.0))
#: Seconds within which the platform drops a second, identical message, when told to.
_DUPLICATE_SECONDS = 1800


def wecom_api(account: Account) -> Api:
    """The server API."""
    query = {"corpid": account.receive_id, "corpsecret": account.secret}
    return Api(account.api, ("GET", "/cgi-bin/gettoken", query))


class WeComChannel(WeChatChannel):
    """Who writes is a member within the application's visible range; the platform sees to that."""

    has_template_cards = True

    def __init__(self, settings: WeComSettings) -> None:
        self._agent_id = settings.agent_id
        self._members = MemberMap(settings.members)
        super().__init__(
            settings.account,
            settings.common,
            wecom_api(settings.account),
            can_push=True,
            quotas=QUOTAS,
            resend_uncertain=True,
        )

    @classmethod
    def name(cls) -> str:
        """The name in the address and in the record."""
        return "wecom"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> InputChannel:
        """The channel as the environment describes it, or one without routes. Raises WeChatSettingsError."""
        settings = WeComSettings.from_environment()
        return cls(settings) if settings is not None else Unconfigured(cls.name())

    def verify(self, arguments: Mapping[str, list[str]]) -> str:
        """The echo, decrypted."""
        return self._gate.verify_encrypted(arguments)

    def arrival_details(self, inbound: Inbound, user: User) -> dict[str, Any]:
        """As the members' map says."""
        member = self._members.find(inbound.sender)
        return {"department": member.department, "role": member.role, "clinical": member.clinical}

    def refusal_text(self) -> str:
        """That the role has no more rights."""
        return say("general_only")

    async def answer_event(self, inbound: Inbound, user: User, opened: Opened) -> Arrival | str | None:
        """Newcomers are welcomed, menu clicks say their text, taps on a card are answers."""
        if inbound.kind == "event.subscribe" or (inbound.kind == "event.enter_agent" and user.is_new):
            return self.arrival(inbound, user, "say", say("welcome"))
        if inbound.kind == "event.click":
            words = text_of(inbound.content)
            return None if words is None else self.turn_arrival(inbound, user, words)
        if inbound.kind == "event.template_card_event":
            return await self._tapped(inbound, user, opened)
        return None

    async def _tapped(self, inbound: Inbound, user: User, opened: Opened) -> str:
        """Take the choice as an answer; the reply to the tap itself can only change the card's button."""
        labels = await asyncio.to_thread(self._people.offered, user.alias, inbound.task)
        arrival, button = self._choice(inbound, user, labels)
        if not await self._courier.accept(arrival):
            button = say("submitted_before")
        return self._envelope.button(inbound.sender, self._account.to_user, button, opened.key)

    def _choice(self, inbound: Inbound, user: User, labels: list[str] | None) -> tuple[Arrival, str]:
        if labels is None:
            return self.arrival(inbound, user, "say", say("stale_card")), say("closed")
        numbers = choices.picked(inbound.content, inbound.choices, labels)
        if not numbers:
            return self.arrival(inbound, user, "say", say("empty_choice")), say("closed")
        if "0" in numbers and len(numbers) > 1:
            return self.arrival(inbound, user, "say", say("conflicting_choice")), say("closed")
        named = "、".join(choices.label(number, labels) for number in numbers)
        return self.turn_arrival(inbound, user, " ".join(numbers)), say("submitted", labels=named)

    async def push(self, recipient: str, parcel: Parcel) -> Sent:
        """An application message: a text, or a card with choices."""
        body: dict[str, Any] = {"touser": recipient, "agentid": self._agent_id}
        if parcel.card is not None:
            body |= {"msgtype": "template_card", "template_card": json.loads(parcel.card)}
        else:
            body |= {"msgtype": "text", "text": {"content": parcel.text}}
        if parcel.again:
            body |= {"enable_duplicate_check": 1, "duplicate_check_interval": _DUPLICATE_SECONDS}
        return await send(self._api, "/cgi-bin/message/send", body)
