"""Hold a printed table of statistics against itself and the official regions: `scripts/reconcile-table FILE`."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import orjson
import typer

from integration.codes import Language
from integration.statistics.gazetteer import gazetteer
from integration.statistics.grid import MOST_CELLS, UnreadableTableError, parse
from integration.statistics.rules import Finding, Reconciled, count_against_codes, reconcile
from integration.statistics.words import sentence

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
# A cell has a few characters; what is much larger is no table of statistics.
_MOST_BYTES = 40 * MOST_CELLS


@app.command()
def main(
    file: Annotated[Path, typer.Argument(help="The table as text: tab, semicolon, comma or bar between the cells.")],
    tolerance: Annotated[str, typer.Option(help="Differences up to this are rounding, in the table's unit.")] = "0.05",
    claim: Annotated[
        list[str] | None, typer.Option(help="A number of regions told in the text beside the table: kelurahan=53.")
    ] = None,
    within: Annotated[str, typer.Option(help="The region a claim speaks of, by code.")] = "64.02",
    language: Annotated[Language, typer.Option(help="ID or EN.")] = Language.ID,
    as_json: Annotated[bool, typer.Option("--json", help="As data instead of sentences.")] = False,
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Say what does not fit in a table: sums, missing regions, slipped headings, a lost column. Nothing is stored.

    The exit code is 0 for a clean table, 1 where something was found, 2 for a file that is no table.
    """
    try:
        text = _read(file if called_from is None else called_from / file)
        allowed = Decimal(tolerance.replace(",", "."))
        claims = [finding for told in claim or [] for finding in _claimed(told, within)]
        result = reconcile(parse(text), gazetteer(), allowed)
    except (OSError, UnicodeDecodeError, UnreadableTableError, InvalidOperation, ValueError) as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(2) from None
    findings = [*result.findings, *claims]
    typer.echo(_data(result, findings) if as_json else _page(result, findings, language))
    raise typer.Exit(0 if result.is_clean and not claims else 1)


def _read(path: Path) -> str:
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"is larger than {_MOST_BYTES:,} bytes, too large for a table of statistics")
    return path.read_text(encoding="utf-8-sig")


def _claimed(told: str, within: str) -> list[Finding]:
    kind, _, number = told.partition("=")
    there = [code for code, above in gazetteer().kinds.items() if above == kind and code.startswith(f"{within}.")]
    if not there or not number.isdigit():
        raise ValueError(f"--claim {told}: expected a kind of region within {within} and a number, as kelurahan=53")
    return count_against_codes(kind, int(number), len(there))


def _data(result: Reconciled, findings: list[Finding]) -> str:
    told = [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "row": finding.row,
            "column": finding.column,
            "expected": None if finding.expected is None else str(finding.expected),
            "printed": None if finding.printed is None else str(finding.printed),
            "difference": None if finding.difference is None else str(finding.difference),
            "rows": finding.rows,
        }
        for finding in findings
    ]
    table = {"rows": len(result.grid.rows), "columns": [column.heading for column in result.grid.columns]}
    return orjson.dumps(
        {"table": table, "region": result.parent, "findings": told}, option=orjson.OPT_INDENT_2
    ).decode()


def _page(result: Reconciled, findings: list[Finding], language: Language) -> str:
    grid = result.grid
    lines = [f"{len(grid.rows)} x {len(grid.columns)}: {', '.join(column.heading for column in grid.columns)}"]
    lines += [f"{finding.severity:<8}{finding.rule:<22}{sentence(finding, language)}" for finding in findings]
    if not findings:
        lines.append("Semua cocok." if language is Language.ID else "Everything fits.")
    return "\n".join(lines)


if __name__ == "__main__":
    app()
