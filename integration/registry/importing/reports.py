"""What a batch came to, in numbers."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from integration.codes import Severity
from integration.db.engine import Database
from integration.registry.importing.tables import ImportRuleCountRow


async def counts(database: Database, batch_id: UUID) -> Sequence[tuple[str, Severity, int]]:
    """Rule, severity and number of findings, the gravest and most frequent first."""
    async with database.look() as session:
        found = await session.exec(
            select(ImportRuleCountRow)
            .where(ImportRuleCountRow.batch_id == batch_id)
            .order_by(col(ImportRuleCountRow.count).desc(), ImportRuleCountRow.rule)
        )
        rows = [(row.rule, row.severity, row.count) for row in found.all()]
    grave = list(Severity)[::-1]
    return sorted(rows, key=lambda row: grave.index(row[1]))
