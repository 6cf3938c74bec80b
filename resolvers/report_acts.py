"""The acts that move a report: from an input to its service, and back to the report as it then stands."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from integration.codes import UserErrorCode
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading import relay
from integration.refusal import Refusal
from integration.reports import desk, handling, matches, outcomes
from integration.reports.moving import Ask
from resolvers.acts import UserError, perform
from resolvers.context import Context

# A service of the procedure: the act, which report, and the input for the rest.
Service = Callable[[Act, Ask, Any], Awaitable[UUID]]


@dataclass(frozen=True, slots=True, repr=False)
class ReportActed:
    """In the shape of ReportPayload: the report as it is now, done or refused."""

    report: object | None
    errors: list[UserError]


def report_act(name: str, service: Service) -> Callable[[strawberry.Info[Any, Any], Any], Awaitable[ReportActed]]:
    """The resolver of one act."""

    async def resolver(info: strawberry.Info[Any, Any], input: Any) -> ReportActed:  # noqa: A002 - the schema's name
        context: Context = info.context

        async def act_on(act: Act) -> Done:
            ask = Ask(
                row_id(input.id, "Report", "id"),
                getattr(input, "note", None),
                getattr(input, "expected_version", None),
            )
            return Done(await service(act, ask, input))

        outcome = await perform(context, name, act_on, key=input.idempotency_key, said=said(input))
        known = relay.decode(input.id)
        target = known[1] if known is not None and known[0] == "Report" else None
        shown = None if target is None else await context.read_object(info, "Report", target)
        return ReportActed(shown, outcome.errors)

    return resolver


def row_id(given: str, type_name: str, *field: str) -> UUID:
    """The row behind an id of an input; INVALID for an id of something else."""
    decoded = relay.decode(given)
    if decoded is None or decoded[0] != type_name:
        raise Refusal(
            UserErrorCode.INVALID, f"Ini bukan id {type_name}.", f"This is not the id of a {type_name}.", field
        )
    return decoded[1]


def said(given: Any) -> Mapping[str, object]:
    """A whole input but for its key, comparable: what a repetition must repeat."""
    return {
        field.name: _plain(getattr(given, field.name)) for field in fields(given) if field.name != "idempotency_key"
    }


def _plain(value: Any) -> object:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return said(value)
    return value.isoformat() if isinstance(value, date) else value


def _rows(given: list[str] | None, type_name: str, field: str) -> list[UUID]:
    return [row_id(one, type_name, field, str(index)) for index, one in enumerate(given or ())]


# One line per act. What needs nothing but the report takes the input for nothing.
report_verify = report_act("reportVerify", lambda act, ask, _: desk.verify(act, ask))
report_request_info = report_act("reportRequestInfo", lambda act, ask, told: desk.request_info(act, ask, told.question))
report_classify = report_act(
    "reportClassify",
    lambda act, ask, told: desk.classify(
        act,
        ask,
        category=told.category,
        ppks_codes=told.ppks_types,
        region_code=told.region,
        priority=told.priority,
        sensitivity=told.sensitivity,
    ),
)
report_reject = report_act("reportReject", lambda act, ask, told: desk.reject(act, ask, told.reason))
report_merge = report_act(
    "reportMerge", lambda act, ask, told: desk.merge(act, ask, row_id(told.into, "Report", "into"))
)
report_unmerge = report_act("reportUnmerge", lambda act, ask, _: desk.unmerge(act, ask))
report_acknowledge = report_act("reportAcknowledge", lambda act, ask, _: desk.acknowledge(act, ask))
report_forward = report_act("reportForward", lambda act, ask, _: desk.forward(act, ask))
report_dispose = report_act(
    "reportDispose",
    lambda act, ask, told: handling.dispose(
        act,
        ask,
        staff=_rows(told.staff, "StaffMember", "staff"),
        units=_rows(told.units, "OrgUnit", "units"),
        instruction=told.instruction,
        due_at=told.due_at,
    ),
)
report_start_follow_up = report_act("reportStartFollowUp", lambda act, ask, _: handling.start_follow_up(act, ask))
report_add_action = report_act(
    "reportAddAction",
    lambda act, ask, told: handling.add_action(
        act, ask, kind=told.kind, result=told.result, dimension=told.dimension, at=told.at
    ),
)
report_draft_reply = report_act("reportDraftReply", lambda act, ask, told: handling.draft_reply(act, ask, told.text))
report_send_reply = report_act("reportSendReply", lambda act, ask, _: desk.send_reply(act, ask))
report_archive = report_act("reportArchive", lambda act, ask, told: desk.archive(act, ask, told.outcome))
report_reopen = report_act("reportReopen", lambda act, ask, told: desk.reopen(act, ask, told.reason))
report_withdraw = report_act("reportWithdraw", lambda act, ask, _: desk.withdraw(act, ask))
outcome_confirm = report_act("outcomeConfirm", lambda act, ask, _: outcomes.confirm(act, ask))
outcome_verify = report_act("outcomeVerify", lambda act, ask, _: outcomes.verify(act, ask))


def match_act(
    name: str, service: Callable[[Act, matches.Match], Awaitable[UUID]]
) -> Callable[[strawberry.Info[Any, Any], Any], Awaitable[ReportActed]]:
    """The resolver of a decision about a subject; a refusal shows no report, because the subject may be hidden."""

    async def resolver(info: strawberry.Info[Any, Any], input: Any) -> ReportActed:  # noqa: A002 - the schema's name
        context: Context = info.context

        async def act_on(act: Act) -> Done:
            match = matches.Match(
                row_id(input.subject, "ReportSubject", "subject"),
                None if not hasattr(input, "person") else row_id(input.person, "Person", "person"),
                input.note,
                input.expected_version,
            )
            return Done(await service(act, match))

        outcome = await perform(context, name, act_on, key=input.idempotency_key, said=said(input))
        done = outcome.object_id
        return ReportActed(None if done is None else await context.read_object(info, "Report", done), outcome.errors)

    return resolver


subject_confirm_match = match_act("subjectConfirmMatch", matches.confirm)
subject_reject_match = match_act("subjectRejectMatch", matches.reject)
subject_mark_not_in_registry = match_act("subjectMarkNotInRegistry", matches.absent)
