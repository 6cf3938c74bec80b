"""The demo policy follow-ups. None is approved: in the quarter told here, reports changed no policy yet."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import NotRequired, TypedDict

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.codes import PolicyInstrument, PolicyStatus, ProtectionDimension
from integration.demo.meetings import demo_meeting
from integration.demo.staff import Office
from integration.events.tables import EventRow
from integration.policy.codes import OutreachKind
from integration.policy.tables import (
    EvidenceSnapshotRow,
    MilestoneRow,
    OutreachActivityRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
)
from integration.policy.telling import hash_of_text, written
from integration.reports.tables import ReportRow

_FILE = Path(__file__).parent / "policy.json"


class _Evidence(TypedDict):
    query: dict[str, str]
    description: str


class _Story(TypedDict):
    title: str
    problem: str
    dimension: str
    status: str
    owner: str | None
    instrument: str | None
    budget_idr: str | None
    public_summary: str | None
    proposed: str
    by: str
    reviewed: NotRequired[str]
    reviewer: NotRequired[str]
    reports: list[int]
    milestones: list[tuple[str, str]]
    evidence: _Evidence | None


async def load_policy(session: AsyncSession, office: Office, reports: list[ReportRow]) -> None:
    """Write the follow-ups with the reports that are their evidence, milestones and events."""
    stories: list[_Story] = json.loads(_FILE.read_text(encoding="utf-8"))
    follow_ups: list[PolicyFollowUpRow] = []
    parts: list[SQLModel] = []
    for story in stories:
        follow_up = _follow_up(story, office)
        follow_ups.append(follow_up)
        parts += _parts(story, follow_up, reports)
        parts += _events(story, follow_up, office)
    parts.append(_outreach())
    first = follow_ups[0]
    meeting, of_meeting = demo_meeting(office.organizations, first.id, first.title)
    parts += of_meeting
    for rows in (follow_ups, [meeting], parts):
        session.add_all(rows)
        await session.flush()


def _outreach() -> OutreachActivityRow:
    """Word of mouth in a meeting was all there was. The day is made up."""
    return OutreachActivityRow(
        held_on=date(2024, 2, 15),
        kind=OutreachKind.MEETING,
        title="SIMASOS disampaikan secara lisan dalam rapat bersama OPD",
        region_code="64.02",
        audience="Perangkat daerah",
        source="contoh",
    )


def _follow_up(story: _Story, office: Office) -> PolicyFollowUpRow:
    return PolicyFollowUpRow(
        title=story["title"],
        problem=story["problem"],
        dimension=ProtectionDimension(story["dimension"]),
        status=PolicyStatus(story["status"]),
        version=2 if "reviewed" in story else 1,
        owner_id=office.organizations[story["owner"]] if story["owner"] else None,
        instrument=PolicyInstrument(story["instrument"]) if story["instrument"] else None,
        budget_idr=story["budget_idr"],
        public_summary=story["public_summary"],
        proposed_at=datetime.fromisoformat(story["proposed"]),
    )


def _parts(story: _Story, follow_up: PolicyFollowUpRow, reports: list[ReportRow]) -> list[SQLModel]:
    parts: list[SQLModel] = [
        PolicyFollowUpReportRow(follow_up_id=follow_up.id, report_id=reports[number - 1].id)
        for number in story["reports"]
    ]
    parts += [
        MilestoneRow(follow_up_id=follow_up.id, title=title, due_at=date.fromisoformat(due))
        for title, due in story["milestones"]
    ]
    if story["evidence"]:
        query = written(story["evidence"]["query"])
        parts.append(
            EvidenceSnapshotRow(
                follow_up_id=follow_up.id,
                taken_at=follow_up.proposed_at,
                count=sum(report.category == story["evidence"]["query"]["category"] for report in reports),
                query=query,
                query_hash=hash_of_text(query),
                description=story["evidence"]["description"],
            )
        )
    return parts


def _events(story: _Story, follow_up: PolicyFollowUpRow, office: Office) -> list[EventRow]:
    acts = [("policyFollowUpPropose", story["proposed"], story["by"], PolicyStatus.PROPOSED)]
    if "reviewed" in story:
        acts.append(("policyFollowUpAdvance", story["reviewed"], story["reviewer"], PolicyStatus.UNDER_REVIEW))
    return [
        EventRow(
            at=datetime.fromisoformat(at),
            act=act,
            noun="PolicyFollowUp",
            noun_id=follow_up.id,
            actor=subject,
            actor_staff_id=office.accounts[subject].staff_id,
            data={"to": status.value},
        )
        for act, at, subject, status in acts
    ]
