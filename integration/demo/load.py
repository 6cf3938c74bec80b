"""Filling an empty database with the demo: synthetic people, an office, fourteen reports and what came of them."""

from collections.abc import Callable

from sqlalchemy import exists, or_
from sqlmodel import select

from integration.access.sealing import Sealer
from integration.db.concurrency import one_at_a_time
from integration.db.engine import Database
from integration.demo.clocks import load_clocks
from integration.demo.people import load_people
from integration.demo.policy import load_policy
from integration.demo.proposals import load_proposals
from integration.demo.reports import load_reports
from integration.demo.staff import load_staff
from integration.demo.suggestions import load_suggestions
from integration.people.tables import PersonRow
from integration.reference import load_reference
from integration.reports.tables import ReportRow
from integration.staff.tables import StaffRow

# Told what is being done, in words for a person.
Progress = Callable[[str], None]

# The demo must never be mixed with real reports, people or staff.
_ANYTHING_THERE = select(or_(*(exists(select(table.id)) for table in (ReportRow, PersonRow, StaffRow))))


async def demo_loaded(database: Database) -> bool:
    """Whether reports, people or staff are there already, be it the demo's or real ones: then it must not be loaded."""
    async with database.write() as session:
        return bool((await session.exec(_ANYTHING_THERE)).one())


async def load_demo(database: Database, sealer: Sealer, progress: Progress) -> bool:
    """Load all of the demo in one transaction; False, and nothing done, when the database is not empty."""
    async with database.write() as session:
        # Two processes starting at once would both find it empty.
        await one_at_a_time(await session.connection(), "load demo data")
        if (await session.exec(_ANYTHING_THERE)).one():
            return False
        await load_reference(session)
        progress("Petugas dan akun contoh")
        office = await load_staff(session)
        progress("Keluarga dan data DTKS/DTSEN contoh")
        registry = await load_people(session, sealer)
        progress("Empat belas laporan triwulan I 2024")
        reports = await load_reports(session, sealer, office, registry)
        await load_suggestions(session, sealer)
        await load_clocks(session, reports)
        progress("Tindak lanjut kebijakan")
        await load_policy(session, office, reports)
        await load_proposals(session, sealer, registry)
    return True
