"""Which requests come from a program or a browser on this machine itself."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from sanic.request import Request

_NAMES = ("localhost", "127.0.0.1", "::1")


def is_local(request: Request) -> bool:
    """Whether this machine sent it itself: no proxy in between, no foreign web page.

    A page on a foreign name that resolves to this machine (DNS rebinding) is foreign too.
    """
    if not ipaddress.ip_address(request.ip).is_loopback or "x-forwarded-for" in request.headers:
        return False
    if urlsplit(f"//{request.headers.get('host', '')}").hostname not in _NAMES:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).hostname in _NAMES
