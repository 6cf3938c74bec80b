"""Printed tables on their way in: staged with what does not fit in them, accepted doubts and all, or put aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from integration.access.masks import SIXTEEN
from integration.codes import UserErrorCode
from integration.events.log import Act
from integration.refusal import Refusal, permit
from integration.statistics.codes import PrintedTableState, StatisticColumns
from integration.statistics.figures import figures, is_year
from integration.statistics.gazetteer import gazetteer
from integration.statistics.grid import UnreadableTableError, parse
from integration.statistics.roles import STAGERS
from integration.statistics.rules import Finding, Reconciled, count_against_codes, reconcile
from integration.statistics.series import About, compute, find_series, write_series
from integration.statistics.staging import Printed, about_of, finding_rows, table_row
from integration.statistics.tables import PrintedTableRow

_NOUN = "PrintedTable"
_CODE = re.compile(r"[a-z][a-z0-9_]{2,60}")
# Indonesian mobile numbers.
_PHONE = re.compile(r"(?<![0-9])(?:\+?62|0)8[0-9]{7,}")
MOST_CHARACTERS, MOST_CELLS = 100_000, 5_000
_LONGEST = {"title": 200, "title_en": 200, "unit": 60, "measure": 60}
_MOST_CLAIMS = 20


@dataclass(frozen=True, slots=True)
class Claim:
    """A number of regions told in the text beside a table: 53 kelurahan within 64.02."""

    kind: str
    count: int
    within: str


async def stage(act: Act, printed: Printed, claims: Sequence[Claim]) -> UUID:
    """Read a table and look it through. Nothing of it is published yet; its id."""
    permit(act.viewer.roles, among=STAGERS)
    printed = replace(printed, about=_said(printed.about))
    _check_period(printed)
    await _check_series(act, printed.about)
    result = _looked_through(printed)
    findings = [*result.findings, *_claimed(claims)]
    await _check_new(act, printed)
    row = table_row(printed, result, findings, act.at, act.viewer.actor)
    act.session.add(row)
    await act.session.flush()
    act.session.add_all(finding_rows(row.id, findings))
    told = {"series": row.series_code, "errors": row.errors, "warnings": row.warnings}
    act.record("statisticTableStage", _NOUN, row.id, data=told)
    await act.session.flush()
    return row.id


async def accept(act: Act, table_id: UUID, note: str | None, expected_version: int | None) -> UUID:
    """Publish the figures of a staged table in its series, doubts and all; its id. With errors or warnings it takes a
    reason.
    """
    row = await _begin(act, table_id, expected_version)
    row.note = _text(note or "", "note", 1_000) if row.errors or row.warnings or note else None
    about = about_of(row)
    await _check_series(act, about)
    printed = Printed(about, row.columns, row.period_from, row.period_to, Decimal(row.tolerance), row.content)
    made = figures(_looked_through(printed), row.columns, row.period_from, row.period_to)
    await write_series(act.session, about, made, act.at, row.id, smallest=act.settings.smallest_cell)
    await compute(act.session, act.at)
    await _decide(act, row, PrintedTableState.ACCEPTED, "statisticTableAccept")
    return row.id


async def discard(act: Act, table_id: UUID, note: str, expected_version: int | None) -> UUID:
    """Put a staged table aside, for a reason; its id."""
    row = await _begin(act, table_id, expected_version)
    row.note = _text(note, "note", 1_000)
    await _decide(act, row, PrintedTableState.DISCARDED, "statisticTableDiscard")
    return row.id


async def _begin(act: Act, table_id: UUID, expected_version: int | None) -> PrintedTableRow:
    row = await act.find(PrintedTableRow, _NOUN, table_id)
    permit(act.viewer.roles, among=STAGERS)
    if expected_version is not None and expected_version != row.version:
        raise Refusal(
            UserErrorCode.CONFLICT,
            "Tabel ini sudah diubah orang lain. Muat ulang, lalu coba lagi.",
            "Somebody else has changed the table. Read it again, then try once more.",
            ["expectedVersion"],
            row.version,
        )
    if row.state is not PrintedTableState.STAGED:
        raise Refusal(
            UserErrorCode.ILLEGAL_TRANSITION,
            f"Tabel ini sudah diputuskan ({row.state}).",
            f"The table has been decided on already ({row.state}).",
            ["id"],
        )
    return row


async def _decide(act: Act, row: PrintedTableRow, state: PrintedTableState, name: str) -> None:
    row.state, row.decided_at, row.decided_by = state, act.at, act.viewer.actor
    row.version += 1
    act.session.add(row)
    act.record(name, _NOUN, row.id, note=row.note, data={"series": row.series_code})
    await act.session.flush()


# --- what is refused


def _said(about: About) -> About:
    """Every word that must be said is said."""
    if not _CODE.fullmatch(about.code):
        raise _invalid(
            "seriesCode",
            "Kode seri: huruf kecil, angka dan garis bawah, 3 sampai 61 karakter, diawali huruf.",
            "A series code has small letters, digits and underscores, 3 to 61 characters, a letter first.",
        )
    named = {
        "title": "title", "title_en": "titleEn", "concept": "concept", "definition": "definition",
        "classification": "classification", "measure": "measure", "unit": "unit", "source": "source",
        "collected_by": "collectedBy", "method": "method", "licence": "licence",
    }  # fmt: skip
    words: dict[str, Any] = {
        name: _text(getattr(about, name), field, _LONGEST.get(name, 1_000)) for name, field in named.items()
    }
    return replace(about, **words)


def _text(value: str, field: str, longest: int) -> str:
    text = value.strip()
    if not text or len(text) > longest:
        raise _invalid(field, f"Isi 1 sampai {longest} karakter.", f"Write 1 to {longest} characters.")
    if _names_people(text):
        raise _about_people(field)
    return text


def _check_period(printed: Printed) -> None:
    if printed.period_to < printed.period_from:
        raise _invalid("periodTo", "Periode berakhir sebelum dimulai.", "The period ends before it begins.")
    if not 0 <= printed.tolerance < 1_000_000:
        raise _invalid("tolerance", "Toleransi tidak masuk akal.", "The tolerance can't be right.")


async def _check_series(act: Act, about: About) -> None:
    """A series keeps its unit, whom it protects, and what it is computed from."""
    there = await find_series(act.session, about.code)
    if there is None:
        return
    if there.formula is not None:
        raise _invalid(
            "seriesCode",
            "Seri ini dihitung dari seri lain dan tidak diisi dari tabel.",
            "This series is computed from others and takes no table.",
        )
    if there.unit != about.unit:
        raise _invalid("unit", f"Satuan seri ini: {there.unit}.", f"The unit of this series is: {there.unit}.")
    if there.about_people and not about.about_people:
        raise _invalid(
            "aboutPeople",
            "Seri ini tentang orang; perlindungannya tidak dapat dilepas.",
            "This series is about people; its protection can't be taken off.",
        )


async def _check_new(act: Act, printed: Printed) -> None:
    same = select(col(PrintedTableRow.id)).where(
        PrintedTableRow.series_code == printed.about.code,
        PrintedTableRow.content == printed.content,
        PrintedTableRow.state != PrintedTableState.DISCARDED,
        PrintedTableRow.period_from == printed.period_from,
        PrintedTableRow.period_to == printed.period_to,
    )
    if (await act.session.exec(same)).first() is not None:
        raise Refusal(
            UserErrorCode.DUPLICATE,
            "Tabel yang sama sudah ada untuk seri dan periode ini.",
            "The same table is there already for this series and period.",
            ["content"],
        )


def _looked_through(printed: Printed) -> Reconciled:
    content = printed.content
    if len(content) > MOST_CHARACTERS:
        raise _invalid(
            "content",
            f"Tabel paling banyak {MOST_CHARACTERS} karakter.",
            f"A table has at most {MOST_CHARACTERS} characters.",
        )
    if _names_people(content):
        raise _about_people("content")
    try:
        grid = parse(content)
    except UnreadableTableError as unreadable:
        raise _invalid(
            "content", "Teks ini bukan tabel statistik yang terbaca.", f"This is no table: {unreadable}."
        ) from None
    if len(grid.rows) * len(grid.columns) > MOST_CELLS:
        raise _invalid(
            "content", f"Tabel paling banyak {MOST_CELLS} sel angka.", f"A table has at most {MOST_CELLS} numbers."
        )
    if printed.columns is StatisticColumns.YEARS and not all(is_year(column.heading) for column in grid.columns):
        raise _invalid("columns", "Judul kolom bukan tahun semuanya.", "Not every column heading is a year.")
    return reconcile(grid, gazetteer(), printed.tolerance)


def _claimed(claims: Sequence[Claim]) -> list[Finding]:
    if len(claims) > _MOST_CLAIMS:
        raise _invalid("claims", f"Paling banyak {_MOST_CLAIMS}.", f"At most {_MOST_CLAIMS}.")
    found = []
    for at, claim in enumerate(claims):
        kinds = gazetteer().kinds.items()
        there = sum(1 for code, kind in kinds if kind == claim.kind and code.startswith(f"{claim.within}."))
        if not there or claim.count < 0:
            raise _invalid(
                f"claims.{at}",
                "Sebut jenis wilayah yang ada di dalam wilayah itu, mis. kelurahan di 64.02.",
                "Name a kind of region there is within that region, e.g. kelurahan within 64.02.",
            )
        found += count_against_codes(claim.kind, claim.count, there)
    return found


def _names_people(text: str) -> bool:
    return SIXTEEN.search(text) is not None or _PHONE.search(text) is not None


def _about_people(field: str) -> Refusal:
    return _invalid(
        field,
        "Teks ini memuat nomor seperti NIK, KK atau telepon. Tabel statistik tidak memuat data orang.",
        "The text holds a number like a NIK, KK or telephone number. A table of statistics holds no data of people.",
    )


def _invalid(field: str, indonesian: str, english: str) -> Refusal:
    return Refusal(UserErrorCode.INVALID, indonesian, english, field.split("."))
