"""What the log shows, and what it never shows, whoever writes to it."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from integration.db.base import uuid7
from integration.logs import configure_logging

NIK = "6402036009799000"
SECRETS = (NIK, "6402 0360 0979 9000", "6402.0360.0979.9000", "+62 800-1111-0001", "081234567890", "Bearer demo-admin")


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    """A log of its own; afterwards everything is as before."""
    root = logging.getLogger()
    before = (root.handlers, root.level, structlog.get_config())
    stream = io.StringIO()
    configure_logging(readable=False, out=stream)
    yield stream
    root.handlers, root.level = before[:2]
    structlog.configure(**before[2])


def entries(out: io.StringIO) -> list[dict[str, Any]]:
    """The lines written."""
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("secret", SECRETS)
def test_numbers_and_tokens_are_hidden_wherever_they_stand(out: io.StringIO, secret: str) -> None:
    log = structlog.get_logger("satupintu.test")
    log.info(
        str(["read", secret]),
        note=secret,
        nested={"list": [secret, {secret: 1}]},
        raw=secret.encode(),
        one=(secret,),
    )
    logging.getLogger("somebody.else").warning("took %s", secret)
    written = out.getvalue()
    assert len(entries(out)) == 2
    assert secret not in written
    assert "demo-admin" not in written


def test_a_number_is_hidden_as_a_number_too(out: io.StringIO) -> None:
    structlog.get_logger("satupintu.test").info("read", nik=int(NIK), count=12, ms=1.5, ok=True, none=None)
    assert entries(out)[0].items() >= {"nik": "***", "count": 12, "ms": 1.5, "ok": True, "none": None}.items()


def test_request_numbers_stay(out: io.StringIO) -> None:
    request_id = uuid7().hex
    structlog.get_logger("satupintu.test").info("graphql", request_id=request_id)
    structlog.get_logger("satupintu.test").info("graphql", request_id=NIK + NIK)
    first, second = entries(out)
    assert (first["request_id"], second["request_id"]) == (request_id, "***")


def test_of_an_exception_only_kind_and_place_are_kept(out: io.StringIO) -> None:
    try:
        raise ValueError(f"Nek Galuh {NIK}")
    except ValueError:
        structlog.get_logger("satupintu.test").exception("failed")
        logging.getLogger("somebody.else").exception("failed")
    for entry in entries(out):
        assert entry["kind"] == "ValueError"
        assert "test_logs.py" in entry["where"][-1]
    assert "Galuh" not in out.getvalue()


def test_of_foreign_texts_only_the_first_line_is_kept(out: io.StringIO) -> None:
    logging.getLogger("asyncio").error("Task exception was never retrieved\nfuture: <Task ValueError('Nek Galuh')>")
    text = 'Traceback (most recent call last):\n  File "/a/app.py", line 7, in start\n    x\nKeyError: "Nek Galuh"\n'
    logging.getLogger("uvicorn.error").error(text)
    first, second = entries(out)
    assert first["event"] == "Task exception was never retrieved"
    assert (second["kind"], second["where"]) == ("KeyError", ["app.py:7 start"])
    assert "Galuh" not in out.getvalue()
