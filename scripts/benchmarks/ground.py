"""What the crowd stands on: rows that are there already, one source of chance, and how rows are handed over."""

import random
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

# A table, its columns, and rows of them.
Batch: TypeAlias = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]

# Somebody of the registry, as a report may name them: id, name, NIK.
Named: TypeAlias = tuple[UUID, str, str]

SEED = 20_260_701


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there already and is pointed at."""

    villages: list[tuple[str, str]]
    ppks_codes: list[str]
    programme_codes: list[str]
    staff: list[tuple[UUID, UUID | None]]
    organizations: list[UUID]
    dtks: UUID
    dtsen: UUID
    legal_basis: UUID | None


@dataclass(frozen=True, slots=True)
class Dice:
    """One source of chance for all, so that every run draws the same."""

    draw: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - made-up data must repeat

    def new(self, at: datetime) -> UUID:
        """A time-ordered id (RFC 9562) of a moment."""
        bits = self.draw.getrandbits(74)
        random_part = ((bits >> 62) << 64) | (0x2 << 62) | (bits & (1 << 62) - 1)
        return UUID(int=(int(at.timestamp() * 1000) << 80) | (0x7 << 76) | random_part)
