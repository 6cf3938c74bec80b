"""Filling an empty database with the demo: synthetic people, an office, fourteen reports and what came of them."""

from collections.abc import Callable

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.demo.people import load_people
from integration.demo.policy import load_policy
from integration.demo.reports import load_reports
from integration.demo.staff import load_staff
from integration.reference import load_reference

# Told what is being done, in words for a person.
Progress = Callable[[str], None]

# Any constant number will do; it only must not be used for another lock.
_LOCK = 640_202_003

_ANYTHING = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM report) OR EXISTS (SELECT 1 FROM person) OR EXISTS (SELECT 1 FROM staff)"
)


async def demo_loaded(database: Database) -> bool:
    """Whether reports, people or staff are there already, be it the demo's or real ones: then it must not be loaded."""
    async with database.readers.snapshot() as snapshot:
        return bool(await snapshot.fetch(_ANYTHING, []))


async def load_demo(database: Database, sealer: Sealer, progress: Progress) -> bool:
    """Load all of the demo in one transaction; False, and nothing done, when the database is not empty."""
    async with database.write() as session:
        if await _occupied(session, database.dialect):
            return False
        await load_reference(session)
        progress("Petugas dan akun contoh")
        office = await load_staff(session)
        progress("Keluarga dan data DTKS/DTSEN contoh")
        registry = await load_people(session, sealer)
        progress("Empat belas laporan triwulan I 2024")
        reports = await load_reports(session, sealer, office, registry)
        progress("Tindak lanjut kebijakan")
        await load_policy(session, office, reports)
    return True


async def _occupied(session: AsyncSession, dialect: str) -> bool:
    if dialect == "postgresql":
        # Two processes starting at once would both find it empty; SQLite has one writer anyway.
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    return (await session.execute(text(_ANYTHING))).first() is not None
