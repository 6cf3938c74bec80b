"""Pages of statistics for people who only read: the list of series, and a printed table with what does not fit in it.

They need no script. The browser is told to load nothing.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from starlette.responses import HTMLResponse

from integration.codes import Language
from integration.statistics.printed import Layout
from schema.statistics.series import files_of
from schema.statistics.twins import TWINS

# What a page of a table asks.
TABLE = """query printedTablePage($id: ID!) { node(id: $id) { ... on PrintedTable { id title state errors warnings
  periodFrom periodTo unit definition classification source collectedBy method asOf tolerance licence note seriesCode
  findings { rule severity row column expected message } } } }"""
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1b2733; }
body { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2rem; }
a { color: #0b5d5e; } dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .2rem 1rem; }
dt { color: #52616b; } dd { margin: 0; } .wide { overflow-x: auto; }
table { border-collapse: collapse; } th, td { border: 1px solid #ccd6dd; padding: .25rem .5rem; vertical-align: top; }
th { background: #eef4f4; text-align: left; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
tr.total th, tr.total td { font-weight: 600; background: #f5f8fa; }
tr.missing td { color: #52616b; font-style: italic; }
td.wrong { background: #fdecea; } td.wrong small { display: block; color: #a3211a; }
td.held { color: #52616b; } .ERROR { color: #a3211a; } .WARNING { color: #8a5a00; } .INFO { color: #52616b; }
.sum { padding: .6rem 1rem; background: #eef4f4; border-left: 4px solid #0b5d5e; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_DIGEST}'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language, Authorization",
}
_ID: Mapping[str, str] = {
    "list": "Statistik", "files": "Berkas", "check": "Pemeriksaan tabel", "computed": "Dihitung saat diminta",
    "series": "Seri terbitan", "title": "Judul", "unit": "Satuan", "period": "Periode", "source": "Sumber",
    "collectedBy": "Produsen data", "method": "Cara pengumpulan", "definition": "Definisi",
    "classification": "Klasifikasi", "asOf": "Per tanggal", "tolerance": "Toleransi pembulatan", "note": "Catatan",
    "licence": "Lisensi", "findings": "Temuan", "none": "Semua cocok: tidak ada temuan.", "grade": "Tingkat",
    "what": "Yang tidak cocok", "printed": "Tabel sebagaimana dicetak", "missing": "tidak dilaporkan, bukan nol",
    "held": "disamarkan", "sum": "isi berjumlah", "back": "Semua statistik", "rows": "Baris",
    "STAGED": "Menunggu keputusan; belum diterbitkan.", "ACCEPTED": "Diterima; angkanya terbit dengan keraguannya.",
    "DISCARDED": "Dibuang; tidak diterbitkan.", "ERROR": "Kesalahan", "WARNING": "Peringatan", "INFO": "Keterangan",
    "error1": "{} kesalahan", "errors": "{} kesalahan", "warning1": "{} peringatan", "warnings": "{} peringatan",
    "note1": "{} keterangan", "notes": "{} keterangan",
}  # fmt: skip
_EN: Mapping[str, str] = {
    "list": "Statistics", "files": "Files", "check": "Check of the table", "computed": "Counted when asked for",
    "series": "Published series", "title": "Title", "unit": "Unit", "period": "Period", "source": "Source",
    "collectedBy": "Collected by", "method": "Method", "definition": "Definition",
    "classification": "Classification", "asOf": "As of", "tolerance": "Rounding tolerance", "note": "Note",
    "licence": "Licence", "findings": "Findings", "none": "Everything fits: there are no findings.", "grade": "Grade",
    "what": "What does not fit", "printed": "The table as printed", "missing": "not reported, which is not zero",
    "held": "withheld", "sum": "cells add up to", "back": "All statistics", "rows": "Rows",
    "STAGED": "Waits for a decision; not published.",
    "ACCEPTED": "Accepted; its figures are published with their doubts.",
    "DISCARDED": "Put aside; not published.", "ERROR": "Error", "WARNING": "Warning", "INFO": "Note",
    "error1": "{} error", "errors": "{} errors", "warning1": "{} warning", "warnings": "{} warnings",
    "note1": "{} note", "notes": "{} notes",
}  # fmt: skip


def words_of(language: Language) -> Mapping[str, str]:
    """The words of the pages in a language."""
    return _EN if language is Language.EN else _ID


def list_page(found: Sequence[Mapping[str, Any]], language: Language) -> HTMLResponse:
    """All series and all answers that have files."""
    words = words_of(language)
    published = [(one["title"], one["unit"], one["asOf"], one["code"], one["table"]) for one in found]
    rows = "".join(
        f"<tr><td>{escape(title)}</td><td>{escape(unit)}</td><td>{escape(day)}</td><td>{_links(code)}</td>"
        f"<td>{_check(table, words)}</td></tr>"
        for title, unit, day, code, table in published
    )
    counted = "".join(
        f"<tr><td>{escape(twin.about.title_en if language is Language.EN else twin.about.title)}</td>"
        f"<td>{escape(twin.about.unit)}</td><td>{_links(twin.name)}</td></tr>"
        for twin in TWINS.values()
    )
    heads = "".join(f"<th>{words[name]}</th>" for name in ("title", "unit", "asOf", "files", "check"))
    body = (
        f"<h1>{words['list']}</h1><h2>{words['series']}</h2>"
        f'<div class="wide"><table><tr>{heads}</tr>{rows}</table></div>'
        f'<h2>{words["computed"]}</h2><div class="wide"><table><tr><th>{words["title"]}</th><th>{words["unit"]}</th>'
        f"<th>{words['files']}</th></tr>{counted}</table></div>"
    )
    return _page(words["list"], body, language)


def _links(code: str) -> str:
    return " ".join(f'<a href="{escape(path)}">{ending}</a>' for ending, path in files_of(code).items())


def _counted(number: int, what: str, words: Mapping[str, str]) -> str:
    """So many errors, or one."""
    return words[f"{what}1" if number == 1 else f"{what}s"].format(number)


def _check(table: Mapping[str, Any] | None, words: Mapping[str, str]) -> str:
    if table is None:
        return ""
    told = _counted(table["errors"], "error", words) if table["errors"] else words["none"].partition(":")[0]
    return f'<a href="/statistics/tables/{escape(table["id"])}">{told}</a>'


def table_page(table: Mapping[str, Any], laid: Layout, language: Language) -> HTMLResponse:
    """A printed table: what it is, what does not fit, and the table itself with the wrong sums marked."""
    words = words_of(language)
    findings = table["findings"]
    others = sum(1 for one in findings if one["severity"] == "INFO")
    counts = {"error": table["errors"], "warning": table["warnings"], "note": others}
    told = ", ".join(_counted(number, what, words) for what, number in counts.items()) + "."
    body = (
        f'<p><a href="/statistics">{words["back"]}</a></p><h1>{escape(table["title"])}</h1>'
        f'<p class="sum"><b>{words[table["state"]]}</b> {told if findings else words["none"]}</p>'
        f"{_about(table, words)}<h2>{words['findings']}</h2>{_findings(findings, words)}"
        f'<h2>{words["printed"]}</h2><div class="wide">{_table(laid, findings, words)}</div>'
    )
    if table["state"] == "ACCEPTED":
        body += f"<h2>{words['files']}</h2><p>{_links(table['seriesCode'])}</p>"
    return _page(table["title"], body, language)


def _about(table: Mapping[str, Any], words: Mapping[str, str]) -> str:
    shown = {
        words["period"]: f"{table['periodFrom']} - {table['periodTo']}",
        **{words[name]: table[name] for name in (
            "unit", "definition", "classification", "source", "collectedBy", "method", "asOf", "tolerance", "licence",
            "note",
        )},
    }  # fmt: skip
    return f"<dl>{''.join(f'<dt>{name}</dt><dd>{escape(str(text))}</dd>' for name, text in shown.items() if text)}</dl>"


def _findings(findings: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> str:
    if not findings:
        return f"<p>{words['none']}</p>"
    lines = "".join(
        f'<tr><td class="{one["severity"]}">{words[one["severity"]]}</td><td>{escape(one["message"])}</td></tr>'
        for one in findings
    )
    return f"<table><tr><th>{words['grade']}</th><th>{words['what']}</th></tr>{lines}</table>"


def _table(laid: Layout, findings: Sequence[Mapping[str, Any]], words: Mapping[str, str]) -> str:
    heads = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in laid.headings)
    of_rows = {one["row"]: one["expected"] for one in findings if one["rule"] == "ROW_TOTAL"}
    of_columns = {one["column"]: one["expected"] for one in findings if one["rule"] == "COLUMN_TOTAL"}
    whole = next((one["expected"] for one in findings if one["rule"] == "CELLS_TOTAL"), None)
    lines = []
    for line in laid.lines:
        cells = []
        for at, cell in enumerate(line.cells):
            wrong = None
            if line.is_total:
                wrong = whole if at == laid.total else of_columns.get(laid.headings[at])
            elif at == laid.total:
                wrong = of_rows.get(line.label)
            cells.append(_cell(cell, wrong, words))
        kind = ' class="total"' if line.is_total else ""
        lines.append(f'<tr{kind}><th scope="row">{escape(line.label)}</th>{"".join(cells)}</tr>')
    width = len(laid.headings)
    missing = "".join(
        f'<tr class="missing"><th scope="row">{escape(one["row"])}</th>'
        f'<td colspan="{width}">{words["missing"]}</td></tr>'
        for one in findings
        if one["rule"] == "MISSING_REGION"
    )
    return f"<table><tr><th></th>{heads}</tr>{''.join(lines)}{missing}</table>"


def _cell(cell: str | None, wrong: str | None, words: Mapping[str, str]) -> str:
    if cell is None:
        return f'<td class="held">{words["held"]}</td>'
    if wrong is not None:
        return f'<td class="number wrong">{escape(cell)}<small>{words["sum"]} {escape(wrong)}</small></td>'
    return f'<td class="number">{escape(cell)}</td>'


def _page(title: str, body: str, language: Language) -> HTMLResponse:
    text = (
        f'<!doctype html><html lang="{language.lower()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<title>{escape(title)} · Satu Pintu</title><style>{_STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>"
    )
    return HTMLResponse(text, headers=_HEADERS)
