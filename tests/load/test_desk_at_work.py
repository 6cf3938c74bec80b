"""Two hundred reports and eight people at once: nothing locks up, nothing is lost, every act is told exactly once.

How long they work is `LOAD_SECONDS` (60); what must hold afterwards does not depend on how much they got done.
"""

import asyncio
import os
import random
import time
from collections import Counter
from typing import Any

import pytest
from sqlmodel import col, select

from integration.codes import ReportStatus
from integration.db.engine import Database
from integration.events.tables import EventRow
from integration.reports.rules import BY_ACT
from integration.reports.tables import ReportRow
from tests.procedure.conftest import Office

SECONDS = float(os.environ.get("LOAD_SECONDS", "60"))
REPORTS, CLIENTS = 200, 8
WHO = ("admin", "admin", "lead", "secretary", "division", "member", "tksk", "admin-backup")
ACTIONS = """query($id: ID!) { report(id: $id) { version availableActions { name allowed } } }"""
SUBMIT = """mutation($input: ReportSubmitInput!) { reportSubmit(input: $input) { report { id } errors { code } } }"""


class Client:
    """One person who does whatever is allowed, to whichever report comes to mind."""

    def __init__(self, office: Office, who: str, reports: list[str], people: list[str], seed: int) -> None:
        self._office = office
        self._who = who
        self._reports = reports
        self._people = people
        self._random = random.Random(seed)
        self.outcomes: Counter[str] = Counter()

    async def work(self, until: float) -> None:
        while time.monotonic() < until:
            report = self._random.choice(self._reports)
            found = (await self._office.ask(ACTIONS, {"id": report}, self._who))["report"]
            allowed = [one["name"] for one in (found or {}).get("availableActions") or () if one["allowed"]]
            if not allowed:
                self.outcomes["nothing to do"] += 1
                continue
            act = self._random.choice(allowed)
            told = {"id": report, **self._told(act, report)}
            if self._random.random() < 0.3:
                told["expectedVersion"] = found["version"]
            errors = (await self._office.act(act, told, self._who))["errors"]
            self.outcomes[errors[0]["code"] if errors else "done"] += 1

    def _told(self, act: str, report: str) -> dict[str, Any]:
        others = [one for one in self._reports if one != report]
        told: dict[str, dict[str, Any]] = {
            "reportRequestInfo": {"question": "Di RT berapa?"},
            "reportClassify": {"category": "AID_REQUEST", "region": "64.02.06", "priority": "NORMAL"},
            "reportReject": {"reason": "INSUFFICIENT"},
            "reportMerge": {"into": self._random.choice(others)},
            "reportDispose": {"staff": [self._random.choice(self._people)], "instruction": "Mohon ditindaklanjuti."},
            "reportAddAction": {"kind": "CALL", "result": "Sudah dihubungi."},
            "reportDraftReply": {"text": "Sudah kami tangani."},
            "reportArchive": {"outcome": "INFORMATION_GIVEN"},
            "reportReopen": {"reason": "Belum selesai."},
        }
        return told.get(act, {})


@pytest.mark.long
async def test_eight_people_at_two_hundred_reports_lose_nothing(office: Office, database: Database) -> None:
    said = {"channel": "PHONE", "description": "Warga di kelurahan Panji butuh bantuan", "region": "64.02.06.1006"}
    reports = [(await office.ask(SUBMIT, {"input": said}))["reportSubmit"]["report"]["id"] for _ in range(REPORTS)]
    people = [await office.staff(who) for who in ("division", "member", "tksk")]
    clients = [Client(office, who, reports, people, seed) for seed, who in enumerate(WHO[:CLIENTS])]
    until = time.monotonic() + SECONDS
    # A deadlock or a lost connection would be an error of the query itself, which fails the client.
    await asyncio.gather(*(client.work(until) for client in clients))
    outcomes = sum((client.outcomes for client in clients), Counter[str]())
    print(f"\n{database.dialect}: {dict(outcomes)}")
    assert outcomes["done"] > 0
    assert set(outcomes) <= {
        "done",
        "nothing to do",
        "CONFLICT",
        "ILLEGAL_TRANSITION",
        "FORBIDDEN",
        "INVALID",
        "NOT_FOUND",
    }
    await _every_act_is_told_once(database, outcomes["done"])


async def _every_act_is_told_once(database: Database, done: int) -> None:
    async with database.write() as session:
        rows = (await session.exec(select(ReportRow).where(ReportRow.channel == "PHONE"))).all()
        ids = {row.id for row in rows}
        told = (
            await session.exec(select(EventRow).where(col(EventRow.report_id).is_not(None)).order_by(col(EventRow.id)))
        ).all()
    moves = [event for event in told if event.report_id in ids and event.act in BY_ACT]
    assert len(moves) == done
    for row in rows:
        own = [event for event in moves if event.report_id == row.id]
        # The chain of states has no gap: nobody moved a report another one was just moving.
        state = ReportStatus.RECEIVED
        for event in own:
            assert event.from_status == state
            assert state in BY_ACT[event.act].sources
            assert event.to_status is not None
            state = ReportStatus(event.to_status)
        assert state == row.status
        # Each act counts one change, and so does being joined by another report, if it is counted at all.
        assert row.version >= 1 + len(own)
