"""How the log is written: one JSON object a line in production, readable lines in demo mode; never a person's number.

What is logged should hold no personal data to begin with. This is the last net: whatever looks like an identifier or a
token is hidden, an exception is told by its class and place only, and foreign libraries get one line.
"""

import logging
import re
import sys
import traceback
from collections.abc import Mapping
from typing import Any, TextIO
from uuid import UUID

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

# Nine digits and more may be a NIK, a KK or a phone, however grouped.
_DIGITS = re.compile(r"\d(?:[ .\-\u2013]{0,2}\d){8,}")
_BEARER = re.compile(r"(?i)\b(bearer)\s+\S+")
_FRAME = re.compile(r'^  File "(?:[^"\n]*/)?([^"/\n]+)", line (\d+), in (\S+)$', re.MULTILINE)
_HIDDEN = "***"
# Ids of ours are UUIDs, whose digits may stand in a row.
_IDS = frozenset({"request_id", "delivery"})


def configure_logging(*, readable: bool, out: TextIO = sys.stderr) -> None:
    """Send structlog's and the standard library's records to one place, in one form."""
    shared: list[Processor] = [
        structlog.stdlib.add_log_level,
        _failure_without_text,
        _redact,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=out.isatty()) if readable else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, _first_line, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)


def redacted(value: Any) -> Any:
    """A value without anything that looks like an identifier or a token."""
    if isinstance(value, str):
        return _BEARER.sub(rf"\1 {_HIDDEN}", _DIGITS.sub(_HIDDEN, value))
    if isinstance(value, bytes):
        return _HIDDEN
    if isinstance(value, int) and abs(value) >= 100_000_000:
        return _HIDDEN
    if isinstance(value, Mapping):
        return {redacted(key): redacted(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float) else redacted(str(value))


def _redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # The standard library's record comes along under names with an underscore; it is dropped before rendering.
    return {
        key: value if key.startswith("_") or (key in _IDS and _is_id(value)) else redacted(value)
        for key, value in event.items()
    }


def _is_id(value: object) -> bool:
    try:
        return isinstance(value, str) and UUID(value).version == 7
    except ValueError:
        return False


def _failure_without_text(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """An exception's text may quote what was being written: keep its class and the last places it came through."""
    info = event.pop("exc_info", None)
    if info:
        error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else sys.exception()
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)[-6:]
            event["kind"] = type(error).__name__
            event["where"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    event.pop("exception", None)
    event.pop("stack_info", None)
    return event


def _first_line(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    # asyncio and others put whole objects, with their values, into the lines after the first.
    first, *others = str(event.get("event", "")).strip().split("\n")
    event["event"] = first
    if first.startswith("Traceback "):
        # Uvicorn tells why the application did not start as a text; of it, too, only class and places.
        event["event"] = "failure"
        event["kind"] = others[-1].split(":", 1)[0] if others else ""
        event["where"] = [f"{name}:{line} {function}" for name, line, function in _FRAME.findall("\n".join(others))][
            -6:
        ]
    return event
