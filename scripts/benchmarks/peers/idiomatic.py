"""Strawberry as its documentation teaches it: SQLAlchemy's ORM, a session for each DataLoader call, defaults."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import sqlalchemy as sa
import strawberry
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader

from integration.access.masks import mask_identifier, mask_text
from integration.access.sealing import Sealer
from integration.access.tables import AccountRow, IdempotencyRow
from integration.assignments.tables import AssignmentRow
from integration.codes import ChannelKind, ReportCategory, ReporterKind, ReportStatus
from integration.db.base import now
from integration.db.engine import Database
from integration.events.tables import EventRow
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.people.tables import PersonRow
from integration.policy.tables import MilestoneRow, PolicyFollowUpReportRow, PolicyFollowUpRow
from integration.ppks.tables import PpksTypeRow
from integration.regions.tables import RegionRow
from integration.registry.tables import EnrolmentRow, RegistryRecordRow, RegistryReleaseRow
from integration.reports.numbers import next_number, tracking_code
from integration.reports.tables import MessageRow, ReporterRow, ReportPpksTypeRow, ReportRow, ReportSubjectRow
from integration.sop.tables import SopStepRow
from integration.staff.tables import StaffRow
from scripts.benchmarks.peers import shapes as s
from scripts.benchmarks.peers.serving import KEY, URL, serve

_database = Database(URL)
_sessions = async_sessionmaker(_database.engine, expire_on_commit=False)
_sealer = Sealer(KEY)
_MASKS = {"nik": mask_identifier}


def _open(label: str, sealed: bytes | None) -> str | None:
    return None if sealed is None else _MASKS.get(label, mask_text)(_sealer.open(label, sealed))


def _report(row: ReportRow) -> s.Report:
    return s.Report(
        id=row.id,
        number=row.number,
        version=row.version,
        channel=row.channel,
        status=row.status,
        category=row.category,
        priority=row.priority,
        sensitivity=row.sensitivity,
        received_at=row.received_at,
        updated_at=row.updated_at,
        due_at=row.due_at,
        region_code=row.region_code,
        reporter_id=row.reporter_id,
        description_sealed=row.description_sealed,
    )


def _person(row: PersonRow) -> s.Person:
    return s.Person(
        id=row.id,
        name=row.name,
        sex=row.sex,
        birth_date=row.birth_date,
        region_code=row.region_code,
        family_id=row.family_id,
    )


def _assignment(row: AssignmentRow) -> s.Assignment:
    return s.Assignment(
        role=row.role,
        state=row.state,
        assigned_at=row.assigned_at,
        due_at=row.due_at,
        staff_id=row.staff_id,
        unit_id=row.unit_id,
    )


def _one(table: Any, key: Any, make: Callable[[Any], Any]) -> DataLoader[Any, Any]:
    async def load(keys: list[Any]) -> list[Any]:
        async with _sessions() as session:
            rows = (await session.scalars(sa.select(table).where(key.in_(keys)))).all()
        found = {getattr(row, key.key): make(row) for row in rows}
        return [found.get(one) for one in keys]

    return DataLoader(load)


def _many(
    fetch: Callable[[AsyncSession, list[UUID]], Awaitable[Iterable[tuple[UUID, Any]]]],
) -> DataLoader[UUID, list[Any]]:
    async def load(keys: list[UUID]) -> list[list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        async with _sessions() as session:
            for key, made in await fetch(session, keys):
                found[key].append(made)
        return [found[key] for key in keys]

    return DataLoader(load)


def _listed(table: Any, key: Any, order: Sequence[Any], make: Callable[[Any], Any]) -> DataLoader[UUID, list[Any]]:
    async def fetch(session: AsyncSession, keys: list[UUID]) -> Iterable[tuple[UUID, Any]]:
        rows = await session.scalars(sa.select(table).where(key.in_(keys)).order_by(*order))
        return [(getattr(row, key.key), make(row)) for row in rows]

    return _many(fetch)


async def _follow_ups(session: AsyncSession, keys: list[UUID]) -> Iterable[tuple[UUID, Any]]:
    link: Any = PolicyFollowUpReportRow
    plan: Any = PolicyFollowUpRow
    found = await session.execute(
        sa.select(link.report_id, plan)
        .join(plan, plan.id == link.follow_up_id)
        .where(link.report_id.in_(keys))
        .order_by(plan.proposed_at.desc(), plan.id.desc())
    )
    return [
        (
            key,
            s.PolicyFollowUp(
                id=row.id, title=row.title, status=row.status, dimension=row.dimension, owner_id=row.owner_id
            ),
        )
        for key, row in found
    ]


async def _ppks_types(session: AsyncSession, keys: list[UUID]) -> Iterable[tuple[UUID, Any]]:
    link: Any = ReportPpksTypeRow
    kind: Any = PpksTypeRow
    found = await session.execute(
        sa.select(link.report_id, kind)
        .join(kind, kind.code == link.ppks_code)
        .where(link.report_id.in_(keys))
        .order_by(kind.code)
    )
    return [(key, s.PpksType(code=row.code, term=row.term)) for key, row in found]


def _current_registry() -> DataLoader[UUID, Any]:
    record: Any = RegistryRecordRow
    release: Any = RegistryReleaseRow

    async def load(keys: list[UUID]) -> list[Any]:
        async with _sessions() as session:
            found = await session.execute(
                sa.select(record, release)
                .join(release, release.id == record.release_id)
                .where(record.person_id.in_(keys))
                .order_by(release.scheme == "DTSEN", release.received_at, record.id)
            )
            # The last one of each person stays.
            newest = {
                row.person_id: s.RegistryRecord(desil=row.desil, scheme=its.scheme, status=row.status, as_of=row.as_of)
                for row, its in found
            }
        return [newest.get(key) for key in keys]

    return DataLoader(load)


def _loaders() -> dict[str, DataLoader[Any, Any]]:
    region: Any = RegionRow
    subject: Any = ReportSubjectRow
    held: Any = AssignmentRow
    person: Any = PersonRow
    message: Any = MessageRow
    event: Any = EventRow
    enrolment: Any = EnrolmentRow
    milestone: Any = MilestoneRow
    staff: Any = StaffRow
    unit: Any = OrgUnitRow
    organization: Any = OrganizationRow
    reporter: Any = ReporterRow
    return {
        "region": _one(region, region.code, lambda r: s.Region(code=r.code, name=r.name, parent_code=r.parent_code)),
        "reporter": _one(reporter, reporter.id, lambda r: s.Reporter(kind=r.kind, name=r.name)),
        "person": _one(person, person.id, _person),
        "staff": _one(staff, staff.id, lambda r: s.StaffMember(name=r.name)),
        "unit": _one(unit, unit.id, lambda r: s.OrgUnit(code=r.code, name=r.name)),
        "organization": _one(organization, organization.id, lambda r: s.Organization(short_name=r.short_name)),
        "current_registry": _current_registry(),
        "members": _listed(person, person.family_id, (person.family_order, person.id), _person),
        "enrolments": _listed(
            enrolment,
            enrolment.person_id,
            (enrolment.from_date.desc().nulls_last(), enrolment.id.desc()),
            lambda r: s.Enrolment(programme=r.programme_code, status=r.status),
        ),
        "subjects": _listed(
            subject,
            subject.report_id,
            (subject.id,),
            lambda r: s.ReportSubject(
                name=r.name, nik=_open("nik", r.nik_sealed), match_state=r.match_state, person_id=r.person_id
            ),
        ),
        "assignments": _listed(held, held.report_id, (held.assigned_at.desc(), held.id.desc()), _assignment),
        "follow_ups": _many(_follow_ups),
        "ppks_types": _many(_ppks_types),
        "milestones": _listed(
            milestone,
            milestone.follow_up_id,
            (milestone.due_at, milestone.id),
            lambda r: s.Milestone(title=r.title, due_at=r.due_at),
        ),
        "messages": _listed(
            message,
            message.report_id,
            (message.at, message.id),
            lambda r: s.Message(direction=r.direction, kind=r.kind, text=_open("message.text", r.text_sealed), at=r.at),
        ),
        "timeline": _listed(
            event,
            event.report_id,
            (event.id,),
            lambda r: s.ReportEvent(act=r.act, from_=r.from_status, to=r.to_status, at=r.at),
        ),
    }


@strawberry.type
class Query:
    @strawberry.field
    async def reports(self, first: int = 20, after: str | None = None) -> s.ReportConnection:  # noqa: ARG002
        row: Any = ReportRow
        async with _sessions() as session:
            rows = await session.scalars(
                sa.select(row).order_by(row.received_at.desc(), row.id.desc()).limit(first + 1)
            )
            return s.page([_report(one) for one in rows], first)

    @strawberry.field
    async def report(self, number: str) -> s.Report | None:
        row: Any = ReportRow
        async with _sessions() as session:
            found = (await session.scalars(sa.select(row).where(row.number == number))).one_or_none()
            return None if found is None else _report(found)

    @strawberry.field
    async def report_statistics(self, group_by: list[s.Dimension]) -> s.StatisticTable:  # noqa: ARG002
        row: Any = ReportRow
        district = sa.case((sa.func.length(row.region_code) >= 8, sa.func.substr(row.region_code, 1, 8)))
        # By number: bound twice, the expression would be two different ones to PostgreSQL.
        counts = sa.select(district, row.status, sa.func.count()).group_by(sa.text("1"), sa.text("2"))
        async with _sessions() as session:
            found = await session.execute(counts)
            return s.StatisticTable(rows=[s.StatisticRow(key=[one, two], count=count) for one, two, count in found])


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def report_submit(self, input: s.ReportSubmitInput) -> s.ReportSubmitPayload:  # noqa: A002
        at, code = now(), tracking_code()
        async with _database.write() as session:
            once = IdempotencyRow(
                client="demo-citizen",
                act="reportSubmit",
                key=_sealer.index("idempotency.key", input.idempotency_key).hex(),
                input_hash=_sealer.index("idempotency.input", repr(input)),
                created_at=at,
            )
            session.add(once)
            await session.flush()
            account: Any = AccountRow
            citizen = (await session.scalars(sa.select(account).where(account.subject == "demo-citizen"))).one()
            reporter = ReporterRow(kind=ReporterKind.INDIVIDUAL, name=citizen.name, account_id=citizen.id)
            session.add(reporter)
            await session.flush()
            report = ReportRow(
                number=await next_number(session, at),
                tracking_hash=_sealer.index("tracking", code),
                channel=ChannelKind(input.channel),
                status=ReportStatus.RECEIVED,
                category=ReportCategory(input.category) if input.category else None,
                description_sealed=_sealer.seal("report.description", input.description.strip()),
                region_code=input.region,
                reporter_id=reporter.id,
                received_at=at,
                updated_at=at,
            )
            session.add(report)
            await session.flush()
            step: Any = SopStepRow
            basis = (await session.scalars(sa.select(step.legal_basis_id).where(step.number == 1))).one()
            session.add(
                EventRow(
                    at=at,
                    act="reportReceived",
                    noun="Report",
                    noun_id=report.id,
                    report_id=report.id,
                    sop_step=1,
                    to_status=ReportStatus.RECEIVED,
                    actor="demo-citizen",
                    legal_basis_id=basis,
                    data={"channel": input.channel},
                )
            )
            once.object_id = report.id
            once.outcome_sealed = _sealer.seal("idempotency.outcome", f"{report.number} {code}")
        return s.ReportSubmitPayload(
            report=_report(report), receipt=s.Receipt(number=report.number, tracking_code=code)
        )


class _View(GraphQL[Any, Any]):
    async def get_context(self, request: Any, response: Any) -> Any:
        return {"request": request, "response": response, "loaders": _loaders(), "open": _open}


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    yield
    await _database.close()


_view = _View(strawberry.Schema(query=Query, mutation=Mutation))
app = Starlette(routes=[Route("/graphql", _view, methods=["POST"])], lifespan=_lifespan)

if __name__ == "__main__":
    serve(app, tuned=False)
