"""How often somebody nobody knows may send a report in."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from tests.intake.house import House
from tests.intake.test_submit import Submit, submit

__all__ = ["submit"]

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SITI, BUDI = "+6280055500011", "+6280055500012"


def by(phone: str) -> dict[str, Any]:
    """A reporter with this number."""
    return {"reporter": {"kind": "INDIVIDUAL", "phone": phone}}


async def test_nobody_is_sent_receipt_after_receipt(house: House, submit: Submit) -> None:
    with time_machine.travel(AT, tick=False):
        for written in (SITI, "080055500011", "6280055500011", "0800 5550 0011", SITI):
            assert (await submit(**by(written)))["errors"] == []
        refused = await submit(**by(SITI))
        # Others are not held up by it.
        assert (await submit(**by(BUDI)))["errors"] == []
        assert (await submit())["errors"] == []
    (error,) = refused["errors"]
    assert (error["code"], error["field"], refused["receipt"]) == ("RATE_LIMITED", None, None)
    assert "WhatsApp" in error["message"] and "5550" not in error["message"]
    assert len(await house.reports()) == 7
    with time_machine.travel(AT + timedelta(minutes=3), tick=False):
        assert (await submit(**by(SITI)))["errors"] == []


async def test_one_address_cannot_flood_the_desk_and_who_signed_in_is_not_counted(house: House, submit: Submit) -> None:
    with time_machine.travel(AT, tick=False):
        first = await submit(idempotencyKey="pertama")
        for _ in range(29):
            assert (await submit())["errors"] == []
        assert [error["code"] for error in (await submit())["errors"]] == ["RATE_LIMITED"]
        # A repetition is told what the first call was.
        assert await submit(idempotencyKey="pertama") == first
        assert (await submit(as_="demo-admin"))["errors"] == []
        refused = await submit(language="en", idempotencyKey="nanti")
        assert refused["errors"][0]["message"].startswith("This report was not taken in: ")
    assert len(await house.reports()) == 31
    with time_machine.travel(AT + timedelta(minutes=3), tick=False):
        # Refused, it did not use its key up.
        assert (await submit(idempotencyKey="nanti"))["errors"] == []
