"""The office these tests work in."""

import pytest

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.settings import Settings
from tests.clocks.office import Office


@pytest.fixture
def office(database: Database, sealer: Sealer, settings: Settings) -> Office:
    """The demo office."""
    return Office(database, sealer, settings)
