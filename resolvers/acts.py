"""Every mutation is done here: one transaction, the act, its refusals as errors, and the same answer to a retry."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from integration.codes import Language, UserErrorCode
from integration.db.base import now
from integration.events.idempotency import Done, once
from integration.events.log import Act
from integration.reading.sight import Sight
from integration.refusal import Refusal
from resolvers.context import Context


@dataclass(frozen=True, slots=True)
class UserError:
    """A refusal in the viewer's language, in the shape of the schema's type of the same name."""

    code: UserErrorCode
    message: str
    field: list[str] | None
    current_version: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Outcome:
    """What an act came to. `object_id` is None if it was refused; `told` are words for its caller alone."""

    object_id: UUID | None = None
    told: Mapping[str, str] | None = None
    errors: list[UserError] = field(default_factory=list)


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
        return Outcome(errors=[told(refusal, viewer.language)])
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
