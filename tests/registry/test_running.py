"""The worker brings files in whatever happens to it: killed, told to stop, overtaken, or met with what it can't do."""

import asyncio
import io
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from sqlmodel import col, select

from integration.access.viewer import Viewer
from integration.codes import ImportState, RegistryScheme, Role
from integration.db.base import now
from integration.events.log import Act
from integration.reading.view import table
from integration.refusal import Refusal
from integration.registry.importing import batches, requests, uploads
from integration.registry.importing.batches import Hold
from integration.registry.importing.requests import Order
from integration.registry.importing.running import MOST_ATTEMPTS, Runner
from integration.registry.importing.tables import ImportBatchRow, ImportPartRow, ImportUploadRow
from tests.project.running import ROOT, environment, keep_key
from tests.registry.files import changed, csv_file, rows, xlsx_file
from tests.registry.office import Office

OFFICER = Viewer(name="Petugas", roles=frozenset({Role.VERIFIER}), subject="petugas")
_COUNTS = (
    "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM registry_record), "
    "(SELECT count(*) FROM registry_release), (SELECT count(*) FROM import_staged)"
)

# A worker of its own process that is killed as soon as it has done something so often: it sees its own statements.
WORKER = """
import asyncio, os, signal, sys
import sqlalchemy as sa
from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.registry.importing import staging
from integration.settings import Settings
from integration.worker import Worker

statement, left = sys.argv[1], int(sys.argv[2])
staging.CHUNK = 20

async def main():
    settings = Settings(_env_file=None)
    database = Database(settings.database)

    def done(_connection, _cursor, text, *_):
        global left
        if text.startswith(statement):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sa.event.listen(database.engine.sync_engine, "after_cursor_execute", done)
    await Worker(database, Sealer(settings.master_key()), settings).run_pending()

asyncio.run(main())
"""


async def killed(url: str, office: Office, statement: str, times: int) -> None:
    """Let a worker begin, and kill it when it has run a statement so often."""
    settings = {"data": str(keep_key(office.settings.data)), "database_url": url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WORKER, statement, str(times), cwd=ROOT, env=environment(settings)
    )
    assert await process.wait() == -signal.SIGKILL


async def brought(office: Office, path: Path) -> UUID:
    """The upload of a file."""
    content = path.read_bytes()  # noqa: ASYNC240 - a small one

    async def blocks() -> AsyncIterator[bytes]:
        yield content

    async with (
        uploads.receiving(
            office.database, office.sealer, office.settings, OFFICER.actor, path.name, blocks()
        ) as received,
        office.database.write() as session,
    ):
        return await uploads.finish(act(office, session), received)


def act(office: Office, session: object) -> Act:
    return Act(session, OFFICER, now(), office.sealer, office.settings)  # type: ignore[arg-type]


async def asked(office: Office, path: Path, period: str = "2026-Q1") -> UUID:
    """The batch of a file that waits for a worker."""
    upload = await brought(office, path)
    async with office.database.write() as session:
        return await requests.stage(act(office, session), Order(upload, RegistryScheme.DTSEN, period, False))


def runner(office: Office) -> Runner:
    return Runner(office.database, office.sealer, office.settings)


async def work(office: Office) -> None:
    await runner(office).work_off(asyncio.Event())


async def later(office: Office, batch_id: UUID) -> None:
    """As if nobody had been heard of since long."""
    await put(office, batch_id, lease_until=now() - timedelta(seconds=1))


async def put(office: Office, batch_id: UUID, **changes: object) -> None:
    async with office.database.write() as session:
        connection = await session.connection()
        batch = table(ImportBatchRow)
        await connection.execute(sa.update(batch).where(batch.c.id == batch_id).values(**changes))


async def state(office: Office, batch_id: UUID) -> ImportBatchRow:
    return await batches.read(office.database, batch_id)


async def apply(office: Office, batch_id: UUID) -> None:
    """Ask for it as the resolver does, which has looked beforehand whether the viewer may see it."""
    await put(office, batch_id, state=ImportState.APPLYING, applied_by=OFFICER.actor, attempts=0)


@pytest.mark.parametrize("times", [1, 3, 6])
async def test_killed_while_it_reads_it_is_gone_on_with(
    office: Office, empty_database_url: str, tmp_path: Path, times: int
) -> None:
    people = rows(120, seed=31)
    people[50] = changed(people[50], NIK=people[3]["NIK"])
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", people))
    await killed(empty_database_url, office, "UPDATE import_batch SET rows=", times)
    broken = await state(office, batch)
    assert broken.state is ImportState.STAGING and 0 <= broken.rows < 120
    # Until its lease is over nobody else takes it.
    await work(office)
    assert (await state(office, batch)).rows == broken.rows
    await later(office, batch)
    await work(office)
    done = await state(office, batch)
    assert (done.state, done.rows) == (ImportState.STAGED, 120)
    assert (await office.all("SELECT count(*) FROM import_staged"))[0] == (120,)
    assert {rule for _, rule in await office.found(done)} >= {"NIK_SHARED"}


async def test_killed_while_it_applies_nothing_is_half_done(
    office: Office, empty_database_url: str, tmp_path: Path
) -> None:
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", rows(60, seed=32)))
    await work(office)
    await apply(office, batch)
    await killed(empty_database_url, office, "INSERT INTO registry_record", 1)
    assert await office.all(_COUNTS) == [(0, 0, 0, 60)]
    await later(office, batch)
    await work(office)
    done = await state(office, batch)
    assert (done.state, done.applied_by) == (ImportState.APPLIED, "petugas")
    assert await office.all(_COUNTS) == [(60, 60, 1, 0)]
    assert await office.all("SELECT actor FROM event WHERE act = 'registryRelease'") == [("petugas",)]


async def test_a_file_that_was_read_is_kept_no_longer(office: Office, tmp_path: Path) -> None:
    people = rows(3, seed=33)
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", people))
    (sealed,) = await office.all("SELECT bytes_sealed FROM import_part")
    told = repr(await office.all("SELECT * FROM import_upload")) + repr(sealed)
    assert not any(row["NIK"] in told or row["NAMA"] in told for row in people)
    await work(office)
    assert (await state(office, batch)).state is ImportState.STAGED
    assert await office.all("SELECT count(*) FROM import_part") == [(0,)]
    assert await office.all("SELECT count(*) FROM import_upload") == [(0,)]


async def test_an_upload_nobody_stages_is_removed_in_time(office: Office, tmp_path: Path) -> None:
    upload = await brought(office, csv_file(tmp_path / "a.csv", rows(1)))
    waits = await asked(office, csv_file(tmp_path / "b.csv", rows(2)))
    await uploads.prune(office.database)
    assert await office.all("SELECT count(*) FROM import_upload") == [(2,)]
    async with office.database.write() as session:
        connection = await session.connection()
        await connection.execute(sa.update(table(ImportUploadRow)).values(expires_at=now() - timedelta(seconds=1)))
    # One whose time is over can't be staged, even before it is removed.
    with pytest.raises(Refusal, match="time is over"):
        async with office.database.write() as session:
            await requests.stage(act(office, session), Order(upload, RegistryScheme.DTSEN, "2026-Q1", False))
    assert await uploads.prune(office.database) == 1
    await work(office)
    assert (await state(office, waits)).state is ImportState.STAGED


async def test_discarded_while_it_is_read_it_leaves_nothing(office: Office, tmp_path: Path) -> None:
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", rows(30, seed=34)))
    hold = Hold(office.database, batch)
    assert await hold.take(wait=False)
    await put(office, batch, state=ImportState.DISCARDED, lease=None, lease_until=None)
    with pytest.raises(batches.TakenOver):
        async with office.database.write() as session:
            await hold.renew(session, state=ImportState.STAGED)
    await work(office)
    assert (await state(office, batch)).state is ImportState.DISCARDED
    for name in ("import_staged", "import_lines", "import_finding", "import_faulty", "import_part", "import_upload"):
        assert await office.all(f"SELECT count(*) FROM {name}") == [(0,)], name


async def test_what_takes_its_worker_down_is_not_tried_for_ever(office: Office, tmp_path: Path) -> None:
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", rows(3)))
    await put(office, batch, attempts=MOST_ATTEMPTS)
    await work(office)
    failed = await state(office, batch)
    assert failed.state is ImportState.FAILED and "tried 5 times" in str(failed.problem)


async def test_what_can_not_be_applied_goes_back_to_where_it_can_be_discarded(office: Office, tmp_path: Path) -> None:
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", rows(3)))
    await work(office)
    await apply(office, batch)
    await put(office, batch, attempts=MOST_ATTEMPTS)
    await work(office)
    back = await state(office, batch)
    assert back.state is ImportState.STAGED and "tried 5 times" in str(back.problem)


async def test_told_to_stop_it_breaks_off_and_gives_back(office: Office, tmp_path: Path) -> None:
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", rows(9000, seed=35)))
    stop = asyncio.Event()
    working = asyncio.create_task(runner(office).work_off(stop))
    while (await state(office, batch)).lease is None:  # noqa: ASYNC110 - the database tells, not an event
        await asyncio.sleep(0)
    stop.set()
    await working
    stopped = await state(office, batch)
    assert (stopped.state, stopped.lease, stopped.attempts) == (ImportState.STAGING, None, 0)
    await work(office)
    assert (await state(office, batch)).rows == 9000


async def test_two_workers_do_it_once(office: Office, tmp_path: Path) -> None:
    batch = await asked(office, csv_file(tmp_path / "rilis.csv", rows(30, seed=36)))
    await asyncio.gather(work(office), work(office))
    await apply(office, batch)
    await asyncio.gather(work(office), work(office))
    assert await office.all(_COUNTS) == [(30, 30, 1, 0)]


async def test_any_place_of_a_kept_file_can_be_read(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Smaller pieces, so that there are many.
    monkeypatch.setattr(uploads, "PART", 1000)
    path = xlsx_file(tmp_path / "a.xlsx", rows(200, seed=37))
    upload = await brought(office, path)
    there = await uploads.find(office.database, upload)
    assert there is not None and there.size == path.stat().st_size
    source = uploads.Source(office.database, office.sealer, upload, there.size)

    def read() -> None:
        content = path.read_bytes()
        with source.open() as file:
            assert file.read() == content
            for at, size in ((0, 10), (995, 10), (len(content) - 7, 100), (len(content), 5), (3000, 2001)):
                file.seek(at)
                assert file.read(size) == content[at : at + size]
            assert file.seek(-5, io.SEEK_END) == len(content) - 5
            assert file.seek(2, io.SEEK_CUR) == len(content) - 3
            with pytest.raises((OSError, ValueError)):
                file.seek(-1)

    await asyncio.to_thread(read)
    source.give_up()
    with pytest.raises(uploads.GivenUp):
        await asyncio.to_thread(lambda: source.open().read(1))
    async with office.database.write() as session:
        parts = (await session.exec(select(ImportPartRow).order_by(col(ImportPartRow.number)))).all()
        # A piece in the place of another does not open.
        parts[0].bytes_sealed, parts[1].bytes_sealed = parts[1].bytes_sealed, parts[0].bytes_sealed
    source = uploads.Source(office.database, office.sealer, upload, there.size)
    with pytest.raises(InvalidTag):
        await asyncio.to_thread(lambda: source.open().read(1))


async def test_a_sender_who_goes_away_leaves_nothing(office: Office) -> None:
    async def blocks() -> AsyncIterator[bytes]:
        yield b"NIK,NAMA,DESA\r\n" * 100_000
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        async with uploads.receiving(office.database, office.sealer, office.settings, "x", "a.csv", blocks()):
            raise AssertionError
    assert await office.all("SELECT count(*) FROM import_part") == [(0,)]
    assert await office.all("SELECT count(*) FROM import_upload") == [(0,)]
