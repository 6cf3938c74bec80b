"""The road is broken on purpose, and its tests must notice: one break a test, each taken back afterwards."""

from collections.abc import Callable

import pytest

from integration.access.sealing import Sealer
from integration.access.viewer import Viewer
from integration.db.engine import Database
from integration.settings import Settings
from integration.worker import Worker
from resolvers.context import Services
from schema.app import build_services
from tests.reading import breaks, test_oracle, test_road, test_statements
from tests.reading.asking import Counted
from tests.reading.comparison import compare

pytestmark = pytest.mark.long
# A break must show within this many generated queries.
_RUNS = 1200


@pytest.mark.parametrize("wound", breaks.OF_ANSWERS, ids=lambda wound: wound.__name__)
async def test_the_second_reader_objects(
    wound: Callable[[pytest.MonkeyPatch], None],
    services: Services,
    viewers: list[Viewer],
    sealer: Sealer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wound(monkeypatch)
    done = await compare(services, viewers, sealer, 1, _RUNS, set())
    print(f"{wound.__name__}: after {done.asked} queries: {(done.difference or '').partition(chr(10))[0][:200]}")
    assert done.difference is not None
    assert "INTERNAL" not in done.difference, "a break that only fails proves nothing"


@pytest.mark.parametrize("wound", breaks.OF_ACTIONS, ids=lambda wound: wound.__name__)
async def test_the_second_reader_objects_to_what_is_offered(
    wound: Callable[[pytest.MonkeyPatch], None],
    services: Services,
    viewers: list[Viewer],
    sealer: Sealer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wound(monkeypatch)
    with pytest.raises(AssertionError, match="availableActions") as noticed:
        await test_oracle.test_corners_have_the_answers_of_the_second_reader(services, viewers, sealer)
    assert "INTERNAL" not in str(noticed.value), "a break that only fails proves nothing"


async def test_the_second_reader_does_not_object_to_what_is_whole(
    services: Services, viewers: list[Viewer], sealer: Sealer
) -> None:
    """After all the breaks: none of them stayed, and none was noticed by chance."""
    assert (await compare(services, viewers, sealer, 1, 240, set())).difference is None


async def test_a_snapshot_for_each_statement_is_noticed(
    settings: Settings, filled: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks.a_snapshot_for_each_statement(monkeypatch)
    with pytest.raises(AssertionError):
        await test_road.test_one_question_sees_one_moment(settings, filled, sealer)


async def test_a_connection_that_is_kept_is_noticed(
    settings: Settings, filled: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = breaks.connection_kept(monkeypatch)
    try:
        with pytest.raises(AssertionError):
            await test_road.test_whoever_asks_gives_the_connection_back(settings, filled, sealer)
    finally:
        for manager, _ in filter(None, kept):
            await manager.__aexit__(None, None, None)


async def test_a_statement_for_each_row_is_noticed(
    settings: Settings, filled: Database, sealer: Sealer, monkeypatch: pytest.MonkeyPatch
) -> None:
    readers = Counted(filled.readers)
    filled.readers = readers
    services = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await services.known.renew(readers)
    breaks.a_statement_for_each_row(monkeypatch)
    with pytest.raises(AssertionError):
        await test_statements.test_fifty_reports_with_everything_take_few_statements((services, readers), "demo-admin")
