"""One object per utterance."""

from __future__ import annotations

import asyncio

from rasa_project.channels.output import ReplyCollector


def test_text_and_card_stay_together_and_paragraphs_too() -> None:
    collector = ReplyCollector()
    utterance = {"text": "第一段\n\n第二段", "custom": {"mmvte": 1}, "buttons": [], "template": None}
    asyncio.run(collector.send_response("甲", utterance))
    asyncio.run(collector.send_response("甲", {"text": "再见"}))
    assert collector.messages == [
        {"recipient_id": "甲", "text": "第一段\n\n第二段", "custom": {"mmvte": 1}},
        {"recipient_id": "甲", "text": "再见"},
    ]


def test_an_empty_utterance_is_no_message() -> None:
    collector = ReplyCollector()
    asyncio.run(collector.send_response("甲", {"text": "", "custom": {}}))
    assert collector.messages == []
