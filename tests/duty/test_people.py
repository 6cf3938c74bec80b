"""Who carries how much, who is on duty, and who has done nothing for long: as the leads ask for it."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlmodel import select

from integration.codes import Role
from integration.db.engine import Database
from integration.db.zone import WITA
from integration.events.tables import EventRow
from integration.settings import Settings
from integration.staff.tables import StaffRow
from schema.app import create_app
from tests.clocks.office import Office

NOON = datetime(2026, 1, 5, 12, tzinfo=WITA)
PEOPLE = """query($filter: StaffFilter) {
  staffMembers(first: 100, filter: $filter) {
    totalCount nodes { name roles district { name } openAssignments capacity onDuty lastActivityAt }
  }
}"""


@pytest.fixture
async def http(database: Database, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(settings, database, run_worker=False)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://testserver") as client:
        yield client


async def ask(http: httpx2.AsyncClient, who: str, **conditions: Any) -> dict[str, Any]:
    answer = await http.post(
        "/graphql",
        json={"query": PEOPLE, "variables": {"filter": conditions}},
        headers={"Authorization": f"Bearer demo-{who}"},
    )
    body: dict[str, Any] = answer.json()
    return body


async def members(http: httpx2.AsyncClient, **conditions: Any) -> list[dict[str, Any]]:
    body = await ask(http, "lead", **conditions)
    assert "errors" not in body, body
    found: list[dict[str, Any]] = body["data"]["staffMembers"]["nodes"]
    return found


async def test_the_caseload_of_those_on_duty(http: httpx2.AsyncClient) -> None:
    on_duty = await members(http, onDuty=True)
    roles = {role for one in on_duty for role in one["roles"]}
    assert roles == {role.value for role in (
        Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.AGENCY_HEAD, Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK,
    )}  # fmt: skip
    assert len([one for one in on_duty if one["roles"] == ["TKSK"]]) == 18
    assert all(0 <= one["openAssignments"] <= one["capacity"] for one in on_duty)
    assert any(one["openAssignments"] for one in on_duty)
    off_duty = await members(http, onDuty=False)
    assert len(on_duty) + len(off_duty) == 106


async def test_the_tksk_who_did_nothing_since_a_day(office: Office, http: httpx2.AsyncClient) -> None:
    everybody = {one["name"]: one for one in await members(http, role="TKSK")}
    assert len(everybody) == 18
    async with office.acting(NOON) as act:
        andi = (await act.session.exec(select(StaffRow).where(StaffRow.name == "Andi Tenri"))).one()
        act.session.add(
            EventRow(at=NOON, act="reportAddAction", noun="Report", noun_id=andi.id, actor_staff_id=andi.id)
        )

    def idle(since: datetime) -> Any:
        return members(http, role="TKSK", idleSince=since.isoformat())

    # To the second: whoever acted at that very moment was not idle since then.
    assert {one["name"] for one in await idle(NOON)} == set(everybody) - {"Andi Tenri"}
    after = {one["name"]: one for one in await idle(NOON + timedelta(seconds=1))}
    assert set(after) == set(everybody)
    assert after["Andi Tenri"]["lastActivityAt"] == "2026-01-05T04:00:00Z"
    assert after["Andi Tenri"]["district"] == {"name": "Tenggarong"}
    # Long ago is another matter, and who never did anything was always idle.
    long_ago = {one["name"] for one in await idle(datetime(2000, 1, 1, tzinfo=WITA))}
    assert long_ago == {name for name, one in after.items() if one["lastActivityAt"] is None}


async def test_what_people_do_is_for_the_office_to_know(http: httpx2.AsyncClient) -> None:
    body = await ask(http, "analyst", idleSince="2024-01-01T00:00:00Z")
    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
    body = await ask(http, "analyst", role="TKSK")
    assert {error["extensions"]["code"] for error in body["errors"]} == {"FORBIDDEN"}
    assert all(one["lastActivityAt"] is None for one in body["data"]["staffMembers"]["nodes"])
