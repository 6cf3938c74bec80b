"""The demo reports: the fourteen of the first quarter of 2024, as many of each kind as the study of SIMASOS counted.

Everything finer than those counts (people, places, days, words) is made up.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.access.sealing import Sealer
from integration.assignments.tables import AssignmentRow
from integration.codes import (
    AssignmentState,
    ChannelKind,
    DeliveryState,
    MatchState,
    MessageDirection,
    Priority,
    ReportCategory,
    ReporterKind,
    ReportOutcome,
    ReportStatus,
    Role,
    Sensitivity,
    Sex,
)
from integration.demo.people import Registry
from integration.demo.procedure import Traces
from integration.demo.staff import Office
from integration.demo.story import ReporterStory, ReportStory, StepStory, SubjectStory, read_stories
from integration.events.tables import EventRow
from integration.reports.tables import (
    MatchCandidateRow,
    MatchEvidenceRow,
    MessageRow,
    ReporterRow,
    ReportNumberRow,
    ReportPpksTypeRow,
    ReportRow,
    ReportSubjectRow,
)
from integration.sop.tables import LegalBasisRow

# The one report whose receipt is published, so that anybody can try to follow it.
DEMO_NUMBER = "SIM-2024-000001"
DEMO_TRACKING_CODE = "DEM7KRTN2G"

_YEAR = 2024
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_DUE = timedelta(days=14)
_REOPENABLE = timedelta(days=30)
_ACKNOWLEDGEMENT = "Laporan Bapak/Ibu sudah kami terima dan akan segera diproses."

# The step of the procedure an act belongs to, and the status it leads to (none: it stays).
_ACTS: dict[str, tuple[int, ReportStatus | None]] = {
    "reportVerify": (2, ReportStatus.UNDER_VERIFICATION),
    "reportClassify": (2, None),
    "subjectConfirmMatch": (2, None),
    "reportRequestInfo": (2, ReportStatus.NEEDS_INFO),
    "reportAcknowledge": (3, ReportStatus.ACKNOWLEDGED),
    "reportForward": (4, ReportStatus.FORWARDED),
    "reportDispose": (5, ReportStatus.DISPOSITIONED),
    "reportStartFollowUp": (6, ReportStatus.IN_FOLLOW_UP),
    "reportAddAction": (6, None),
    "reportDraftReply": (7, ReportStatus.REPLY_DRAFTED),
    "reportSendReply": (8, ReportStatus.REPLY_SENT),
    "reportArchive": (9, ReportStatus.ARCHIVED),
}


@dataclass(slots=True)
class Filing:
    """What the rows are made from and, in the order their tables must be filled, the rows."""

    sealer: Sealer
    office: Office
    registry: Registry
    decree: UUID
    reporters: dict[str, ReporterRow] = field(default_factory=dict)
    reports: list[ReportRow] = field(default_factory=list)
    needs: list[ReportPpksTypeRow] = field(default_factory=list)
    subjects: list[ReportSubjectRow] = field(default_factory=list)
    candidates: list[MatchCandidateRow] = field(default_factory=list)
    evidence: list[MatchEvidenceRow] = field(default_factory=list)
    messages: list[MessageRow] = field(default_factory=list)
    assignments: list[AssignmentRow] = field(default_factory=list)
    events: list[EventRow] = field(default_factory=list)
    traces: Traces = field(init=False)

    def __post_init__(self) -> None:
        self.traces = Traces(self.sealer)


async def load_reports(session: AsyncSession, sealer: Sealer, office: Office, registry: Registry) -> list[ReportRow]:
    """Write the reports with all that hangs on them; they are given back in the order of their numbers."""
    decree = (await session.exec(select(LegalBasisRow).where(LegalBasisRow.code == "KEP-1167-2022"))).one()
    filing = Filing(sealer, office, registry, decree.id)
    stories = read_stories()
    for position, (key, teller) in enumerate(stories["reporters"].items(), start=101):
        filing.reporters[key] = _reporter(filing, position, teller)
    for position, story in enumerate(stories["reports"], start=1):
        _file(filing, position, story)
    # The feed numbers events in the order of their ids: it is to tell the quarter as it went, not report by report.
    told = sorted(filing.events, key=lambda event: event.at)
    for event, at_its_place in zip(told, sorted(event.id for event in told), strict=True):
        event.id = at_its_place
    tables: list[list[SQLModel]] = [
        [*filing.reporters.values()], [ReportNumberRow(year=_YEAR, last=len(filing.reports))], [*filing.reports],
        [*filing.needs], [*filing.subjects], [*filing.candidates], [*filing.evidence], [*filing.messages],
        [*filing.assignments], [*told], [*filing.traces.dispositions], [*filing.traces.actions],
        [*filing.traces.replies],
    ]  # fmt: skip
    for rows in tables:
        session.add_all(rows)
        await session.flush()
    return filing.reports


def tracking_code(sealer: Sealer, number: str) -> str:
    """The code a demo reporter got with the number. Known for one; for the others only who holds the key can tell."""
    if number == DEMO_NUMBER:
        return DEMO_TRACKING_CODE
    return "".join(_ALPHABET[byte % len(_ALPHABET)] for byte in sealer.index("demo.tracking", number)[:10])


def _reporter(filing: Filing, position: int, story: ReporterStory) -> ReporterRow:
    sealer, phone, account = filing.sealer, story.get("phone"), story.get("account")
    sender = f"ID.91{position:014}"
    return ReporterRow(
        kind=ReporterKind(story["kind"]),
        name=story["name"],
        organization_name=story.get("organization"),
        sender_index=sealer.index("sender", sender),
        sender_sealed=sealer.seal("sender", sender),
        phone_index=sealer.index("phone", phone) if phone else None,
        phone_sealed=sealer.seal_optional("phone", phone),
        account_id=filing.office.accounts[account].id if account else None,
    )


def _file(filing: Filing, position: int, story: ReportStory) -> None:
    sealer = filing.sealer
    number = f"SIM-{_YEAR}-{position:06}"
    received = datetime.fromisoformat(story["received"])
    report = ReportRow(
        number=number,
        tracking_hash=sealer.index("tracking", tracking_code(sealer, number)),
        channel=ChannelKind.WHATSAPP,
        entry_point=story.get("entry_point"),
        status=ReportStatus.RECEIVED,
        category=ReportCategory(story["category"]),
        priority=Priority(story.get("priority", "NORMAL")),
        sensitivity=Sensitivity(story.get("sensitivity", "PRIVATE")),
        description_sealed=sealer.seal("report.description", story["text"]),
        region_code=story.get("region"),
        reporter_id=filing.reporters[story["reporter"]].id,
        received_at=received,
        updated_at=received,
        due_at=received + _DUE,
    )
    filing.reports.append(report)
    filing.needs += [ReportPpksTypeRow(report_id=report.id, ppks_code=code) for code in story.get("ppks", [])]
    for subject in story["subjects"]:
        _add_subject(filing, report, subject)
    _say(filing, report, MessageDirection.INBOUND, story["text"], received, f"wamid.DEMO{position:08}")
    filing.events.append(
        EventRow(
            at=received,
            act="reportReceived",
            noun="Report",
            noun_id=report.id,
            report_id=report.id,
            sop_step=1,
            to_status=ReportStatus.RECEIVED,
            actor="system",
            legal_basis_id=filing.decree,
        )
    )
    moments = {"reportReceived": received}
    for step in story["steps"]:
        _act(filing, report, story, step)
        moments[step["act"]] = report.updated_at
    for told in story["assignments"]:
        at = moments[told["at"]]
        staff = filing.office.staff[told["staff"]]
        assignment = AssignmentRow(
            report_id=report.id,
            role=Role(told["role"]),
            staff_id=staff.id,
            unit_id=staff.unit_id,
            instruction_sealed=sealer.seal_optional("assignment.instruction", told.get("instruction")),
            assigned_at=at,
            due_at=at + timedelta(days=told["due_days"]),
            state=AssignmentState(told["state"]),
            reason=told.get("reason"),
        )
        filing.assignments.append(assignment)
        if told["at"] == "reportDispose":
            by = next(step["by"] for step in story["steps"] if step["act"] == told["at"])
            filing.traces.passed_on(assignment, filing.office.staff[by].id, told.get("instruction", ""))


def _act(filing: Filing, report: ReportRow, story: ReportStory, step: StepStory) -> None:
    number, to = _ACTS[step["act"]]
    at = report.updated_at + timedelta(hours=step["after"])
    note = step.get("note")
    by = filing.office.staff[step["by"]].id
    if step["act"] == "reportAcknowledge":
        _say(filing, report, MessageDirection.OUTBOUND, _ACKNOWLEDGEMENT, at)
    elif step["act"] == "reportRequestInfo":
        _say(filing, report, MessageDirection.OUTBOUND, story["question"], at)
        # The clock stands still until the reporter answers.
        report.due_at = None
    elif step["act"] == "reportDraftReply":
        note = story["reply"]
        filing.traces.drafted(report.id, by, at, note)
    elif step["act"] == "reportAddAction":
        filing.traces.done(report.id, by, at, note or "", step.get("data", {}))
    elif step["act"] == "reportSendReply":
        filing.traces.sent(by, _say(filing, report, MessageDirection.OUTBOUND, story["reply"], at))
        report.reopenable_until = at + _REOPENABLE
    filing.events.append(
        EventRow(
            at=at,
            act=step["act"],
            noun="Report",
            noun_id=report.id,
            report_id=report.id,
            sop_step=number,
            from_status=report.status,
            to_status=to or report.status,
            actor=filing.office.actor(step["by"]),
            actor_staff_id=by,
            note_sealed=filing.sealer.seal_optional("event.note", note),
            legal_basis_id=filing.decree,
            data=step.get("data", {}),
        )
    )
    report.status = to or report.status
    report.outcome = ReportOutcome(step["outcome"]) if "outcome" in step else report.outcome
    report.updated_at = at
    report.version += 1


def _say(
    filing: Filing,
    report: ReportRow,
    direction: MessageDirection,
    words: str,
    at: datetime,
    provider_id: str | None = None,
) -> MessageRow:
    inbound = direction is MessageDirection.INBOUND
    message = MessageRow(
        report_id=report.id,
        reporter_id=report.reporter_id,
        channel=ChannelKind.WHATSAPP,
        provider_id=provider_id,
        direction=direction,
        kind="text",
        text_sealed=filing.sealer.seal("message.text", words),
        at=at,
        delivery_state=None if inbound else DeliveryState.READ,
    )
    filing.messages.append(message)
    return message


def _add_subject(filing: Filing, report: ReportRow, story: SubjectStory) -> None:
    sealer, nik = filing.sealer, story.get("nik")
    people = [filing.registry.by_nik[candidate] for candidate in story.get("candidates", [])]
    if story.get("namesakes"):
        people = [p.id for p in filing.registry.people if (p.name, p.region_code) == (story["name"], story["region"])]
    subject = ReportSubjectRow(
        report_id=report.id,
        name=story.get("name"),
        nik_sealed=sealer.seal_optional("nik", nik),
        nik_index=sealer.index("nik", nik) if nik else None,
        approximate_age=story.get("age"),
        sex=Sex(story["sex"]) if "sex" in story else None,
        region_code=story.get("region"),
        note_sealed=sealer.seal_optional("subject.note", story.get("note")),
        match_state=MatchState(story["state"]),
        person_id=people[0] if len(people) == 1 else None,
    )
    filing.subjects.append(subject)
    reasons = [("nik", "exact", 1.0)] if nik else [("name", "exact", 0.5), ("region", "exact", 0.25)]
    for person_id in people:
        score = sum(weight for _, _, weight in reasons)
        candidate = MatchCandidateRow(subject_id=subject.id, person_id=person_id, score=score)
        filing.candidates.append(candidate)
        filing.evidence += [
            MatchEvidenceRow(candidate_id=candidate.id, field=name, comparison=comparison, weight=weight)
            for name, comparison, weight in reasons
        ]
