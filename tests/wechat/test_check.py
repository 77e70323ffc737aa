"""``make wechat-check`` and ``make wechat-menu`` against a simulated platform."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path

import pytest
from harness import FakeAgent, serve, until

from rasa_project.channels.wechat import check, frames, menu
from rasa_project.channels.wechat.official import official_api
from rasa_project.channels.wechat.settings import OfficialSettings, WeComSettings
from rasa_project.channels.wechat.simulator.bot import BotPlatform
from rasa_project.channels.wechat.simulator.platform import Platform
from rasa_project.channels.wechat.simulator.server import Fault
from rasa_project.channels.wechat.wecom import wecom_api


def said(kind: str, path: str = "", fault: Fault | None = None, **extra: str) -> str:
    """What the command says about an account on a platform with one fault."""

    async def run() -> str:
        async with Platform(kind) as platform:
            if fault is not None:
                platform.server.next(path, fault)
            lines: list[str] = []
            with pytest.MonkeyPatch.context() as patch:
                for name, value in (platform.environment() | extra).items():
                    patch.setenv(name, value)
                good = await check.check(lines.append)
            assert not good
            for secret in (platform.token, platform.aes_key, "app-secret", "simulated-secret"):
                assert secret not in "".join(lines)
            return "\n".join(lines)

    return asyncio.run(run())


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_what_is_well_is_ticked(kind: str) -> None:
    lines = said(kind)
    assert "✓ 获取 access_token" in lines
    assert "✓ 调用接口（IP 白名单）" in lines
    assert "MMVTE_WECHAT_PUBLIC_URL" in lines


@pytest.mark.parametrize(
    ("kind", "path", "code", "words"),
    [
        ("wechat", "getcallbackip", 40164, "IP白名单"),
        ("wechat", "stable_token", 40125, "AppSecret 不正确"),
        ("wechat", "stable_token", 40013, "AppID"),
        ("wechat", "customservice/getkflist", 48001, "MMVTE_OA_CUSTOMER_SERVICE"),
        ("wecom", "getcallbackip", 60020, "企业可信IP"),
        ("wecom", "gettoken", 40001, "Secret"),
        ("wecom", "agent/get", 301002, "MMVTE_WECOM_AGENTID"),
    ],
)
def test_what_is_wrong_is_said_in_words(kind: str, path: str, code: int, words: str) -> None:
    lines = said(kind, path, Fault(code=code))
    assert words in next(line for line in lines.split("\n") if "✗" in line)


def test_an_incomplete_configuration_is_named() -> None:
    assert "MMVTE_OA_TOKEN" in said("wechat", MMVTE_OA_TOKEN="")


def test_no_configuration_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[str] = []
    assert not asyncio.run(check.check(lines.append))
    assert "没有配置" in lines[0]


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_the_callback_is_verified_as_the_console_does(kind: str, tmp_path: object) -> None:
    async def run() -> None:
        async with Platform(kind) as platform:
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": f"sqlite:///{tmp_path}/w.db"}
            settings = (OfficialSettings if kind == "wechat" else WeComSettings).from_environment(environment)
            assert settings is not None
            lines: list[str] = []
            async with serve(platform, FakeAgent(), environment):
                base = platform.callback.split("/webhooks")[0]
                assert await check._check_callback(lines.append, settings.account, base, kind)
                other = dataclasses.replace(settings.account, token="another")
                assert not await check._check_callback(lines.append, other, base, kind)
                assert "Token" in lines[-1]
                assert not await check._check_callback(lines.append, other, base + "/wrong", kind)
                assert "404" in lines[-1]
            assert not await check._check_callback(lines.append, settings.account, base, kind)
            assert "访问不通" in lines[-1]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("extra", "running", "words", "subscriptions"),
    [
        ({}, False, "✓ 长连接：Bot ID 与 Secret", 1),
        ({"MMVTE_AIBOT_SECRET": "wrong"}, False, "✗ 长连接：Bot ID 或 Secret 不正确", 1),
        ({"MMVTE_AIBOT_URL": "ws://127.0.0.1:1/"}, False, "✗ 长连接：连接不上", 0),
        ({}, True, "✓ 长连接：机器人正在运行", 1),
    ],
)
def test_the_connection_of_an_ai_bot(
    tmp_path: Path, extra: dict[str, str], running: bool, words: str, subscriptions: int
) -> None:
    async def run() -> None:
        async with BotPlatform() as platform:
            environment = platform.environment() | {"MMVTE_WECHAT_DATABASE": f"sqlite:///{tmp_path}/w.db"}
            lines: list[str] = []
            with pytest.MonkeyPatch.context() as patch:
                for name, value in (environment | extra).items():
                    patch.setenv(name, value)
                if running:
                    async with serve(platform, FakeAgent(), environment):
                        await until(lambda: platform.is_connected)
                        good = await check.check(lines.append)
                        assert platform.is_connected
                else:
                    good = await check.check(lines.append)
            assert words in lines[1]
            assert good is ("✓" in words)
            assert platform.secret not in "".join(lines)
            assert platform.calls[frames.SUBSCRIBE] == subscriptions

    asyncio.run(run())


@pytest.mark.parametrize("kind", ["wechat", "wecom"])
def test_the_menu_is_published(kind: str) -> None:
    async def run() -> None:
        async with Platform(kind) as platform:
            if kind == "wechat":
                official = OfficialSettings.from_environment(platform.environment())
                assert official is not None
                api = official_api(official.account)
            else:
                wecom = WeComSettings.from_environment(platform.environment())
                assert wecom is not None
                api = wecom_api(wecom.account)
            await menu.publish(api, None if kind == "wechat" else 1000002)
            await api.close()
            assert platform.server.menus == [menu.as_published()]

    asyncio.run(run())
