"""What is counted about the whole regency: asked for, and what it rests on recorded."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from integration.awards import service as awards
from integration.awards.codes import ScoreboardSubject
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.measures.coverage import Coverage, coverage
from integration.measures.reach import Reach, reach
from integration.measures.resources import ResourceCounts, resource_counts
from integration.measures.scoreboard import Scoreboard, scoreboard
from integration.outreach import service as outreach
from integration.psks import service as psks
from integration.reading.answer import Answer
from integration.regions import service as regions
from resolvers.acts import Outcome, UserError, acting, perform, row_id, said
from resolvers.answering import answer

Info = strawberry.Info[Any, Any]


@dataclass(frozen=True, slots=True, repr=False)
class OutreachActed:
    """In the shape of OutreachPayload."""

    outreach_activity: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class PsksActed:
    """In the shape of PsksPayload."""

    psks_resource: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class AwardActed:
    """In the shape of AwardPayload."""

    award: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class Recorded:
    """In the shape of PopulationPayload and PsksStocktakePayload."""

    done: bool
    errors: list[UserError]


async def ppks_coverage(info: Info, from_: date, to: date) -> Coverage | Answer:
    """Which kinds of need were recorded."""
    return await answer(
        info, "Query.ppksCoverage", lambda road, asking, snapshot: coverage(road, asking, snapshot, from_, to)
    )


async def reach_of(info: Info, from_: date, to: date) -> Reach | Answer:
    """How far the one door reaches."""
    return await answer(info, "Query.reach", lambda road, asking, snapshot: reach(road, asking, snapshot, from_, to))


async def psks_counts(info: Info) -> ResourceCounts | Answer:
    """How many welfare resources there are."""
    return await answer(info, "Query.psksCounts", resource_counts)


async def score_board(info: Info, period: str, subject: ScoreboardSubject) -> Scoreboard | Answer:
    """Who brings in the best data."""
    return await answer(
        info, "Query.scoreboard", lambda road, asking, snapshot: scoreboard(road, asking, snapshot, period, subject)
    )


async def _held(act: Act, given: Any) -> UUID:
    held = outreach.Held(
        given.held_on, given.kind, given.title, given.region, given.audience, given.attendance, given.source
    )
    return await outreach.record(act, held)


async def _resource(act: Act, given: Any) -> UUID:
    told = psks.Resource(
        given.type, given.name, given.region, given.phone, given.active_from, given.source, given.as_of
    )
    return await psks.record(act, told)


async def _ended(act: Act, given: Any) -> UUID:
    resource = row_id(given.id, "PsksResource", "id")
    return await psks.end(act, resource, given.active_to, given.expected_version)


outreach_record = acting("outreachRecord", "OutreachActivity", _held, OutreachActed)
psks_resource_record = acting("psksResourceRecord", "PsksResource", _resource, PsksActed)
psks_resource_end = acting("psksResourceEnd", "PsksResource", _ended, PsksActed)


async def _record(info: Info, name: str, given: Any, of: Callable[[Act], Awaitable[UUID]]) -> Outcome:
    async def do(act: Act) -> Done:
        return Done(await of(act))

    return await perform(info.context, name, do, key=given.idempotency_key, said=said(given))


async def population_record(info: Info, input: Any) -> Recorded:  # noqa: A002 - the schema's name
    """Record how many people live in a region."""
    outcome = await _record(
        info,
        "populationRecord",
        input,
        lambda act: regions.record_population(act, input.region, input.year, input.people, input.source),
    )
    return Recorded(outcome.object_id is not None, outcome.errors)


async def psks_take_stock(info: Info, input: Any) -> Recorded:  # noqa: A002 - the schema's name
    """Say that a kecamatan was looked through for a kind of resource."""
    told = psks.Stocktake(input.type, input.region, input.source, input.as_of)
    outcome = await _record(info, "psksTakeStock", input, lambda act: psks.take_stock(act, told))
    return Recorded(outcome.object_id is not None, outcome.errors)


async def award_grant(info: Info, input: Any) -> AwardActed:  # noqa: A002 - the schema's name
    """Grant an award for a place on a scoreboard."""
    standing = await _standing(info, input)
    outcome = await _record(info, "awardGrant", input, lambda act: awards.grant(act, standing, input.rank, input.note))
    key, context = outcome.object_id, info.context
    return AwardActed(None if key is None else await context.read_object(info, "Award", key), outcome.errors)


async def _standing(info: Info, given: Any) -> awards.Standing | None:
    """Where the recipient stands; None if nowhere, or if this viewer may not see the board."""
    board = await score_board(info, given.period, given.subject)
    if isinstance(board, Answer):
        return None
    row = next((row for row in board.rows if row.code == given.recipient), None)
    if row is None:
        return None
    is_place = given.subject is ScoreboardSubject.DISTRICT
    return awards.Standing(
        board.period, board.subject, board.is_closed, row.rank, row.parts.score, board.formula,
        row.code if is_place else None, None if is_place else row.key,
    )  # fmt: skip
