"""After everything came in: nothing of a person lies open in the database, in the log or on the screen."""

import json
import re

import pytest
from sqlalchemy import LargeBinary
from sqlmodel import select

from integration.access.viewer import ANONYMOUS
from integration.codes import ChannelKind, ReporterKind
from integration.db.base import METADATA, now
from integration.events.idempotency import Done, once
from integration.events.log import Act
from integration.reports.form import Form, Told, submit
from integration.reports.subjects import Subject
from tests.intake.house import DATA, SAMPLES, House

NIK, PHONE = "6402065505809001", "6280011110001"
# What the sample deliveries hold of people: every number long enough to be a phone number, a NIK or a KK.
LONG = re.compile(r"(?<![0-9])[0-9]{10,}(?![0-9])")


async def test_nothing_of_a_person_lies_open(
    house: House, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    bodies = [sample.read_bytes() for sample in SAMPLES]
    bodies += (DATA / "sample.ndjson").read_bytes().splitlines()[:40]
    await house.deliver(*bodies)

    async def service(act: Act) -> Done:
        form = Form(
            ChannelKind.WEB,
            f"Nenek dengan NIK {NIK}",
            reporter=Told(ReporterKind.INDIVIDUAL, "Siti", "0800 1111 0001"),
            subjects=[Subject(nik=NIK, note=f"telepon {PHONE}")],
        )
        receipt = await submit(act, form)
        return Done(receipt.report_id, {"number": receipt.number, "trackingCode": receipt.tracking_code})

    async with house.database.write() as session:
        act = Act(session, ANONYMOUS, now(), house.sealer, house.settings)
        done, _ = await once(act, "reportSubmit", PHONE, {"nik": NIK}, service)
    secrets = {NIK, PHONE, PHONE.removeprefix("62"), (done.told or {})["trackingCode"]}
    for report in await house.reports():
        secrets |= {payload["trackingCode"] for payload in await house.outbox(report)}
    for body in bodies:
        # Our own address and Meta's ids are nobody's.
        secrets |= {
            number
            for number in LONG.findall(json.dumps(_spoken(json.loads(body))))
            if not number.startswith(("17", "62800100000", "1000", "2000", "3000"))
        }
    assert len(secrets) > 50

    shown = capsys.readouterr()
    places = {"the screen": shown.out + shown.err, "the log": caplog.text, **await _columns(house)}
    assert any(column == "report.description_sealed" for column in places)
    found = {(place, secret[:4]) for place, text in places.items() for secret in secrets if secret in text}
    assert found == set()


def _spoken(document: object) -> object:
    """A delivery without Meta's message ids and times."""
    if isinstance(document, dict):
        return {key: _spoken(value) for key, value in document.items() if key not in ("id", "timestamp", "user_id")}
    return [_spoken(part) for part in document] if isinstance(document, list) else document


async def _columns(house: House) -> dict[str, str]:
    """All that stands in every column, bytes as Latin-1 so that no text in them can hide."""
    columns = {}
    async with house.database.write() as session:
        for table in METADATA.sorted_tables:
            for column in table.columns:
                values = (await session.exec(select(column))).all()
                binary = isinstance(column.type, LargeBinary)
                columns[f"{table.name}.{column.name}"] = "\n".join(
                    value.decode("latin-1") if binary and isinstance(value, bytes) else str(value)
                    for value in values
                    if value is not None
                )
    return columns
