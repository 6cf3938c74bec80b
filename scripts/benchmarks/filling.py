"""Filling a database for a measurement, once per data folder: migrations, the demo, then the crowd in bulk."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, Protocol

import asyncpg
import sqlalchemy as sa
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlmodel import select

import integration.tables  # noqa: F401 - all of them, so that METADATA knows what points at a report
from integration.access.sealing import Sealer
from integration.codes import RegistryScheme
from integration.db.base import METADATA
from integration.db.engine import Database
from integration.db.migrate import migrate
from integration.demo.load import load_demo
from integration.organizations.tables import OrganizationRow
from integration.ppks.tables import PpksTypeRow
from integration.regions.tables import RegionRow
from integration.registry.tables import ProgrammeRow, RegistryReleaseRow
from integration.settings import Settings
from integration.sop.tables import LegalBasisRow
from integration.staff.tables import StaffRow
from scripts.benchmarks.amounts import LAST_DAY, Amounts
from scripts.benchmarks.crowd import Crowd
from scripts.benchmarks.ground import SEED, Batch, Ground

# Raised when the crowd changes, so that a folder filled before is not taken for one filled now.
_FORMAT = 1
_MARK = "filled.json"

Say = Callable[[str], None]


class Rows(Protocol):
    """Rows to be written: how many reports in all, and batches in an order that foreign keys allow."""

    @property
    def amounts(self) -> Amounts: ...

    def batches(self) -> Iterator[Batch]: ...


async def fill(settings: Settings, amounts: Amounts, say: Say) -> None:
    """Make the database what a measurement expects. One filled before is only freed of what a run submitted."""
    wanted = {"format": _FORMAT, "seed": SEED, **asdict(amounts)}
    mark = settings.data / _MARK
    database = Database(settings.database)
    try:
        await migrate(database)
        if mark.exists():
            if json.loads(mark.read_text()) != wanted:
                raise SystemExit(
                    f"{settings.data} holds other data than this run wants. Name another folder with --data."
                )
            await _forget_submissions(database)
            return
        sealer = Sealer(settings.master_key())
        say("Filling the database (once per data folder) ...")
        if not await load_demo(database, sealer, lambda _: None):
            raise SystemExit(
                f"The database of {settings.data} is half filled. Remove the folder, or name another with --data."
            )
        await fill_with(database, Crowd(amounts, sealer, await ground_of(database)), say)
    finally:
        await database.close()
    mark.write_text(json.dumps(wanted))


async def fill_with(database: Database, crowd: Rows, say: Say) -> None:
    """Write rows in bulk, and have the database look at them."""
    await (_copy if database.dialect == "postgresql" else _insert)(database, crowd, say)
    await _settle(database)


async def ground_of(database: Database) -> Ground:
    """What made-up rows may point at."""
    async with database.write() as session:
        releases = {row.scheme: row.id for row in await session.exec(select(RegistryReleaseRow))}
        villages = select(RegionRow.code, RegionRow.name).where(sa.func.length(RegionRow.code) == 13)
        return Ground(
            villages=sorted((await session.exec(villages)).all()),
            ppks_codes=sorted(await session.exec(select(PpksTypeRow.code))),
            programme_codes=sorted(await session.exec(select(ProgrammeRow.code))),
            staff=[
                (row.id, row.unit_id) for row in sorted(await session.exec(select(StaffRow)), key=lambda row: row.name)
            ],
            organizations=[
                row.id for row in sorted(await session.exec(select(OrganizationRow)), key=lambda row: row.code)
            ],
            dtks=releases[RegistryScheme.DTKS],
            dtsen=releases[RegistryScheme.DTSEN],
            legal_basis=(await session.exec(select(LegalBasisRow.id).order_by(LegalBasisRow.code))).first(),
        )


async def _copy(database: Database, crowd: Rows, say: Say) -> None:
    dsn = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection: Any = await asyncpg.connect(dsn)
    try:
        await connection.set_type_codec(
            "json",
            encoder=lambda value: json.dumps(value).encode(),
            decoder=json.loads,
            schema="pg_catalog",
            format="binary",
        )
        # All or nothing: a folder half filled by an interrupted run must not be measured.
        async with connection.transaction():
            await connection.execute("DELETE FROM report_number WHERE year >= 2021")
            for table, columns, rows in _told(crowd, say):
                await connection.copy_records_to_table(table, records=rows, columns=columns)
    finally:
        await connection.close()


async def _insert(database: Database, crowd: Rows, say: Say) -> None:
    async with database.write() as session:
        connection = await session.connection()
        await connection.execute(sa.text("DELETE FROM report_number WHERE year >= 2021"))
        for table, columns, rows in _told(crowd, say):
            if rows:
                await connection.execute(
                    sa.insert(METADATA.tables[table]), [dict(zip(columns, row, strict=True)) for row in rows]
                )


def _told(crowd: Rows, say: Say) -> Iterator[Batch]:
    """Batches as they are written: what a column says by default stands in every row, for COPY knows no defaults."""
    done = 0
    for table, columns, rows in crowd.batches():
        if table == "report":
            done += len(rows)
            say(f"  {done:,} of {crowd.amounts.reports:,} reports")
        said = {
            column.name: getattr(column.default.arg, "value", column.default.arg)
            for column in METADATA.tables[table].columns
            if column.name not in columns and isinstance(column.default, ScalarElementColumnDefault)
        }
        yield table, (*columns, *said), [(*row, *said.values()) for row in rows]


async def _settle(database: Database) -> None:
    """What a database that has lived for a while has: statistics, and pages known to be visible to all."""
    async with database.engine.connect() as connection:
        plain = (
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            if database.dialect == "postgresql"
            else connection
        )
        await plain.execute(sa.text("VACUUM ANALYZE" if database.dialect == "postgresql" else "ANALYZE"))
        if database.dialect == "postgresql":
            await plain.execute(sa.text("CHECKPOINT"))
        else:
            await plain.commit()


async def _forget_submissions(database: Database) -> None:
    """Delete new reports with all that points at them, however far, and what was told or logged of reading."""
    report, reporter = METADATA.tables["report"], METADATA.tables["reporter"]
    gone: dict[sa.Table, sa.ColumnElement[bool]] = {report: report.c.received_at > LAST_DAY}
    # Parents come first in this order, so what points at what is gone is gone too.
    for table in METADATA.sorted_tables:
        tests = [
            key.parent.in_(sa.select(key.column).where(gone[key.column.table]))
            for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
            if table is not report and key.column.table in gone
        ]
        if tests:
            gone[table] = sa.or_(*tests)
    async with database.engine.begin() as connection:
        if database.dialect == "postgresql":
            # To look once more for what points at a deleted report would take minutes.
            await connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        for table in reversed(METADATA.sorted_tables):
            if table in gone:
                await connection.execute(sa.delete(table).where(gone[table]))
        for name in ("idempotency", "access_log"):
            await connection.execute(sa.delete(METADATA.tables[name]))
        told = sa.exists().where(report.c.reporter_id == reporter.c.id)
        await connection.execute(sa.delete(reporter).where(reporter.c.account_id.is_not(None), ~told))
    await _settle(database)
