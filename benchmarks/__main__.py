"""``make bench``: everything in one run; writes benchmarks/results.md."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

from benchmarks import speed

RESULTS = Path(__file__).with_name("results.md")


def table(mine: speed.Speed, stock: speed.Speed) -> str:
    """The results as Markdown; the last column is above 1 where ours is better."""
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
    text = table(*speed.compare())
    print(text)
    RESULTS.write_text(
        "# Results\n\n"
        f"Written by `make bench` on {date.today()} ({os.cpu_count()} cores, {platform.system()}). Both bots "
        "ran one after the other with the same sentences, rules and actions (benchmarks/stock: jieba, bags "
        "of words and characters, DIET). Absolute figures depend on the machine; compare the ratios."
        f"\n\n{text}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
