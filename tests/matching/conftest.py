"""What tests of matching share."""

import pytest

from integration.access.sealing import Sealer
from integration.db.engine import Database
from tests.matching.registry import Registry


@pytest.fixture
def registry(database: Database, sealer: Sealer) -> Registry:
    """An empty registry."""
    return Registry(database, sealer)
