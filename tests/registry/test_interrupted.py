"""An import that is killed, wherever it is: run again, it comes to what it would have been without."""

import os
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from integration.codes import ImportState
from integration.registry.importing import staging
from tests.project.running import ROOT, environment
from tests.registry.files import changed, csv_file, rows
from tests.registry.interrupting import REACHED
from tests.registry.office import Office

_APPLYING = ("INSERT INTO person", "INSERT INTO registry_record", "INSERT INTO event")
_STAGING = ("rows:10", "crossing", "recognising", "faults")
_WRITTEN = (
    "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM family), (SELECT count(*) FROM registry_record), "
    "(SELECT count(*) FROM enrolment), (SELECT count(*) FROM registry_release), (SELECT count(*) FROM event)"
)
_TOLD = 'SELECT "row", rule, severity, detail FROM import_finding ORDER BY "row", rule'


def faulty_file(path: Path) -> Path:
    """45 rows with a fault of every kind of step in them."""
    people = rows(45)
    people[3] = changed(people[3], DESIL="0")
    people[7] = changed(people[7], NIK="", NOKK="-")
    people[20] = changed(people[0], NAMA=people[0]["NAMA"])
    people[44] = changed(people[44], NIK=people[1]["NIK"])
    return csv_file(path, people)


def killed(office: Office, file: Path, stop_at: str, folder: Path) -> list[int]:
    """Import in a process that is killed there; the processes that it had begun."""
    command = [
        sys.executable, "-m", "tests.registry.interrupting", office.database.url.render_as_string(False), str(file),
        stop_at, "die", str(folder),
    ]  # fmt: skip
    ended = subprocess.run(command, cwd=ROOT, env=environment({}), capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.split()[:1]) == (-9, [REACHED]), ended
    return [int(child) for child in ended.stdout.split()[1:]]


@pytest.mark.parametrize("stop_at", [*_STAGING, *_APPLYING])
async def test_an_import_killed_anywhere_is_finished_by_the_next(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: str
) -> None:
    monkeypatch.setattr(staging, "CHUNK", 10)
    path = faulty_file(tmp_path / "rilis.csv")
    helpers = killed(office, path, stop_at, tmp_path)
    # Nothing of it is to be seen until all of it is.
    assert await office.all(_WRITTEN) == [(0, 0, 0, 0, 0, 0)]
    batch = await office.bring_in(path)
    assert (batch.state, batch.rows, batch.refused_rows) == (ImportState.APPLIED, 45, 1)
    # 44 people in 15 households, of which one row is a person twice.
    people, _, records, _, releases, events = (await office.all(_WRITTEN))[0]
    assert (people, records, releases, events) == (44, 44, 1, 1)
    told = [rule for _, rule, _, _ in await office.all(_TOLD)]
    assert sorted(told) == [
        "DESIL_RANGE", "KK_MISSING", "NIK_AGAINST_BIRTH_DATE", "NIK_MISSING", "NIK_SHARED", "PERSON_TWICE",
    ]  # fmt: skip
    assert await office.all("SELECT count(*) FROM import_staged") == [(0,)]
    assert await office.all("SELECT count(*) FROM import_lines") == [(0,)]
    for helper in helpers:
        with suppress(ProcessLookupError):
            # Readable once the process has ended: one left over would be waited for till the test is given up.
            assert select.select([os.pidfd_open(helper)], [], [], 30)[0]
