"""Reference data: the files of `integration/data`, brought into their tables at every start.

Rows are found again by their natural key (code, number, alias), so ids stay what they are; nothing equal is written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TypeVar
from uuid import UUID

from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from integration.clocks.escalation import Recipient, Trigger
from integration.clocks.tables import ClockPolicyRow, EscalationRuleRow
from integration.codes import DataClass, Priority, RegionLevel, ReportCategory, Role
from integration.datafiles import DATA, Line, read_csv
from integration.db.concurrency import one_at_a_time
from integration.organizations.tables import OrganizationRow, OrgUnitRow
from integration.policy.codes import PlanningKind, SignalKind
from integration.policy.tables import PlanningDocumentRow, SignalRuleRow
from integration.ppks.tables import PpksTypeRow
from integration.psks.tables import PsksTypeRow
from integration.regions.tables import PopulationRow, RegionAliasRow, RegionRow
from integration.registry.lookup import Bands
from integration.registry.tables import ProgrammeRow
from integration.routing.tables import CompetencyRow, DistrictNeighbourRow, RoutingRuleRow, UrgentNeedRow
from integration.sop.tables import LegalBasisRow, SopStepRow
from integration.spm.codes import SpmService
from integration.spm.tables import SpmServiceRow
from integration.statistics.loading import load_statistics
from integration.statistics.protection import SMALLEST

Table = TypeVar("Table", bound=SQLModel)


@dataclass(frozen=True, slots=True)
class Purpose:
    """What personal data may be asked for (X-Purpose)."""

    code: str
    label_id: str
    label_en: str
    registry_match: str  # "1" where somebody may be looked for in the registry for it


@cache
def purposes() -> Mapping[str, Purpose]:
    """The purposes people and clients may give, by code."""
    return {line["code"]: Purpose(**line) for line in read_csv(DATA / "purposes.csv")}


@cache
def desil_bands() -> Bands:
    """In which band partners are told a decile of the registry."""
    lines = read_csv(DATA / "desil_bands.csv")
    return {
        desil: line["band"] for line in lines for desil in range(int(line["from_desil"]), int(line["to_desil"]) + 1)
    }


async def load_reference(session: AsyncSession, smallest_cell: int = SMALLEST) -> int:
    """Bring all reference tables up to the data files; the number of rows added or changed.

    Of statistics about people, counts below `smallest_cell` are withheld.
    """
    # Two processes starting at once would both insert.
    await one_at_a_time(await session.connection(), "load reference data")
    written = await _merge(session, RegionRow, ("code",), map(_region, read_csv(DATA / "regions.csv")))
    written += await _merge(
        session, RegionAliasRow, ("region_code", "alias"), map(_alias, read_csv(DATA / "region_aliases.csv"))
    )
    written += await _merge(
        session, PopulationRow, ("region_code", "year", "source"), map(_population, read_csv(DATA / "population.csv"))
    )
    written += await _merge(session, PpksTypeRow, ("code",), map(_ppks, read_csv(DATA / "ppks_types.csv")))
    written += await _merge(session, PsksTypeRow, ("code",), read_csv(DATA / "psks_types.csv"))
    written += await _merge(session, ProgrammeRow, ("code",), read_csv(DATA / "programmes.csv"))
    plans = map(_plan, read_csv(DATA / "planning_documents.csv"))
    written += await _merge(session, PlanningDocumentRow, ("code",), plans)
    rules = map(_signal_rule, read_csv(DATA / "signal_rules.csv"))
    written += await _merge(session, SignalRuleRow, ("code",), rules)
    written += await _load_organizations(session) + await _load_procedure(session)
    written += await _load_clocks(session) + await _load_routing(session)
    return written + await load_statistics(session, smallest_cell)


async def _load_organizations(session: AsyncSession) -> int:
    lines = read_csv(DATA / "organizations.csv")
    tops = [_organization(line, None) for line in lines if not line["parent_code"]]
    written = await _merge(session, OrganizationRow, ("code",), tops)
    ids = {row.code: row.id for row in await session.exec(select(OrganizationRow))}
    branches = [_organization(line, ids[line["parent_code"]]) for line in lines if line["parent_code"]]
    written += await _merge(session, OrganizationRow, ("code",), branches)
    units = [
        {"code": line["code"], "name": line["name"], "organization_id": ids[line["organization_code"]]}
        for line in read_csv(DATA / "org_units.csv")
    ]
    return written + await _merge(session, OrgUnitRow, ("code",), units)


async def _load_procedure(session: AsyncSession) -> int:
    written = await _merge(session, LegalBasisRow, ("code",), map(_legal_basis, read_csv(DATA / "legal_bases.csv")))
    ids = {row.code: row.id for row in await session.exec(select(LegalBasisRow))}
    steps = [
        {
            "number": int(line["number"]),
            "text": line["text"],
            "role": Role(line["role"]),
            "legal_basis_id": ids[line["legal_basis_code"]],
        }
        for line in read_csv(DATA / "sop_steps.csv")
    ]
    written += await _merge(session, SopStepRow, ("number",), steps)
    services = [
        {
            "code": SpmService(line["code"]),
            "position": position,
            "term": line["term"],
            "name": line["name"],
            "regency_group": line["regency_group"],
            "legal_basis_id": ids[line["legal_basis_code"]],
        }
        for position, line in enumerate(read_csv(DATA / "spm_services.csv"), 1)
    ]
    return written + await _merge(session, SpmServiceRow, ("code",), services)


async def _load_clocks(session: AsyncSession) -> int:
    limits = map(_clock_policy, read_csv(DATA / "clock_policies.csv"))
    chain = map(_escalation_rule, read_csv(DATA / "escalation_rules.csv"))
    return await _merge(session, ClockPolicyRow, ("code",), limits) + await _merge(
        session, EscalationRuleRow, ("code",), chain
    )


async def _load_routing(session: AsyncSession) -> int:
    written = await _merge(session, CompetencyRow, ("code",), read_csv(DATA / "competencies.csv"))
    rules = map(_routing_rule, read_csv(DATA / "routing_rules.csv"))
    written += await _merge(session, RoutingRuleRow, ("code",), rules)
    written += await _merge(session, UrgentNeedRow, ("ppks_code",), read_csv(DATA / "urgent_needs.csv"))
    pairs = read_csv(DATA / "district_neighbours.csv")
    return written + await _merge(session, DistrictNeighbourRow, ("district_code", "neighbour_code"), pairs)


async def _merge(
    session: AsyncSession, table: type[Table], key: tuple[str, ...], wanted: Iterable[Mapping[str, object]]
) -> int:
    there = {tuple(getattr(row, name) for name in key): row for row in await session.exec(select(table))}
    written = 0
    for values in wanted:
        row = there.get(tuple(values[name] for name in key))
        if row is None:
            session.add(table(**values))
            written += 1
            continue
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        for name, value in changed.items():
            setattr(row, name, value)
        written += bool(changed)
    # No relationships are declared, so the session does not know which table must come first.
    await session.flush()
    return written


def _region(line: Line) -> dict[str, object]:
    return {
        "code": line["code"],
        "parent_code": line["parent_code"] or None,
        "level": RegionLevel(line["level"]),
        "kind": line["kind"],
        "name": line["name"],
        "former_parent_code": line["former_parent_code"] or None,
    }


def _population(line: Line) -> dict[str, object]:
    return {**line, "year": int(line["year"]), "people": int(line["people"])}


def _alias(line: Line) -> dict[str, object]:
    return {"alias": line["alias"], "region_code": line["region_code"], "kind": line["kind"]}


def _ppks(line: Line) -> dict[str, object]:
    return {**line, "regency_group": line["regency_group"] or None, "data_class": DataClass(line["data_class"])}


def _organization(line: Line, parent_id: UUID | None) -> dict[str, object]:
    return {
        "code": line["code"],
        "parent_id": parent_id,
        "short_name": line["short_name"],
        "name": line["name"],
        "kind": line["kind"],
        "case_kinds": line["case_kinds"],
    }


def _legal_basis(line: Line) -> dict[str, object]:
    return {
        "code": line["code"],
        "title": line["title"],
        "number": line["number"] or None,
        "year": int(line["year"]),
        "valid_from": _day(line["valid_from"]),
        "valid_to": _day(line["valid_to"]),
        "states_aim": line["states_aim"] == "yes",
    }


def _clock_policy(line: Line) -> dict[str, object]:
    days, hours = _number(line["working_days"]), _number(line["hours"])
    if (days is None) == (hours is None):
        raise ValueError(f"clock_policies.csv, {line['code']}: either working_days or hours")
    return {
        "code": line["code"],
        "step": int(line["step"]),
        "category": ReportCategory(line["category"]) if line["category"] else None,
        "priority": Priority(line["priority"]) if line["priority"] else None,
        "working_days": days,
        "hours": hours,
        "at_risk_percent": int(line["at_risk_percent"]),
        "source": line["source"],
    }


def _escalation_rule(line: Line) -> dict[str, object]:
    working, around_the_clock = _number(line["working_minutes"]), _number(line["minutes"])
    if (working is None) == (around_the_clock is None):
        raise ValueError(f"escalation_rules.csv, {line['code']}: either working_minutes or minutes")
    return {
        "code": line["code"],
        "step": _number(line["step"]),
        "priority": Priority(line["priority"]) if line["priority"] else None,
        "trigger": Trigger(line["trigger"]),
        "to": Recipient(line["to"]),
        "working_minutes": working,
        "minutes": around_the_clock,
        "source": line["source"],
    }


def _routing_rule(line: Line) -> dict[str, object]:
    return {
        **line,
        "category": ReportCategory(line["category"]) if line["category"] else None,
        "ppks_code": line["ppks_code"] or None,
        "competency_code": line["competency_code"] or None,
    }


def _plan(line: Line) -> dict[str, object]:
    years = {name: _number(line[name]) for name in ("from_year", "to_year")}
    return {**line, "kind": PlanningKind(line["kind"]), **years}


def _signal_rule(line: Line) -> dict[str, object]:
    return {
        **line,
        "kind": SignalKind(line["kind"]),
        "threshold": int(line["threshold"]),
        "least": int(line["least"]),
        "days": _number(line["days"]),
        "inactive": line["inactive"] or None,
    }


def _number(text: str) -> int | None:
    return int(text) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
