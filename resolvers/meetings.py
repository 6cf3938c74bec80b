"""The acts on coordination meetings and on what agencies promised there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from integration.events.log import Act
from integration.meetings import service
from integration.meetings.service import COMMITMENT, MEETING
from resolvers.acts import UserError, acting, row_id

_FOLLOW_UP, _AGENCY = "PolicyFollowUp", "Organization"


@dataclass(frozen=True, slots=True, repr=False)
class MeetingActed:
    """In the shape of MeetingPayload."""

    meeting: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class CommitmentActed:
    """In the shape of CommitmentPayload."""

    commitment: object | None
    errors: list[UserError]


def _agencies(given: Sequence[str], field: str) -> list[UUID]:
    return [row_id(one, _AGENCY, field, str(at)) for at, one in enumerate(given)]


def _follow_up(given: str | None, *field: str) -> UUID | None:
    return None if given is None else row_id(given, _FOLLOW_UP, *field, "followUp")


async def _schedule(act: Act, given: Any) -> UUID:
    plan = service.Plan(
        title=given.title,
        level=given.level,
        starts_at=given.starts_at,
        place=given.place,
        agenda=[
            service.Topic(one.topic, _follow_up(one.follow_up, "agenda", str(at)))
            for at, one in enumerate(given.agenda)
        ],
        organizations=_agencies(given.organizations, "organizations"),
    )
    return await service.schedule(act, plan)


async def _record(act: Act, given: Any) -> UUID:
    promises = [
        service.Promise(
            one.text,
            row_id(one.owner, _AGENCY, "commitments", str(at), "owner"),
            one.due_at,
            _follow_up(one.follow_up, "commitments", str(at)),
        )
        for at, one in enumerate(given.commitments or ())
    ]
    minutes = service.Minutes(
        number=given.minutes_number,
        text=given.minutes,
        attended=_agencies(given.attended, "attended"),
        commitments=promises,
        starts_at=given.starts_at,
    )
    return await service.record(act, row_id(given.id, MEETING, "id"), minutes, given.expected_version)


meeting_schedule = acting("meetingSchedule", MEETING, _schedule, MeetingActed)
meeting_reschedule = acting(
    "meetingReschedule",
    MEETING,
    lambda act, given: service.reschedule(
        act, row_id(given.id, MEETING, "id"), given.starts_at, given.place, given.expected_version
    ),
    MeetingActed,
)
meeting_record = acting("meetingRecord", MEETING, _record, MeetingActed)
meeting_cancel = acting(
    "meetingCancel",
    MEETING,
    lambda act, given: service.cancel(act, row_id(given.id, MEETING, "id"), given.reason, given.expected_version),
    MeetingActed,
)
commitment_complete = acting(
    "commitmentComplete",
    COMMITMENT,
    lambda act, given: service.complete(act, row_id(given.id, COMMITMENT, "id"), given.note, given.expected_version),
    CommitmentActed,
)
commitment_cancel = acting(
    "commitmentCancel",
    COMMITMENT,
    lambda act, given: service.drop(act, row_id(given.id, COMMITMENT, "id"), given.reason, given.expected_version),
    CommitmentActed,
)
