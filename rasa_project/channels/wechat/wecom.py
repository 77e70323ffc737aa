"""A self-built WeCom (企业微信) application."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rasa_project.channels.wechat.api import Api, send
from rasa_project.channels.wechat.callbacks import CallbackChannel
from rasa_project.channels.wechat.gate import Opened
from rasa_project.channels.wechat.members import MemberMap
from rasa_project.channels.wechat.messages import Inbound
from rasa_project.channels.wechat.people import User
from rasa_project.channels.wechat.pushes import Parcel, Sent, Terms
from rasa_project.channels.wechat.settings import Account, WeComSettings
from rasa_project.channels.wechat.staff import QUOTAS, StaffChannel
from rasa_project.channels.wechat.store import Arrival
from rasa_project.channels.wechat.wording import say

#: Seconds within which the platform drops a second, identical message, when told to.
_DUPLICATE_SECONDS = 1800


def wecom_api(account: Account) -> Api:
    """The server API."""
    query = {"corpid": account.receive_id, "corpsecret": account.secret}
    return Api(account.api, ("GET", "/cgi-bin/gettoken", query))


class WeComChannel(StaffChannel, CallbackChannel):
    """Messages come as callbacks; what is late goes out as an application message."""

    settings_type = WeComSettings

    def __init__(self, settings: WeComSettings) -> None:
        self._agent_id = settings.agent_id
        self._members = MemberMap(settings.members)
        super().__init__(
            settings.account,
            settings.common,
            wecom_api(settings.account),
            Terms(quotas=QUOTAS, resend_uncertain=True, drops_duplicates=True),
        )

    @classmethod
    def name(cls) -> str:
        """The name in the address and in the record."""
        return "wecom"

    def verify(self, arguments: Mapping[str, list[str]]) -> str:
        """The echo, decrypted."""
        return self._gate.verify_encrypted(arguments)

    async def answer_event(self, inbound: Inbound, user: User, opened: Opened) -> Arrival | str | None:
        """Newcomers are welcomed, menu clicks say their text, taps on a card are answers."""
        if inbound.kind == "event.subscribe" or (inbound.kind == "event.enter_agent" and user.is_new):
            return self.arrival(inbound, user, "say", say("welcome"))
        if inbound.kind == "event.click":
            return self.clicked(inbound, user)
        if inbound.kind == "event.template_card_event":
            # The reply to a tap can only change the card's button; the answer follows as a message.
            button = await self.take_tap(inbound, user)
            return self._envelope.button(inbound.sender, self._account.to_user, button, opened.key)
        return None

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
