"""What a proposal says should be otherwise: one value per detail, checked, and kept sealed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, delete

from integration.codes import Sex, UserErrorCode, VervalField
from integration.db.zone import WITA
from integration.events.log import Act
from integration.refusal import Refusal
from integration.regions.tables import RegionRow
from integration.verval.tables import ChangeRow

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, repr=False)
class Change:
    """A detail as it should be."""

    field: VervalField
    value: str


async def checked(act: Act, changes: Sequence[Change]) -> list[Change]:
    """The changes in the one form they are kept in; INVALID for what cannot be."""
    made: list[Change] = []
    for index, change in enumerate(changes):
        at = ["changes", str(index), "value"]
        if any(change.field is other.field for other in made):
            raise Refusal(
                UserErrorCode.INVALID,
                "Setiap rincian hanya satu kali.",
                "Each detail can be given only once.",
                ["changes", str(index), "field"],
            )
        made.append(Change(change.field, await _value(act, change, at)))
    return made


async def keep(act: Act, proposal_id: UUID, changes: Sequence[Change]) -> None:
    """Put these in the place of those kept so far."""
    await act.session.exec(delete(ChangeRow).where(col(ChangeRow.proposal_id) == proposal_id))
    for change in changes:
        sealed = act.sealer.seal("verval.change", change.value)
        act.session.add(ChangeRow(proposal_id=proposal_id, field=change.field, value_sealed=sealed))
    await act.session.flush()


async def _value(act: Act, change: Change, at: list[str]) -> str:  # noqa: C901 - one case per detail
    value = change.value.strip()
    match change.field:
        case VervalField.NIK | VervalField.KK:
            digits = re.sub(r"[ .\-]", "", value)
            if not re.fullmatch(r"[0-9]{16}", digits):
                raise _invalid("NIK dan KK terdiri atas 16 angka.", "A NIK or KK has 16 digits.", at)
            return digits
        case VervalField.NAME:
            if not value or len(value) > _LONGEST_NAME or "\0" in value:
                raise _invalid(
                    f"Nama berisi 1 sampai {_LONGEST_NAME} karakter.",
                    f"A name has 1 to {_LONGEST_NAME} characters.",
                    at,
                )
        case VervalField.SEX:
            if value not in Sex.__members__:
                raise _invalid("Isi FEMALE atau MALE.", "Give FEMALE or MALE.", at)
        case VervalField.DECEASED:
            if value not in ("true", "false"):
                raise _invalid("Isi true atau false.", "Give true or false.", at)
        case VervalField.BIRTH_DATE:
            born = _day(value)
            if born is None or born > act.at.astimezone(WITA).date():
                raise _invalid("Isi tanggal yang sudah lewat, YYYY-MM-DD.", "Give a day in the past, YYYY-MM-DD.", at)
        case VervalField.REGION:
            if await act.session.get(RegionRow, value) is None:
                raise _invalid("Kode wilayah tidak dikenal.", "There is no such region.", at)
    return value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return None


def _invalid(indonesian: str, english: str, at: list[str]) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, at)
