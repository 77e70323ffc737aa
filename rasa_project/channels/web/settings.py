"""The web channel's settings, all from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

#: Characters of a signing key; HS256 wants as many bits as it has itself.
MIN_KEY_CHARS = 32
KEYS_VARIABLE = "MMVTE_WEB_KEYS"


class WebSettingsError(RuntimeError):
    """A setting that is missing or unusable; the message says which and how to mend it."""


@dataclass(frozen=True)
class WebSettings:
    """How sessions are opened and how long they live.

    ``keys`` verify the tokens of host pages, the newest first; without any, sessions need no token and only
    this machine is answered. ``origins`` are the host pages of other origins that may embed the widget.
    ``idle_seconds`` ends a session that nobody uses.
    """

    database: Path
    keys: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()
    idle_seconds: float = 1800.0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> WebSettings:
        """Read ``MMVTE_WEB_KEYS``, ``MMVTE_WEB_ORIGINS`` (both separated by blanks) and
        ``MMVTE_WEB_IDLE_MINUTES`` (default 30); the sessions lie beside the conversations.

        Raises WebSettingsError.
        """
        keys = tuple(environment.get(KEYS_VARIABLE, "").split())
        if any(len(key) < MIN_KEY_CHARS for key in keys):
            raise WebSettingsError(f"{KEYS_VARIABLE}: a key needs at least {MIN_KEY_CHARS} characters")
        origins = environment.get("MMVTE_WEB_ORIGINS", "").split()
        for origin in origins:
            parts = urlsplit(origin)
            if parts.scheme not in ("http", "https") or origin != f"{parts.scheme}://{parts.netloc}":
                raise WebSettingsError(f"MMVTE_WEB_ORIGINS: {origin!r} is no origin like https://his.example")
        minutes = environment.get("MMVTE_WEB_IDLE_MINUTES", "30")
        try:
            idle_seconds = float(minutes) * 60
        except ValueError:
            idle_seconds = 0.0
        if not 0 < idle_seconds <= 3600:
            raise WebSettingsError(f"MMVTE_WEB_IDLE_MINUTES: {minutes!r} is not above 0 and at most 60")
        conversations = Path(environment.get("MMVTE_DATABASE", "var/conversations.db"))
        return cls(conversations.with_name("web.db"), keys, frozenset(origins), idle_seconds)


def check_host(host: str, environment: Mapping[str, str] = os.environ) -> None:
    """Raise WebSettingsError when ``host`` is not loopback and no key can tell one clinician from another."""
    if host in ("127.0.0.1", "::1", "localhost") or environment.get(KEYS_VARIABLE, "").split():
        return
    raise WebSettingsError(
        f"Refusing to listen on {host}: {KEYS_VARIABLE} is not set, so nobody could be told from another. "
        f"Set {KEYS_VARIABLE} to the key that signs the host page's tokens (at least {MIN_KEY_CHARS} "
        "characters, see docs/web-widget.md), or leave MMVTE_HOST at 127.0.0.1."
    )
