"""Files of the registry on their way in, and what was found in them."""

from datetime import datetime

import strawberry

from integration.codes import RegistryScheme, Severity
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.paging import Connection, page
from schema.types.registry import RegistryRelease


@strawberry.type(description="How often a rule was met in a file (jumlah temuan per aturan).")
class FindingCount:
    rule: str = strawberry.field(description="Code of the rule, e.g. NIK_DIGITS (kode aturan).")
    severity: Severity = strawberry.field(description="How grave it is (tingkat).")
    count: int = strawberry.field(description="How many findings there are (jumlah).")


@strawberry.type(
    description="Something noticed in a cell of a file. It never shows the value, only what it looks like (temuan "
    "impor)."
)
class ImportFinding:
    row: int = strawberry.field(description="The row below the header, counted from 1 (nomor baris).")
    column: str = strawberry.field(description="The column as the file calls it; * for the whole row (kolom).")
    rule: str = strawberry.field(description="Code of the rule, e.g. NIK_DIGITS (kode aturan).")
    severity: Severity = strawberry.field(
        description="How grave it is: of an ERROR the value or the row was not taken (tingkat)."
    )
    value_class: str | None = strawberry.field(
        description='What the value looks like, such as "15 digits"; null if that says nothing (bentuk nilai).'
    )
    suggestion: str | None = strawberry.field(
        description="What to do about it, in your language; null for a rule that is no longer known (saran perbaikan)."
    )


@strawberry.type(
    description="A registry file on its way in. It is staged (read and checked), then applied, which makes a release "
    "of it at once, or discarded (berkas impor)."
)
class ImportBatch(Node):
    kind: str = strawberry.field(description="What is imported: REGISTRY (jenis impor).")
    scheme: RegistryScheme = strawberry.field(description="Which registry the file is of (basis data).")
    period: str = strawberry.field(description="The time it describes, e.g. 2026-Q1 (periode data).")
    supplement: bool = strawberry.field(
        description="Whether it adds mended rows to the release there already is (perbaikan rilis)."
    )
    file_name: str = strawberry.field(description="Name of the file (nama berkas).")
    state: str = strawberry.field(
        description="STAGING, STAGED, APPLYING, APPLIED, DISCARDED, or FAILED with a `problem` (status impor)."
    )
    problem: str | None = strawberry.field(
        description="Why a file could not be read, or a batch not applied, in your language; else null (kendala)."
    )
    rows: int = strawberry.field(description="How many rows were read so far (jumlah baris).")
    faulty_rows: int = strawberry.field(
        description="How many rows somebody has to mend; they can be had as a CSV file from "
        "/imports/{id}/faulty.csv (baris yang perlu diperbaiki)."
    )
    refused_rows: int = strawberry.field(description="How many rows are not taken at all (baris ditolak).")
    created_at: datetime = strawberry.field(description="When the file came (waktu diterima).")
    applied_at: datetime | None = strawberry.field(description="When it became a release; else null (waktu penerapan).")
    release: RegistryRelease | None = strawberry.field(description="The release it became; else null (rilis data).")
    finding_counts: list[FindingCount] = strawberry.field(
        description="What was found, in numbers, by rule (rekap temuan)."
    )
    findings: Connection[ImportFinding] | None = page(
        "What was found, row by row; null with FORBIDDEN for those who see numbers only (rincian temuan)."
    )


@strawberry.type(description="What came of an act on an import (hasil tindakan impor).")
class RegistryImportPayload:
    import_batch: ImportBatch | None = strawberry.field(
        description="The batch as it is now, done or refused (of DUPLICATE the one that was applied); null if there is "
        "none, or you may not see it (berkas impor)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
