"""What the acts on people must be told."""

import strawberry

from schema.inputs.operators import optional, said
from schema.inputs.report import AbsentIsNull

_KEY = "Any text of your choice, new for each act: sent again with the same input it does nothing twice."


@strawberry.input(description="Two rows that are one person (penggabungan data orang).")
class PersonMergeInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The person who shall be read as the other from now on.")
    into: strawberry.ID = strawberry.field(description="The person who stays.")
    reason: str = said("Why they are the same, up to 2,000 characters; kept for the office (alasan).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A merge to be taken back (pemisahan data orang).")
class PersonUnmergeInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The person who was merged into another.")
    reason: str = said("Why they are not the same after all, up to 2,000 characters (alasan).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="Two people who are not the same (bukan orang yang sama).")
class PersonRejectDuplicateInput(AbsentIsNull):
    id: strawberry.ID = strawberry.field(description="The one person.")
    other: strawberry.ID = strawberry.field(description="The other person.")
    reason: str | None = optional("What tells them apart, kept for the office (alasan).")
    idempotency_key: str | None = optional(_KEY)
