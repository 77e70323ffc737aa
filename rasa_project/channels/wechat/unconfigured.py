"""Stands for a channel without settings."""

from __future__ import annotations

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint

from rasa_project.channels.base import Handler


class Unconfigured(InputChannel):
    """Stands for a channel whose account is not configured: it has no routes."""

    def __init__(self, name: str) -> None:
        self._name = name

    def url_prefix(self) -> str:
        """Where the routes would be."""
        return self._name

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """No routes."""
        return Blueprint(f"chat_{self._name}")
