"""The acts of the policy loop, and the scorecard."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from integration.access.viewer import OFFICE
from integration.codes import Role, UserErrorCode
from integration.db.zone import first_moment
from integration.events.log import Act
from integration.meetings.service import MEETING
from integration.policy import service
from integration.policy.finding import Question
from integration.policy.revising import Revision
from integration.policy.scorecard import Scorecard, scorecard
from integration.reading.answer import BadRequest
from integration.reading.road import forbidden
from integration.refusal import Refusal
from resolvers.acts import Resolver, Service, UserError, acting, row_id
from resolvers.context import Context
from resolvers.errors import coded, of_bad_request

_MOST_REPORTS = 100
_SCORECARD = "Query.dimensionScorecard"


@dataclass(frozen=True, slots=True, repr=False)
class FollowUpActed:
    """In the shape of PolicyFollowUpPayload."""

    policy_follow_up: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class SignalActed:
    """In the shape of PolicySignalPayload."""

    policy_signal: object | None
    errors: list[UserError]


def _follow_up_act(name: str, of: Service) -> Resolver[FollowUpActed]:
    return acting(name, "PolicyFollowUp", of, FollowUpActed)


def _proposal(given: Any) -> service.Proposal:
    owner = None if given.owner is None else row_id(given.owner, "Organization", "owner")
    return service.Proposal(given.title, given.problem, given.dimension, owner)


async def _propose(act: Act, given: Any) -> UUID:
    reports = given.reports or []
    if len(reports) > _MOST_REPORTS:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Paling banyak {_MOST_REPORTS} laporan.",
            f"At most {_MOST_REPORTS} reports.",
            ["reports"],
        )
    ids = [row_id(one, "Report", "reports", str(at)) for at, one in enumerate(reports)]
    return await service.propose(act, _proposal(given), ids)


async def _advance(act: Act, given: Any) -> UUID:
    advance = service.Advance(
        to=given.to,
        document=given.document,
        instrument=given.instrument,
        note=given.note,
        budget_idr=given.budget_idr,
        milestones=[service.Planned(one.title, one.due_at) for one in given.milestones or []],
        due_at=given.due_at,
        owner_id=None if given.owner is None else row_id(given.owner, "Organization", "owner"),
        meeting_id=None if given.meeting is None else row_id(given.meeting, MEETING, "meeting"),
    )
    return await service.advance(act, row_id(given.id, "PolicyFollowUp", "id"), advance, given.expected_version)


async def _complete(act: Act, given: Any) -> UUID:
    follow_up = row_id(given.id, "PolicyFollowUp", "id")
    milestone = row_id(given.milestone, "Milestone", "milestone")
    return await service.complete(act, follow_up, milestone, given.note, given.expected_version)


async def _revise(act: Act, given: Any) -> UUID:
    supporters = given.supporters
    revision = Revision(
        title=given.title,
        problem=given.problem,
        dimension=given.dimension,
        owner_id=None if given.owner is None else row_id(given.owner, "Organization", "owner"),
        supporters=None
        if supporters is None
        else [row_id(one, "Organization", "supporters", str(at)) for at, one in enumerate(supporters)],
        instrument=given.instrument,
        budget_idr=given.budget_idr,
        planning_document=given.planning_document,
        plan_item=given.plan_item,
        legal_basis=given.legal_basis,
        public_summary=given.public_summary,
    )
    return await service.revise(act, row_id(given.id, "PolicyFollowUp", "id"), revision, given.expected_version)


async def _add_evidence(act: Act, given: Any) -> UUID:
    question = Question(
        given.kind,
        category=given.category,
        region_code=given.region,
        unit_id=None if given.unit is None else row_id(given.unit, "OrgUnit", "unit"),
        service=given.service,
        start=None if given.from_ is None else first_moment(given.from_),
        end=None if given.to is None else first_moment(given.to, days_later=1),
    )
    return await service.add_evidence(act, row_id(given.id, "PolicyFollowUp", "id"), question, given.expected_version)


policy_follow_up_revise = _follow_up_act("policyFollowUpRevise", _revise)
policy_follow_up_add_evidence = _follow_up_act("policyFollowUpAddEvidence", _add_evidence)
signal_accept = _follow_up_act(
    "signalAccept",
    lambda act, given: service.accept(act, row_id(given.id, "PolicySignal", "id"), _proposal(given)),
)
signal_dismiss = acting(
    "signalDismiss",
    "PolicySignal",
    lambda act, given: service.dismiss(act, row_id(given.id, "PolicySignal", "id"), given.reason),
    SignalActed,
)
policy_follow_up_propose = _follow_up_act("policyFollowUpPropose", _propose)
policy_follow_up_advance = _follow_up_act("policyFollowUpAdvance", _advance)
policy_follow_up_complete_milestone = _follow_up_act("policyFollowUpCompleteMilestone", _complete)


async def dimension_scorecard(
    info: strawberry.Info[Any, Any],
    from_: date,
    to: date,
) -> Scorecard:
    """The four dimensions over a period."""
    context: Context = info.context
    if context.viewer.roles.isdisjoint(OFFICE | {Role.ANALYST}):
        raise coded("FORBIDDEN", forbidden(_SCORECARD).messages[context.viewer.language], {})
    try:
        async with context.turn():
            snapshot = await context.snapshot()
            return await scorecard(context.services.road, context.asking(()), snapshot, from_, to)
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None
