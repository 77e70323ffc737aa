"""``make wechat-check``: tries the configured accounts for real, and says in words what is wrong."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from time import time

import aiohttp

from rasa_project.channels.wechat.aibot import lease_name
from rasa_project.channels.wechat.api import ADDRESS_CODES, Api, ApiError, Unreachable
from rasa_project.channels.wechat.codec import signature
from rasa_project.channels.wechat.frames import Frame
from rasa_project.channels.wechat.identity import Identities
from rasa_project.channels.wechat.leases import LineLease
from rasa_project.channels.wechat.line import Ending, Line
from rasa_project.channels.wechat.official import official_api
from rasa_project.channels.wechat.schema import connect
from rasa_project.channels.wechat.settings import (
    Account,
    AIBotSettings,
    OfficialSettings,
    WeChatSettingsError,
    WeComSettings,
)
from rasa_project.channels.wechat.timing import LineTiming
from rasa_project.channels.wechat.wecom import wecom_api

Say = Callable[[str], None]

#: What an error code of the token call means, and where it is put right.
_MEANINGS = {
    40001: "AppSecret（Secret）不正确。请在控制台重新查看或重置，更新环境变量。",
    40125: "AppSecret 不正确。请在公众平台“设置与开发 → 基本配置”重置，更新 MMVTE_OA_SECRET。",
    40013: "AppID（企业ID）不正确。请核对 MMVTE_OA_APPID 或 MMVTE_WECOM_CORPID。",
    41004: "没有填写 Secret。",
    42001: "access_token 已过期；如反复出现，请检查是否有其他系统在用旧接口刷新。",
    50004: "公众号被停用或未开通该接口。",
    48001: "该账号没有此接口的权限（未认证）。请将 MMVTE_OA_CUSTOMER_SERVICE 设为 0。",
    301002: "应用没有权限：请核对 MMVTE_WECOM_AGENTID 与 Secret 是否属于同一应用。",
    40056: "AgentId 不正确。请核对 MMVTE_WECOM_AGENTID。",
}
_ADDRESS = (
    "本机的出口 IP 不在白名单。公众号：“设置与开发 → 基本配置 → IP白名单”；"
    "企业微信：“应用管理 → 本应用 → 企业可信IP”。"
)


async def check(say: Say) -> bool:
    """Check every configured account; whether all is well. Shows no secret."""
    try:
        official, wecom = OfficialSettings.from_environment(), WeComSettings.from_environment()
        aibot = AIBotSettings.from_environment()
    except WeChatSettingsError as error:
        say(f"✗ 配置有误：{error}")
        return False
    if official is None and wecom is None and aibot is None:
        say(
            "没有配置公众号（MMVTE_OA_…）、企业微信应用（MMVTE_WECOM_…）或智能机器人（MMVTE_AIBOT_…），"
            "三个渠道都不会开启。见 docs/wechat.md。"
        )
        return False
    good = True
    if official is not None:
        say("公众号")
        api = official_api(official.account)
        good &= await _check_api(say, api, "/cgi-bin/getcallbackip")
        if official.customer_service:
            good &= await _check_call(say, api, "客服消息权限", "/cgi-bin/customservice/getkflist")
        good &= await _check_callback(say, official.account, official.common.public_url, "wechat")
        await api.close()
    if wecom is not None:
        say("企业微信")
        api = wecom_api(wecom.account)
        good &= await _check_api(say, api, "/cgi-bin/getcallbackip")
        path = f"/cgi-bin/agent/get?agentid={wecom.agent_id}"
        good &= await _check_call(say, api, "AgentId 与应用权限", path)
        good &= await _check_callback(say, wecom.account, wecom.common.public_url, "wecom")
        await api.close()
    if aibot is not None:
        say("企业微信智能机器人")
        good &= await _check_line(say, aibot)
    say("全部正常。" if good else "有问题，见上面的 ✗。")
    return good


async def _check_api(say: Say, api: Api, path: str) -> bool:
    try:
        await api.token.get()
    except ApiError as error:
        say(f"✗ 获取 access_token：{meaning(error.code)}")
        return False
    except Unreachable:
        say("✗ 获取 access_token：连接不上腾讯接口。请检查本机能否访问外网 443 端口和 DNS。")
        return False
    say("✓ 获取 access_token")
    return await _check_call(say, api, "调用接口（IP 白名单）", path)


async def _check_call(say: Say, api: Api, what: str, path: str) -> bool:
    try:
        await api.call(path)
    except ApiError as error:
        say(f"✗ {what}：{meaning(error.code)}")
        return False
    except Unreachable:
        say(f"✗ {what}：连接不上腾讯接口。")
        return False
    say(f"✓ {what}")
    return True


async def _check_line(say: Say, settings: AIBotSettings) -> bool:
    """Subscribe once; not while a bot is connected, whom that would throw out."""
    identities = Identities(settings.common.secret)
    lease = LineLease(connect(settings.common.database), lease_name(settings, identities))
    if not await asyncio.to_thread(lease.hold, time(), 15.0):
        say("✓ 长连接：机器人正在运行并保持着连接，不另外试连（新连接会把它踢下线）。")
        return True
    line = Line(settings.url, settings.credentials, _ignore, lease, LineTiming())
    try:
        ending = await line.try_once()
    finally:
        await asyncio.to_thread(lease.release)
    if ending is None:
        say("✓ 长连接：Bot ID 与 Secret")
        return True
    if ending is Ending.REFUSED:
        say("✗ 长连接：Bot ID 或 Secret 不正确，或机器人没有开启“API模式 → 长连接”。")
    else:
        say(f"✗ 长连接：连接不上 {settings.url}。请检查本机能否访问外网 443 端口（可只放行该域名）。")
    return False


async def _ignore(_: Frame) -> None:
    """What comes during the check is for the bot itself, later."""


async def _check_callback(say: Say, account: Account, public_url: str, name: str) -> bool:
    """Do what the console does when 服务器配置 is saved: verify the URL from outside."""
    if not public_url:
        say("✗ 回调 URL：没有设置 MMVTE_WECHAT_PUBLIC_URL，无法从外部验证。")
        return False
    url = f"{public_url}/webhooks/{name}/callback"
    echo = expected = secrets.token_hex(8)
    timestamp, nonce = str(int(time())), secrets.token_hex(5)
    if name == "wecom":
        echo = account.codec().encrypt(expected)
        signed = {"msg_signature": signature(account.token, timestamp, nonce, echo)}
    else:
        signed = {"signature": signature(account.token, timestamp, nonce)}
    query = {**signed, "timestamp": timestamp, "nonce": nonce, "echostr": echo}
    try:
        timeout = aiohttp.ClientTimeout(total=5)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, params=query) as answer,
        ):
            status, body = answer.status, await answer.text()
    except (aiohttp.ClientError, TimeoutError):
        say(f"✗ 回调 URL：{url} 访问不通。请检查域名、HTTPS 证书、反向代理，以及机器人是否已启动。")
        return False
    if status == 403:
        say(
            "✗ 回调 URL：能访问，但签名不被接受。"
            "运行中的机器人的 Token 或 EncodingAESKey 与此处不同，或时钟不准。"
        )
        return False
    if status != 200 or body != expected:
        say(f"✗ 回调 URL：返回 {status}，不是机器人的应答。请检查反向代理的路径 /webhooks/{name}/callback。")
        return False
    say("✓ 回调 URL 与 Token、EncodingAESKey")
    return True


def meaning(code: int) -> str:
    """An error code in words."""
    if code in ADDRESS_CODES:
        return _ADDRESS + f"（错误码 {code}）"
    return f"{_MEANINGS.get(code, '未预料的错误，请在官方文档查询该错误码。')}（错误码 {code}）"


def run(say: Say = print) -> int:
    """The exit status of the command."""
    return 0 if asyncio.run(check(say)) else 1
