"""Which revision this program expects, and whether a database stands at it.

Asked at every start and by every readiness probe, so it does without Alembic, which weighs more than the rest of the
database layer: the revisions' files say in two plain lines each what follows what.
"""

import ast
from functools import cache
from pathlib import Path

from integration.db.engine import Database

_VERSIONS = Path(__file__).parent / "migrations" / "versions"
_HAS_VERSION = {
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'",
    "postgresql": "SELECT 1 WHERE to_regclass('alembic_version') IS NOT NULL",
}


async def is_current(database: Database) -> bool:
    """Whether the database stands at the newest revision. It takes no lock."""
    if database.dialect == "sqlite" and not Path(database.url.database or "").exists():  # noqa: ASYNC240
        return False
    async with database.readers.snapshot() as snapshot:
        if not await snapshot.fetch(_HAS_VERSION[database.dialect], []):
            return False
        rows = await snapshot.fetch("SELECT version_num FROM alembic_version", [])
    return {row[0] for row in rows} == set(heads())


@cache
def heads() -> tuple[str, ...]:
    """The newest revisions known to this program: one, unless two branches were not merged."""
    told = [_constants(path) for path in sorted(_VERSIONS.glob("*.py"))]
    known = {one["revision"]: one["down_revision"] for one in told if "revision" in one}
    return tuple(sorted(set(known) - set(known.values())))


def _constants(path: Path) -> dict[str, str]:
    found = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            if name in ("revision", "down_revision"):
                found[name] = ast.literal_eval(node.value)
    return found
