"""The tables a person reads at the end."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from scripts.benchmarks.asking import QUERIES
from scripts.benchmarks.contestants import Contestant
from scripts.benchmarks.goals import Goal
from scripts.benchmarks.measuring import Cells, Spread


def show(console: Console, contestants: Sequence[Contestant], cells: Cells) -> None:
    """One table a query: medians, (lowest..highest). CPU is the server's, DB is PostgreSQL's, per request."""
    for query, words in QUERIES.items():
        concurrencies = sorted({c for q, c, _ in cells if q == query})
        if not concurrencies:
            continue
        table = Table(title=f"{query}: {words}", title_justify="left")
        table.add_column("server")
        for concurrency in concurrencies:
            for unit in (f"req/s at {concurrency}", "ms", "CPU ms", "DB ms"):
                table.add_column(unit, justify="right")
        for contestant in contestants:
            row = [contestant.name]
            for concurrency in concurrencies:
                cell = cells.get((query, concurrency, contestant.name))
                row += (
                    ["–"] * 4
                    if cell is None
                    else [
                        _spread(cell.rate()),
                        _number(cell.latency().median),
                        _spread(cell.cpu()),
                        _number(cell.database_cpu().median),
                    ]
                )
            table.add_row(*row)
        console.print(table)
    for contestant in contestants:
        console.print(f"{contestant.name}: {contestant.note}", style="dim")


def show_goals(console: Console, goals: Sequence[Goal], title: str) -> None:
    """Each goal with its mark."""
    table = Table(title=title, title_justify="left")
    for heading in ("goal", "measured", "allowed", ""):
        table.add_column(heading, justify="left" if heading == "goal" else "right")
    for goal in goals:
        mark = "[green]✓ reached[/green]" if goal.reached else "[red]✗ missed[/red]"
        table.add_row(goal.text, _number(goal.measured), f"{'≥' if goal.least else '≤'} {goal.allowed:g}", mark)
    console.print(table)


def _spread(spread: Spread) -> str:
    return f"{_number(spread.median)} ({_number(spread.lowest)}..{_number(spread.highest)})"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
