"""What reports can be counted by.

Each report counts once in every group it belongs to; one without a value has an empty key.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.assignments.rules import HOLDING_STATES
from integration.assignments.tables import AssignmentRow
from integration.codes import FollowUpActionKind, Language, ProtectionDimension
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.policy.view import EVIDENCE
from integration.ppks.tables import PpksTypeRow
from integration.reading.scope import Scope
from integration.reading.view import Columns, Dimension, table
from integration.regions.tables import RegionRow
from integration.reports.procedure import FollowUpActionRow
from integration.reports.tables import ReportPpksTypeRow

# Kemendagri codes: 64.02.06 is a kecamatan, 64.02.06.1008 a village in it.
_DISTRICT_LENGTH, _VILLAGE_LENGTH = 8, 13


def _district(report: Columns, _scope: Scope) -> ColumnElement[Any]:
    code = report.region_code
    long_enough = sa.func.length(code) >= sa.literal_column(str(_DISTRICT_LENGTH))
    return sa.case(
        (long_enough, sa.func.substr(code, sa.literal_column("1"), sa.literal_column(str(_DISTRICT_LENGTH))))
    )


def _village(report: Columns, _scope: Scope) -> ColumnElement[Any]:
    return sa.case((sa.func.length(report.region_code) == sa.literal_column(str(_VILLAGE_LENGTH)), report.region_code))


def _name(row: type[Any], key: str, name: str) -> Any:
    def label(found: ColumnElement[Any], scope: Scope) -> ColumnElement[Any]:
        there = table(row).alias(scope.alias())
        return sa.select(there.c[name]).where(there.c[key] == found).scalar_subquery()

    return label


def _kinds(report: Columns, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    link = table(ReportPpksTypeRow).alias(scope.alias())
    return link, link.c.report_id == report.id


def _handlers(report: Columns, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    """Units that handle or handled the report, each once however many of its people do."""
    held, unit, owner = (table(row).alias(scope.alias()) for row in (AssignmentRow, OrgUnitRow, OrganizationRow))
    handled = (
        sa.select(held.c.report_id, unit.c.code.label("unit"), owner.c.code.label("organization"))
        .select_from(held.join(unit, unit.c.id == held.c.unit_id).join(owner, owner.c.id == unit.c.organization_id))
        .where(held.c.state.in_(HOLDING_STATES))
        .distinct()
        .subquery(scope.alias())
    )
    return handled, handled.c.report_id == report.id


def _owners(report: Columns, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    """The same by organization."""
    handled, _ = _handlers(report, scope)
    owners = sa.select(handled.c.report_id, handled.c.organization).distinct().subquery(scope.alias())
    return owners, owners.c.report_id == report.id


def _protections(report: Columns, scope: Scope) -> tuple[FromClause, ColumnElement[bool]]:
    """Dimensions of protection, each once: of what was done about the report (aid relieves need, whatever was noted of
    it), and of the policy follow-ups that rest on it.
    """
    action, link, led_to = table(FollowUpActionRow).alias(scope.alias()), EVIDENCE.alias(scope.alias()), "dimension"
    follow_up = scope.rows("PolicyFollowUp")
    protective = sa.literal_column(f"'{ProtectionDimension.PROTECTIVE.value}'", sa.Text())
    found = sa.union(
        sa.select(action.c.report_id, sa.cast(action.c.dimension, sa.Text()).label(led_to)).where(
            action.c.dimension.is_not(None)
        ),
        sa.select(action.c.report_id, protective).where(action.c.kind == FollowUpActionKind.AID),
        sa.select(link.c.report_id, sa.cast(follow_up.c.dimension, sa.Text()))
        .select_from(link.join(follow_up, follow_up.c.id == link.c.follow_up_id))
        .where(scope.visible("PolicyFollowUp", follow_up.c)),
    ).subquery(scope.alias())
    return found, found.c.report_id == report.id


SOURCE = {
    Language.EN: "The reports to the social affairs agency of Kutai Kartanegara (SIMASOS) that you may see, counted "
    "when asked.",
    Language.ID: "Laporan ke Dinas Sosial Kutai Kartanegara (SIMASOS) yang boleh Anda lihat, dihitung saat diminta.",
}
DIMENSIONS = {
    "DISTRICT": Dimension(_district, _name(RegionRow, "code", "name")),
    "VILLAGE": Dimension(_village, _name(RegionRow, "code", "name")),
    "CATEGORY": Dimension("category"),
    "PPKS_TYPE": Dimension("ppks_code", _name(PpksTypeRow, "code", "term"), _kinds),
    "CHANNEL": Dimension("channel"),
    "MONTH": Dimension(lambda report, scope: scope.dialect.local_month(report.received_at)),
    "STATUS": Dimension("status"),
    "UNIT": Dimension("unit", _name(OrgUnitRow, "code", "name"), _handlers),
    "DIMENSION": Dimension("dimension", None, _protections),
    "ORGANIZATION": Dimension("organization", _name(OrganizationRow, "code", "name"), _owners),
}
