"""The acts of the policy loop, and the scorecard."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from integration.access.viewer import OFFICE
from integration.codes import Role, UserErrorCode
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.policy import service
from integration.policy.scorecard import Scorecard, scorecard
from integration.reading import relay
from integration.reading.answer import BadRequest
from integration.reading.road import forbidden
from integration.refusal import Refusal
from resolvers.acts import UserError, perform
from resolvers.context import Context, Later
from resolvers.errors import coded, of_bad_request
from resolvers.report_acts import row_id, said

_MOST_REPORTS = 100
_SCORECARD = "Query.dimensionScorecard"
# A service: the act and its input; the id of what it made or changed.
Service = Callable[[Act, Any], Awaitable[UUID]]


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


async def _done(
    info: strawberry.Info[Any, Any], name: str, given: Any, of: Service, noun: str
) -> tuple[Later | None, list[UserError]]:
    """What was made or changed; on refusal the input's own object as it is, if it names one of this noun."""
    context: Context = info.context

    async def do(act: Act) -> Done:
        return Done(await of(act, given))

    outcome = await perform(context, name, do, key=given.idempotency_key, said=said(given))
    named = relay.decode(getattr(given, "id", ""))
    target = outcome.object_id or (named[1] if named is not None and named[0] == noun else None)
    return None if target is None else await context.read_object(info, noun, target), outcome.errors


def follow_up_act(name: str, of: Service) -> Callable[[strawberry.Info[Any, Any], Any], Awaitable[FollowUpActed]]:
    """The resolver of an act that ends in a follow-up."""

    async def resolver(info: strawberry.Info[Any, Any], input: Any) -> FollowUpActed:  # noqa: A002 - the schema's name
        return FollowUpActed(*await _done(info, name, input, of, "PolicyFollowUp"))

    return resolver


async def signal_dismiss(info: strawberry.Info[Any, Any], input: Any) -> SignalActed:  # noqa: A002 - the schema's name
    """Let a signal rest."""

    def dismiss(act: Act, given: Any) -> Awaitable[UUID]:
        return service.dismiss(act, row_id(given.id, "PolicySignal", "id"), given.reason)

    return SignalActed(*await _done(info, "signalDismiss", input, dismiss, "PolicySignal"))


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
    )
    return await service.advance(act, row_id(given.id, "PolicyFollowUp", "id"), advance, given.expected_version)


async def _complete(act: Act, given: Any) -> UUID:
    follow_up = row_id(given.id, "PolicyFollowUp", "id")
    milestone = row_id(given.milestone, "Milestone", "milestone")
    return await service.complete(act, follow_up, milestone, given.note, given.expected_version)


signal_accept = follow_up_act(
    "signalAccept",
    lambda act, given: service.accept(act, row_id(given.id, "PolicySignal", "id"), _proposal(given)),
)
policy_follow_up_propose = follow_up_act("policyFollowUpPropose", _propose)
policy_follow_up_advance = follow_up_act("policyFollowUpAdvance", _advance)
policy_follow_up_complete_milestone = follow_up_act("policyFollowUpCompleteMilestone", _complete)


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
