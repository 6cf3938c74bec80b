"""The acts on organizations: what they agreed with the social office on data of the registry."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

import strawberry

from integration.events.idempotency import Done
from integration.events.log import Act
from integration.organizations import service
from integration.reading import relay
from integration.reference import purposes
from resolvers.acts import UserError, perform, row_id, said
from resolvers.context import Context

_NOUN = "Organization"


class AgreementRecordInput(Protocol):
    """As `schema.inputs.organizations` declares them; resolvers don't know the schema."""

    organization: str
    number: str
    purposes: list[str]
    valid_to: date
    note: str | None


class AgreementEndInput(Protocol):
    organization: str
    note: str


@dataclass(frozen=True, slots=True, repr=False)
class OrganizationActed:
    """In the shape of OrganizationPayload: the organization as it is now, done or refused."""

    organization: object | None
    errors: list[UserError]


def _act(
    name: str, do: Callable[[Act, Any], Awaitable[UUID]]
) -> Callable[[strawberry.Info[Any, Any], Any], Awaitable[OrganizationActed]]:
    async def resolver(
        info: strawberry.Info[Any, Any],
        input: Any,  # noqa: A002 - the schema's name
    ) -> OrganizationActed:
        context: Context = info.context

        async def done(act: Act) -> Done:
            return Done(await do(act, input))

        outcome = await perform(context, name, done, key=input.idempotency_key, said=said(input))
        known = relay.decode(input.organization)
        target = known[1] if known is not None and known[0] == _NOUN else None
        shown = None if target is None else await context.read_object(info, _NOUN, target)
        return OrganizationActed(shown, outcome.errors)

    return resolver


async def _record(act: Act, told: AgreementRecordInput) -> UUID:
    return await service.record_agreement(
        act,
        row_id(told.organization, _NOUN, "organization"),
        number=told.number,
        purposes=told.purposes,
        valid_to=told.valid_to,
        known=frozenset(code for code, purpose in purposes().items() if purpose.registry_match),
        note=told.note,
    )


async def _end(act: Act, told: AgreementEndInput) -> UUID:
    return await service.end_agreement(act, row_id(told.organization, _NOUN, "organization"), told.note)


agreement_record = _act("agreementRecord", _record)
agreement_end = _act("agreementEnd", _end)
