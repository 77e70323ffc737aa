"""``make chat``: talk to a running bot in the terminal. Cards are drawn as text."""

from __future__ import annotations

import os
import uuid
from typing import Any

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

#: The Chinese name and the colour of a card's frame.
_CARDS = {
    "assessment": ("评估", "cyan"),
    "question": ("请补充", "yellow"),
    "advice": ("建议", "green"),
    "answer": ("共识解答", "blue"),
    "comparison": ("对比", "magenta"),
    "alert": ("警示", "bold red"),
}


def panels(message: dict[str, Any]) -> list[Panel | Text]:
    """One message of the bot, ready to print: the text in the card's frame, then what can be done next."""
    card = message.get("custom") or {}
    title, style = _CARDS.get(card.get("kind", ""), ("", "white"))
    drawn: list[Panel | Text] = [Text(message.get("text", ""))]
    if title:
        drawn = [Panel(drawn[0], title=title, title_align="left", border_style=style)]
    if actions := card.get("actions"):
        drawn.append(Text("可以继续：" + "  ".join(f"[{one['title']}]" for one in actions), style="dim"))
    return drawn


def main() -> int:
    """Read lines, send them, print the replies; an empty line or Ctrl-D ends. Returns the exit status."""
    console = Console()
    url = f"http://127.0.0.1:{os.environ.get('MMVTE_PORT', '5005')}/webhooks/rest/webhook"
    sender = f"terminal-{uuid.uuid4().hex}"
    console.print("多发性骨髓瘤静脉血栓助手。空行或 Ctrl-D 结束。", style="dim")
    with httpx.Client(timeout=60) as client:
        while True:
            try:
                line = console.input("[bold]您：[/bold]").strip()
            except (EOFError, KeyboardInterrupt):
                line = ""
            if not line:
                return 0
            try:
                answer = client.post(url, json={"sender": sender, "message": line})
                answer.raise_for_status()
            except httpx.HTTPError:
                console.print(f"连不上 {url}：请先在另一个终端运行 make run。", style="red")
                return 1
            for message in answer.json():
                console.print(*panels(message), sep="\n")


if __name__ == "__main__":
    raise SystemExit(main())
