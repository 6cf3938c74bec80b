"""Policy follow-ups with their parts, and signals, by lot."""

from datetime import date
from typing import TYPE_CHECKING, Any

from integration import codes
from integration.policy.codes import EvidenceKind
from integration.policy.tables import (
    EvidenceSnapshotRow,
    MilestoneRow,
    PolicyDecisionRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
    PolicyFollowUpSupportRow,
)
from integration.reports.tables import ReportRow
from tests.reading.signals import signals
from tests.reading.world_meetings import add_meetings

if TYPE_CHECKING:
    from tests.reading.world import World

_DAYS = (None, None, date(2026, 12, 1), date(2027, 1, 1))


def add_policy(world: "World", reports: list[ReportRow]) -> None:
    """Follow-ups of agencies, helped by others, with what hangs on them."""
    agencies = [row.id for row in world._state.all("Organization")]
    follow_ups = [_follow_up(world, n) for n in range(10)]
    world._add(follow_ups)
    ids = [one.id for one in follow_ups]
    meetings = add_meetings(world, ids)
    all_reports = [*(report.id for report in reports), *(row.id for row in world._state.all("Report"))]
    world._add([
        PolicyFollowUpReportRow(follow_up_id=one, report_id=report)
        for one in ids for report in world._some(all_reports, 12)
    ])  # fmt: skip
    world._add([
        PolicyFollowUpSupportRow(follow_up_id=one, organization_id=agency)
        for one in ids for agency in world._some(agencies, 6)
    ])  # fmt: skip
    each = [one for one in ids for _ in range(world._random.randint(0, 4))]
    world._add([
        MilestoneRow(follow_up_id=one, title="Tonggak", due_at=world._one(_DAYS),
        completed_at=world._maybe(world._moment()))
        for one in each
    ])  # fmt: skip
    world._add([
        PolicyDecisionRow(
            follow_up_id=one, at=world._moment(), decision="APPROVED", document=world._maybe("1/2026"),
            note=world._maybe("Catatan"), meeting_id=world._maybe(world._one(meetings)),
        )
        for one in each
    ])  # fmt: skip
    world._add([
        EvidenceSnapshotRow(
            follow_up_id=one, taken_at=world._moment(), kind=world._one(list(EvidenceKind)),
            count=world._one((0, 3, 4, 5, 7)), of=world._maybe(20), query_hash="a1", description="Uji",
            query=world._maybe("{}"), members_hash=world._maybe("b2"), **_told(world),
        )
        for one in each
    ])  # fmt: skip
    for rows in signals(world._state, world._random, world._sealer, ids, all_reports):
        world._add(rows)


def _told(world: "World") -> dict[str, Any]:
    """What is told of evidence outside the office, of most."""
    told = {
        "told_at": world._moment(), "told_count": 5, "told_of": world._maybe(20), "told_query": "{}",
        "told_query_hash": "c3", "told_description": "Uji di luar",
    }  # fmt: skip
    return world._maybe(told, 0.8) or {}


def _follow_up(world: "World", n: int) -> PolicyFollowUpRow:
    owners = [row.id for row in world._state.all("Organization") if row.code in ("DINKES", "DINSOS", "BAPPEDA")]
    plans = [row.code for row in world._state.all("PlanningDocument")]
    bases = [row.id for row in world._state.all("LegalBasis")]
    return PolicyFollowUpRow(
        title=f"Usulan {n}", problem="Bantuan terlambat", dimension=world._one(list(codes.ProtectionDimension)),
        status=world._one(list(codes.PolicyStatus)), owner_id=world._maybe(world._one(owners), 0.8),
        instrument=world._maybe(world._one(list(codes.PolicyInstrument))), document_number=world._maybe("1/2026"),
        budget_idr=world._maybe("1500000.00"), public_summary=world._maybe("Ringkasan"), proposed_at=world._moment(),
        planning_document_code=world._maybe(world._one(plans)), plan_item=world._maybe("Kegiatan"),
        legal_basis_id=world._maybe(world._one(bases)),
    )  # fmt: skip
