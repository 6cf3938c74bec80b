"""The second reader: slow, obvious, in plain Python over rows in memory. It shares no line with the reading road.

graphql-core executes the query field by field over these resolvers; from it come fragments, directives, aliases and
merged
fields. Everything else (who sees what, filters, orders, pages, masks) is written here and beside once more, from the
contract's
words. What both answer must be equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from graphql import (
    GraphQLNonNull,
    GraphQLResolveInfo,
    build_schema,
    execute_sync,
    get_named_type,
    parse,
)

from integration.access.viewer import Viewer
from tests.reading import fields, figures, policies, resources
from tests.reading.arguments import Refused, refusals
from tests.reading.conditions import Refusal, id_parts, words
from tests.reading.counting import count
from tests.reading.fields import Call
from tests.reading.listing import Ledger, Order, Page, by, mark_of
from tests.reading.permits import is_kept, permitted
from tests.reading.published import counts_rows, published
from tests.reading.sight import Sight
from tests.reading.state import Row, State

_SDL = Path(__file__).parents[2] / "schema" / "schema.graphql"
SCHEMA = build_schema(_SDL.read_text(encoding="utf-8"))
_QUERY = SCHEMA.query_type
assert _QUERY is not None
# A root field that is refused leaves the others be: so all refusals of a query are found, whichever the road reports.
REQUIRED = {name for name, field in _QUERY.fields.items() if isinstance(field.type, GraphQLNonNull)}
for _name in REQUIRED:
    _QUERY.fields[_name].type = _QUERY.fields[_name].type.of_type


@dataclass(frozen=True, slots=True)
class Expected:
    """What an answer must be: its data, its FORBIDDEN errors, and for each root field that fails the possible
    reasons.
    """

    data: dict[str, Any] | None
    forbidden: set[tuple[tuple[str | int, ...], int]]
    failures: dict[str, set[Refusal]]
    required: set[str]
    others: set[tuple[str | int, ...]]
    seen: set[str]


class Oracle:
    """Answers queries about one state of a database."""

    def __init__(self, state: State, ledger: Ledger) -> None:
        self.state = state
        self.ledger = ledger
        self._sights: dict[Viewer, Sight] = {}

    def answer(
        self, viewer: Viewer, now: Any, text: str, variables: Mapping[str, Any], operation: str | None
    ) -> Expected:
        """What the road must answer."""
        if viewer not in self._sights:
            self._sights[viewer] = Sight(self.state, viewer)
        call = Call(self.state, self._sights[viewer], now, self.ledger)
        result = execute_sync(
            SCHEMA, parse(text), context_value=call, variable_values=dict(variables), operation_name=operation,
            field_resolver=_resolve, type_resolver=lambda row, *_: row.noun,
        )  # fmt: skip
        failures: dict[str, set[Refusal]] = {}
        required: set[str] = set()
        others: set[tuple[str | int, ...]] = set()
        for error in result.errors or ():
            if isinstance(error.original_error, Refused) and error.path is not None:
                failures[str(error.path[0])] = error.original_error.reasons
                if error.original_error.required:
                    required.add(str(error.path[0]))
            elif error.original_error is not None:
                raise error.original_error
            else:
                others.add(tuple(error.path or ()))
        forbidden = {(paths[0], len(paths)) for paths in call.forbidden.values()}
        return Expected(None if required else result.data, forbidden, failures, required, others, call.seen)


def _resolve(source: Any, info: GraphQLResolveInfo[Call], **given: Any) -> Any:
    call: Call = info.context
    name, parent = info.field_name, info.parent_type.name
    coordinate = f"{parent}.{name}"
    if parent == "Query" and is_kept(parent, name) and not permitted(parent, name, call.sight.roles):
        call.forbidden.setdefault((parent, (str(info.path.key),)), []).append((info.path.key,))
        return None
    if parent == "Query":
        return _root(call, info, name, given)
    call.seen.add(coordinate)
    if given:
        call.seen.update(f"{coordinate}({argument})" for argument in given)
    if isinstance(source, Page):
        return _of_page(source, name)
    if (
        parent == "PageInfo"
        or parent.endswith("Edge")
        or parent.startswith(("StaffSummary", "StatisticTable", "StatisticRow", "StatisticMeasure", "StatisticFigure"))
    ):
        return getattr(source, name)
    if not permitted(parent, name, call.sight.roles):
        path = tuple(info.path.as_list())
        keys = tuple(key for key in path if isinstance(key, str))
        call.forbidden.setdefault((parent, keys), []).append(path)
        return None
    return _of_row(call, info, coordinate, source, given)


def _of_row(call: Call, info: GraphQLResolveInfo[Call], coordinate: str, row: Row, given: Mapping[str, Any]) -> Any:
    name = info.field_name
    if coordinate in fields.COMPUTED:
        return fields.plain(fields.COMPUTED[coordinate](call, row))
    if coordinate in fields.TO_ONE:
        noun, column = fields.TO_ONE[coordinate]
        return call.sight.first(noun, getattr(row, column))
    if coordinate in fields.TO_MANY or coordinate in fields.LINKED:
        noun, order, rows = fields.related(call, coordinate, row)
        if get_named_type(info.return_type).name.endswith("Connection"):
            return call.page(noun, order, rows, given)
        return order.sort(call.state, call.visible(rows))
    if coordinate == "Viewer.regions":
        found = [call.state.get("Region", code) for code in row.regions]
        return fields.BY_CODE.sort(call.state, [region for region in found if region is not None])
    if name == "id":
        return fields.encode_id(row.noun, row.id)
    return fields.plain(getattr(row, _column(name)))


@cache
def _column(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _of_page(page: Page, name: str) -> Any:
    if name == "nodes":
        return page.rows
    if name == "edges":
        return [SimpleNamespace(cursor=mark_of(page.order, row), node=row) for row in page.rows]
    if name == "totalCount":
        return page.total
    marks = [mark_of(page.order, row) for row in page.rows]
    return SimpleNamespace(
        hasNextPage=page.more_after,
        hasPreviousPage=page.more_before,
        startCursor=marks[0] if marks else None,
        endCursor=marks[-1] if marks else None,
    )


# --- root fields


def _root(call: Call, info: GraphQLResolveInfo[Call], name: str, given: Mapping[str, Any]) -> Any:
    reasons = set(refusals(call, info, given))
    if reasons:
        raise Refused(reasons, required=name in REQUIRED)
    call.seen.add(f"Query.{name}")
    call.seen.update(f"Query.{name}({argument})" for argument in given)
    if isinstance(given.get("orderBy"), Mapping):
        call.seen.add(f"ReportOrderField.{given['orderBy']['field']}")
    return _ROOTS[name](call, given)


def _viewer(call: Call, _given: Mapping[str, Any]) -> Row:
    viewer = call.sight.viewer
    return Row(
        noun="Viewer", name=viewer.name, roles=[role for role in fields.ROLES if role in call.sight.roles],
        staff_id=viewer.staff_id, unit_id=viewer.unit_id, organization_id=viewer.organization_id,
        regions=list(viewer.regions), scopes=list(viewer.scopes), purpose=viewer.purpose,
    )  # fmt: skip


def _by_id(call: Call, given: str) -> Row | None:
    parts = id_parts(given)
    assert parts is not None
    return call.sight.first(*parts)


def _report(call: Call, given: Mapping[str, Any]) -> Row | None:
    if given.get("id") is not None:
        return _by_id(call, given["id"])
    found = call.visible(call.state.where("Report", "number", given["number"]))
    return found[0] if found else None


def _filtered(call: Call, noun: str, filter_type: str, given: Mapping[str, Any]) -> list[Row]:
    wanted = given.get("filter", {})
    return [row for row in call.state.all(noun) if call.conditions.meets(filter_type, wanted, row)]


def _reports(call: Call, given: Mapping[str, Any]) -> Page:
    return call.page("Report", fields.order_of_reports(given), _filtered(call, "Report", "ReportFilter", given), given)


def _people(call: Call, given: Mapping[str, Any]) -> Page:
    found = _filtered(call, "Person", "PersonFilter", given)
    if "search" in given:
        wanted = words(given["search"])
        found = [person for person in found if wanted and all(word in " ".join(words(person.name)) for word in wanted)]
    return call.page("Person", fields.PEOPLE, found, given)


def _releases(call: Call, given: Mapping[str, Any]) -> list[Row]:
    found = [r for r in call.state.all("RegistryRelease") if r.scheme == given.get("scheme", r.scheme)]
    return by("receivedAt DESC", "received_at", descending=True).sort(call.state, call.visible(found))


def _summary(call: Call, _given: Mapping[str, Any]) -> SimpleNamespace:
    staff = [one for one in call.visible(call.state.all("StaffMember")) if one.active]
    groups = sorted({(one.employment.value, one.age_band) for one in staff}, key=lambda group: group[1], reverse=True)
    rows = [
        SimpleNamespace(
            employment=employment, ageBand=band,
            count=sum(one.employment == employment and one.age_band == band for one in staff),
        )
        for employment, band in sorted(groups, key=lambda group: group[0])
    ]  # fmt: skip
    return SimpleNamespace(rows=rows, total=len(staff))


def _regions(call: Call, given: Mapping[str, Any]) -> list[Row]:
    found = call.state.all("Region")
    found = [r for r in found if r.level == given.get("level", r.level)]
    return fields.BY_CODE.sort(call.state, [r for r in found if r.parent_code == given.get("parent", r.parent_code)])


def _everything(noun: str, order: Order) -> Any:
    return lambda call, _given: order.sort(call.state, call.state.all(noun))


_ROOTS: dict[str, Any] = {
    "viewer": _viewer,
    "node": lambda call, given: _by_id(call, given["id"]),
    "nodes": lambda call, given: [_by_id(call, one) for one in given["ids"]],
    "report": _report,
    "reports": _reports,
    "person": lambda call, given: _by_id(call, given["id"]),
    "reportStatistics": lambda call, given: (
        count(call, call.visible(_filtered(call, "Report", "ReportFilter", given)), given)
        if counts_rows(call)
        else published(call, given)
    ),
    "people": _people,
    "registryReleases": _releases,
    "importBatches": lambda call, given: call.page("ImportBatch", fields.IMPORTS, call.state.all("ImportBatch"), given),
    "staffMembers": lambda call, given: call.page(
        "StaffMember",
        fields.STAFF,
        [one for one in _filtered(call, "StaffMember", "StaffFilter", given) if one.active],
        given,
    ),
    "staffSummary": _summary,
    "organizations": lambda call, given: call.page(
        "Organization", fields.BY_CODE, _filtered(call, "Organization", "OrganizationFilter", given), given
    ),
    "regions": _regions,
    "ppksTypes": _everything("PpksType", fields.BY_CODE),
    "planningDocuments": _everything("PlanningDocument", fields.BY_CODE),
    "psksTypes": _everything("PsksType", fields.BY_CODE),
    "sopSteps": _everything("SopStep", by("number", "number")),
    "policySignals": lambda call, given: (policies.SIGNALS if call.sight.sees_counts else policies.SIGNALS_TOLD).sort(
        call.state,
        call.visible([one for one in call.state.all("PolicySignal") if one.state == given.get("state", one.state)]),
    ),
    "statisticSeries": lambda call, given: call.page(
        "StatisticSeries", fields.BY_CODE, _filtered(call, "StatisticSeries", "StatisticSeriesFilter", given), given
    ),
    "statisticValues": lambda call, given: call.page(
        "StatisticValue", figures.BY_PLACE, _filtered(call, "StatisticValue", "StatisticValueFilter", given), given
    ),
    "printedTables": lambda call, given: call.page(
        "PrintedTable",
        fields.IMPORTS,
        [one for one in call.state.all("PrintedTable") if one.state == given.get("state", one.state)],
        given,
    ),
    "vervalBatches": lambda call, given: call.page(
        "VervalBatch", fields.PROPOSALS, call.state.all("VervalBatch"), given
    ),
    "vervalProposals": lambda call, given: call.page(
        "VervalProposal", fields.PROPOSALS, _filtered(call, "VervalProposal", "VervalProposalFilter", given), given
    ),
    "coordinationMeetings": lambda call, given: call.page(
        "CoordinationMeeting",
        policies.MEETINGS,
        _filtered(call, "CoordinationMeeting", "CoordinationMeetingFilter", given),
        given,
    ),
    "commitments": lambda call, given: call.page(
        "Commitment", policies.COMMITMENTS, _filtered(call, "Commitment", "CommitmentFilter", given), given
    ),
    "outreachActivities": lambda call, given: call.page(
        "OutreachActivity",
        resources.OUTREACH,
        _filtered(call, "OutreachActivity", "OutreachActivityFilter", given),
        given,
    ),
    "psksResources": lambda call, given: call.page(
        "PsksResource", resources.RESOURCES, _filtered(call, "PsksResource", "PsksResourceFilter", given), given
    ),
    "awards": lambda call, given: call.page(
        "Award",
        resources.AWARDS,
        [a for a in call.state.all("Award") if a.subject == given.get("subject", a.subject)],
        given,
    ),
    "policyFollowUps": lambda call, given: call.page(
        "PolicyFollowUp", policies.FOLLOW_UPS, _filtered(call, "PolicyFollowUp", "PolicyFollowUpFilter", given), given
    ),
}
