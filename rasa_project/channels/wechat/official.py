"""The Official Account (公众号), in safe mode only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa_project.channels.wechat.api import Api, send
from rasa_project.channels.wechat.callbacks import CallbackChannel
from rasa_project.channels.wechat.errors import CallbackError
from rasa_project.channels.wechat.gate import Opened, single
from rasa_project.channels.wechat.messages import Inbound
from rasa_project.channels.wechat.people import User
from rasa_project.channels.wechat.pushes import Parcel, Quota, Sent, Terms
from rasa_project.channels.wechat.settings import Account, OfficialSettings
from rasa_project.channels.wechat.store import Arrival
from rasa_project.channels.wechat.wording import say

#: Customer-service messages: 3 a minute after a menu click, a subscription or a scan. Of the 5 that a
#: message of the user opens, one turn takes one.
QUOTAS = (Quota(3, 60.0),)


def official_api(account: Account) -> Api:
    """The server API; stable_token gives every replica the same token."""
    body = {"grant_type": "client_credential", "appid": account.receive_id, "secret": account.secret}
    return Api(account.api, ("POST", "/cgi-bin/stable_token", {**body, "force_refresh": False}))


class OfficialChannel(CallbackChannel):
    """Only users bound to a staff number may ask about patients."""

    acknowledgement = "success"
    settings_type = OfficialSettings

    def __init__(self, settings: OfficialSettings) -> None:
        super().__init__(
            settings.account,
            settings.common,
            official_api(settings.account),
            # The platform does not recognise a repeated message: what may have arrived is not sent again.
            Terms(can_push=settings.customer_service, quotas=QUOTAS, resend_uncertain=False),
        )

    @classmethod
    def name(cls) -> str:
        """The name in the address and in the record."""
        return "wechat"

    def verify(self, arguments: Mapping[str, list[str]]) -> str:
        """The echo, as it came."""
        return self._gate.verify_plain(arguments)

    def check_mode(self, arguments: Mapping[str, list[str]]) -> None:
        """``signature`` covers no body, hence only encrypted callbacks are read."""
        if single(arguments, "encrypt_type") != "aes":
            raise CallbackError("not_encrypted")

    def arrival_details(self, inbound: Inbound, user: User) -> dict[str, Any]:
        """As the binding says."""
        return {"department": user.department, "role": user.role, "clinical": user.bound}

    def refusal_text(self) -> str:
        """How to be bound."""
        return say("unbound")

    def general_welcome(self) -> str:
        """What is open before the binding, and how to be bound."""
        return say("welcome_unbound")

    async def answer_event(self, inbound: Inbound, user: User, opened: Opened) -> Arrival | str | None:
        """Subscriptions are welcomed, menu clicks say their text; everything else needs no answer."""
        if inbound.kind == "event.subscribe":
            return self.arrival(inbound, user, "say", say("welcome" if user.bound else "welcome_unbound"))
        if inbound.kind == "event.scan":
            return self.arrival(inbound, user, "say", say("scan"))
        if inbound.kind == "event.click":
            return self.clicked(inbound, user)
        return None

    async def push(self, recipient: str, parcel: Parcel) -> Sent:
        """A customer-service message."""
        body = {"touser": recipient, "msgtype": "text", "text": {"content": parcel.text}}
        return await send(self._api, "/cgi-bin/message/custom/send", body)
