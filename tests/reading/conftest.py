"""A database with every corner, the services that read it, and the people who ask."""

from dataclasses import replace

import pytest

from integration.access import accounts
from integration.access.sealing import Sealer
from integration.access.viewer import ANONYMOUS, Viewer
from integration.codes import Language
from integration.db.engine import Database
from integration.settings import Settings
from integration.worker import Worker
from resolvers.context import Services
from schema.app import build_services
from tests.reading import world
from tests.reading.state import load

SEED = 20260920


@pytest.fixture
async def filled(database: Database, sealer: Sealer) -> Database:
    """The demo data and the corners."""
    await world.fill(database, sealer, SEED)
    return database


@pytest.fixture
async def services(settings: Settings, filled: Database, sealer: Sealer) -> Services:
    """What a request needs, over the filled database."""
    made = build_services(settings, filled, Worker(filled, sealer, settings), sealer)
    await made.known.renew(filled.readers)
    return made


@pytest.fixture
async def viewers(filled: Database, sealer: Sealer) -> list[Viewer]:
    """Everybody with an account, and nobody signed in; every other one states a purpose and reads English."""
    subjects = sorted(row.subject for row in (await load(filled, sealer)).all("Account"))
    found = [ANONYMOUS, *[viewer for subject in subjects if (viewer := await accounts.find(filled, subject))]]
    ways = ((None, Language.ID), ("CASE_HANDLING", Language.EN))
    return [replace(viewer, purpose=purpose, language=language) for viewer in found for purpose, language in ways]
