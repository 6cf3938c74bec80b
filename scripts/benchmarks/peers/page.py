"""The limit's page of reports: rows by one prepared statement for each list level, put together in Python by hand."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import asyncpg

_REPORTS = """SELECT report.id, report.number, report.status, report.category, report.received_at, region.name
  FROM report LEFT JOIN region ON region.code = report.region_code
  ORDER BY report.received_at DESC, report.id DESC LIMIT 50"""
_SUBJECTS = """SELECT subject.report_id, person.name, person.birth_date, person.family_id, record.desil, record.scheme,
    record.person_id, person.id
  FROM report_subject AS subject LEFT JOIN person ON person.id = subject.person_id
  LEFT JOIN LATERAL (
    SELECT record.person_id, record.desil, release.scheme
    FROM registry_record AS record JOIN registry_release AS release ON release.id = record.release_id
    WHERE record.person_id = person.id
    ORDER BY (release.scheme = 'DTSEN') DESC, release.received_at DESC, record.id DESC LIMIT 1
  ) AS record ON true
  WHERE subject.report_id = ANY($1::uuid[]) ORDER BY subject.id"""
_MEMBERS = """SELECT family_id, name FROM person WHERE family_id = ANY($1::uuid[]) ORDER BY family_order, id"""
_ASSIGNMENTS = """SELECT held.report_id, held.role, held.state, held.assigned_at, staff.name, unit.name
  FROM assignment AS held LEFT JOIN staff ON staff.id = held.staff_id
  LEFT JOIN org_unit AS unit ON unit.id = held.unit_id
  WHERE held.report_id = ANY($1::uuid[]) ORDER BY held.assigned_at DESC, held.id DESC"""
_FOLLOW_UPS = """SELECT link.report_id, plan.title, plan.status
  FROM policy_follow_up_report AS link JOIN policy_follow_up AS plan ON plan.id = link.follow_up_id
  WHERE link.report_id = ANY($1::uuid[]) ORDER BY plan.proposed_at DESC, plan.id DESC"""


async def read_page(connection: asyncpg.Connection | Any) -> list[dict[str, Any]]:
    """The nodes of Q1's answer."""
    reports = await connection.fetch(_REPORTS)
    ids = [report[0] for report in reports]
    named = await connection.fetch(_SUBJECTS, ids)
    members = await connection.fetch(_MEMBERS, list({row[3] for row in named if row[3] is not None}))
    families = _grouped((row[0], {"name": row[1]}) for row in members)
    subjects = _grouped((row[0], {"person": _person(row, families)}) for row in named)
    assignments = _grouped(
        (
            row[0],
            {
                "role": row[1],
                "state": row[2],
                "assignedAt": row[3],
                "staff": _name(row[4]),
                "unit": _name(row[5]),
            },
        )
        for row in await connection.fetch(_ASSIGNMENTS, ids)
    )
    follow_ups = _grouped(
        (row[0], {"title": row[1], "status": row[2]}) for row in await connection.fetch(_FOLLOW_UPS, ids)
    )
    return [
        {
            "number": number,
            "status": status,
            "category": category,
            "receivedAt": received_at,
            "region": _name(region),
            "subjects": subjects[report_id],
            "assignments": assignments[report_id],
            "followUps": follow_ups[report_id],
        }
        for report_id, number, status, category, received_at, region in reports
    ]


def _person(row: Any, families: dict[Any, list[Any]]) -> dict[str, Any] | None:
    if row[7] is None:
        return None
    return {
        "name": row[1],
        "birthDate": row[2],
        "family": None if row[3] is None else {"members": families[row[3]]},
        "currentRegistry": None if row[6] is None else {"desil": row[4], "scheme": row[5]},
    }


def _name(name: str | None) -> dict[str, str] | None:
    return None if name is None else {"name": name}


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found
