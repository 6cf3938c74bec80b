"""Filling a database for a measurement, once per data folder: migrations, the demo, then the crowd in bulk."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlmodel import select

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
        crowd = Crowd(amounts, sealer, await _ground(database))
        await (_copy if database.dialect == "postgresql" else _insert)(database, crowd, say)
        await _settle(database)
    finally:
        await database.close()
    mark.write_text(json.dumps(wanted))


async def _ground(database: Database) -> Ground:
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


async def _copy(database: Database, crowd: Crowd, say: Say) -> None:
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


async def _insert(database: Database, crowd: Crowd, say: Say) -> None:
    async with database.write() as session:
        connection = await session.connection()
        await connection.execute(sa.text("DELETE FROM report_number WHERE year >= 2021"))
        for table, columns, rows in _told(crowd, say):
            if rows:
                await connection.execute(
                    sa.insert(METADATA.tables[table]), [dict(zip(columns, row, strict=True)) for row in rows]
                )


def _told(crowd: Crowd, say: Say) -> Iterator[Batch]:
    done = 0
    for table, columns, rows in crowd.batches():
        if table == "report":
            done += len(rows)
            say(f"  {done:,} of {crowd.amounts.reports:,} reports")
        yield table, columns, rows


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
    since = {"since": LAST_DAY}
    new_reports = "SELECT id FROM report WHERE received_at > :since"
    async with database.engine.begin() as connection:
        if database.dialect == "postgresql":
            # All that points at a deleted report is deleted with it; to look for it once more would take minutes.
            await connection.execute(sa.text("SET LOCAL session_replication_role = replica"))
        bound = [sa.bindparam("since", type_=METADATA.tables["report"].c.received_at.type)]
        for statement in (
            f"DELETE FROM event WHERE report_id IN ({new_reports})",  # noqa: S608 - nothing in it comes from outside
            f"DELETE FROM outbox WHERE report_id IN ({new_reports})",  # noqa: S608
            f"DELETE FROM message WHERE report_id IN ({new_reports})",  # noqa: S608
            f"DELETE FROM report_subject WHERE report_id IN ({new_reports})",  # noqa: S608
            f"DELETE FROM report_ppks_type WHERE report_id IN ({new_reports})",  # noqa: S608
            "DELETE FROM report WHERE received_at > :since",
        ):
            await connection.execute(sa.text(statement).bindparams(*bound), since)
        for table in ("idempotency", "access_log"):
            await connection.execute(sa.delete(METADATA.tables[table]))
        report, reporter = METADATA.tables["report"], METADATA.tables["reporter"]
        told = sa.exists().where(report.c.reporter_id == reporter.c.id)
        await connection.execute(sa.delete(reporter).where(reporter.c.account_id.is_not(None), ~told))
    await _settle(database)
