"""Settings from the environment, and what they must never show."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.channels.channel import register
from sanic import Sanic

from rasa_project.channels.wechat.aibot import AIBotChannel
from rasa_project.channels.wechat.members import MemberMap
from rasa_project.channels.wechat.official import OfficialChannel
from rasa_project.channels.wechat.settings import (
    AIBotSettings,
    OfficialSettings,
    WeChatSettingsError,
    WeComSettings,
)
from rasa_project.channels.wechat.wecom import WeComChannel

OA = {
    "MMVTE_OA_APPID": "wx1",
    "MMVTE_OA_ORIGINAL_ID": "gh_1",
    "MMVTE_OA_TOKEN": "geheim-token",
    "MMVTE_OA_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "MMVTE_OA_SECRET": "geheim-secret",
    "MMVTE_WECHAT_SECRET": "geheim" * 8,
}
WECOM = {
    "MMVTE_WECOM_CORPID": "ww1",
    "MMVTE_WECOM_AGENTID": "1000002",
    "MMVTE_WECOM_TOKEN": "geheim-token",
    "MMVTE_WECOM_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    "MMVTE_WECOM_SECRET": "geheim-secret",
    "MMVTE_WECHAT_SECRET": "geheim" * 8,
}
AIBOT = {
    "MMVTE_AIBOT_BOT_ID": "aib1",
    "MMVTE_AIBOT_SECRET": "geheim-secret",
    "MMVTE_WECHAT_SECRET": "geheim" * 8,
}


def test_without_variables_there_is_no_channel() -> None:
    assert OfficialSettings.from_environment({}) is None
    assert WeComSettings.from_environment({"MMVTE_WECHAT_SECRET": "x" * 40}) is None
    assert AIBotSettings.from_environment({"MMVTE_WECHAT_SECRET": "x" * 40}) is None


def test_complete_settings() -> None:
    official = OfficialSettings.from_environment(OA | {"MMVTE_OA_CUSTOMER_SERVICE": "1"})
    wecom = WeComSettings.from_environment(WECOM)
    assert official is not None
    assert official.customer_service
    assert wecom is not None
    assert wecom.agent_id == 1000002
    aibot = AIBotSettings.from_environment(AIBOT)
    assert aibot is not None
    assert aibot.url == "wss://openws.work.weixin.qq.com"
    assert "geheim" not in repr(official) + repr(wecom) + repr(aibot)


@pytest.mark.parametrize("name", OA)
def test_a_missing_variable_is_named(name: str) -> None:
    with pytest.raises(WeChatSettingsError, match=name):
        OfficialSettings.from_environment({key: value for key, value in OA.items() if key != name})


@pytest.mark.parametrize("name", WECOM)
def test_a_missing_variable_of_wecom_is_named(name: str) -> None:
    with pytest.raises(WeChatSettingsError, match=name):
        WeComSettings.from_environment({key: value for key, value in WECOM.items() if key != name})


@pytest.mark.parametrize("name", AIBOT)
def test_a_missing_variable_of_an_ai_bot_is_named(name: str) -> None:
    with pytest.raises(WeChatSettingsError, match=name):
        AIBotSettings.from_environment({key: value for key, value in AIBOT.items() if key != name})


@pytest.mark.parametrize("url", ["ws://openws.work.weixin.qq.com", "http://127.0.0.1:1", ""])
def test_an_ai_bot_connects_encrypted_only(url: str) -> None:
    with pytest.raises(WeChatSettingsError, match="MMVTE_AIBOT_URL"):
        AIBotSettings.from_environment(AIBOT | {"MMVTE_AIBOT_URL": url})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MMVTE_OA_AES_KEY", "geheim"),
        ("MMVTE_OA_AES_KEY_PREVIOUS", "geheim"),
        ("MMVTE_OA_CUSTOMER_SERVICE", "geheim"),
        ("MMVTE_WECHAT_SECRET", "geheim"),
        ("MMVTE_WECHAT_PUBLIC_URL", "http://geheim"),
        ("MMVTE_WECHAT_REPLY_SECONDS", "geheim"),
        ("MMVTE_WECHAT_REPLY_SECONDS", "4.9"),
    ],
)
def test_an_unusable_value_is_named_and_not_shown(name: str, value: str) -> None:
    with pytest.raises(WeChatSettingsError) as refused:
        OfficialSettings.from_environment(OA | {name: value})
    assert name in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_a_member_without_a_role_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "members.toml"
    file.write_text('[members.a]\ndepartment = "血液科"\n', encoding="utf-8")
    with pytest.raises(WeChatSettingsError, match="department 和 role"):
        MemberMap(file)


@pytest.mark.parametrize("channel", [OfficialChannel, WeComChannel, AIBotChannel])
def test_without_configuration_a_channel_has_no_routes(
    channel: type[OfficialChannel] | type[WeComChannel] | type[AIBotChannel], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (*OA, *WECOM, *AIBOT):
        monkeypatch.delenv(name, raising=False)
    app = Sanic(f"unconfigured_{channel.name()}", configure_logging=False)
    register([channel.from_credentials({})], app, route="/webhooks/")
    assert not app.router.routes
