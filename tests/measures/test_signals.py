"""Signals from minimum service standards and from silence, each once for the same matter."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from integration.db.base import now
from integration.reports.tables import ReportRow
from integration.settings import Settings
from integration.worker import Worker
from tests.measures.asked import do
from tests.measures.test_spm import record
from tests.procedure.conftest import Office
from tests.procedure.stage import Stage

SIGNALS = "{ policySignals { id rule why count of region { code } state version } }"


@pytest.fixture
def worker(stage: Stage, settings: Settings) -> Worker:
    return Worker(stage.database, stage.sealer, settings)


async def signals(office: Office, rule: str, who: str = "secretary") -> list[dict[str, Any]]:
    found = (await office.ask(SIGNALS, who=who))["policySignals"]
    return [signal for signal in found if signal["rule"] == rule]


async def test_two_bad_months_of_a_service_raise_one_signal(office: Office, worker: Worker) -> None:
    await record(office, month=3, target=100, served=70, asOf="2024-03-31")
    await worker.evaluate_signals()
    assert await signals(office, "SPM_UNSERVED") == []
    await record(office, month=4, target=100, served=60, asOf="2024-04-30")
    await worker.evaluate_signals()
    [signal] = await signals(office, "SPM_UNSERVED", "analyst")
    assert (signal["count"], signal["of"], signal["state"]) == (40, 100, "NEW")
    assert "lanjut usia telantar" in signal["why"] and "ambang 20 persen" in signal["why"]
    # It goes on: the same matter, brought up to date.
    await record(office, month=5, target=100, served=50, asOf="2024-05-31")
    await worker.evaluate_signals()
    [later] = await signals(office, "SPM_UNSERVED")
    assert (later["id"], later["count"]) == (signal["id"], 50)
    # Decided on, it is not raised again.
    await do(office, "signalDismiss", {"id": later["id"], "reason": "Sudah dianggarkan"}, "secretary", "__typename")
    await worker.evaluate_signals()
    assert [one["state"] for one in await signals(office, "SPM_UNSERVED")] == ["DISMISSED"]


async def test_a_month_that_was_mended_raises_nothing(office: Office, worker: Worker) -> None:
    for month in (3, 4):
        await record(office, month=month, target=100, served=60, asOf=f"2024-{month:02}-30")
    await record(office, month=4, target=100, served=95, asOf="2024-04-30")
    await worker.evaluate_signals()
    assert await signals(office, "SPM_UNSERVED") == []


async def test_a_silent_kecamatan_raises_a_signal_while_others_are_heard(
    office: Office, stage: Stage, worker: Worker
) -> None:
    await worker.evaluate_signals()
    # Nothing is heard from anywhere: the service sleeps, and no kecamatan is silent by itself.
    assert await signals(office, "SILENT_DISTRICT") == []
    async with stage.database.write() as session:
        for report in (await session.exec(select(ReportRow))).all():
            report.received_at = now() - timedelta(days=200 if report.region_code is None else 20)
            if (report.region_code or "").startswith("64.02.03"):
                report.received_at = now() - timedelta(days=300)
            session.add(report)
    await worker.evaluate_signals()
    raised = {signal["region"]["code"]: signal for signal in await signals(office, "SILENT_DISTRICT")}
    assert set(raised) <= {"64.02.03", "64.02.14", "64.02.15"} and raised
    assert all(
        signal["count"] == 0 and "Tidak ada laporan dari Kecamatan" in signal["why"] for signal in raised.values()
    )
    # A planner is not told the day on which somebody was heard last.
    assert await signals(office, "SILENT_DISTRICT", "analyst") == []
    await worker.evaluate_signals()
    again = await signals(office, "SILENT_DISTRICT")
    assert sorted(one["version"] for one in again) == [1] * len(raised)
