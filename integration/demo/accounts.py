"""Who of the demo can sign in, for whoever wants to show it."""

from pathlib import Path

from integration.access import accounts
from integration.access.viewer import Viewer
from integration.datafiles import read_csv
from integration.db.engine import Database

_FILE = Path(__file__).with_name("accounts.csv")


async def demo_viewers(database: Database) -> list[Viewer]:
    """The viewers behind the demo tokens, as far as this database has them. A token is its account's subject."""
    found = [await accounts.find(database, line["subject"]) for line in read_csv(_FILE)]
    return [viewer for viewer in found if viewer is not None]
