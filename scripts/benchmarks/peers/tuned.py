"""Strawberry with all one would tune before leaving it: the driver's plain rows, caches of documents, orjson."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson
import strawberry
from starlette.applications import Starlette
from starlette.routing import Route
from strawberry.asgi import GraphQL
from strawberry.dataloader import DataLoader
from strawberry.extensions import ParserCache, ValidationCache

from integration.access.masks import mask_identifier, mask_text
from integration.access.sealing import Sealer
from integration.reports.numbers import WITA, tracking_code
from scripts.benchmarks.peers import limit
from scripts.benchmarks.peers import shapes as s
from scripts.benchmarks.peers.serving import KEY, URL, serve

_sealer = Sealer(KEY)
_MASKS = {"nik": mask_identifier}
_REPORT = """id, number, version, channel, status, category, priority, sensitivity, received_at, updated_at, due_at,
  region_code, reporter_id, description_sealed"""
_PERSON = "id, name, sex, birth_date, region_code, family_id"
_PAGE = f"SELECT {_REPORT} FROM report ORDER BY received_at DESC, id DESC LIMIT $1"  # noqa: S608 - constants
_BY_NUMBER = f"SELECT {_REPORT} FROM report WHERE number = $1"  # noqa: S608
_COUNTS = """SELECT CASE WHEN length(region_code) >= 8 THEN substr(region_code, 1, 8) END, status, count(*)
  FROM report GROUP BY 1, 2"""


def _open(label: str, sealed: bytes | None) -> str | None:
    return None if sealed is None else _MASKS.get(label, mask_text)(_sealer.open(label, sealed))


def _made(kind: Any) -> Callable[..., Any]:
    """Strawberry's types take their attributes by name only; a row has them in order."""
    names = [field.name for field in fields(kind) if field.init]
    return lambda *row: kind(**dict(zip(names, row, strict=True)))


_report = _made(s.Report)

# The key a row belongs to comes first, then the type's attributes in their order.
_ONE: dict[str, tuple[Callable[..., Any], str]] = {
    "region": (_made(s.Region), "SELECT code, code, name, parent_code FROM region WHERE code = ANY($1::text[])"),
    "reporter": (_made(s.Reporter), "SELECT id, kind, name FROM reporter WHERE id = ANY($1::uuid[])"),
    "person": (_made(s.Person), f"SELECT id, {_PERSON} FROM person WHERE id = ANY($1::uuid[])"),  # noqa: S608
    "staff": (_made(s.StaffMember), "SELECT id, name FROM staff WHERE id = ANY($1::uuid[])"),
    "unit": (_made(s.OrgUnit), "SELECT id, code, name FROM org_unit WHERE id = ANY($1::uuid[])"),
    "organization": (_made(s.Organization), "SELECT id, short_name FROM organization WHERE id = ANY($1::uuid[])"),
    "current_registry": (
        _made(s.RegistryRecord),
        """SELECT DISTINCT ON (person_id) person_id, desil, scheme, status, as_of FROM registry_record r
           JOIN registry_release e ON e.id = r.release_id WHERE person_id = ANY($1::uuid[])
           ORDER BY person_id, (scheme = 'DTSEN') DESC, received_at DESC, r.id DESC""",
    ),
}
_MANY: dict[str, tuple[Callable[..., Any], str]] = {
    "members": (
        _made(s.Person),
        f"SELECT family_id, {_PERSON} FROM person WHERE family_id = ANY($1::uuid[]) ORDER BY family_order, id",  # noqa: S608
    ),
    "enrolments": (
        _made(s.Enrolment),
        """SELECT person_id, programme_code, status FROM enrolment WHERE person_id = ANY($1::uuid[])
           ORDER BY from_date DESC NULLS LAST, id DESC""",
    ),
    "subjects": (
        lambda name, nik, state, person: s.ReportSubject(
            name=name, nik=_open("nik", nik), match_state=state, person_id=person
        ),
        """SELECT report_id, name, nik_sealed, match_state, person_id FROM report_subject
           WHERE report_id = ANY($1::uuid[]) ORDER BY id""",
    ),
    "assignments": (
        _made(s.Assignment),
        """SELECT report_id, role, state, assigned_at, due_at, staff_id, unit_id FROM assignment
           WHERE report_id = ANY($1::uuid[]) ORDER BY assigned_at DESC, id DESC""",
    ),
    "follow_ups": (
        _made(s.PolicyFollowUp),
        """SELECT report_id, p.id, title, status, dimension, owner_id FROM policy_follow_up_report
           JOIN policy_follow_up p ON p.id = follow_up_id WHERE report_id = ANY($1::uuid[])
           ORDER BY proposed_at DESC, p.id DESC""",
    ),
    "ppks_types": (
        _made(s.PpksType),
        """SELECT report_id, code, term FROM report_ppks_type JOIN ppks_type ON code = ppks_code
           WHERE report_id = ANY($1::uuid[]) ORDER BY code""",
    ),
    "milestones": (
        _made(s.Milestone),
        "SELECT follow_up_id, title, due_at FROM milestone WHERE follow_up_id = ANY($1::uuid[]) ORDER BY due_at, id",
    ),
    "messages": (
        lambda direction, kind, text, at: s.Message(
            direction=direction, kind=kind, text=_open("message.text", text), at=at
        ),
        """SELECT report_id, direction, kind, text_sealed, at FROM message
           WHERE report_id = ANY($1::uuid[]) ORDER BY at, id""",
    ),
    "timeline": (
        _made(s.ReportEvent),
        "SELECT report_id, act, from_status, to_status, at FROM event WHERE report_id = ANY($1::uuid[]) ORDER BY id",
    ),
}


class _Store:
    """The pool, opened when the server starts."""

    pool: asyncpg.Pool


_store = _Store()


def _one(make: Callable[..., Any], sql: str) -> DataLoader[Any, Any]:
    async def load(keys: list[Any]) -> list[Any]:
        found = {row[0]: make(*row[1:]) for row in map(tuple, await _store.pool.fetch(sql, keys))}
        return [found.get(key) for key in keys]

    return DataLoader(load)


def _many(make: Callable[..., Any], sql: str) -> DataLoader[Any, Any]:
    async def load(keys: list[Any]) -> list[Any]:
        found: dict[Any, list[Any]] = defaultdict(list)
        for row in map(tuple, await _store.pool.fetch(sql, keys)):
            found[row[0]].append(make(*row[1:]))
        return [found[key] for key in keys]

    return DataLoader(load)


class _Loaders(dict[str, DataLoader[Any, Any]]):
    """Loaders of one request, made when first asked for."""

    def __missing__(self, name: str) -> DataLoader[Any, Any]:
        made = self[name] = _one(*_ONE[name]) if name in _ONE else _many(*_MANY[name])
        return made


@strawberry.type
class Query:
    @strawberry.field
    async def reports(self, first: int = 20, after: str | None = None) -> s.ReportConnection:  # noqa: ARG002
        return s.page([_report(*row) for row in await _store.pool.fetch(_PAGE, first + 1)], first)

    @strawberry.field
    async def report(self, number: str) -> s.Report | None:
        row = await _store.pool.fetchrow(_BY_NUMBER, number)
        return None if row is None else _report(*row)

    @strawberry.field
    async def report_statistics(self, group_by: list[s.Dimension]) -> s.StatisticTable:  # noqa: ARG002
        found = await _store.pool.fetch(_COUNTS)
        return s.StatisticTable(rows=[s.StatisticRow(key=[one, two], count=count) for one, two, count in found])


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def report_submit(self, input: s.ReportSubmitInput) -> s.ReportSubmitPayload:  # noqa: A002
        at, code = datetime.now(UTC), tracking_code()
        async with _store.pool.acquire() as connection, connection.transaction():
            year = at.astimezone(WITA).year
            number = f"SIM-{year:04d}-{await connection.fetchval(limit.NUMBER, year):06d}"
            await connection.execute(
                limit.SUBMIT,
                number,
                _sealer.index("tracking", code),
                input.channel,
                input.category,
                _sealer.seal("report.description", input.description.strip()),
                input.region,
                at,
                _sealer.index("idempotency.key", input.idempotency_key).hex(),
                _sealer.index("idempotency.input", repr(input)),
                _sealer.seal("idempotency.outcome", f"{number} {code}"),
            )
            row = await connection.fetchrow(_BY_NUMBER, number)
        return s.ReportSubmitPayload(report=_report(*row), receipt=s.Receipt(number=number, tracking_code=code))


class _View(GraphQL[Any, Any]):
    async def get_context(self, request: Any, response: Any) -> Any:
        return {"request": request, "response": response, "loaders": _Loaders(), "open": _open}

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data)


@asynccontextmanager
async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
    settings = {"plan_cache_mode": "force_generic_plan", "timezone": "UTC"}
    _store.pool = await asyncpg.create_pool(URL, min_size=1, max_size=8, server_settings=settings, reset=limit.nothing)
    yield
    await _store.pool.close()


# One of each for all requests, or there would be nothing in them.
_parsed, _validated = ParserCache(maxsize=100), ValidationCache(maxsize=100)
_view = _View(strawberry.Schema(query=Query, mutation=Mutation, extensions=[lambda: _parsed, lambda: _validated]))
app = Starlette(routes=[Route("/graphql", _view, methods=["POST"])], lifespan=_lifespan)

if __name__ == "__main__":
    serve(app)
