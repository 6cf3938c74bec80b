# A DataLoader does not know what it loads.
# mypy: disable-error-code="no-any-return"
"""The GraphQL types of the Strawberry peers: attributes, enums, Relay's connection, a DataLoader behind every edge."""

from datetime import date, datetime
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

import strawberry
from strawberry import relay
from strawberry.dataloader import DataLoader

from integration import codes

for enum in (
    codes.AssignmentState,
    codes.ChannelKind,
    codes.MatchState,
    codes.MessageDirection,
    codes.Priority,
    codes.ReportCategory,
    codes.ReporterKind,
    codes.ReportStatus,
    codes.Role,
    codes.Sensitivity,
    codes.Sex,
):
    strawberry.enum(enum)

Info: TypeAlias = strawberry.Info[Any, Any]
Key: TypeAlias = UUID | str


def loaders(info: Info) -> dict[str, DataLoader[Any, Any]]:
    """The loaders of this request."""
    found: dict[str, DataLoader[Any, Any]] = info.context["loaders"]
    return found


@strawberry.type
class Region:
    code: str
    name: str
    parent_code: strawberry.Private[str | None]

    @strawberry.field
    async def parent(self, info: Info) -> "Region | None":
        return await loaders(info)["region"].load(self.parent_code) if self.parent_code else None


@strawberry.type
class PpksType:
    code: str
    term: str


@strawberry.type
class Reporter:
    kind: codes.ReporterKind
    name: str | None


@strawberry.type
class RegistryRecord:
    desil: int | None
    scheme: str
    status: str
    as_of: date


@strawberry.type
class Enrolment:
    programme: str
    status: str


@strawberry.type
class Family:
    id: strawberry.Private[UUID]

    @strawberry.field
    async def members(self, info: Info) -> "list[Person]":
        return await loaders(info)["members"].load(self.id)


@strawberry.type
class Person:
    id: strawberry.Private[UUID]
    name: str
    sex: codes.Sex | None
    birth_date: date | None
    region_code: strawberry.Private[str | None]
    family_id: strawberry.Private[UUID | None]

    @strawberry.field
    async def region(self, info: Info) -> Region | None:
        return await loaders(info)["region"].load(self.region_code) if self.region_code else None

    @strawberry.field
    def family(self) -> Family | None:
        return Family(id=self.family_id) if self.family_id else None

    @strawberry.field
    async def current_registry(self, info: Info) -> RegistryRecord | None:
        return await loaders(info)["current_registry"].load(self.id)

    @strawberry.field
    async def enrolments(self, info: Info) -> list[Enrolment]:
        return await loaders(info)["enrolments"].load(self.id)


@strawberry.type
class ReportSubject:
    name: str | None
    nik: str | None
    match_state: codes.MatchState
    person_id: strawberry.Private[UUID | None]

    @strawberry.field
    async def person(self, info: Info) -> Person | None:
        return await loaders(info)["person"].load(self.person_id) if self.person_id else None


@strawberry.type
class StaffMember:
    name: str


@strawberry.type
class OrgUnit:
    code: str
    name: str


@strawberry.type
class Assignment:
    role: codes.Role
    state: codes.AssignmentState
    assigned_at: datetime
    due_at: datetime | None
    staff_id: strawberry.Private[UUID | None]
    unit_id: strawberry.Private[UUID | None]

    @strawberry.field
    async def staff(self, info: Info) -> StaffMember | None:
        return await loaders(info)["staff"].load(self.staff_id) if self.staff_id else None

    @strawberry.field
    async def unit(self, info: Info) -> OrgUnit | None:
        return await loaders(info)["unit"].load(self.unit_id) if self.unit_id else None


@strawberry.type
class Organization:
    short_name: str


@strawberry.type
class Milestone:
    title: str
    due_at: date | None


@strawberry.type
class PolicyFollowUp:
    id: strawberry.Private[UUID]
    title: str
    status: str
    dimension: str
    owner_id: strawberry.Private[UUID | None]

    @strawberry.field
    async def owner(self, info: Info) -> Organization | None:
        return await loaders(info)["organization"].load(self.owner_id) if self.owner_id else None

    @strawberry.field
    async def milestones(self, info: Info) -> list[Milestone]:
        return await loaders(info)["milestones"].load(self.id)


@strawberry.type
class Message:
    direction: codes.MessageDirection
    kind: str
    text: str | None
    at: datetime


@strawberry.type
class ReportEvent:
    act: str
    from_: codes.ReportStatus | None = strawberry.field(name="from")
    to: codes.ReportStatus | None
    at: datetime


@strawberry.type
class MessageConnection:
    nodes: list[Message]


@strawberry.type
class ReportEventConnection:
    nodes: list[ReportEvent]


@strawberry.type
class Report(relay.Node):
    id: relay.NodeID[UUID]
    number: str
    version: int
    channel: codes.ChannelKind
    status: codes.ReportStatus
    category: codes.ReportCategory | None
    priority: codes.Priority
    sensitivity: codes.Sensitivity
    received_at: datetime
    updated_at: datetime
    due_at: datetime | None
    region_code: strawberry.Private[str | None]
    reporter_id: strawberry.Private[UUID | None]
    description_sealed: strawberry.Private[bytes | None]

    @strawberry.field
    def description(self, info: Info) -> str | None:
        text: str | None = info.context["open"]("report.description", self.description_sealed)
        return text

    @strawberry.field
    async def region(self, info: Info) -> Region | None:
        return await loaders(info)["region"].load(self.region_code) if self.region_code else None

    @strawberry.field
    async def reporter(self, info: Info) -> Reporter | None:
        return await loaders(info)["reporter"].load(self.reporter_id) if self.reporter_id else None

    @strawberry.field
    async def ppks_types(self, info: Info) -> list[PpksType]:
        return await loaders(info)["ppks_types"].load(self.id)

    @strawberry.field
    async def subjects(self, info: Info) -> list[ReportSubject]:
        return await loaders(info)["subjects"].load(self.id)

    @strawberry.field
    async def assignments(self, info: Info) -> list[Assignment]:
        return await loaders(info)["assignments"].load(self.id)

    @strawberry.field
    async def follow_ups(self, info: Info) -> list[PolicyFollowUp]:
        return await loaders(info)["follow_ups"].load(self.id)

    @strawberry.field
    async def messages(self, info: Info, first: int = 20) -> MessageConnection:
        return MessageConnection(nodes=(await loaders(info)["messages"].load(self.id))[:first])

    @strawberry.field
    async def timeline(self, info: Info, first: int = 20) -> ReportEventConnection:
        return ReportEventConnection(nodes=(await loaders(info)["timeline"].load(self.id))[:first])


@strawberry.type
class ReportConnection(relay.Connection[Report]):
    @strawberry.field
    def nodes(self) -> list[Report]:
        return [edge.node for edge in self.edges]


def page(reports: list[Report], first: int) -> ReportConnection:
    """The first page; `reports` may hold one more than it, which tells that there is a next one."""
    edges = [relay.Edge.resolve_edge(one, cursor=one.number) for one in reports[:first]]
    return ReportConnection(
        edges=edges,
        page_info=relay.PageInfo(
            has_next_page=len(reports) > first,
            has_previous_page=False,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )


@strawberry.enum
class Dimension(Enum):
    DISTRICT = "DISTRICT"
    STATUS = "STATUS"


@strawberry.type
class StatisticRow:
    key: list[str | None]
    count: int


@strawberry.type
class StatisticTable:
    rows: list[StatisticRow]


@strawberry.input
class ReportSubmitInput:
    channel: str
    description: str
    region: str
    idempotency_key: str
    category: str | None = None


@strawberry.type
class Receipt:
    number: str
    tracking_code: str


@strawberry.type
class ReportSubmitPayload:
    report: Report
    receipt: Receipt
