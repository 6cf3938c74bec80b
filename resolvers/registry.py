"""`matchRegistry`, for one person or many at once, and the account of its use."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import strawberry

from integration.access.policies import MATCHERS, allowed
from integration.access.viewer import Viewer
from integration.codes import Language, RegistryMatchResult, RegistryScheme, Role, UserErrorCode
from integration.db.base import now
from integration.db.zone import WITA, written_day
from integration.organizations.agreement import Agreement, agreement_of
from integration.reading.answer import Answer, BadRequest
from integration.reading.road import forbidden
from integration.reading.scope import Asking
from integration.reference import desil_bands, purposes
from integration.refusal import Refusal
from integration.registry import use
from integration.registry.keys import Key, read_key
from integration.registry.lookup import Found, look_up
from resolvers.acts import UserError, told
from resolvers.auth import NotLetIn
from resolvers.context import Context, Services
from resolvers.errors import coded, of_bad_request

MOST = 100
_USE = "Query.registryUse"


class MatchRegistryInput(Protocol):
    """As `schema.inputs.registry` declares it; resolvers don't know the schema."""

    nik: str | None
    kk: str | None
    name: str | None
    birth_date: date | None


@dataclass(frozen=True, slots=True, repr=False)
class MatchRegistryAnswer:
    """In the shape of the schema's type of the same name."""

    result: RegistryMatchResult
    scheme: RegistryScheme | None
    desil_band: str | None
    as_of: date | None
    errors: list[UserError]


async def match_registry(
    info: strawberry.Info[Any, Any],
    input: MatchRegistryInput,  # noqa: A002 - the schema's name
) -> MatchRegistryAnswer:
    """What may be told of one person or family."""
    (answer,) = await _match(info.context, "matchRegistry", [input])
    return answer


async def match_registry_many(
    info: strawberry.Info[Any, Any], inputs: Sequence[MatchRegistryInput]
) -> list[MatchRegistryAnswer]:
    """The same for up to a hundred, an answer for each in their order."""
    context: Context = info.context
    if not 1 <= len(inputs) <= MOST:
        message = {Language.EN: f"Ask for 1 to {MOST} at once.", Language.ID: f"Tanyakan 1 sampai {MOST} sekaligus."}
        raise coded("BAD_USER_INPUT", message[context.viewer.language], {"argument": "inputs"})
    return await _match(context, "matchRegistryMany", inputs)


async def _match(context: Context, name: str, inputs: Sequence[MatchRegistryInput]) -> list[MatchRegistryAnswer]:
    viewer = context.viewer
    refusal = _refusal(context, len(inputs))
    found: list[Found | Refusal] = [refusal] * len(inputs) if refusal is not None else await _find(context, inputs)
    answers = [_answer(one, viewer.language) for one in found]
    if viewer.subject is not None:
        # Whoever is not signed in was refused, and there is nobody to be named.
        people = {person for one in found if isinstance(one, Found) for person in one.people}
        async with context.services.database.write() as session:
            use.count_use(session, viewer, context.now, (answer.result for answer in answers))
        await context.services.log.enter(viewer, context.now, name, people)
    return answers


def _refusal(context: Context, count: int) -> Refusal | None:
    """Why this viewer is told nothing at all, whatever was asked."""
    viewer, services = context.viewer, context.services
    if viewer.subject is None:
        return Refusal(
            UserErrorCode.FORBIDDEN,
            "Masuk dahulu dengan token instansi Anda (header Authorization: Bearer ...).",
            "Sign in with your agency's token first (header Authorization: Bearer ...).",
        )
    if viewer.roles.isdisjoint(MATCHERS):
        return Refusal(
            UserErrorCode.FORBIDDEN,
            "Peran Anda tidak boleh mencocokkan data dengan DTKS/DTSEN.",
            "Your role may not look people up in the registry.",
        )
    # The clients of a partner agency share its allowance; an officer has their own.
    key = viewer.organization_id.hex if viewer.organization_id and _is_partner(viewer) else viewer.actor
    wait = services.rates.take("match registry", services.settings.matches_per_client, key, count)
    if wait is not None:
        return Refusal(
            UserErrorCode.RATE_LIMITED,
            f"Terlalu banyak pencocokan. Coba lagi {wait} detik lagi.",
            f"Too many people were asked for. Try again in {wait} seconds.",
        )
    possible = ", ".join(code for code, purpose in purposes().items() if purpose.registry_match)
    if viewer.purpose is None:
        return Refusal(
            UserErrorCode.PURPOSE_REQUIRED,
            f"Sebutkan tujuan permintaan ini di header X-Purpose, salah satu dari: {possible}.",
            f"Say in the header X-Purpose what you ask this for, one of: {possible}.",
        )
    if not purposes()[viewer.purpose].registry_match:
        return Refusal(
            UserErrorCode.FORBIDDEN,
            f"Data perorangan tidak dicocokkan untuk tujuan {viewer.purpose}, hanya untuk: {possible}.",
            f"Single people are not looked up for the purpose {viewer.purpose}, only for: {possible}.",
        )
    return None


async def _find(context: Context, inputs: Sequence[MatchRegistryInput]) -> list[Found | Refusal]:
    services = context.services
    today = context.now.astimezone(WITA).date()
    keys = [_key(given, today) for given in inputs]
    async with context.turn():
        snapshot = await context.snapshot()
        database = services.database.dialect
        if _is_partner(context.viewer):
            agreement = await agreement_of(snapshot, database, context.viewer.organization_id)
            if agreement is None or not agreement.allows(context.viewer.purpose or "", today):
                return [_not_agreed(agreement, today)] * len(inputs)
        good = [key for key in keys if isinstance(key, Key)]
        found = iter(await look_up(snapshot, database, services.sealer, good, desil_bands()))
    return [next(found) if isinstance(key, Key) else key for key in keys]


def _not_agreed(agreement: Agreement | None, today: date) -> Refusal:
    """What an agency is told of its own agreement."""
    if agreement is None:
        indonesian = "Instansi Anda tidak mempunyai perjanjian berbagi data dengan Dinas Sosial."
        english = "Your agency has no data-sharing agreement with the social office."
    elif agreement.valid_to < today:
        ended = written_day(agreement.valid_to)
        indonesian = f"Perjanjian berbagi data instansi Anda berakhir pada {ended}."
        english = f"Your agency's data-sharing agreement ended with {ended}."
    else:
        agreed = ", ".join(sorted(agreement.purposes))
        indonesian = f"Perjanjian berbagi data instansi Anda tidak mencakup tujuan ini, hanya: {agreed}."
        english = f"Your agency's data-sharing agreement does not cover this purpose, only: {agreed}."
    return Refusal(UserErrorCode.FORBIDDEN, indonesian, english)


def _is_partner(viewer: Viewer) -> bool:
    """Whether somebody asks for another agency, which may only by agreement."""
    return (viewer.roles & MATCHERS) == {Role.OPD_CLIENT}


def _key(given: MatchRegistryInput, today: date) -> Key | Refusal:
    try:
        return read_key(given.nik, given.kk, given.name, given.birth_date, today)
    except Refusal as refusal:
        return refusal


def _answer(found: Found | Refusal, language: Language) -> MatchRegistryAnswer:
    if isinstance(found, Refusal):
        return MatchRegistryAnswer(RegistryMatchResult.REFUSED, None, None, None, [told(found, language)])
    return MatchRegistryAnswer(found.result, found.scheme, found.desil_band, found.as_of, [])


# --- the account of its use


async def registry_use(info: strawberry.Info[Any, Any], since: date, until: date) -> use.Use | Answer:
    """How often the registry was asked; an agency is told its own share."""
    context: Context = info.context
    if not _may_see_use(context.viewer):
        return Answer(None, [forbidden(_USE)])
    try:
        async with context.turn():
            snapshot = await context.snapshot()
            return await use.registry_use(context.services.road, context.asking(()), snapshot, since, until)
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None


async def use_file(services: Services, viewer: Viewer, since: str, until: str) -> str:
    """The same as CSV; NotLetIn where it is refused."""
    if not _may_see_use(viewer):
        raise NotLetIn("FORBIDDEN", 403, forbidden(_USE).messages[viewer.language])
    asking = Asking(viewer, now(), (), services.sealer, services.known.has, services.settings)
    try:
        days = date.fromisoformat(since), date.fromisoformat(until)
        async with services.database.readers.snapshot() as snapshot:
            return use.as_csv(await use.registry_use(services.road, asking, snapshot, *days))
    except ValueError:
        raise NotLetIn("BAD_USER_INPUT", 400, "Write both days as YYYY-MM-DD.") from None
    except BadRequest as refused:
        raise NotLetIn(refused.code, 400, refused.messages[Language.EN]) from None


def _may_see_use(viewer: Viewer) -> bool:
    return allowed(_USE, viewer.roles)
