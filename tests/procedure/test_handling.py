"""Passing on, following up, drafting, sending: who is asked, in which order, and who may not answer for themselves."""

from typing import Any

import pytest
from sqlmodel import col, select

from integration.access.tables import AccountRow
from integration.assignments.tables import AssignmentRow
from integration.codes import Role
from integration.db.engine import Database
from integration.organizations.tables import OrgUnitRow
from integration.reading import relay
from integration.reports.procedure import DispositionRow, ReplyRow
from integration.staff.tables import StaffRoleRow, StaffRow
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

ASSIGNED = "status assignments { role state staff { name } unit { code } instruction dueAt reason }"


async def test_a_report_is_passed_on_to_several_and_further_on_in_a_chain(
    office: Office, stage: Stage, database: Database
) -> None:
    await stage.put("FORWARDED")
    on = {"id": await stage.id_of()}
    several = {
        **on,
        "staff": [await office.staff("tksk"), await office.staff("division"), await office.staff("tksk")],
        "units": [await unit(database, "DINSOS-REHSOS")],
        "instruction": "Kunjungi; NIK 6402064107809001.",
        "dueAt": "2099-03-02T04:00:00Z",
    }
    report = await office.do("reportDispose", several, "lead", ASSIGNED)
    assert report["status"] == "DISPOSITIONED"
    asked = sorted((a["role"], a["unit"]["code"], a["staff"] is None) for a in report["assignments"])
    assert asked == [
        ("DIVISION_HEAD", "DINSOS-LINJAMSOS", False),
        ("DIVISION_HEAD", "DINSOS-REHSOS", True),
        ("TKSK", "DINSOS-DAYASOS", False),
    ]
    # Named twice is asked once; an identity number is masked here as everywhere.
    assert {a["instruction"] for a in report["assignments"]} == {"Kunjungi; NIK 6402********9001."}
    assert {a["dueAt"] for a in report["assignments"]} == {"2099-03-02T04:00:00Z"}
    further = {**on, "staff": [await office.staff("member")], "instruction": "Minggu ini."}
    assert (await office.do("reportDispose", further, "division", ASSIGNED))["status"] == "DISPOSITIONED"
    await office.do("reportStartFollowUp", on, "member")
    assert (await office.do("reportDispose", further, "secretary", ASSIGNED))["status"] == "IN_FOLLOW_UP"
    async with database.write() as session:
        sheets = (await session.exec(select(DispositionRow).order_by(col(DispositionRow.id)))).all()
    mine = [sheet for sheet in sheets if relay.encode("Report", sheet.report_id) == on["id"]]
    assert [sheet.number for sheet in mine] == [1, 2, 3, 4, 5]
    # The three of one act begin the chain together; what follows passes the last one on.
    assert [sheet.parent_id for sheet in mine] == [None, None, None, mine[2].id, mine[3].id]


@pytest.mark.parametrize(
    ("who", "target", "field"),
    [
        ("division", "member-pfm", ["staff", "0"]),  # of another unit
        ("lead", "verifier", ["staff", "0"]),  # no handler
        ("lead", "admin", ["staff", "0"]),  # no handler
    ],
)
async def test_only_handlers_are_asked_and_by_a_division_only_its_own(
    office: Office, stage: Stage, who: str, target: str, field: list[str]
) -> None:
    await stage.put("DISPOSITIONED")
    before = await stage.trace()
    given = {"id": await stage.id_of(), "staff": [await office.staff(target)], "instruction": "Mohon dicek."}
    payload = await office.act("reportDispose", given, who)
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", field)]
    assert await stage.trace() == before


async def test_a_division_gives_nothing_to_another_unit(office: Office, stage: Stage, database: Database) -> None:
    await stage.put("DISPOSITIONED")
    given = {"id": await stage.id_of(), "instruction": "Mohon dicek.", "units": [await unit(database, "DINSOS-REHSOS")]}
    payload = await office.act("reportDispose", given, "division")
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", ["units", "0"])]


async def test_the_head_of_the_agency_is_bound_to_no_unit(office: Office, stage: Stage, database: Database) -> None:
    await stage.put("FORWARDED")
    await stage.escalate()
    given = {"id": await stage.id_of(), "instruction": "Segera.", "units": [await unit(database, "DINSOS-REHSOS")]}
    assert (await office.do("reportDispose", given, "head"))["status"] == "DISPOSITIONED"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"staff": [], "units": None}, ["staff"]),
        ({"instruction": "  "}, ["instruction"]),
        ({"instruction": "x" * 2_001}, ["instruction"]),
        ({"dueAt": "2020-01-01T00:00:00Z"}, ["dueAt"]),
        ({"staff": ["UmVwb3J0OjE"]}, ["staff", "0"]),
    ],
)
async def test_a_disposition_that_says_too_little_is_refused_where_it_does(
    office: Office, stage: Stage, changed: dict[str, Any], field: list[str]
) -> None:
    await stage.put("FORWARDED")
    before = await stage.trace()
    given = {"id": await stage.id_of(), "staff": [await office.staff("member")], "instruction": "Mohon dicek."}
    payload = await office.act("reportDispose", given | changed, "lead")
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", field)]
    assert await stage.trace() == before


async def test_whoever_left_is_not_asked(office: Office, stage: Stage, database: Database) -> None:
    await stage.put("FORWARDED")
    member = await office.staff("member")
    async with database.write() as session:
        staff = await of_account(session, "demo-member")
        staff.active = False
        session.add(staff)
    given = {"id": await stage.id_of(), "staff": [member], "instruction": "Mohon dicek."}
    assert await office.refused("reportDispose", given, "lead") == "INVALID"


async def test_whoever_is_not_asked_sees_the_report_and_does_nothing_with_it(
    office: Office, stage: Stage, database: Database
) -> None:
    await stage.put("DISPOSITIONED")
    async with database.write() as session:
        tksk = await of_account(session, "demo-tksk")
        for held in (await session.exec(select(AssignmentRow).where(AssignmentRow.staff_id == tksk.id))).all():
            held.staff_id = (await of_account(session, "demo-member")).id
            session.add(held)
    # It is of the field worker's district.
    assert await office.refused("reportStartFollowUp", {"id": await stage.id_of()}, "tksk") == "FORBIDDEN"


async def test_four_eyes_are_two_people_not_two_roles(office: Office, stage: Stage, database: Database) -> None:
    await stage.put("IN_FOLLOW_UP")
    on = {"id": await stage.id_of()}
    async with database.write() as session:
        member = await of_account(session, "demo-member")
        session.add(StaffRoleRow(staff_id=member.id, role=Role.ADMIN))
    await office.do("reportDraftReply", {**on, "text": "Sudah diantar."}, "member")
    before = await stage.trace()
    assert await office.refused("reportSendReply", on, "member") == "FORBIDDEN"
    assert await stage.trace() == before
    assert (await office.do("reportSendReply", on, "admin"))["status"] == "REPLY_SENT"
    async with database.write() as session:
        (reply,) = [
            row
            for row in (await session.exec(select(ReplyRow))).all()
            if relay.encode("Report", row.report_id) == on["id"]
        ]
        assert reply.drafter_id == member.id and reply.sender_id == (await of_account(session, "demo-admin")).id


@pytest.mark.parametrize("at", ["2099-01-01T00:00:00Z", "2020-01-01T00:00:00Z"])
async def test_an_action_lies_between_receipt_and_now(office: Office, stage: Stage, at: str) -> None:
    await stage.put("IN_FOLLOW_UP")
    given = {"id": await stage.id_of(), "kind": "VISIT", "result": "Dikunjungi.", "at": at}
    payload = await office.act("reportAddAction", given, "member")
    assert [(error["code"], error["field"]) for error in payload["errors"]] == [("INVALID", ["at"])]


async def of_account(session: Any, subject: str) -> StaffRow:
    found = select(StaffRow).join(AccountRow, col(AccountRow.staff_id) == col(StaffRow.id))
    staff: StaffRow = (await session.exec(found.where(AccountRow.subject == subject))).one()
    return staff


async def unit(database: Database, code: str) -> str:
    """A unit's opaque id."""
    async with database.write() as session:
        found = (await session.exec(select(OrgUnitRow.id).where(OrgUnitRow.code == code))).one()
        return relay.encode("OrgUnit", found)
