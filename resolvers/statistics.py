"""The acts on printed tables of statistics, and a table as printed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry

from integration.access.viewer import OFFICE, Viewer
from integration.statistics import service
from integration.statistics.printed import Layout, layout
from integration.statistics.series import About
from integration.statistics.service import Claim
from integration.statistics.staging import Printed
from resolvers.acts import UserError, acting, row_id
from resolvers.context import Context, Services

_NOUN = "PrintedTable"


@dataclass(frozen=True, slots=True, repr=False)
class TableActed:
    """In the shape of StatisticTablePayload."""

    table: object | None
    errors: list[UserError]


def _printed(given: Any) -> Printed:
    about = About(
        code=given.series_code,
        title=given.title,
        title_en=given.title_en or given.title,
        concept=given.concept or given.title,
        definition=given.definition,
        classification=given.classification or "Tidak disebutkan",
        measure=given.measure or "Jumlah",
        unit=given.unit,
        source=given.source,
        collected_by=given.collected_by,
        method=given.method,
        licence=given.licence or "Tidak disebutkan",
        about_people=given.about_people,
        as_of=given.as_of or given.period_to,
    )
    return Printed(about, given.columns, given.period_from, given.period_to, given.tolerance, given.content)


def _claims(given: Any) -> list[Claim]:
    return [Claim(one.kind, one.count, one.within) for one in given.claims or []]


_accept = acting(
    "statisticTableAccept",
    _NOUN,
    lambda act, given: service.accept(act, row_id(given.id, _NOUN, "id"), given.note, given.expected_version),
    TableActed,
)


async def statistic_table_accept(info: strawberry.Info[Any, Any], input: Any) -> TableActed:  # noqa: A002 - the schema's name
    """Publish a staged table."""
    acted = await _accept(info, input)
    context: Context = info.context
    # Its series may be new here: filters shall know the code at once.
    context.services.known.forget()
    return acted


statistic_table_stage = acting(
    "statisticTableStage",
    _NOUN,
    lambda act, given: service.stage(act, _printed(given), _claims(given)),
    TableActed,
)
statistic_table_discard = acting(
    "statisticTableDiscard",
    _NOUN,
    lambda act, given: service.discard(act, row_id(given.id, _NOUN, "id"), given.note, given.expected_version),
    TableActed,
)


async def printed_layout(services: Services, viewer: Viewer, table_id: UUID) -> Layout:
    """A printed table that this viewer may see, laid out as printed; small counts of people for the office only."""
    smallest = services.settings.smallest_cell if viewer.roles.isdisjoint(OFFICE) else None
    return await layout(services.database, table_id, smallest)
