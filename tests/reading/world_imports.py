"""Registry files on their way in, by lot."""

from typing import TYPE_CHECKING

from integration import codes
from integration.registry.importing.findings import MEANINGS
from integration.registry.importing.tables import ImportBatchRow, ImportFindingRow, ImportRuleCountRow

if TYPE_CHECKING:
    from tests.reading.world import World


def add_imports(world: "World") -> None:
    """A few batches, one of them without findings, some of a rule nobody knows any more."""
    batches = [_batch(world) for _ in range(4)]
    world._add(batches)
    rules = [*map(str, MEANINGS), "RULE_OF_YESTERDAY"]
    world._add([
        ImportFindingRow(
            batch_id=batch.id, row=world._one((1, 1, 2, 30)), column=world._one(("NIK", "*", "Nama")),
            rule=world._one(rules), severity=world._one(list(codes.Severity)),
            value_class=world._maybe("15 digits"), detail=world._maybe("Tenggarong"),
        )
        for batch in batches[1:] for _ in range(12)
    ])  # fmt: skip
    world._add([
        ImportRuleCountRow(batch_id=batch.id, rule=rule, severity=world._one(list(codes.Severity)), count=3)
        for batch in batches[1:] for rule in sorted(world._some(rules, 4))
    ])  # fmt: skip


def _batch(world: "World") -> ImportBatchRow:
    releases = [row.id for row in world._state.all("RegistryRelease")]
    return ImportBatchRow(
        kind="REGISTRY", scheme=world._one(list(codes.RegistryScheme)), period="2026-Q3",
        supplement=world._one((True, False)), file_name="unduhan.csv", file_hash=b"hash", file_size=7,
        state=world._one(list(codes.ImportState)), problem=world._maybe("Berkas kosong.\nThe file is empty."),
        rows=30, faulty_rows=2, refused_rows=1, created_at=world._moment(),
        applied_at=world._maybe(world._moment()), created_by="test",
        release_id=world._maybe(world._one(releases)),
    )  # fmt: skip
