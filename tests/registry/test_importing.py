"""What becomes of a registry file: people, families, records and programmes, once and whatever happens in between."""

from pathlib import Path

import pytest

from integration.codes import ImportState, RegistryScheme
from integration.refusal import Refusal
from integration.registry.importing import faulty, staging
from tests.registry.files import changed, csv_file, nik, rows, xlsx_file
from tests.registry.office import Office

_COUNTS = (
    "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM family), (SELECT count(*) FROM registry_record), "
    "(SELECT count(*) FROM enrolment), (SELECT count(*) FROM registry_release)"
)


async def test_a_clean_file_becomes_a_release(office: Office, tmp_path: Path) -> None:
    batch = await office.bring_in(csv_file(tmp_path / "rilis.csv", rows(30)))
    assert (batch.state, batch.rows, batch.faulty_rows) == (ImportState.APPLIED, 30, 0)
    # PKH in every second household, the Sembako programme in all.
    assert await office.all(_COUNTS) == [(30, 10, 30, 15 + 30, 1)]
    assert await office.all("SELECT DISTINCT validity, status FROM registry_record") == [("VALID", "ACTIVE")]
    assert await office.all("SELECT scheme, period, people FROM registry_release") == [("DTSEN", "2026-Q1", 30)]
    assert await office.all("SELECT act FROM event") == [("registryRelease",)]
    assert await office.all("SELECT count(*) FROM import_staged") == [(0,)]


async def test_the_same_file_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "rilis.csv", rows(12))
    first = await office.bring_in(path)
    before = await office.all(_COUNTS)
    again = await office.bring_in(path)
    assert again.id == first.id
    assert await office.all(_COUNTS) == before


async def test_the_next_release_knows_the_people_again(office: Office, tmp_path: Path) -> None:
    people = rows(12)
    await office.bring_in(csv_file(tmp_path / "satu.csv", people))
    later = [
        changed(row, DESIL="9", ADA_PKH="0", KECAMATAN="SEBULU", DESA="SEGIHAN", KODE_KEC_BPS="") for row in people[:9]
    ]
    later.append(changed(rows(15)[14], NAMA="ORANG BARU"))
    await office.bring_in(csv_file(tmp_path / "dua.csv", later), "2026-Q2")
    # Nine are known, one is new, and the three who are no longer listed stay.
    assert (await office.all(_COUNTS))[0][0] == 13
    assert await office.all(
        "SELECT count(*) FROM registry_record r JOIN registry_release l ON l.id = r.release_id "
        "WHERE l.period = '2026-Q2' AND r.desil = 9"
    ) == [(9,)]
    assert await office.all("SELECT count(*) FROM enrolment WHERE programme_code = 'PKH' AND status = 'STOPPED'") != [
        (0,)
    ]
    assert await office.all("SELECT count(*) FROM registry_release WHERE supersedes_id IS NOT NULL") == [(1,)]


async def test_a_new_scheme_with_other_numbers_finds_people_by_nik(office: Office, tmp_path: Path) -> None:
    people = rows(6)
    await office.bring_in(csv_file(tmp_path / "dtks.csv", people), scheme=RegistryScheme.DTKS)
    other = [changed(row, IDARTDTKS=f"99{row['IDARTDTKS']}") for row in people]
    await office.bring_in(csv_file(tmp_path / "dtsen.csv", other), "2026-Q2")
    assert (await office.all(_COUNTS))[0][:3] == (6, 2, 12)


async def test_an_older_release_that_comes_late_changes_no_facts(office: Office, tmp_path: Path) -> None:
    people = rows(3)
    await office.bring_in(csv_file(tmp_path / "baru.csv", people), "2026-Q2")
    await office.bring_in(
        csv_file(tmp_path / "lama.csv", [changed(row, NAMA="NAMA LAMA") for row in people]), "2026-Q1"
    )
    assert await office.all("SELECT count(*) FROM person WHERE name = 'NAMA LAMA'") == [(0,)]
    assert (await office.all(_COUNTS))[0][2] == 6


async def test_csv_and_workbook_of_the_same_rows_say_the_same(office: Office, tmp_path: Path) -> None:
    people = rows(9)
    people[1] = changed(people[1], NIK=people[1]["NIK"][:-1])
    people[2] = changed(people[2], KECAMATAN="KEC. TENGGARONG", TGL_LAHIR="-")
    people[4] = changed(people[4], DESIL="11")
    text = await office.stage(csv_file(tmp_path / "a.csv", people), "2026-Q1")
    book = await office.stage(xlsx_file(tmp_path / "a.xlsx", people), "2026-Q2")
    assert await office.found(text) == await office.found(book) != set()


async def test_an_interrupted_staging_goes_on_where_it_stopped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 10)
    people = rows(45)
    people[3] = changed(people[3], DESIL="0")
    people[44] = changed(people[44], NIK=people[0]["NIK"])
    path = csv_file(tmp_path / "rilis.csv", people)
    inspected, importer = office.inspected(path), office.importer
    for stop_after in (10, 20, 40):
        batch = await importer.begin(inspected, RegistryScheme.DTSEN, "2026-Q1", path.name)
        hold = importer.hold(batch.id)
        assert await hold.take(wait=False)

        def tell(_step: str, done: int, last: int = stop_after) -> None:
            if done >= last:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            await importer.stage(hold, lambda: path.open("rb"), inspected, tell)
        await hold.give_back()
    batch = await office.bring_in(path)
    assert batch.rows == 45
    assert (await office.all(_COUNTS))[0][0] == 45
    assert {rule for _, rule in await office.found(batch)} >= {"DESIL_RANGE", "NIK_SHARED"}
    assert await office.all('SELECT count(*) FROM import_finding GROUP BY "row", rule HAVING count(*) > 1') == []


async def test_rows_to_be_mended_come_back_and_then_complete_the_release(office: Office, tmp_path: Path) -> None:
    people = rows(6)
    broken = changed(people[2], NIK="6,40207E+15", NAMA="=RUMUS")
    batch = await office.bring_in(csv_file(tmp_path / "rilis.csv", [*people[:2], broken, *people[3:]]))
    assert (batch.faulty_rows, batch.refused_rows) == (1, 0)
    text = "".join([piece async for piece in faulty.as_csv(office.database, office.sealer, batch.id, batch.columns)])
    header, line, end = text.split("\r\n")
    assert header.split(",")[:4] == ["IDDTKS", "IDARTDTKS", "NOKK", "NIK"] and end == ""
    # What a spreadsheet would take for a formula is given back as text.
    assert '"6,40207E+15"' in line and "'=RUMUS" in line
    path = csv_file(tmp_path / "diperbaiki.csv", [people[2]])
    await office.bring_in(path, supplement=True)
    assert (await office.all(_COUNTS))[0][::2] == (6, 6, 1)
    assert await office.all("SELECT count(*) FROM person WHERE nik_index IS NULL") == [(0,)]


async def test_a_supplement_needs_a_release(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no release"):
        await office.stage(csv_file(tmp_path / "a.csv", rows(1)), supplement=True)


async def test_nothing_of_a_number_stands_open_in_the_database(office: Office, tmp_path: Path) -> None:
    people = rows(6)
    people[0] = changed(people[0], NIK=people[0]["NIK"][:-1])
    await office.stage(csv_file(tmp_path / "rilis.csv", people))
    for table in ("import_staged", "import_finding", "import_faulty", "import_batch"):
        text = repr(await office.all(f"SELECT * FROM {table}"))
        assert not any(row["NIK"] in text or row["NOKK"] in text or row["IDARTDTKS"] in text for row in people)


def test_a_nik_of_the_tests_is_none_of_a_person() -> None:
    from datetime import date  # noqa: PLC0415

    assert nik(date(1980, 5, 15), "P", 9001) == "6402065505809001"
