"""The demo office: 106 members of staff as the study of SIMASOS counted them, their roles, duty and accounts."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.tables import AccountRow
from integration.codes import EmploymentStatus, Role
from integration.datafiles import Line, read_csv
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.routing.tables import StaffCompetencyRow
from integration.staff.tables import DutyShiftRow, StaffRoleRow, StaffRow

_FOLDER = Path(__file__).parent


@dataclass(slots=True)
class Office:
    """Who is there, by the keys of the data files."""

    staff: dict[str, StaffRow] = field(default_factory=dict)
    accounts: dict[str, AccountRow] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    organizations: dict[str, UUID] = field(default_factory=dict)

    def actor(self, key: str) -> str:
        """How the event log names a member of staff: by account, as when they sign in."""
        staff_id = self.staff[key].id
        subjects = [account.subject for account in self.accounts.values() if account.staff_id == staff_id]
        return subjects[0] if subjects else self.staff[key].name


async def load_staff(session: AsyncSession) -> Office:
    """Write staff, roles, turns of duty, competencies and accounts."""
    office = Office(
        units={row.code: row.id for row in await session.exec(select(OrgUnitRow))},
        organizations={row.code: row.id for row in await session.exec(select(OrganizationRow))},
    )
    await _agree(session)
    staff: list[StaffRow] = []
    roles: list[StaffRoleRow] = []
    for line in read_csv(_FOLDER / "staff.csv"):
        row = _staff(line, office)
        staff.append(row)
        roles += [StaffRoleRow(staff_id=row.id, role=Role(role)) for role in _list(line["roles"])]
        if line["key"]:
            office.staff[line["key"]] = row
    for line in read_csv(_FOLDER / "accounts.csv"):
        office.accounts[line["subject"]] = _account(line, office)
    roster = read_csv(_FOLDER / "roster.csv")
    shifts = [_shift(line, office) for line in roster]
    trained = [
        StaffCompetencyRow(staff_id=office.staff[line["staff_key"]].id, competency_code=code)
        for line in roster
        for code in _list(line["competencies"])
    ]
    for rows in (staff, roles, shifts, trained, list(office.accounts.values())):
        session.add_all(rows)
        await session.flush()
    return office


async def _agree(session: AsyncSession) -> None:
    """What the demo's partners agreed with the office on looking people up."""
    for line in read_csv(_FOLDER / "agreements.csv"):
        signed = select(OrganizationRow).where(OrganizationRow.code == line["organization_code"])
        partner = (await session.exec(signed)).one()
        partner.agreement_number = line["number"]
        partner.agreement_purposes = ",".join(sorted(_list(line["purposes"])))
        partner.agreement_valid_to = date.fromisoformat(line["valid_to"])
        session.add(partner)


def _staff(line: Line, office: Office) -> StaffRow:
    return StaffRow(
        name=line["name"],
        unit_id=office.units[line["unit_code"]] if line["unit_code"] else None,
        employment=EmploymentStatus(line["employment"]),
        age_band=line["age_band"],
        district_code=line["district_code"] or None,
        capacity=int(line["capacity"]),
    )


def _account(line: Line, office: Office) -> AccountRow:
    # Staff bring roles and district along; here stand only those of people from outside.
    staff = office.staff[line["staff_key"]] if line["staff_key"] else None
    return AccountRow(
        subject=line["subject"],
        name=staff.name if staff else line["name"],
        staff_id=staff.id if staff else None,
        organization_id=office.organizations[line["organization_code"]] if line["organization_code"] else None,
        roles=_list(line["roles"]),
        regions=_list(line["regions"]),
    )


def _shift(line: Line, office: Office) -> DutyShiftRow:
    return DutyShiftRow(
        staff_id=office.staff[line["staff_key"]].id,
        starts_at=datetime.fromisoformat(line["starts_at"]),
        ends_at=datetime.fromisoformat(line["ends_at"]) if line["ends_at"] else None,
        is_backup=line["is_backup"] == "yes",
    )


def _list(text: str) -> list[str]:
    return [part for part in text.split(";") if part]
