"""How it is recorded how many people live somewhere."""

from uuid import UUID

from integration.codes import Role, UserErrorCode
from integration.db.zone import WITA
from integration.events.log import Act
from integration.refusal import Refusal, permit
from integration.regions.tables import PopulationRow, RegionRow
from integration.reports.moving import required_text

RECORDERS = frozenset({Role.ADMIN, Role.SECRETARY, Role.ANALYST})
_MOST = 300_000_000


async def record_population(act: Act, region: str, year: int, people: int, source: str) -> UUID:
    """Write a published number down; the row's id. The last one recorded of a year holds."""
    permit(act.viewer.roles, among=RECORDERS)
    if await act.session.get(RegionRow, region) is None:
        raise _invalid("region", "Kode wilayah ini tidak dikenal.", "There is no such region.")
    this_year = act.at.astimezone(WITA).year
    if not 1945 <= year <= this_year:
        raise _invalid("year", f"Tahun 1945 sampai {this_year}.", f"A year from 1945 to {this_year} is needed.")
    if not 1 <= people <= _MOST:
        raise _invalid("people", f"Angka harus 1 sampai {_MOST}.", f"A number from 1 to {_MOST} is needed.")
    row = PopulationRow(
        region_code=region,
        year=year,
        people=people,
        source=required_text(source, "source", 500),
        recorded_at=act.at,
        recorded_by_staff_id=act.viewer.staff_id,
    )
    act.session.add(row)
    act.record("populationRecord", "Population", row.id, data={"region": region, "year": year, "people": people})
    await act.session.flush()
    return row.id


def _invalid(field: str, indonesian: str, english: str) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, [field])
