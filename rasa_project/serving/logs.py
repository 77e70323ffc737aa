"""JSON logs that hold no word of a conversation."""

from __future__ import annotations

import logging
import traceback
from collections.abc import MutableMapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import structlog

#: What a log line may carry. Everything else is dropped, whoever logs it.
ALLOWED_KEYS = frozenset(
    {
        "event", "level", "logger", "timestamp", "exception",
        "characters", "duration_ms", "exit_code", "masked", "messages", "model", "outcome", "port", "status",
    }
)  # fmt: skip


#: Errors whose message names code, never data.
_CODE_ERRORS = (ImportError, SyntaxError, NameError)


def exception_without_message(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the types and places of an exception chain; the messages may quote the user."""
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    chain: list[dict[str, Any]] = []
    while isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        link: dict[str, Any] = {
            "type": type(error).__qualname__,
            "at": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in frames[-6:]],
        }
        if isinstance(error, _CODE_ERRORS):
            link["message"] = str(error)
        chain.append(link)
        error = error.__cause__ or error.__context__
    if chain:
        event["exception"] = chain
    return event


def only_allowed_keys(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop every key that is not on the list."""
    return {key: value for key, value in event.items() if key in ALLOWED_KEYS}


def configure(file: Path) -> None:
    """Send everything of this process to ``file``, one JSON object a line (10 MB, five older files kept).

    Libraries log warnings and above, the project's own modules INFO.
    """
    processors: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        exception_without_message,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=processors,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            only_allowed_keys,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = RotatingFileHandler(file, maxBytes=10_000_000, backupCount=5, encoding="utf-8", delay=True)
    handler.setFormatter(formatter)
    handler.addFilter(lambda record: "DeprecationWarning: " not in record.getMessage())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in ("rasa_project", "actions"):
        logging.getLogger(name).setLevel(logging.INFO)
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *processors,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
