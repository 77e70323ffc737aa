"""The widget's files and the page around it, with the headers that keep everything else out."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

_STATIC = Path(__file__).parent / "static"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
#: The page loads its own files, talks to its own server, and does nothing else; nobody may frame it.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@dataclass(frozen=True)
class _File:
    body: bytes
    kind: str
    tag: str


@cache
def _files() -> dict[str, _File]:
    """Everything that may be asked for, by name: no path ever comes from a request."""
    return {
        path.name: _File(
            path.read_bytes(), _TYPES[path.suffix], f'"{hashlib.sha256(path.read_bytes()).hexdigest()[:20]}"'
        )
        for path in _STATIC.iterdir()
        if path.suffix in _TYPES
    }


def file(request: Request, name: str) -> HTTPResponse | None:
    """A file of the widget, or 304 when the browser has it already; None when there is none."""
    found = _files().get(name)
    if found is None:
        return None
    headers = {**COMMON_HEADERS, "Cache-Control": "no-cache", "ETag": found.tag}
    if found.kind.startswith("text/html"):
        headers["Content-Security-Policy"] = PAGE_POLICY
    else:
        # The script is embedded by host pages of other origins.
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.headers.get("if-none-match") == found.tag:
        return response.empty(status=304, headers=headers)
    return response.raw(found.body, content_type=found.kind, headers=headers)
