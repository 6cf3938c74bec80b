"""What acts on registry imports must be told."""

import strawberry

from integration.codes import RegistryScheme
from schema.inputs.operators import optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "Any text of your choice, new for each act: sent again with the same input it does nothing twice."


@strawberry.input(description="An uploaded file, and what it shall become (berkas yang akan diimpor).")
class RegistryImportStageInput(AbsentIsNull):
    upload: strawberry.ID = strawberry.field(description="The `id` that POST /imports/registry answered (unggahan).")
    scheme: RegistryScheme = strawberry.field(description="Which registry the file is of (basis data).")
    period: str = said("The time it describes: 2026-Q1, 2026-03 or 2026 (periode data).")
    supplement: bool | None = strawberry.field(
        default=False,
        description="True for mended rows that complete the release there already is (perbaikan rilis).",
    )
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="Which import is meant (impor).")
class RegistryImportActInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The batch's id.")
    idempotency_key: str | None = optional(_KEY)
