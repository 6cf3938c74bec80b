"""GraphiQL as its makers publish it: which files of which packages, held to their hashes, and where set-up puts them.

The last versions with a build that a page loads as it is (React 19 and GraphiQL 5 need a bundler). They are never part
of the repository: `scripts/assets.py` fetches them, and without them the plain page is served.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from pathlib import Path

PINS = Path(__file__).with_name("packages.json")
PUBLISHED = Path(__file__).parent.parent.parent / ".assets" / "graphiql"


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the npm registry: `name@version`, its tarball's hash, and the files served, by their new names."""

    spec: str
    integrity: str
    files: dict[str, str]

    def holds(self, tarball: bytes) -> bool:
        """Whether these are the bytes we have tried."""
        digest = base64.b64encode(hashlib.sha512(tarball).digest()).decode()
        return hmac.compare_digest(self.integrity, f"sha512-{digest}")


def packages(pins: Path = PINS) -> list[Package]:
    """What the page needs."""
    pinned = json.loads(pins.read_text(encoding="utf-8"))
    return [Package(spec, pin["integrity"], pin["files"]) for spec, pin in pinned.items()]


def are_there(folder: Path = PUBLISHED, pins: Path = PINS) -> bool:
    """Whether the folder holds what is pinned now; one made from older pins does not."""
    made_from = folder / PINS.name
    if not made_from.is_file() or made_from.read_bytes() != pins.read_bytes():
        return False
    return all((folder / name).is_file() for package in packages(pins) for name in package.files.values())
