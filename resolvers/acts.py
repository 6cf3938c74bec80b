"""Every mutation is done here: one transaction, the act, its refusals as errors, and the same answer to a retry."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import strawberry

from integration.codes import Language, UserErrorCode
from integration.db.base import now
from integration.events.idempotency import Done, once
from integration.events.log import Act
from integration.reading import relay
from integration.reading.sight import Sight
from integration.refusal import Refusal
from resolvers.context import Context

ShapeT = TypeVar("ShapeT")


@dataclass(frozen=True, slots=True)
class UserError:
    """A refusal in the viewer's language, in the shape of the schema's type of the same name."""

    code: UserErrorCode
    message: str
    field: list[str] | None
    current_version: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What an act came to. `object_id` is None if it was refused, `about` then the object that stood in the way;
    `told` are words for its caller alone.
    """

    object_id: UUID | None = None
    told: Mapping[str, str] | None = None
    errors: list[UserError] = field(default_factory=list)
    about: UUID | None = None


async def perform(
    context: Context, name: str, service: Callable[[Act], Awaitable[Done]], *, key: str | None, said: object
) -> Outcome:
    """Do the act `name` as this viewer. `said` is its whole input, comparable: the same key with another is refused."""
    services, viewer = context.services, context.viewer
    try:
        async with services.database.write() as session:
            inside = partial(services.database.inside, session)
            sight = Sight(services.facts, context.asking(()), inside)
            act = Act(session, viewer, now(), services.sealer, services.settings, sight)
            done, is_new = (await service(act), True) if key is None else await once(act, name, key, said, service)
    except Refusal as refusal:
        return Outcome(errors=[told(refusal, viewer.language)], about=refusal.about)
    except ExceptionGroup as group:
        refusals, others = group.split(Refusal)
        if refusals is None or others is not None:
            raise
        return Outcome(errors=[told(one, viewer.language) for one in refusals.exceptions if isinstance(one, Refusal)])
    if is_new:
        services.wake()
    return Outcome(done.object_id, done.told)


def told(refusal: Refusal, language: Language) -> UserError:
    """A refusal in somebody's language."""
    return UserError(refusal.code, refusal.message(language), refusal.field, refusal.current_version)


def kept(refusal: Refusal | None) -> dict[str, Any] | None:
    """A refusal of one item of a call, as it is kept to be told again to a repetition; None where there was none."""
    if refusal is None:
        return None
    return {
        "code": refusal.code,
        "messages": {language: refusal.message(language) for language in Language},
        "field": refusal.field,
        "currentVersion": refusal.current_version,
    }


def told_again(refused: dict[str, Any], language: Language) -> UserError:
    """The same in somebody's language."""
    code, message = UserErrorCode(refused["code"]), refused["messages"][language]
    return UserError(code, message, refused["field"], refused["currentVersion"])


# A service: the act and its input; the id of what it made or changed.
Service = Callable[[Act, Any], Awaitable[UUID]]
Resolver = Callable[[strawberry.Info[Any, Any], Any], Awaitable[ShapeT]]


def acting(name: str, noun: str, service: Service, shape: Callable[[Any, list[UserError]], ShapeT]) -> Resolver[ShapeT]:
    """The resolver of one act that ends in a `noun`. `shape` makes the payload of the object as it then stands and the
    refusals; on a refusal that is the object the input names, if it names one.
    """

    async def resolver(info: strawberry.Info[Any, Any], input: Any) -> ShapeT:  # noqa: A002 - the schema's name
        context: Context = info.context

        async def do(act: Act) -> Done:
            return Done(await service(act, input))

        outcome = await perform(context, name, do, key=input.idempotency_key, said=said(input))
        named = relay.decode(getattr(input, "id", ""))
        target = outcome.object_id or outcome.about or (named[1] if named is not None and named[0] == noun else None)
        return shape(None if target is None else await context.read_object(info, noun, target), outcome.errors)

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
    return {one.name: _plain(getattr(given, one.name)) for one in fields(given) if one.name != "idempotency_key"}


def _plain(value: Any) -> object:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return said(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value
