"""How figures of the minimum service standards are recorded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from integration.codes import UserErrorCode
from integration.db.zone import WITA
from integration.events.log import Act
from integration.refusal import Refusal, permit
from integration.reports.moving import required_text
from integration.spm import rules
from integration.spm.codes import SpmService
from integration.spm.indicators import FIRST_YEAR
from integration.spm.tables import WHOLE_YEAR, SpmTargetRow

# More people than any regency has: a slip of the keyboard.
_MOST = 10_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with where it comes from. `month` None is the whole year; None for a number is unknown."""

    service: SpmService
    year: int
    month: int | None
    target: int | None
    served: int | None
    as_of: date
    source: str
    collected_by: str
    method: str
    note: str | None


async def record(act: Act, told: Told) -> UUID:
    """Write a figure down beside those told before; the row's id."""
    permit(act.viewer.roles, among=rules.RECORDERS)
    _check(told, act.at.astimezone(WITA).date())
    note = None if told.note is None else required_text(told.note, "note", 1_000)
    if told.target is None and told.served is None and note is None:
        raise Refusal(
            UserErrorCode.INVALID,
            "Angka yang tidak diketahui perlu catatan mengapa.",
            "A figure that is not known needs a note why.",
            ["note"],
        )
    row = SpmTargetRow(
        service_code=told.service,
        year=told.year,
        month=told.month or WHOLE_YEAR,
        target=told.target,
        served=told.served,
        as_of=told.as_of,
        source=required_text(told.source, "source", 500),
        collected_by=required_text(told.collected_by, "collectedBy", 200),
        method=required_text(told.method, "method", 500),
        note=note,
        recorded_at=act.at,
        recorded_by_staff_id=act.viewer.staff_id,
    )
    act.session.add(row)
    data = {
        "service": told.service.value,
        "year": told.year,
        "month": told.month,
        "target": told.target,
        "served": told.served,
    }
    act.record("spmRecord", "SpmTarget", row.id, data=data)
    await act.session.flush()
    return row.id


def _check(told: Told, today: date) -> None:
    month_is_real = told.month is None or 1 <= told.month <= 12
    if not FIRST_YEAR <= told.year <= today.year or not month_is_real:
        raise _invalid(
            "year" if month_is_real else "month",
            f"Masa tidak dikenal: tahun {FIRST_YEAR} sampai {today.year}, bulan 1 sampai 12.",
            f"There is no such period: years go from {FIRST_YEAR} to {today.year}, months from 1 to 12.",
        )
    begun = date(told.year, told.month or 1, 1)
    if begun > today:
        raise _invalid("month", "Bulan ini belum mulai.", "This month has not begun.")
    if not begun <= told.as_of <= today:
        raise _invalid(
            "asOf",
            "Tanggal angka harus antara awal masa itu dan hari ini.",
            "A figure's day lies between the start of its period and today.",
        )
    for name, value in (("target", told.target), ("served", told.served)):
        if value is not None and not 0 <= value <= _MOST:
            raise _invalid(name, f"Angka harus 0 sampai {_MOST}.", f"A number from 0 to {_MOST} is needed.")


def _invalid(field: str, indonesian: str, english: str) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, [field])
