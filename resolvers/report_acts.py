"""The acts that move a report: from an input to its service, and back to the report as it then stands."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from integration.events.log import Act
from integration.reports import desk, handling, matches, outcomes
from integration.reports.moving import Ask
from resolvers.acts import Resolver, UserError, acting, row_id

# A service of the procedure: the act, which report, and the input for the rest.
Service = Callable[[Act, Ask, Any], Awaitable[UUID]]


@dataclass(frozen=True, slots=True, repr=False)
class ReportActed:
    """In the shape of ReportPayload: the report as it is now, done or refused."""

    report: object | None
    errors: list[UserError]


def report_act(name: str, service: Service) -> Resolver[ReportActed]:
    """The resolver of one act on a report."""

    def on_one(act: Act, told: Any) -> Awaitable[UUID]:
        ask = Ask(row_id(told.id, "Report", "id"), getattr(told, "note", None), getattr(told, "expected_version", None))
        return service(act, ask, told)

    return acting(name, "Report", on_one, ReportActed)


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


def match_act(name: str, service: Callable[[Act, matches.Match], Awaitable[UUID]]) -> Resolver[ReportActed]:
    """The resolver of a decision about a subject; a refusal shows no report, because the subject may be hidden."""

    def on_one(act: Act, told: Any) -> Awaitable[UUID]:
        match = matches.Match(
            row_id(told.subject, "ReportSubject", "subject"),
            None if not hasattr(told, "person") else row_id(told.person, "Person", "person"),
            told.note,
            told.expected_version,
        )
        return service(act, match)

    return acting(name, "Report", on_one, ReportActed)


subject_confirm_match = match_act("subjectConfirmMatch", matches.confirm)
subject_reject_match = match_act("subjectRejectMatch", matches.reject)
subject_mark_not_in_registry = match_act("subjectMarkNotInRegistry", matches.absent)
