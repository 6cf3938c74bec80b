"""A few thousand lines of a file made into rows to be written: checked, sealed, in the types the database takes.

Pure work for a core: no database in it, so that another process can do it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from integration.access.sealing import Sealer
from integration.codes import RegistryScheme
from integration.db.base import uuid7
from integration.db.bulk import as_kept
from integration.matching.fold import fold
from integration.reading.view import table
from integration.registry.importing import faulty
from integration.registry.importing.noting import FINDING_COLUMNS, finding_row
from integration.registry.importing.rules import Checked, Checker
from integration.registry.importing.tables import ImportFindingRow, ImportStagedRow

Line = Sequence[object]
Rows = list[Sequence[Any]]

STAGED_COLUMNS = (
    "batch_id", "row", "refused", "person_key", "household_key", "family_index", "kk_index", "kk_sealed", "nik_index",
    "nik_sealed", "nik_agrees", "name", "name_key", "sex", "birth_date", "region_code", "deceased", "relation",
    "desil", "status", "as_of", "validity", "enrolled", "not_enrolled", "person_id", "is_new", "family_id",
)  # fmt: skip


# So many families are remembered at once.
_FAMILIES = 1000


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is made of some lines: how many they were, their rows, what was found, and the lines themselves, sealed."""

    first: int
    count: int
    staged: Rows
    found: Rows
    lines_sealed: bytes


@dataclass(frozen=True, slots=True)
class _Family:
    household: bytes | None
    index: bytes | None
    kk_index: bytes | None
    kk_sealed: bytes | None
    id: UUID | None


@dataclass(slots=True)
class Maker:
    """Makes chunks of the lines of one file, for one batch and one kind of database."""

    batch_id: UUID
    scheme: RegistryScheme
    sealer: Sealer
    checker: Checker
    dialect: str
    _person_label: str = field(init=False)
    _families: dict[tuple[str | None, str | None], _Family] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._person_label = f"registry.person.{self.scheme}"

    def chunk(self, first: int, lines: Sequence[Line]) -> Chunk:
        """Check lines, of which the first is row `first` of the file."""
        check, header = self.checker.check, self.checker.header
        staged: Rows = []
        found: Rows = []
        for row, line in enumerate(lines, first):
            checked = check(row, line)
            person_id = uuid7()
            staged.append(self._staged(checked, person_id))
            for finding in checked.findings:
                found.append(finding_row(self.batch_id, row, finding, header, None if checked.refused else person_id))
        return Chunk(
            first,
            len(staged),
            as_kept(self.dialect, table(ImportStagedRow), STAGED_COLUMNS, staged),
            as_kept(self.dialect, table(ImportFindingRow), FINDING_COLUMNS, found),
            faulty.pack(self.sealer, lines),
        )

    def _staged(self, row: Checked, person_id: UUID) -> tuple[Any, ...]:
        sealer = self.sealer
        # Of a file that lists families one below the other each is worked out once.
        family = self._families.get((row.kk, row.household_key))
        if family is None:
            if len(self._families) >= _FAMILIES:
                self._families.clear()
            family = self._families[row.kk, row.household_key] = self._family(row.kk, row.household_key)
        return (
            self.batch_id, row.row, row.refused,
            sealer.index(self._person_label, row.person_key) if row.person_key else None,
            family.household, family.index, family.kk_index, family.kk_sealed,
            sealer.index("nik", row.nik) if row.nik else None, sealer.seal_optional("nik", row.nik),
            row.nik_agrees, row.name, fold(row.name), row.sex, row.birth_date, row.region_code, row.deceased,
            row.relation, row.desil, row.status, row.as_of, row.validity, row.enrolled, row.not_enrolled, person_id,
            True, family.id,
        )  # fmt: skip

    def _family(self, kk: str | None, household_key: str | None) -> _Family:
        sealer = self.sealer
        kk_index = sealer.index("kk", kk) if kk else None
        household = sealer.index(f"registry.household.{self.scheme}", household_key) if household_key else None
        index = kk_index or household
        family_id = None if index is None else self._family_id(index)
        return _Family(household, index, kk_index, sealer.seal_optional("kk", kk), family_id)

    def _family_id(self, index: bytes) -> UUID:
        """One id for all rows of a family, though nobody has seen them together: made of its blind index."""
        made = bytearray(self.sealer.index("family.id", f"{self.batch_id}{index.hex()}")[:16])
        made[6], made[8] = 0x80 | made[6] & 0x0F, 0x80 | made[8] & 0x3F
        return UUID(bytes=bytes(made))
