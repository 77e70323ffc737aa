"""What both WeCom channels share: members of the organisation ask, and tap the choices of cards."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_project.channels.wechat import choices
from rasa_project.channels.wechat.channel import WeChatChannel
from rasa_project.channels.wechat.members import MemberMap
from rasa_project.channels.wechat.messages import Inbound
from rasa_project.channels.wechat.people import User
from rasa_project.channels.wechat.pushes import Quota
from rasa_project.channels.wechat.store import Arrival
from rasa_project.channels.wechat.wording import say

#: Messages to one member; the platform drops the excess of an application without a word.
QUOTAS = (Quota(30, 60.0), Quota(1000, 3600.0))


class StaffChannel(WeChatChannel):
    """Who writes is a member within the visible range; the platform sees to that, ``_members`` adds who."""

    has_template_cards = True
    _members: MemberMap

    def arrival_details(self, inbound: Inbound, user: User) -> dict[str, Any]:
        """As the members' map says."""
        member = self._members.find(inbound.sender)
        return {"department": member.department, "role": member.role, "clinical": member.clinical}

    def refusal_text(self) -> str:
        """That the role has no more rights."""
        return say("general_only")

    def general_welcome(self) -> str:
        """What is open to the role."""
        return say("welcome_general")

    async def take_tap(self, inbound: Inbound, user: User) -> str:
        """Take the choice on a card as an answer; what the card says from now on."""
        labels = await asyncio.to_thread(self._people.offered, user.alias, inbound.task)
        arrival, button = self._choice(inbound, user, labels)
        return button if await self._courier.accept(arrival) else say("submitted_before")

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
