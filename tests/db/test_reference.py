"""Reference data arrives whole, once, and follows its files."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, func
from sqlmodel import SQLModel, select

from integration.codes import DataClass, RegionLevel, Role
from integration.db.engine import Database
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.ppks.tables import PpksTypeRow
from integration.psks.tables import PsksTypeRow
from integration.reference import load_reference, purposes
from integration.regions.tables import RegionAliasRow, RegionRow
from integration.registry.tables import ProgrammeRow
from integration.sop.tables import LegalBasisRow, SopStepRow


@contextmanager
def writes(database: Database) -> Iterator[list[str]]:
    """The writing statements sent meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def load(database: Database) -> int:
    async with database.write() as session:
        return await load_reference(session)


async def count(database: Database, table: type[SQLModel]) -> int:
    async with database.write() as session:
        return (await session.exec(select(func.count()).select_from(table))).one()


async def test_everything_is_there(empty_database: Database) -> None:
    await load(empty_database)
    there = {table: await count(empty_database, table) for table in (RegionRow, PpksTypeRow, PsksTypeRow, SopStepRow)}
    assert there == {RegionRow: 268, PpksTypeRow: 26, PsksTypeRow: 12, SopStepRow: 9}
    async with empty_database.write() as session:
        regions = (await session.exec(select(RegionRow))).all()
        units = set(await session.exec(select(OrgUnitRow.code)))
        agencies = set(await session.exec(select(OrganizationRow.code)))
        programmes = set(await session.exec(select(ProgrammeRow.code)))
    kukar = [region for region in regions if region.code.startswith("64.02.")]
    assert Counter(region.kind for region in kukar) == {"kecamatan": 20, "kelurahan": 44, "desa": 193}
    assert all(region.parent_code == region.code.rpartition(".")[0] for region in kukar)
    assert {region.code for region in regions if region.level is RegionLevel.PROVINCE} == {"64"}
    assert {"DINSOS", "DINKES", "BAPPEDA"} <= agencies
    assert "DINSOS-LINJAMSOS" in units and not units & agencies
    assert {"PKH", "SEMBAKO", "PBI_JK", "RST"} <= programmes


async def test_the_nine_steps_rest_on_the_decree(empty_database: Database) -> None:
    await load(empty_database)
    async with empty_database.write() as session:
        decree = (await session.exec(select(LegalBasisRow).where(LegalBasisRow.code == "KEP-1167-2022"))).one()
        steps = (await session.exec(select(SopStepRow).order_by(SopStepRow.number))).all()  # type: ignore[arg-type]
    assert decree.number == "1167/DINAS SOSIAL/SET.I/337/12/2022"
    assert [step.number for step in steps] == list(range(1, 10))
    assert {step.legal_basis_id for step in steps} == {decree.id}
    assert steps[0].text == "Admin menerima pengaduan secara online"
    assert steps[4].role is Role.TEAM_LEAD


async def test_needs_of_children_health_and_crime_are_specific_data(empty_database: Database) -> None:
    await load(empty_database)
    async with empty_database.write() as session:
        classes = {row.code: row.data_class for row in await session.exec(select(PpksTypeRow))}
    children, hiv, former_prisoner, destitute = (classes[f"PPKS-{n}"] for n in ("02", "16", "15", "24"))
    assert children is hiv is former_prisoner is DataClass.SPECIFIC
    assert destitute is DataClass.PERSONAL


async def test_a_second_start_writes_nothing(empty_database: Database) -> None:
    assert await load(empty_database) > 0
    aliases = await count(empty_database, RegionAliasRow)
    with writes(empty_database) as seen:
        assert await load(empty_database) == 0
    assert seen == []
    assert await count(empty_database, RegionAliasRow) == aliases


async def test_a_changed_row_is_put_right_and_keeps_its_id(empty_database: Database) -> None:
    await load(empty_database)
    async with empty_database.write() as session:
        unit = (await session.exec(select(OrgUnitRow).where(OrgUnitRow.code == "DINSOS-SET"))).one()
        unit.name = "Salah"
    assert await load(empty_database) == 1
    async with empty_database.write() as session:
        again = (await session.exec(select(OrgUnitRow).where(OrgUnitRow.code == "DINSOS-SET"))).one()
    assert (again.id, again.name) == (unit.id, "Sekretariat Dinas Sosial (Sub Bagian Umum)")


def test_every_purpose_has_its_words_in_both_languages() -> None:
    assert set(purposes()) == {
        "CASE_HANDLING", "VERIFICATION", "REFERRAL", "PROGRAMME_ELIGIBILITY", "STATISTICS", "AUDIT", "SUBJECT_REQUEST",
    }  # fmt: skip
    assert all(purpose.label_id and purpose.label_en for purpose in purposes().values())
