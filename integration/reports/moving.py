"""How every act of the procedure begins and ends: found, locked, fresh and allowed; then counted and recorded."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import col, select

from integration.clocks import service as clocks
from integration.codes import ReportStatus, UserErrorCode
from integration.events.log import Act
from integration.refusal import Refusal
from integration.reports import rules
from integration.reports.facts import LEAVES, facts_of
from integration.reports.service import touched
from integration.reports.steps import CLOSED, SOP_STEP
from integration.reports.tables import ReportRow
from integration.routing import service as routing
from integration.sop.tables import SopStepRow


@dataclass(frozen=True, slots=True)
class Ask:
    """What every act is told: which report, what to note, and which version the client believes it is."""

    report_id: UUID
    note: str | None = None
    expected_version: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An act under way on one report, allowed already."""

    act: Act
    move: rules.Move
    report: ReportRow
    facts: rules.Facts


async def found(act: Act, ask: Ask) -> ReportRow:
    """The report, locked, and in the version the client knows; a Refusal where it is another by now."""
    return await act.find(ReportRow, "Report", ask.report_id, expected_version=ask.expected_version)


async def begin(act: Act, name: str, ask: Ask) -> Step:
    """Find, lock, compare the version, decide; a Refusal if any of it says no."""
    report = await found(act, ask)
    facts = facts_of(await act.look("Report", report.id, LEAVES))
    refused = rules.decide(name, facts, act.viewer.roles)
    if refused is not None:
        raise refused.refusal()
    return Step(act, rules.BY_ACT[name], report, facts)


async def finish(step: Step, note: str | None = None, data: Mapping[str, object] | None = None) -> UUID:
    """Move the report where the act leads, count the change, and record the one event."""
    act, report, move = step.act, step.report, step.move
    before = ReportStatus(report.status)
    after = rules.target(move, step.facts)
    report.status = after
    touched(act, report)
    await clocks.start(act, report)
    if after in CLOSED or SOP_STEP[after] > SOP_STEP[ReportStatus.IN_FOLLOW_UP]:
        await routing.forget(act, report)
    act.record(
        move.act,
        "Report",
        report.id,
        report_id=report.id,
        sop_step=move.step,
        from_status=before,
        to_status=after,
        note=note,
        legal_basis_id=await legal_basis(act, move.step),
        data=data,
    )
    await act.session.flush()
    return report.id


async def legal_basis(act: Act, step: int | None) -> UUID | None:
    """The decree that provides for a step."""
    if step is None:
        return None
    return (await act.session.exec(select(SopStepRow.legal_basis_id).where(col(SopStepRow.number) == step))).first()


def required_text(value: str, field: str, longest: int = 10_000) -> str:
    """A text that must say something; INVALID for an empty or endless one."""
    text = value.strip()
    if not text or len(text) > longest:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Isi 1 sampai {longest} karakter.",
            f"Write 1 to {longest} characters.",
            field.split("."),
        )
    return text
