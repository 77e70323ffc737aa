"""``make bench``: understanding and speed against a stock Rasa pipeline in one run; writes results.md."""

from __future__ import annotations

import logging
import os
import platform
from datetime import date
from pathlib import Path

from rasa.utils.log_utils import configure_structlog

from benchmarks import speed
from rasa_project.evaluation import report
from rasa_project.evaluation.measure import measure

RESULTS = Path(__file__).with_name("results.md")


def table(mine: speed.Speed, stock: speed.Speed) -> str:
    """The figures of speed as Markdown; the last column is above 1 where ours is better."""
    late = f"turns {speed.LONG_TURNS - 23} to {speed.LONG_TURNS} against turns 1 to 24"
    rows = [
        ("start until the first message is accepted, s", mine.start_s, stock.start_s, False),
        ("memory of the chat server, MB", mine.resident_mb, stock.resident_mb, False),
        ("turn, median of the first 24, ms", mine.p50_ms, stock.p50_ms, False),
        ("turn, 95th percentile of the first 24, ms", mine.p95_ms, stock.p95_ms, False),
        (late, mine.growth, stock.growth, False),
        (f"turns a second, {speed.SENDERS} senders at once", mine.turns_per_s, stock.turns_per_s, True),
    ]
    lines = ["| | ours | stock Rasa | ours is better by |", "|---|---|---|---|"]
    for name, ours, other, more_is_better in rows:
        ratio = ours / other if more_is_better else other / ours
        lines.append(f"| {name} | {ours:.3g} | {other:.3g} | {ratio:.2f} × |")
    return "\n".join(lines)


def main() -> None:
    """Measure, print, write."""
    # Left alone, Rasa prints every parsed message.
    configure_structlog(logging.WARNING)
    speeds = table(*speed.compare())
    print(speeds, flush=True)
    understanding = "\n".join(report.summary(measure()))
    print(understanding)
    RESULTS.write_text(
        "# Results\n\n"
        f"Written by `make bench` on {date.today()} ({os.cpu_count()} cores, {platform.system()}). The stock "
        "pipeline is jieba, bags of words and characters and DIET (rasa_project/evaluation/stock.yml), "
        "trained on the same sentences, with the same rules and actions.\n\n"
        "# Speed\n\nBoth bots ran one after the other. Absolute figures depend on the machine; compare the "
        f"ratios.\n\n{speeds}\n\n# Understanding\n\n{understanding}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
