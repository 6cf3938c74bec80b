"""Policy signals of every kind, for the world the second reader looks at."""

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from integration import codes
from integration.access.sealing import Sealer
from integration.db.base import now
from integration.policy.tables import PolicySignalReportRow, PolicySignalRow
from tests.reading.state import State


def _told(random: Random, at: datetime) -> dict[str, Any]:
    """What is told outside the office, of most."""
    if random.random() < 0.2:
        return {}
    return {
        "told_at": at + timedelta(days=random.choice((0, 0, 1))), "told_count": random.choice((5, 11)),
        "told_of": random.choice([None, 20]), "told_why": "Uji di luar", "told_from": at, "told_to": at,
    }  # fmt: skip


def signals(
    state: State, random: Random, sealer: Sealer, follow_ups: list[UUID], reports: list[UUID]
) -> tuple[list[PolicySignalRow], list[PolicySignalReportRow]]:
    """A dozen, with and without what a signal may lack, and the reports that met them."""
    regions = [None, *(row.code for row in state.all("Region"))]
    units = [None, *(row.id for row in state.all("OrgUnit"))]
    at = now()
    rows = [
        PolicySignalRow(
            key=f"uji:{n}",
            rule_code="CATEGORY_QUARTER",
            category=random.choice([None, *codes.ReportCategory]),
            region_code=random.choice(regions),
            unit_id=random.choice(units),
            organization_id=random.choice([None, *(row.id for row in state.all("Organization"))]),
            topic=random.choice([None, "SPM-1"]),
            window_from=at,
            window_to=at,
            count=random.choice((0, 3, 4, 5, 9)),
            of=random.choice([None, 20]),
            why="Uji",
            state=random.choice(list(codes.PolicySignalState)),
            raised_at=at,
            decided_at=random.choice([None, at]),
            reason_sealed=random.choice([None, sealer.seal("signal.reason", "NIK 6402064408499000 sudah ditangani")]),
            follow_up_id=random.choice([None, *follow_ups]),
            **_told(random, at),
        )
        for n in range(12)
    ]
    links = [
        PolicySignalReportRow(signal_id=one.id, report_id=report)
        for one in rows
        for report in random.sample(reports, random.randint(0, min(8, len(reports))))
    ]
    return rows, links
