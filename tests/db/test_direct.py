"""What is written past the session is stored as the session would have stored it, in the session's own transaction."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col, select

from integration import codes
from integration.access.tables import AccessLogRow, AccountRow
from integration.db.base import uuid7
from integration.db.direct import Direct, adopt, insert, insert_new
from integration.db.engine import Database
from integration.people.tables import PersonRow
from integration.reports.tables import MatchCandidateRow, ReporterRow, ReportRow, ReportSubjectRow

_AT = datetime(2026, 9, 20, 23, 59, 59, 123456, tzinfo=UTC)
_ELSEWHERE = datetime(2026, 9, 21, 7, 59, 59, tzinfo=timezone(timedelta(hours=8)))


def _report(key: UUID, **changed: Any) -> ReportRow:
    given: dict[str, Any] = {
        "number": f"SIM-2026-{key.hex}", "tracking_hash": key.bytes, "channel": codes.ChannelKind.WEB,
        "status": codes.ReportStatus.RECEIVED, "received_at": _AT, "updated_at": _ELSEWHERE,
    }  # fmt: skip
    return ReportRow(id=key, **{**given, **changed})


# A row of each kind of column: with something in it, and empty where it may be.
ROWS: dict[str, Callable[[UUID], SQLModel]] = {
    "lists": lambda key: AccountRow(id=key, subject=key.hex, name="'; \"Ányá\" \n", roles=["ADMIN"], regions=["64.02"]),
    "empty lists": lambda key: AccountRow(id=key, subject=key.hex, name=""),
    "codes and moments": lambda key: _report(
        key, category=codes.ReportCategory.AID_REQUEST, priority=codes.Priority.EMERGENCY, due_at=_ELSEWHERE,
        description_sealed=b"\x00\xff", version=17,
    ),
    "nothing that may be empty": _report,
    "days and switches": lambda key: PersonRow(
        id=key, name="Siti", name_key="siti", birth_date=date(1980, 2, 29), deceased=False, sex=codes.Sex.FEMALE
    ),
    "unknown": lambda key: PersonRow(id=key, name="Siti", name_key="siti", deceased=None),
    "identity numbers": lambda key: AccessLogRow(
        id=key, at=_AT, actor="uji", operation="Uji", people=[key.hex, "x"], people_count=2
    ),
}  # fmt: skip


@pytest.mark.parametrize("make", ROWS.values(), ids=ROWS.keys())
async def test_it_is_stored_as_the_session_would(empty_database: Database, make: Callable[[UUID], SQLModel]) -> None:
    ours, theirs = uuid7(), uuid7()
    async with empty_database.write() as session:
        await insert(session, make(ours))
        session.add(make(theirs))
    table: sa.Table = type(make(ours)).__table__  # type: ignore[attr-defined]
    raw = sa.select(*(sa.type_coerce(column, sa.types.NullType()) for column in table.c))
    async with empty_database.look() as session:
        connection = await session.connection()
        rows = {str(row[0]).replace("-", ""): tuple(row) for row in await connection.execute(raw)}
        read = {one.id: one.model_dump() for one in (await session.exec(select(type(make(ours))))).all()}  # type: ignore[attr-defined]
    names = [column.name for column in table.c]
    unlike = ("id", *(name for name, value in make(ours).model_dump().items() if _names(value, ours)))
    for name, one, other in zip(names, rows[ours.hex], rows[theirs.hex], strict=True):
        if name not in unlike:
            assert one == other, name
    assert read[ours] == make(ours).model_dump() | {
        name: value.astimezone(UTC) for name, value in make(ours).model_dump().items() if isinstance(value, datetime)
    }


def _names(value: Any, key: UUID) -> bool:
    """Whether a value differs between the two because it is made of the row's id."""
    return key.hex in str(value) or value == key.bytes or (isinstance(value, list) and key.hex in value)


async def test_rows_that_point_at_each_other_go_together_or_not_at_all(empty_database: Database) -> None:
    def described() -> tuple[SQLModel, ...]:
        reporter = ReporterRow(kind=codes.ReporterKind.INDIVIDUAL)
        report = _report(uuid7(), reporter_id=reporter.id)
        person = PersonRow(name="Siti", name_key="siti")
        subject = ReportSubjectRow(report_id=report.id, person_id=person.id)
        return reporter, report, person, subject, MatchCandidateRow(subject_id=subject.id, person_id=person.id, score=1)

    async def there() -> list[int]:
        async with empty_database.look() as session:
            return [len((await session.exec(select(type(row)))).all()) for row in described()]

    with suppress(ZeroDivisionError):
        async with empty_database.write() as session:
            await insert(session, *described())
            raise ZeroDivisionError
    assert await there() == [0, 0, 0, 0, 0]
    *others, _ = described()
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        async with empty_database.write() as session:
            await insert(session, *others, MatchCandidateRow(subject_id=uuid7(), person_id=uuid7(), score=1))
    assert await there() == [0, 0, 0, 0, 0]
    async with empty_database.write() as session:
        await insert(session)
        await insert(session, *described())
        await insert(session, *described())
    assert await there() == [2, 2, 2, 2, 2]


async def test_the_session_and_the_driver_see_what_the_other_has_written(empty_database: Database) -> None:
    rename = Direct(
        lambda _dialect: (
            sa.update(AccountRow)
            .where(col(AccountRow.subject) == sa.bindparam("whose", type_=sa.String()))
            .values(name=sa.bindparam("called", type_=sa.String()))
            .returning(col(AccountRow.name))
        )
    )
    async with empty_database.write() as session:
        session.add(AccountRow(subject="of the session", name="old"))
        # Not flushed by anybody yet.
        rows = await rename.run(session, {"whose": "of the session", "called": "new"})
        assert [tuple(row) for row in rows] == [("new",)]
        ours = AccountRow(subject="of the driver", name="old")
        await insert(session, ours)
        found = (await session.exec(select(AccountRow.name).order_by(AccountRow.subject))).all()
        assert list(found) == ["old", "new"]
        adopt(session, ours)
        ours.name = "changed"
    async with empty_database.look() as session:
        assert set((await session.exec(select(AccountRow.name))).all()) == {"new", "changed"}


async def test_of_all_who_insert_the_same_at_once_one_has_done_it(empty_database: Database) -> None:
    async def take(name: str) -> bool:
        async with empty_database.write() as session:
            return await insert_new(session, AccountRow(subject="the one", name=name))

    taken = await asyncio.gather(*(take(f"n{n}") for n in range(12)))
    assert sorted(taken) == [False] * 11 + [True]
    async with empty_database.look() as session:
        assert list((await session.exec(select(AccountRow.name))).all()) == [f"n{taken.index(True)}"]


async def test_what_another_took_and_gave_up_is_free(empty_database: Database) -> None:
    with suppress(ZeroDivisionError):
        async with empty_database.write() as session:
            assert await insert_new(session, AccountRow(subject="the one", name="first"))
            raise ZeroDivisionError
    async with empty_database.write() as session:
        assert await insert_new(session, AccountRow(subject="the one", name="second"))
        assert not await insert_new(session, AccountRow(subject="the one", name="third"))
