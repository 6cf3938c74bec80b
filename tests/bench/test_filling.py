"""The crowd of a measurement, as it is written on each database."""

import json

from pydantic import SecretStr
from sqlmodel import func, select

from integration.db.engine import Database
from integration.reports.tables import ReportRow
from integration.settings import Settings
from scripts.benchmarks.amounts import Amounts
from scripts.benchmarks.filling import fill

_FEW = Amounts(reports=60, people=90, families=30, assignments=90, follow_ups=6)


async def test_each_database_takes_the_crowd(blank_database_url: str, settings: Settings) -> None:
    told: list[str] = []
    here = settings.model_copy(update={"database_url": SecretStr(blank_database_url)})
    await fill(here, _FEW, told.append)
    assert "60 of 60 reports" in told[-1]
    database = Database(blank_database_url)
    try:
        async with database.write() as session:
            reports = (await session.exec(select(func.count()).select_from(ReportRow))).one()
    finally:
        await database.close()
    demo = 14
    assert reports == _FEW.reports + demo
    assert json.loads((settings.data / "filled.json").read_text())["reports"] == _FEW.reports
