"""The acts on proposals: from an input to its service, and back to the proposal as it then stands."""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry

from integration.codes import UserErrorCode
from integration.db.base import uuid7
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.reading import relay
from integration.refusal import Refusal
from integration.verval import assessing, batches, endorsing, service, steps
from integration.verval.changes import Change
from integration.verval.moving import NOUN, Ask
from resolvers.acts import Resolver, UserError, acting, kept, perform, row_id, said, told_again
from resolvers.context import Context


@dataclass(frozen=True, slots=True, repr=False)
class VervalActed:
    """In the shape of VervalPayload: the proposal as it is now, done or refused."""

    proposal: object | None
    errors: list[UserError]


def verval_act(name: str, service: Callable[[Act, Ask, Any], Awaitable[UUID]]) -> Resolver[VervalActed]:
    """The resolver of one act on a proposal that is there."""

    def on_one(act: Act, told: Any) -> Awaitable[UUID]:
        return service(act, Ask(row_id(told.id, NOUN, "id"), getattr(told, "note", None), told.expected_version), told)

    return acting(name, NOUN, on_one, VervalActed)


def _changes(given: Sequence[Any] | None) -> list[Change] | None:
    return None if given is None else [Change(one.field, one.value) for one in given]


async def _propose(act: Act, told: Any) -> UUID:
    wish = service.Wish(
        told.action,
        told.reason,
        subject_id=None if told.subject is None else row_id(told.subject, "ReportSubject", "subject"),
        person_id=None if told.person is None else row_id(told.person, "Person", "person"),
        scheme=told.scheme,
        changes=_changes(told.changes) or (),
        note=told.note,
        is_draft=bool(told.draft),
    )
    return await service.propose(act, wish)


verval_propose = acting("vervalPropose", NOUN, _propose, VervalActed)
verval_object = acting(
    "vervalObject",
    NOUN,
    lambda act, told: service.object_to(
        act, row_id(told.person, "Person", "person"), told.reason, told.scheme, told.note
    ),
    VervalActed,
)
verval_revise = verval_act("vervalRevise", lambda act, ask, told: steps.revise(act, ask, _changes(told.changes)))
verval_deliberate = verval_act(
    "vervalDeliberate",
    lambda act, ask, told: steps.deliberate(
        act,
        ask,
        minutes_number=told.minutes_number,
        held_on=told.held_on,
        place=told.place,
        attendance=told.attendance,
        organizations=told.organizations,
    ),
)
verval_verify = verval_act("vervalVerify", lambda act, ask, _: steps.verify(act, ask))
verval_endorse = verval_act(
    "vervalEndorse",
    lambda act, ask, told: steps.endorse(
        act, ask, document_number=told.document_number, document_date=told.document_date
    ),
)
verval_return = verval_act("vervalReturn", lambda act, ask, told: steps.give_back(act, ask, told.reason))
verval_withdraw = verval_act("vervalWithdraw", lambda act, ask, _: steps.withdraw(act, ask))


async def _assess(act: Act, ask: Ask, told: Any) -> UUID:
    answers: dict[str, str] = {}
    for index, one in enumerate(told.answers):
        if one.question in answers:
            raise Refusal(
                UserErrorCode.INVALID,
                "Setiap pertanyaan hanya satu kali.",
                "Each question can be answered only once.",
                ["answers", str(index)],
            )
        answers[one.question] = one.value
    return await assessing.assess(
        act,
        ask,
        form=told.form,
        form_version=told.form_version,
        answers=answers,
        latitude=told.latitude,
        longitude=told.longitude,
        recommendation=told.recommendation,
        visited_on=told.visited_on,
    )


verval_assess = verval_act("vervalAssess", _assess)


@dataclass(frozen=True, slots=True, repr=False)
class BatchActed:
    """In the shape of VervalBatchPayload."""

    batch: object | None
    errors: list[UserError]


@dataclass(frozen=True, slots=True, repr=False)
class ManyActed:
    """In the shape of VervalManyPayload: a result per proposal, in their order."""

    results: list[VervalActed]
    errors: list[UserError]


async def verval_endorse_many(info: strawberry.Info[Any, Any], input: Any) -> ManyActed:  # noqa: A002 - the schema's name
    """Endorse up to a hundred proposals with one document; a repetition is told of each what the first was."""
    context: Context = info.context

    async def do(act: Act) -> Done:
        results = await endorsing.endorse_all(
            act,
            [_id_or_refusal(one) for one in input.ids],
            document_number=input.document_number,
            document_date=input.document_date,
            note=input.note,
        )
        # The call has no object of its own that could be found again.
        return Done(uuid7(), {"results": json.dumps([kept(result) for result in results])})

    outcome = await perform(context, "vervalEndorseMany", do, key=input.idempotency_key, said=said(input))
    if outcome.told is None:
        return ManyActed([], outcome.errors)
    results = []
    for given, before in zip(input.ids, json.loads(outcome.told["results"]), strict=True):
        known = relay.decode(given)
        is_proposal = known is not None and known[0] == NOUN
        shown = await context.read_object(info, NOUN, known[1]) if known is not None and is_proposal else None
        errors = [] if before is None else [told_again(before, context.viewer.language)]
        results.append(VervalActed(shown, errors))
    return ManyActed(results, [])


def _id_or_refusal(given: str) -> UUID | Refusal:
    try:
        return row_id(given, NOUN, "ids")
    except Refusal as refusal:
        return refusal


verval_batch_create = acting(
    "vervalBatchCreate", "VervalBatch", lambda act, told: batches.create(act, told.scheme), BatchActed
)
verval_batch_result = acting(
    "vervalBatchResult",
    "VervalBatch",
    lambda act, told: batches.take_result(act, row_id(told.batch, "VervalBatch", "batch"), told.file.encode()),
    BatchActed,
)
