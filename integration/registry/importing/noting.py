"""A finding as a row of its table."""

from typing import Any
from uuid import UUID

from integration.db.base import uuid7
from integration.registry.importing.columns import Header
from integration.registry.importing.findings import Finding

FINDING_COLUMNS = ("id", "batch_id", "row", "column", "rule", "severity", "value_class", "detail", "person_id")


def finding_row(
    batch_id: UUID, row: int, finding: Finding, header: Header, person_id: UUID | None = None
) -> tuple[Any, ...]:
    """A finding in the order of FINDING_COLUMNS."""
    name, rule = header.name(finding.field), str.__str__(finding.rule)
    return uuid7(), batch_id, row, name, rule, finding.severity, finding.value_class, finding.detail, person_id
