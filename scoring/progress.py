"""A progress bar on a terminal, once the work has taken a second."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
WIDTH = 30
PATIENCE_S = 1.0
REFRESH_S = 0.1


def watched(rows: Iterable[T], total: int) -> Iterator[T]:
    """Hand the rows on, drawing a bar on standard error if that is a terminal and it takes over a second."""
    visible = sys.stderr.isatty()
    started = drawn = monotonic()
    shown = False
    for done, row in enumerate(rows, start=1):
        now = monotonic()
        if visible and now - started > PATIENCE_S and (now - drawn > REFRESH_S or done == total):
            filled = WIDTH * done // total
            left = (now - started) / done * (total - done)
            bar = "█" * filled + "░" * (WIDTH - filled)
            print(f"\r{bar} {done}/{total} 剩余{left:.0f}s ", end="", file=sys.stderr, flush=True)
            drawn, shown = now, True
        yield row
    if shown:
        print(file=sys.stderr)
