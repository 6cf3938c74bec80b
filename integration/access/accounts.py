"""From a sign-in to a viewer: roles and district of staff come from the staff tables, the rest from the account."""

import json
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa

from integration.access.tables import AccountRow
from integration.access.viewer import Viewer
from integration.codes import Role
from integration.db.engine import Database
from integration.organizations.tables import OrgUnitRow
from integration.reading.dialect import dialect
from integration.reading.view import Kind, table
from integration.staff.tables import StaffRoleRow, StaffRow


async def find(database: Database, subject: str) -> Viewer | None:
    """The viewer behind an account's subject, or nothing.

    A role this program does not know is left out: it gives no right.
    """
    tongue = dialect(database.dialect)
    account, staff, unit, held = (table(row).alias() for row in (AccountRow, StaffRow, OrgUnitRow, StaffRoleRow))
    roles = sa.select(tongue.joined(held.c.role)).where(held.c.staff_id == staff.c.id).scalar_subquery()
    statement = (
        sa.select(
            account.c.id, account.c.name, account.c.staff_id, staff.c.unit_id,
            sa.func.coalesce(account.c.organization_id, unit.c.organization_id),
            sa.cast(account.c.roles, sa.Text), sa.cast(account.c.regions, sa.Text), roles, staff.c.district_code,
        )
        .select_from(account.outerjoin(staff, sa.and_(staff.c.id == account.c.staff_id, staff.c.active)))
        .outerjoin(unit, unit.c.id == staff.c.unit_id)
        .where(account.c.subject == tongue.bind("subject", Kind.TEXT))
    )  # fmt: skip
    compiled = tongue.compile(statement)
    async with database.readers.snapshot(single=True) as snapshot:
        rows = await snapshot.fetch(compiled.sql, compiled.arguments({"subject": subject}))
    if not rows:
        return None
    account_id, name, staff_id, unit_id, organization_id, own_roles, own_regions, staff_roles, district = rows[0]
    names = [*json.loads(own_roles), *(staff_roles.split(",") if staff_roles else [])]
    regions = [*json.loads(own_regions), *([district] if district else [])]
    viewer = Viewer(
        name=name, roles=frozenset(Role(role) for role in names if role in Role.__members__), subject=subject
    )
    return replace(
        viewer,
        account_id=_uuid(account_id),
        staff_id=_uuid(staff_id),
        unit_id=_uuid(unit_id),
        organization_id=_uuid(organization_id),
        regions=tuple(regions),
    )


def _uuid(value: UUID | str | None) -> UUID | None:
    # A plain UUID whatever the driver gives: asyncpg has a class of its own, SQLite keeps the digits.
    return None if value is None else UUID(value if isinstance(value, str) else value.hex)
