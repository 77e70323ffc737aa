"""The accounts, all from the environment; without its variables a channel does not exist."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rasa_project.channels.wechat.codec import Codec, KeyFormatError
from rasa_project.channels.wechat.timing import Timing

MIN_SECRET_CHARS = 32
Environment = Mapping[str, str]


class WeChatSettingsError(RuntimeError):
    """A setting that is missing or unusable; the message says which, never its value."""


@dataclass(frozen=True)
class Common:
    """What both channels share. ``secret`` keys every hash; ``public_url`` is this server to the users."""

    secret: str = field(repr=False)
    database: str = field(repr=False)
    public_url: str = ""
    timing: Timing = field(default_factory=Timing)

    @classmethod
    def from_environment(cls, environment: Environment) -> Common:
        """``MMVTE_WECHAT_SECRET``, ``MMVTE_WECHAT_DATABASE`` (SQLAlchemy URL; default: a SQLite file beside
        the conversations), ``MMVTE_WECHAT_PUBLIC_URL``, ``MMVTE_WECHAT_REPLY_SECONDS`` (default 4.3).

        Raises WeChatSettingsError.
        """
        secret = _required(environment, "MMVTE_WECHAT_SECRET")
        if len(secret) < MIN_SECRET_CHARS:
            raise WeChatSettingsError(f"MMVTE_WECHAT_SECRET 至少要有 {MIN_SECRET_CHARS} 个字符")
        beside = Path(environment.get("MMVTE_DATABASE", "var/conversations.db")).with_name("wechat.db")
        url = environment.get("MMVTE_WECHAT_PUBLIC_URL", "").rstrip("/")
        if url and not url.startswith("https://"):
            raise WeChatSettingsError("MMVTE_WECHAT_PUBLIC_URL 必须以 https:// 开头")
        try:
            reply = float(environment.get("MMVTE_WECHAT_REPLY_SECONDS", Timing.reply))
        except ValueError:
            reply = 0.0
        if not 0 < reply <= Timing.reply:
            raise WeChatSettingsError(f"MMVTE_WECHAT_REPLY_SECONDS 须大于 0 且不超过 {Timing.reply}")
        database = environment.get("MMVTE_WECHAT_DATABASE") or f"sqlite:///{beside}"
        return cls(secret, database, url, Timing.with_reply(reply))


@dataclass(frozen=True)
class Account:
    """One account of either platform. ``receive_id``: appid or corpid; ``to_user``: whom messages are
    addressed to (the original id gh_…, or the corpid)."""

    receive_id: str
    to_user: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    secret: str = field(repr=False)
    api: str
    previous_aes_key: str | None = field(default=None, repr=False)

    def codec(self) -> Codec:
        """The account's encryption."""
        return Codec(self.token, self.aes_key, self.receive_id, self.previous_aes_key)


@dataclass(frozen=True)
class OfficialSettings:
    """An Official Account; ``customer_service``: it may send customer-service messages (认证账号)."""

    account: Account
    common: Common
    customer_service: bool

    @classmethod
    def from_environment(cls, environment: Environment = os.environ) -> OfficialSettings | None:
        """``MMVTE_OA_APPID``, ``_ORIGINAL_ID``, ``_TOKEN``, ``_AES_KEY``, ``_SECRET``; optional
        ``_AES_KEY_PREVIOUS``, ``_CUSTOMER_SERVICE`` (1 or 0, default 0), ``_API``.

        None when none is set; raises WeChatSettingsError when only some are.
        """
        if not any(name.startswith("MMVTE_OA_") for name in environment):
            return None
        account = _account(environment, "MMVTE_OA_", "APPID", "ORIGINAL_ID", "https://api.weixin.qq.com")
        right = environment.get("MMVTE_OA_CUSTOMER_SERVICE", "0")
        if right not in ("0", "1"):
            raise WeChatSettingsError("MMVTE_OA_CUSTOMER_SERVICE 只能是 1 或 0")
        return cls(account, Common.from_environment(environment), right == "1")


@dataclass(frozen=True)
class WeComSettings:
    """A self-built WeCom application. ``members``: the file that maps userids to departments and roles."""

    account: Account
    common: Common
    agent_id: int
    members: Path | None

    @classmethod
    def from_environment(cls, environment: Environment = os.environ) -> WeComSettings | None:
        """``MMVTE_WECOM_CORPID``, ``_AGENTID``, ``_TOKEN``, ``_AES_KEY``, ``_SECRET``; optional
        ``_AES_KEY_PREVIOUS``, ``_MEMBERS`` (a TOML file), ``_API``.

        None when none is set; raises WeChatSettingsError when only some are.
        """
        if not any(name.startswith("MMVTE_WECOM_") for name in environment):
            return None
        account = _account(environment, "MMVTE_WECOM_", "CORPID", "CORPID", "https://qyapi.weixin.qq.com")
        agent = _required(environment, "MMVTE_WECOM_AGENTID")
        if not agent.isdecimal():
            raise WeChatSettingsError("MMVTE_WECOM_AGENTID 应为数字")
        members = _file(environment, "MMVTE_WECOM_MEMBERS")
        return cls(account, Common.from_environment(environment), int(agent), members)


@dataclass(frozen=True)
class AIBotSettings:
    """A WeCom AI bot. ``members``: the file that maps userids to departments and roles."""

    bot_id: str
    secret: str = field(repr=False)
    common: Common
    members: Path | None
    url: str = "wss://openws.work.weixin.qq.com"

    @classmethod
    def from_environment(cls, environment: Environment = os.environ) -> AIBotSettings | None:
        """``MMVTE_AIBOT_BOT_ID``, ``_SECRET``; optional ``_MEMBERS`` (a TOML file), ``_URL``.

        None when none is set; raises WeChatSettingsError when only some are.
        """
        if not any(name.startswith("MMVTE_AIBOT_") for name in environment):
            return None
        bot_id, secret = (_required(environment, f"MMVTE_AIBOT_{name}") for name in ("BOT_ID", "SECRET"))
        url = environment.get("MMVTE_AIBOT_URL", cls.url)
        if not url.startswith(("wss://", "ws://127.0.0.1:")):
            raise WeChatSettingsError("MMVTE_AIBOT_URL 必须以 wss:// 开头")
        members = _file(environment, "MMVTE_AIBOT_MEMBERS")
        return cls(bot_id, secret, Common.from_environment(environment), members, url)

    @property
    def credentials(self) -> dict[str, str]:
        """What the platform wants to see."""
        return {"bot_id": self.bot_id, "secret": self.secret}


def _account(environment: Environment, prefix: str, receive_id: str, to_user: str, api: str) -> Account:
    names = dict.fromkeys((receive_id, to_user, "TOKEN", "AES_KEY", "SECRET"))
    missing = [prefix + name for name in names if not environment.get(prefix + name)]
    if missing:
        raise WeChatSettingsError(f"未设置：{'、'.join(missing)}")
    account = Account(
        receive_id=environment[prefix + receive_id],
        to_user=environment[prefix + to_user],
        token=environment[prefix + "TOKEN"],
        aes_key=environment[prefix + "AES_KEY"],
        secret=environment[prefix + "SECRET"],
        api=environment.get(prefix + "API", api),
        previous_aes_key=environment.get(prefix + "AES_KEY_PREVIOUS") or None,
    )
    try:
        account.codec()
    except KeyFormatError:
        raise WeChatSettingsError(
            f"{prefix}AES_KEY 或 {prefix}AES_KEY_PREVIOUS：应为 43 位英文字母和数字"
        ) from None
    return account


def _file(environment: Environment, name: str) -> Path | None:
    value = environment.get(name)
    if value and not Path(value).is_file():
        raise WeChatSettingsError(f"{name} 指向的文件不存在")
    return Path(value) if value else None


def _required(environment: Environment, name: str) -> str:
    value = environment.get(name, "")
    if not value:
        raise WeChatSettingsError(f"未设置：{name}")
    return value
