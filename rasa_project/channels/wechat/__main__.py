"""``python -m rasa_project.channels.wechat`` check | menu | code | unbind | simulate."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from time import time

import rasa_project.channels.wechat.quiet  # noqa: F401 - before everything else
from rasa_project.channels.wechat import check, menu
from rasa_project.channels.wechat.api import Api, ApiError, Unreachable
from rasa_project.channels.wechat.official import official_api
from rasa_project.channels.wechat.people import People
from rasa_project.channels.wechat.settings import (
    Common,
    OfficialSettings,
    WeChatSettingsError,
    WeComSettings,
)
from rasa_project.channels.wechat.simulator.terminal import chat
from rasa_project.channels.wechat.wecom import wecom_api
from rasa_project.serving.settings import Settings


def publish_menu() -> int:
    """Publish the menu of every configured account."""
    official, wecom = OfficialSettings.from_environment(), WeComSettings.from_environment()
    accounts: list[tuple[str, Api, int | None]] = []
    if official is not None:
        accounts.append(("公众号", official_api(official.account), None))
    if wecom is not None:
        accounts.append(("企业微信", wecom_api(wecom.account), wecom.agent_id))
    if not accounts:
        print("没有配置公众号或企业微信应用（智能机器人没有菜单），见 docs/wechat.md。")
        return 1
    return max(asyncio.run(_publish(*one)) for one in accounts)


async def _publish(name: str, api: Api, agent_id: int | None) -> int:
    try:
        await menu.publish(api, agent_id)
    except ApiError as error:
        print(f"✗ {name}菜单：{check.meaning(error.code)}")
        return 1
    except Unreachable:
        print(f"✗ {name}菜单：连接不上腾讯接口。")
        return 1
    finally:
        await api.close()
    print(f"✓ {name}菜单已发布")
    return 0


def _people() -> People:
    common = Common.from_environment(os.environ)
    return People.of(common.database, common.secret)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m rasa_project.channels.wechat", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="test the real configuration")
    commands.add_parser("menu", help="publish the menu")
    code = commands.add_parser("code", help="a one-time code that binds an Official Account user")
    code.add_argument("staff")
    code.add_argument("--department", default="")
    code.add_argument("--role", default="")
    unbind = commands.add_parser("unbind", help="unbind whoever is bound to a staff number")
    unbind.add_argument("staff")
    simulate = commands.add_parser("simulate", help="chat with the bot through a simulated platform")
    simulate.add_argument("kind", nargs="?", choices=("wechat", "wecom", "aibot"), default="wechat")
    arguments = parser.parse_args()
    settings = Settings()
    settings.prepare()
    os.environ.setdefault("MMVTE_DATABASE", str(settings.database))
    try:
        if arguments.command == "check":
            return check.run()
        if arguments.command == "menu":
            return publish_menu()
        if arguments.command == "simulate":
            return chat(arguments.kind, settings.var)
        if arguments.command == "code":
            print(_people().issue_code(arguments.staff, arguments.department, arguments.role, time()))
        else:
            print(f"已解除 {_people().unbind_staff(arguments.staff)} 个绑定。")
    except WeChatSettingsError as error:
        print(f"配置有误：{error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
