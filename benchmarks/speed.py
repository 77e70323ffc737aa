"""Start, memory, turn latency, its growth with the conversation, and throughput: ours against stock Rasa.

Both bots run one after the other on this machine with the same actions; what counts is the ratio.
"""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import monotonic

import psutil

from benchmarks.stock import StockBot
from rasa_project.evaluation.pipelines import stock_model
from rasa_project.serving.background import BackgroundBot
from rasa_project.serving.model import ensure_model

#: One conversation, repeated: facts, questions, an answer, small talk.
MESSAGES = (
    "67岁男性，新诊断多发性骨髓瘤，VRd方案，BMI 31，有高血压",
    "来那度胺25mg d1-21，地塞米松40mg每周一次",
    "没有深静脉血栓病史，血小板85，GFR 55",
    "出血风险怎么样？",
    "预防用什么药？",
    "预防要用多久？",
    "总结",
    "谢谢",
)
LONG_TURNS = 120
SENDERS, TURNS_EACH = 8, 6


@dataclass(frozen=True)
class Speed:
    """One bot's figures: seconds, megabytes, milliseconds, a ratio, turns a second."""

    start_s: float
    resident_mb: float
    p50_ms: float
    p95_ms: float
    growth: float
    turns_per_s: float


def measure(bot: BackgroundBot | StockBot) -> Speed:
    """Start the bot, talk to it, stop it."""
    started = monotonic()
    with bot:
        start = monotonic() - started
        bot.say("warm", MESSAGES[0])
        turns = []
        for number in range(LONG_TURNS):
            before = monotonic()
            bot.say("long", MESSAGES[number % len(MESSAGES)])
            turns.append((monotonic() - before) * 1000)
        early = turns[: 3 * len(MESSAGES)]
        late = turns[-3 * len(MESSAGES) :]
        before = monotonic()
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(lambda sender: _converse(bot, sender), range(SENDERS)))
        seconds = monotonic() - before
        pid = bot.pid if isinstance(bot, StockBot) else bot.process.pid
        return Speed(
            start_s=start,
            resident_mb=psutil.Process(pid).memory_info().rss / 1e6,
            p50_ms=median(early),
            p95_ms=quantiles(early, n=20)[-1],
            growth=median(late) / median(early),
            turns_per_s=SENDERS * TURNS_EACH / seconds,
        )


def _converse(bot: BackgroundBot | StockBot, sender: int) -> None:
    for text in MESSAGES[:TURNS_EACH]:
        bot.say(f"sender {sender}", text)


def compare() -> tuple[Speed, Speed]:
    """Ours and the stock bot's figures."""
    ours, _ = ensure_model(), stock_model()
    with tempfile.TemporaryDirectory() as folder:
        mine = measure(BackgroundBot(Path(folder) / "ours", MMVTE_MODEL=str(ours)))
        stock = measure(StockBot(Path(folder) / "stock"))
    return mine, stock
