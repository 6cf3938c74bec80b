"""What the acts of assignments and of matches must be told."""

import strawberry

from schema.inputs.operators import optional, said
from schema.inputs.report import AbsentIsNull


@strawberry.input(description="An answer to an assignment (jawaban penugasan).")
class AssignmentActInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The assignment's id.")
    note: str | None = optional("A remark, kept in the report's timeline; required to give it back (catatan).")
    idempotency_key: str | None = optional(
        "Any text of your choice, new for each act: sent again with the same input it does nothing twice."
    )


@strawberry.input(description="One report for one person (baris penugasan).")
class ReportsAssignItem(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The report's id.")
    staff: strawberry.ID = strawberry.field(description="Id of the person who shall handle it (petugas).")
    instruction: str | None = optional(
        "What they shall do, up to 2,000 characters; absent means a plain request to follow it up (isi disposisi)."
    )
    expected_version: int | None = optional("The report's `version` as you know it; CONFLICT if it is another by now.")


@strawberry.input(description="Reports to be given out together (penugasan massal).")
class ReportsAssignInput(AbsentIsNull):
    items: list[ReportsAssignItem] = said("The reports and their people, 1 to 100 (daftar).")
    atomic: bool | None = strawberry.field(
        default=False, description="Whether all shall be given out or none; otherwise each for itself (atomik)."
    )
    idempotency_key: str | None = optional(
        "Any text of your choice, new for each call: sent again with the same input it does nothing twice."
    )


@strawberry.input(description="A decision who a described person is (keputusan pencocokan).")
class SubjectConfirmMatchInput(AbsentIsNull):
    subject: strawberry.ID = strawberry.field(description="The report's subject.")
    person: strawberry.ID = strawberry.field(description="The person of the registry they are, or are not.")
    note: str | None = optional("A remark for the office, kept in the report's timeline (catatan).")
    idempotency_key: str | None = optional(
        "Any text of your choice, new for each act: sent again with the same input it does nothing twice."
    )
    expected_version: int | None = optional("The report's `version` as you know it; CONFLICT if it is another by now.")


@strawberry.input(description="A described person whom the registry does not have (subjek tidak terdata).")
class SubjectMarkNotInRegistryInput(AbsentIsNull):
    subject: strawberry.ID = strawberry.field(description="The report's subject.")
    note: str | None = optional("How it was looked for, kept in the report's timeline (catatan).")
    idempotency_key: str | None = optional(
        "Any text of your choice, new for each act: sent again with the same input it does nothing twice."
    )
    expected_version: int | None = optional("The report's `version` as you know it; CONFLICT if it is another by now.")
