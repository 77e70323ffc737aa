"""Where the servers listen and keep their files; everything has a default, the environment overrides."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
#: Where the servers listen unless told otherwise: reachable from this machine only.
HOST = "127.0.0.1"


def _path(variable: str, default: Path) -> Path:
    return Path(os.environ.get(variable, default)).resolve()


@dataclass(frozen=True)
class Settings:
    """The settings of one start.

    Environment: ``MMVTE_PORT`` (chat server, default 5005), ``MMVTE_HOST`` (its address, default loopback;
    another one needs ``MMVTE_WEB_KEYS``, see channels/web/settings.py), ``MMVTE_VAR`` (directory of the
    conversations and the logs, default ``var``), ``MMVTE_MODEL`` (a trained model; default: train when the
    sources changed), ``MMVTE_ACTION_TIMEOUT`` (seconds for a reply of the action server, default 20),
    ``MMVTE_ACTIONS`` (the package of the actions, default ``actions``; tests put failing ones here).
    """

    port: int = field(default_factory=lambda: int(os.environ.get("MMVTE_PORT", "5005")))
    host: str = field(default_factory=lambda: os.environ.get("MMVTE_HOST", HOST))
    var: Path = field(default_factory=lambda: _path("MMVTE_VAR", ROOT / "var"))
    model: Path | None = field(
        default_factory=lambda: _path("MMVTE_MODEL", ROOT) if "MMVTE_MODEL" in os.environ else None
    )
    action_timeout: float = field(default_factory=lambda: float(os.environ.get("MMVTE_ACTION_TIMEOUT", "20")))

    actions: str = field(default_factory=lambda: os.environ.get("MMVTE_ACTIONS", "actions"))

    @property
    def database(self) -> Path:
        """The SQLite file of the conversations."""
        return self.var / "conversations.db"

    @property
    def logs(self) -> Path:
        """The directory of the log files."""
        return self.var / "log"

    def prepare(self) -> None:
        """Create the directories; conversations are patient data, so only their owner may look inside."""
        self.var.mkdir(parents=True, exist_ok=True)
        self.var.chmod(0o700)
        self.logs.mkdir(exist_ok=True)
