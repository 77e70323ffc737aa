"""``make wechat-sim``: in the terminal a person plays the user of an Official Account or a WeCom member."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from time import time
from typing import Any

from rasa_project.channels.wechat.people import People
from rasa_project.channels.wechat.simulator.bot import BotPlatform
from rasa_project.channels.wechat.simulator.platform import Platform, Shown
from rasa_project.serving.background import BackgroundBot

_USER = "oSimulatedUser00000000000001"
_HELP = {
    "wechat": "/关注 /取关 /绑定码（取得一个绑定码） /点击 <菜单键> /语音 <文字> /图片 /退出",
    "wecom": "/点击 <菜单键> /图片 /勾 1 3（回答卡片） /退出",
    "aibot": "/进入 /语音 <文字> /图片 /勾 1 3（回答卡片） /退出",
}
_NAMES = {"wechat": "公众号", "wecom": "企业微信应用", "aibot": "企业微信智能机器人"}
_VIA = {
    "passive": "被动回复",
    "push": "主动消息",
    "platform": "平台提示",
    "button": "卡片变为",
    "preparing": "流式回复",
    "stream": "流式回复",
    "welcome": "欢迎语",
}


def chat(kind: str, var: Path) -> int:
    """Start a bot of its own with a simulated account, and talk to it; the exit status."""
    var.mkdir(parents=True, exist_ok=True)
    try:
        asyncio.run(_chat(kind, var / f"simulated-{kind}"))
    except (KeyboardInterrupt, EOFError):
        print()
    return 0


async def _chat(kind: str, var: Path) -> None:
    async with BotPlatform() if kind == "aibot" else Platform(kind) as platform:
        print("正在启动机器人（需要时先训练模型）……", flush=True)
        environment = platform.environment()
        bot = BackgroundBot(var, timeout=900, **environment)
        await asyncio.to_thread(bot.__enter__)
        try:
            if isinstance(platform, Platform):
                platform.callback = f"http://127.0.0.1:{bot.port}/webhooks/{kind}/callback"
            print(f"已就绪：模拟{_NAMES[kind]}。命令：{_HELP[kind]}；其余都作为文字发送。", flush=True)
            printer = asyncio.create_task(_print_screen(platform))
            while (line := (await asyncio.to_thread(input, "")).strip()) != "/退出":
                if line == "/绑定码":
                    print(f"绑定码：{_code(var, environment)}（发送：绑定 绑定码）", flush=True)
                elif line:
                    await act(platform, line)
            printer.cancel()
        finally:
            bot.stop()


async def act(platform: Platform | BotPlatform, line: str, user: str = _USER) -> None:
    """Do what a line of the terminal says."""
    command, _, rest = line.partition(" ")
    if command == "/勾":
        cards = [one.card for one in platform.screens[user] if one.card]
        if cards:
            await platform.tap(user, cards[-1], *rest.split())
    elif isinstance(platform, BotPlatform):
        await _act_as_member(platform, command, line, user)
    elif command == "/关注":
        await platform.event(user, "subscribe")
    elif command == "/取关":
        await platform.event(user, "unsubscribe")
    elif command == "/点击":
        await platform.event(user, "CLICK" if platform.kind == "wechat" else "click", EventKey=rest)
    elif command == "/语音":
        message = platform.message(user, MsgType="voice", MediaId="m", Format="amr", Recognition=rest)
        await platform.deliver(user, message)
    elif command == "/图片":
        await platform.deliver(user, platform.message(user, MsgType="image", MediaId="m", PicUrl=""))
    else:
        await platform.say(user, line)


async def _act_as_member(platform: BotPlatform, command: str, line: str, user: str) -> None:
    rest = line.removeprefix(command).strip()
    if command == "/进入":
        await platform.event(user, "enter_chat")
    elif command == "/语音":
        await platform.send(user, {"msgtype": "voice", "voice": {"content": rest}})
    elif command == "/图片":
        await platform.send(user, {"msgtype": "image", "image": {"url": ""}})
    else:
        await platform.say(user, line)


async def _print_screen(platform: Platform | BotPlatform) -> None:
    printed: list[Shown] = []
    while True:
        screen = platform.screens[_USER]
        for number, shown in enumerate(screen):
            # The answer of an AI bot takes the place of the word that it is coming.
            if printed[number : number + 1] != [shown]:
                print(drawn(shown), flush=True)
        printed = list(screen)
        await asyncio.sleep(0.1)


def drawn(shown: Shown) -> str:
    """One thing on the screen, as text."""
    return f"── {_VIA[shown.via]} ──\n{_card(shown.card) if shown.card else shown.text}"


def _card(card: Mapping[str, Any]) -> str:
    listed = card["checkbox"]["option_list"] if "checkbox" in card else card["button_list"]
    options = [f"  [{one.get('id') or one.get('key')}] {one['text']}" for one in listed]
    return "\n".join([f"［卡片］{card['main_title']['title']}", *options])


def _code(var: Path, environment: Mapping[str, str]) -> str:
    people = People.of(f"sqlite:///{var / 'wechat.db'}", environment["MMVTE_WECHAT_SECRET"])
    return people.issue_code("10086", "血液科", "医师", time())
