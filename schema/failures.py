"""Unexpected exceptions in the log: where, of what class, under which request; never their text, which
may quote data.
"""

import traceback

import structlog
from prometheus_client import Counter

FAILURES = Counter("satupintu_failures", "Unexpected exceptions, masked for the client.", ["kind"])
_log = structlog.get_logger("satupintu")


def log_failure(error: BaseException, request_id: str, operation: str) -> None:
    """Enter a failure: the class and the last lines of our code it came through."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    FAILURES.labels(type(error).__name__).inc()
    _log.error("failure", kind=type(error).__name__, request_id=request_id, operation=operation, where=where)
