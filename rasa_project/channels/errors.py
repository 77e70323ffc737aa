"""Every refused request gets the same JSON shape in Chinese, and never a stack trace."""

from __future__ import annotations

import structlog
from sanic import Sanic, response
from sanic.exceptions import (
    MethodNotSupported,
    NotFound,
    PayloadTooLarge,
    RequestTimeout,
    SanicException,
    ServiceUnavailable,
)
from sanic.request import Request
from sanic.response import HTTPResponse

from rasa_project.channels.wording import error

logger = structlog.get_logger(__name__)

_KEYS: dict[type[Exception], str] = {
    NotFound: "not_found",
    MethodNotSupported: "method_not_allowed",
    PayloadTooLarge: "too_large",
    RequestTimeout: "timeout",
    ServiceUnavailable: "timeout",
}


def install_error_pages(app: Sanic) -> None:
    """Answer every exception of the app with a body of wording.toml's ``errors``."""

    @app.exception(Exception)
    async def refuse(_: Request | None, exception: Exception) -> HTTPResponse:
        status = exception.status_code if isinstance(exception, SanicException) else 500
        key = _KEYS.get(type(exception), "bad_request" if 400 <= status < 500 else "internal")
        if status >= 500:
            logger.error("request failed", status=status, exc_info=exception)
        return response.json(error(key), status=status)
