"""How it is recorded that people were told where to report."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from integration.access.viewer import WHOLE_OFFICE
from integration.codes import Role, UserErrorCode
from integration.db.zone import WITA
from integration.events.log import Act
from integration.policy.codes import OutreachKind
from integration.policy.tables import OutreachActivityRow
from integration.refusal import Refusal, permit
from integration.regions.tables import RegionRow
from integration.reports.moving import required_text

RECORDERS = WHOLE_OFFICE | {Role.DIVISION_HEAD, Role.TKSK, Role.ANALYST}
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Held:
    """An activity. `region` is a code; None for `attendance` where nobody counted."""

    held_on: date
    kind: OutreachKind
    title: str
    region: str | None
    audience: str | None
    attendance: int | None
    source: str


async def record(act: Act, held: Held) -> UUID:
    """Write an activity down; its id."""
    permit(act.viewer.roles, among=RECORDERS)
    if not date(2000, 1, 1) <= held.held_on <= act.at.astimezone(WITA).date():
        raise Refusal(
            UserErrorCode.INVALID,
            "Yang dicatat adalah kegiatan yang sudah berlangsung.",
            "What is recorded has been held already.",
            ["heldOn"],
        )
    if held.attendance is not None and not 0 <= held.attendance <= _MOST:
        raise Refusal(
            UserErrorCode.INVALID, f"Angka harus 0 sampai {_MOST}.", f"A number from 0 to {_MOST} is needed.",
            ["attendance"],
        )  # fmt: skip
    if held.region is not None and await act.session.get(RegionRow, held.region) is None:
        raise Refusal(UserErrorCode.INVALID, "Kode wilayah ini tidak dikenal.", "There is no such region.", ["region"])
    row = OutreachActivityRow(
        held_on=held.held_on,
        kind=held.kind,
        title=required_text(held.title, "title", 200),
        region_code=held.region,
        audience=None if held.audience is None else required_text(held.audience, "audience", 200),
        attendance=held.attendance,
        source=required_text(held.source, "source", 500),
        recorded_at=act.at,
        recorded_by_staff_id=act.viewer.staff_id,
    )
    act.session.add(row)
    act.record("outreachRecord", "OutreachActivity", row.id, data={"kind": held.kind.value, "region": held.region})
    await act.session.flush()
    return row.id
