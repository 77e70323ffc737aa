"""How long everything may take, in seconds."""

from __future__ import annotations

from dataclasses import astuple, dataclass

#: Both platforms hang up after this.
PLATFORM_TIMEOUT = 5.0
#: How often a platform tries in all.
PLATFORM_ATTEMPTS = 3


@dataclass(frozen=True)
class Timing:
    """``reply``: after a callback arrived, its passive reply can still be written. ``hold``: a request that
    must run into the platform's time-out is held so long. ``lease``: a replica that shows no sign of life
    for so long has lost its turns. ``grace``: after ``reply``, before an answer is pushed."""

    reply: float = 4.3
    hold: float = 5.5
    lease: float = 15.0
    sweep: float = 1.0
    poll: float = 0.1
    grace: float = 0.3

    @classmethod
    def with_reply(cls, reply: float) -> Timing:
        """All times in proportion to ``reply``; tests play with a fast clock."""
        factor = reply / cls.reply
        return cls(*(factor * value for value in astuple(cls())))


@dataclass(frozen=True)
class LineTiming:
    """Of an AI bot's connection. ``ping``: between heartbeats. ``answer``: the platform's answer to a frame.
    ``lease``: a replica that shows no sign of life for so long has lost the connection. ``patience``: then a
    word says that the answer is coming. The pauses before another connection double up to the longest:
    ``retry`` when the line broke, ``refused`` when the platform does not accept the bot, ``displaced`` when
    another program has taken its place (coming back at once would throw that one out in turn)."""

    ping: float = 30.0
    answer: float = 5.0
    lease: float = 10.0
    patience: float = 1.0
    retry: float = 1.0
    longest_retry: float = 60.0
    refused: float = 60.0
    longest_refused: float = 600.0
    displaced: float = 300.0
    longest_displaced: float = 3600.0
