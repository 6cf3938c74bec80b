"""How the register of welfare resources is kept: recorded, ended, and looked through for what is not there."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import select

from integration.codes import RegionLevel, UserErrorCode
from integration.db.zone import WITA
from integration.events.log import Act
from integration.matching.fold import fold
from integration.psks import rules
from integration.psks.tables import PsksResourceRow, PsksStocktakeRow, PsksTypeRow
from integration.refusal import NOT_YOUR_ROLE, Refusal
from integration.regions.tables import RegionRow
from integration.reports.form import phone_of
from integration.reports.moving import required_text

_LEVELS = (RegionLevel.DISTRICT, RegionLevel.VILLAGE)


@dataclass(frozen=True, slots=True, repr=False)
class Resource:
    """Somebody or something that helps. `type` and `region` are codes."""

    type: str
    name: str
    region: str
    phone: str | None
    active_from: date | None
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class Stocktake:
    """That a kecamatan was looked through for a kind of resource."""

    type: str
    region: str
    source: str
    as_of: date


async def record(act: Act, told: Resource) -> UUID:
    """Write a resource down; its id. DUPLICATE where the same is on record and active."""
    await _check_place(act, told.type, told.region, _LEVELS)
    _check_day(act, told.as_of, "asOf")
    if told.active_from is not None:
        _check_day(act, told.active_from, "activeFrom")
    name = required_text(told.name, "name", 200)
    key = f"{told.type}:{told.region}:{fold(name)}"
    if (await act.session.exec(select(PsksResourceRow.id).where(PsksResourceRow.open_key == key))).first() is not None:
        raise Refusal(
            UserErrorCode.DUPLICATE,
            "PSKS ini sudah tercatat di wilayah yang sama dan masih aktif.",
            "This resource is on record in the same place already, and active.",
            ["name"],
        )
    row = PsksResourceRow(
        type_code=told.type,
        name=name,
        name_key=fold(name),
        region_code=told.region,
        phone_sealed=act.sealer.seal_optional("phone", _phone(told.phone)),
        active_from=told.active_from,
        open_key=key,
        source=required_text(told.source, "source", 500),
        as_of=told.as_of,
        recorded_at=act.at,
        recorded_by_staff_id=act.viewer.staff_id,
    )
    act.session.add(row)
    act.record("psksResourceRecord", "PsksResource", row.id, data={"type": told.type, "region": told.region})
    await act.session.flush()
    return row.id


async def end(act: Act, resource_id: UUID, on: date, expected_version: int | None) -> UUID:
    """Say that a resource helps no longer; its id. It stays on record."""
    row = await act.find(PsksResourceRow, "PsksResource", resource_id)
    if not rules.may_record(act.viewer, row.region_code):
        raise NOT_YOUR_ROLE.refusal()
    if expected_version is not None and expected_version != row.version:
        raise Refusal(
            UserErrorCode.CONFLICT,
            "PSKS ini sudah diubah orang lain. Muat ulang, lalu coba lagi.",
            "Somebody else has changed this. Read it again, then try once more.",
            ["expectedVersion"],
            row.version,
        )
    if row.active_to is not None:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION, "PSKS ini sudah tidak aktif.", "This is no longer active.", ["id"]
        )
    _check_day(act, on, "activeTo")
    if row.active_from is not None and on < row.active_from:
        raise Refusal(
            UserErrorCode.INVALID,
            "Hari berakhirnya mendahului hari pertama.",
            "It can't end before it began.",
            ["activeTo"],
        )
    row.active_to, row.open_key = on, None
    row.version += 1
    act.session.add(row)
    act.record("psksResourceEnd", "PsksResource", row.id, data={"type": row.type_code, "region": row.region_code})
    await act.session.flush()
    return row.id


async def take_stock(act: Act, told: Stocktake) -> UUID:
    """Say that all of a kind there is in a kecamatan is on record, be it nothing; the stocktake's id."""
    await _check_place(act, told.type, told.region, (RegionLevel.DISTRICT,))
    _check_day(act, told.as_of, "asOf")
    row = PsksStocktakeRow(
        region_code=told.region,
        type_code=told.type,
        source=required_text(told.source, "source", 500),
        as_of=told.as_of,
        recorded_at=act.at,
        recorded_by_staff_id=act.viewer.staff_id,
    )
    act.session.add(row)
    act.record("psksTakeStock", "PsksStocktake", row.id, data={"type": told.type, "region": told.region})
    await act.session.flush()
    return row.id


def _phone(told: str | None) -> str | None:
    phone = phone_of(told)
    if phone is None and told is not None and told.strip():
        raise Refusal(
            UserErrorCode.INVALID,
            "Ini bukan nomor telepon; tulis misalnya 0812… atau +62812….",
            "This is not a phone number; write for example 0812… or +62812….",
            ["phone"],
        )
    return phone


async def _check_place(act: Act, type_code: str, region_code: str, levels: tuple[RegionLevel, ...]) -> None:
    if not rules.may_record(act.viewer, region_code):
        raise NOT_YOUR_ROLE.refusal()
    if await act.session.get(PsksTypeRow, type_code) is None:
        raise Refusal(UserErrorCode.INVALID, "Jenis PSKS ini tidak dikenal.", "There is no such kind.", ["type"])
    region = await act.session.get(RegionRow, region_code)
    if region is None or region.level not in levels:
        wanted = " atau ".join(level.value for level in levels)
        raise Refusal(
            UserErrorCode.INVALID,
            f"Pilih kode wilayah yang dikenal ({wanted}).",
            f"Give the code of a region ({wanted.replace('atau', 'or')}).",
            ["region"],
        )


def _check_day(act: Act, day: date, field: str) -> None:
    if not date(1945, 1, 1) <= day <= act.at.astimezone(WITA).date():
        raise Refusal(
            UserErrorCode.INVALID, "Tanggal ini belum tiba atau terlalu lampau.", "This day is too early or to come.",
            [field],
        )  # fmt: skip
