"""The evidence a follow-up rests on: what was counted, frozen so that it can be checked for ever."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import select

from integration.codes import UserErrorCode
from integration.db.bulk import insert_rows
from integration.events.log import Act
from integration.policy import rules
from integration.policy.codes import SignalKind
from integration.policy.finders import FINDERS, GAUGES
from integration.policy.finding import Question, hash_of, names_of
from integration.policy.outside import tell_evidence
from integration.policy.revising import refuse_at_end
from integration.policy.tables import (
    EvidenceMemberRow,
    EvidenceSnapshotRow,
    PolicyFollowUpReportRow,
    PolicyFollowUpRow,
    PolicySignalReportRow,
    PolicySignalRow,
    SignalRuleRow,
)
from integration.policy.telling import hash_of_text, written
from integration.reading.view import table
from integration.refusal import Refusal, permit
from integration.regions.tables import RegionRow


async def gather(act: Act, follow_up: PolicyFollowUpRow, question: Question) -> None:
    """Count something now, and freeze it as evidence of a follow-up that is not at its end."""
    permit(act.viewer.roles, among=rules.GATHERERS)
    refuse_at_end(follow_up)
    gauge = GAUGES.get(question.kind)
    if gauge is None:
        raise Refusal(
            UserErrorCode.INVALID,
            f"{question.kind} hanya datang bersama sinyal.",
            f"{question.kind} comes with signals only.",
            ["kind"],
        )
    for field in gauge.needs:
        if question.value(field) is None:
            raise Refusal(
                UserErrorCode.INVALID,
                f"Untuk {question.kind} masih diperlukan: {field}.",
                f"For {question.kind} this is still needed: {field}.",
                [field],
            )
    if question.start is not None and question.end is not None and question.end <= question.start:
        raise Refusal(
            UserErrorCode.INVALID, "Masa akhir mendahului masa awal.", "The period ends before it begins.", ["to"]
        )
    if question.region_code is not None and await act.session.get(RegionRow, question.region_code) is None:
        raise Refusal(UserErrorCode.INVALID, "Kode ini tidak dikenal.", "There is no such code.", ["region"])
    if question.unit_id is not None:
        await act.look("OrgUnit", question.unit_id, field="unit")
    met = await gauge.count(act, question)
    if not (met.count if met.of is None else met.of):
        raise Refusal(
            UserErrorCode.INVALID,
            "Tidak ada data yang dapat dihitung untuk pertanyaan ini.",
            "There is nothing to count for this question.",
            ["kind"],
        )
    query = written(question.told() | {"from": met.start.isoformat(), "to": met.end.isoformat()})
    snapshot = EvidenceSnapshotRow(
        follow_up_id=follow_up.id,
        kind=question.kind,
        taken_at=act.at,
        count=met.count,
        of=met.of,
        members_hash=met.members_hash,
        description=gauge.describe(met, await names_of(act)),
        query=query,
        query_hash=hash_of_text(query),
    )
    await _keep(act, snapshot, met.reports)
    await tell_evidence(act)


async def freeze(act: Act, follow_up: PolicyFollowUpRow, signal: PolicySignalRow) -> None:
    """Keep what met a signal's rule: the question, the number, and which reports."""
    found = await act.session.exec(
        select(PolicySignalReportRow.report_id).where(PolicySignalReportRow.signal_id == signal.id)
    )
    members = found.all()
    kind = (await act.session.exec(select(SignalRuleRow.kind).where(SignalRuleRow.code == signal.rule_code))).one()
    about: dict[str, object] = {
        "rule": signal.rule_code,
        "category": signal.category,
        "region": signal.region_code,
        "unit": None if signal.unit_id is None else str(signal.unit_id),
        "from": signal.window_from.isoformat(),
        "to": signal.window_to.isoformat(),
        **({} if signal.organization_id is None else {"organization": str(signal.organization_id)}),
        **({} if signal.topic is None else {"topic": signal.topic}),
    }
    query = written(about)
    snapshot = EvidenceSnapshotRow(
        follow_up_id=follow_up.id,
        kind=FINDERS[SignalKind(kind)].evidence,
        taken_at=act.at,
        count=signal.count,
        of=signal.of,
        # One raised before signals kept it has reports or nothing.
        members_hash=signal.members_hash or hash_of(members),
        description=signal.why,
        signal_id=signal.id,
        query=query,
        query_hash=hash_of_text(query),
    )
    await _keep(act, snapshot, members)
    await tell_evidence(act)


async def _keep(act: Act, snapshot: EvidenceSnapshotRow, members: Sequence[UUID]) -> None:
    act.session.add(snapshot)
    await act.session.flush()
    frozen = [(snapshot.id, member) for member in members]
    await insert_rows(act.session, table(EvidenceMemberRow), ("snapshot_id", "report_id"), frozen)
    found = await act.session.exec(
        select(PolicyFollowUpReportRow.report_id).where(PolicyFollowUpReportRow.follow_up_id == snapshot.follow_up_id)
    )
    known = set(found.all())
    fresh = [(snapshot.follow_up_id, member) for member in members if member not in known]
    await insert_rows(act.session, table(PolicyFollowUpReportRow), ("follow_up_id", "report_id"), fresh)
