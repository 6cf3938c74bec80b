"""What an agency agreed with the social office: for which purposes it may ask of the registry, and until when."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

import sqlalchemy as sa

from integration.db.readers import Snapshot
from integration.organizations.tables import OrganizationRow
from integration.reading.dialect import Compiled, dialect
from integration.reading.view import Kind, table


@dataclass(frozen=True, slots=True)
class Agreement:
    """A data-sharing agreement (perjanjian berbagi data); `valid_to` is its last day, local time."""

    number: str
    purposes: frozenset[str]
    valid_to: date

    def allows(self, purpose: str, today: date) -> bool:
        """Whether something may be asked for this purpose on a day."""
        return purpose in self.purposes and today <= self.valid_to


async def agreement_of(snapshot: Snapshot, database: str, organization_id: UUID | None) -> Agreement | None:
    """The agreement of an organization; None where there is none. `database` is the dialect's name."""
    statement = _statement(database)
    convert = dialect(database).to_driver(Kind.UUID, array=False)
    key = organization_id if convert is None else convert(organization_id)
    rows = await snapshot.fetch(statement.sql, statement.arguments({"organization": key}))
    if not rows or None in tuple(rows[0]):  # asyncpg's `in` looks for column names
        return None
    number, purposes, valid_to = rows[0]
    last = date.fromisoformat(valid_to) if isinstance(valid_to, str) else valid_to
    return Agreement(number, frozenset(purposes.split(",")), last)


@cache
def _statement(database: str) -> Compiled:
    tongue = dialect(database)
    row = table(OrganizationRow).alias("organization")
    return tongue.compile(
        sa.select(row.c.agreement_number, row.c.agreement_purposes, row.c.agreement_valid_to).where(
            row.c.id == tongue.bind("organization", Kind.UUID)
        )
    )
