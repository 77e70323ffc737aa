"""How often somebody may do something."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic


class RateLimit:
    """A token bucket per key: ``burst`` at once, then ``per_second`` on average.

    Keeps the ``capacity`` keys used last; an older one has long filled up again.
    """

    def __init__(
        self,
        burst: int,
        per_second: float,
        clock: Callable[[], float] = monotonic,
        capacity: int = 10_000,
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._capacity = capacity
        self._buckets: OrderedDict[object, tuple[float, float]] = OrderedDict()

    def take(self, key: object) -> float:
        """Take one; 0 when allowed, otherwise the seconds until one is there."""
        now = self._clock()
        level, since = self._buckets.pop(key, (float(self._burst), now))
        level = min(self._burst, level + (now - since) * self._per_second)
        allowed = level >= 1
        self._buckets[key] = (level - 1 if allowed else level, now)
        if len(self._buckets) > self._capacity:
            self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - level) / self._per_second
