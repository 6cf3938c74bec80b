"""A registry file goes the whole road over HTTP: sent, staged, looked at, mended, applied, read; or is told why not."""

import asyncio
import csv
import hashlib
import io
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
import sqlalchemy as sa

from integration.db.engine import Database
from tests.databases import BACKENDS, Databases
from tests.project.running import Served, keep_key, serving
from tests.registry.door import PATIENCE, Door, code
from tests.registry.files import changed, csv_file, rows, xlsx_file

_MOST = 400_000


@pytest.fixture(scope="module", params=BACKENDS)
def url(
    request: pytest.FixtureRequest, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    with databases.fresh(request.param, "demo", tmp_path_factory.mktemp("database")) as one:
        yield one


@pytest.fixture(scope="module")
def served(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house with its worker, which takes no large files; first on SQLite, then on PostgreSQL."""
    settings = {"import_max_bytes": str(_MOST), "uploads_per_person": "4", "database_url": url}
    with serving(keep_key(tmp_path_factory.mktemp("data")), settings=settings) as one:
        yield one


@pytest.fixture(scope="module")
def door(served: Served) -> Iterator[Door]:
    with httpx2.Client(base_url=served.base, timeout=60) as http:
        yield Door(http)


def test_a_file_goes_the_whole_road(door: Door, tmp_path: Path) -> None:
    people = rows(6, seed=21)
    broken = changed(people[2], NIK="6,40207E+15")
    path = csv_file(tmp_path / "rilis 2027.csv", [*people[:2], broken, *people[3:]])
    answer = door.send(path)
    assert answer.status_code == 201 and answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (told["format"], told["size"]) == ("CSV", path.stat().st_size)

    staged = door.stage(told["id"], "2027-Q1")
    assert staged["errors"] == [] and staged["importBatch"]["state"] in ("STAGING", "STAGED")
    batch = door.settled(staged["importBatch"]["id"])
    assert (batch["state"], batch["rows"], batch["faultyRows"], batch["refusedRows"]) == ("STAGED", 6, 1, 0)
    assert batch["fileName"] == "rilis 2027.csv"

    found = door.ask(
        "query F($id: ID!) { node(id: $id) { ... on ImportBatch { findingCounts { rule severity count } "
        "findings(first: 50) { nodes { row column rule severity } } } } }",
        id=batch["id"],
    )["node"]
    grave = [one for one in found["findings"]["nodes"] if one["severity"] == "ERROR"]
    assert [(one["row"], one["column"]) for one in grave] == [(3, "NIK")]
    assert {"rule": grave[0]["rule"], "severity": "ERROR", "count": 1} in found["findingCounts"]

    lines = door.http.get(f"/imports/{batch['id']}/faulty.csv", headers=door.headers)
    assert lines.status_code == 200
    (line,) = csv.DictReader(io.StringIO(lines.text))
    assert line["NIK"] == "6,40207E+15" and line["NAMA"] == people[2]["NAMA"]

    applied = door.applied(batch["id"])
    assert (applied["state"], applied["release"]) == (
        "APPLIED",
        {"scheme": "DTSEN", "period": "2027-Q1", "people": 6},
    )
    mended = csv_file(tmp_path / "diperbaiki.csv", [{**line, "NIK": people[2]["NIK"]}])
    supplement = door.staged(mended, "2027-Q1", supplement=True)
    assert (supplement["state"], supplement["faultyRows"], supplement["supplement"]) == ("STAGED", 0, True)
    assert door.applied(supplement["id"])["release"]["people"] == 6

    person = door.ask(
        "query P($nik: String!) { people(filter: {nik: $nik}) { nodes { name registryRecords { scheme status desil "
        "release { period } } } } }",
        nik=people[2]["NIK"],
    )["people"]["nodes"]
    record = {"scheme": "DTSEN", "status": "ACTIVE", "desil": 1, "release": {"period": "2027-Q1"}}
    assert person == [{"name": people[2]["NAMA"], "registryRecords": [record]}]

    # Once applied it is applied: nobody takes it back or does it twice.
    for act in ("registryImportApply", "registryImportDiscard"):
        again = door.act(act, id=batch["id"])
        assert (code(again), again["importBatch"]["state"]) == ("ILLEGAL_TRANSITION", "APPLIED")
    before = door.ask("{ registryReleases { id people } }")
    same = door.stage(door.upload(path), "2027-Q1")
    assert code(same) == "DUPLICATE" and same["importBatch"]["id"] == batch["id"]
    assert door.ask("{ registryReleases { id people } }") == before


def test_a_workbook_goes_the_same_road(door: Door, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "rilis.xlsx", [{**row, "DESIL": int(row["DESIL"])} for row in rows(9, seed=22)])
    answer = door.as_("lead").send(path.read_bytes(), name="C:\\unduhan\\rilis.csv")
    # What it is, is told by what is in it and not by its name.
    assert answer.json()["format"] == "XLSX"
    payload = door.as_("lead").stage(answer.json()["id"], "2019", "DTKS")
    batch = door.settled(payload["importBatch"]["id"])
    assert (batch["state"], batch["rows"], batch["fileName"]) == ("STAGED", 9, "rilis.csv")
    # Somebody else applies it.
    assert door.as_("admin").applied(batch["id"])["release"] == {"scheme": "DTKS", "period": "2019", "people": 9}


def test_what_is_discarded_is_over(door: Door, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "keliru.csv", [changed(rows(1, seed=23)[0], DESIL="77")])
    batch = door.staged(path, "2018", scheme="DTKS")
    discarded = door.act("registryImportDiscard", id=batch["id"])
    assert (code(discarded), discarded["importBatch"]["state"]) == (None, "DISCARDED")
    for act in ("registryImportApply", "registryImportDiscard"):
        assert code(door.act(act, id=batch["id"])) == "ILLEGAL_TRANSITION"
    # It may come again, as another batch.
    assert door.staged(path, "2018", scheme="DTKS")["id"] != batch["id"]


def test_the_same_key_does_it_once(door: Door, tmp_path: Path) -> None:
    upload = door.upload(csv_file(tmp_path / "a.csv", rows(3, seed=24)))
    first = door.stage(upload, "2017", "DTKS", idempotencyKey="impor-1")
    batch = first["importBatch"]["id"]
    assert door.stage(upload, "2017", "DTKS", idempotencyKey="impor-1")["importBatch"]["id"] == batch
    assert code(door.stage(upload, "2017", "DTSEN", idempotencyKey="impor-1")) == "IDEMPOTENCY_MISMATCH"
    assert door.settled(batch)["state"] == "STAGED"
    # Without a key too, though its upload has been read and is gone by now.
    assert door.stage(upload, "2017", "DTKS")["importBatch"]["id"] == batch
    for _ in range(2):
        payload = door.act("registryImportApply", id=batch, idempotencyKey="terapkan-1")
        assert payload["errors"] == []
    assert door.settled(batch)["state"] == "APPLIED"
    other = door.staged(csv_file(tmp_path / "b.csv", rows(2, seed=25)), "2016", scheme="DTKS")
    assert code(door.act("registryImportApply", id=other["id"], idempotencyKey="terapkan-1")) == "IDEMPOTENCY_MISMATCH"


def test_the_same_file_sent_twice_is_one_batch(door: Door, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "a.csv", rows(3, seed=26))
    first, second = (door.stage(door.upload(path), "2015", "DTKS")["importBatch"]["id"] for _ in range(2))
    assert first == second
    assert door.settled(first)["state"] == "STAGED"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        ("NIK,NAMA,DESA\n".encode("utf-16"), "UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"PK\x03\x04 not a workbook at all", "not an intact Excel workbook"),
        (b"NIK,UMUR\r\n1,2\r\n", "Columns that are needed were not found: NAMA"),
        (b"{}", "Columns that are needed were not found"),
    ],
)
def test_what_is_no_registry_file_is_refused_at_once(door: Door, content: bytes, told: str) -> None:
    answer = door.send(content, name="rilis.csv")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "INVALID")
    assert told in answer.json()["error"]["message"]
    indonesian = door.send(content, **{"Accept-Language": "id"}).json()["error"]["message"]
    assert indonesian != answer.json()["error"]["message"]


def test_a_file_above_the_limit_is_refused(door: Door, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "besar.csv", rows(3000))
    assert path.stat().st_size > _MOST

    def pieces() -> Iterator[bytes]:
        yield path.read_bytes()

    # Whether it says its size beforehand or not.
    for content in (path.read_bytes(), pieces()):
        answer = door.send(content)
        assert (answer.status_code, answer.json()["error"]["code"]) == (413, "INVALID")
        assert "larger than" in answer.json()["error"]["message"]


def test_a_form_is_no_file(door: Door) -> None:
    answer = door.http.post("/imports/registry", files={"file": b"NIK,NAMA,DESA\n"}, headers=door.headers)
    assert answer.status_code == 415 and "-T" in answer.json()["error"]["message"]


@pytest.mark.parametrize("who", ["head", "analyst", "tksk", "member", "opd-dinkes", "auditor", "citizen"])
def test_others_may_not_send_nor_stage(door: Door, tmp_path: Path, who: str) -> None:
    path = csv_file(tmp_path / "a.csv", rows(1))
    answer = door.as_(who).send(path)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "FORBIDDEN")
    upload = "SW1wb3J0VXBsb2FkOjAxOTNmMDAwMDAwMDcwMDA4MDAwMDAwMDAwMDAwMDAw"
    assert code(door.as_(who).stage(upload, "2027-Q1")) == "FORBIDDEN"
    assert code(door.as_(who).act("registryImportApply", id=upload)) in ("FORBIDDEN", "INVALID")


def test_strangers_may_not_send(door: Door) -> None:
    for headers in ({}, {"Authorization": "Bearer demo-nobody"}):
        answer = door.http.post("/imports/registry", content=b"NIK", headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "UNAUTHENTICATED")


def test_only_ones_own_upload_can_be_staged_and_rightly(door: Door, tmp_path: Path) -> None:
    upload = door.upload(csv_file(tmp_path / "a.csv", rows(2, seed=27)))
    assert code(door.as_("admin").stage(upload, "2027-Q2")) == "NOT_FOUND"
    unknown = "SW1wb3J0VXBsb2FkOjAxOTNmMDAwMDAwMDcwMDA4MDAwMDAwMDAwMDAwMDAw"
    assert code(door.stage(unknown, "2027-Q2")) == "NOT_FOUND"
    assert code(door.stage("abc", "2027-Q2")) == "INVALID"
    wrong = door.stage(upload, "Q2 2027")
    assert code(wrong) == "INVALID" and wrong["errors"][0]["field"] == ["period"]
    assert code(door.stage(upload, "2027-Q2", supplement=True)) == "NOT_FOUND"
    batch = door.stage(upload, "2014", "DTKS")["importBatch"]["id"]
    # The head of the agency sees it, and leaves it to others.
    assert door.as_("head").batch(batch)["id"] == batch
    assert code(door.as_("head").act("registryImportDiscard", id=batch)) == "FORBIDDEN"
    assert code(door.act("registryImportDiscard", id=upload)) == "INVALID"
    assert code(door.act("registryImportDiscard", id=batch)) is None


def test_a_formula_fails_the_batch_with_its_place(door: Door, tmp_path: Path) -> None:
    path = xlsx_file(tmp_path / "rumus.xlsx", [{**rows(1)[0], "DESIL": "=1+1"}])
    batch = door.staged(path, "2027-Q2")
    assert (batch["state"], batch["rows"]) == ("FAILED", 0)
    assert "M2" in batch["problem"] and "formula" in batch["problem"]
    assert code(door.act("registryImportApply", id=batch["id"])) == "ILLEGAL_TRANSITION"


def test_nobody_fills_the_house_with_uploads(door: Door, tmp_path: Path) -> None:
    secretary = door.as_("secretary")
    path = csv_file(tmp_path / "a.csv", rows(1, seed=28))
    sent = [secretary.send(path) for _ in range(5)]
    assert [one.status_code for one in sent] == [201, 201, 201, 201, 429]
    assert sent[-1].json()["error"]["code"] == "RATE_LIMITED"
    # One that is staged makes room.
    secretary.settled(secretary.stage(sent[0].json()["id"], "2013", "DTKS")["importBatch"]["id"])
    wait(lambda: secretary.send(path).status_code == 201)


def test_an_upload_that_breaks_off_leaves_nothing(served: Served, url: str) -> None:
    house = urlsplit(served.base)
    for _ in range(3):
        with socket.create_connection((house.hostname, house.port)) as raw:
            raw.sendall(
                b"POST /imports/registry HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer demo-admin-backup\r\n"
                b"Content-Length: 300000\r\n\r\n" + b"NIK,NAMA,DESA\r\n" * 1000
            )
            wait(lambda: asyncio.run(uploads_of("demo-admin-backup", url)) == 1)
        wait(lambda: asyncio.run(uploads_of("demo-admin-backup", url)) == 0)


async def uploads_of(who: str, url: str) -> int:
    database = Database(url)
    try:
        async with database.engine.connect() as connection:
            found = await connection.execute(
                sa.text("SELECT count(*) FROM import_upload WHERE uploaded_by = :who"), {"who": who}
            )
            return int(found.scalar_one())
    finally:
        await database.close()


def wait(for_it: Callable[[], bool]) -> None:
    last = time.monotonic() + PATIENCE
    while not for_it():
        assert time.monotonic() < last
        time.sleep(0.05)
