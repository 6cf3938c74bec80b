"""The printed side of a disposition (lembar disposisi), and people who no longer work here."""

from sqlmodel import col, update

from integration.db.engine import Database
from integration.staff.tables import StaffRow
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

SHEETS = """query($id: ID) { report(id: $id) { dispositions {
  number instruction dueAt from { name } parent { number } assignment { role staff { name } unit { code } } } } }"""


async def test_a_front_end_can_print_every_sheet(office: Office, stage: Stage) -> None:
    await stage.put("FORWARDED")
    on = {"id": await stage.id_of()}
    first = {**on, "staff": [await office.staff("division")], "instruction": "Mohon dicek; NIK 6402064107809001."}
    await office.do("reportDispose", {**first, "dueAt": "2099-01-05T09:00:00+08:00"}, "lead")
    further = {**on, "staff": [await office.staff("member")], "instruction": "Kunjungi minggu ini."}
    await office.do("reportDispose", further, "division")
    one, two = (await office.ask(SHEETS, on))["report"]["dispositions"]
    assert (one["number"], one["parent"], one["dueAt"]) == (1, None, "2099-01-05T01:00:00Z")
    assert one["instruction"] == "Mohon dicek; NIK 6402********9001."
    assert (two["number"], two["parent"], two["dueAt"]) == (2, {"number": 1}, None)
    assert two["from"] == one["assignment"]["staff"]
    assert (one["assignment"]["role"], two["assignment"]["role"]) == ("DIVISION_HEAD", "TEAM_MEMBER")
    assert two["assignment"]["staff"] == {"name": "Fitriani"}
    # It is the office's own paper.
    answer = await office.tell(SHEETS, on, "citizen")
    assert answer["data"]["report"]["dispositions"] is None
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


async def test_who_left_is_nobody_to_choose_but_still_named_where_they_worked(
    office: Office, stage: Stage, database: Database
) -> None:
    await stage.put("IN_FOLLOW_UP")
    listed = "{ staffMembers(first: 100) { totalCount } staffSummary { total } }"
    before = await office.ask(listed)
    member = await office.staff("member")
    async with database.write() as session:
        await session.exec(update(StaffRow).where(col(StaffRow.name) == "Fitriani").values(active=False))
    after = await office.ask(listed)
    assert after["staffMembers"]["totalCount"] == before["staffMembers"]["totalCount"] - 1
    assert after["staffMembers"]["totalCount"] == after["staffSummary"]["total"]
    query = """query($id: ID!, $report: ID) { node(id: $id) { ... on StaffMember { name active } }
      report(id: $report) { assignments { staff { name active } } } }"""
    shown = await office.ask(query, {"id": member, "report": await stage.id_of()})
    assert shown["node"] == {"name": "Fitriani", "active": False}
    assert {"staff": shown["node"]} in shown["report"]["assignments"]
