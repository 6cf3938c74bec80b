"""An office on each database, with reference data and nobody in the registry."""

import pytest

from integration.access.sealing import Sealer
from integration.db.engine import Database
from integration.reference import load_reference
from integration.settings import Settings
from tests.registry.office import Office


@pytest.fixture
async def office(empty_database: Database, sealer: Sealer, settings: Settings) -> Office:
    """It can import files."""
    async with empty_database.write() as session:
        await load_reference(session)
    return Office(empty_database, sealer, settings)
