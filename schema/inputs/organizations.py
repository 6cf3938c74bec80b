"""What the acts on organizations must be told."""

from datetime import date

import strawberry

from schema.inputs.operators import optional
from schema.inputs.report import AbsentIsNull

_KEY = "Any text of your choice, new for each act: sent again with the same input it does nothing twice."


@strawberry.input(description="A data-sharing agreement as it was signed (perjanjian berbagi data).")
class AgreementRecordInput(AbsentIsNull):
    organization: strawberry.ID = strawberry.field(description="The agency it was made with.")
    number: str = strawberry.field(description="Its number, up to 100 characters (nomor perjanjian).")
    purposes: list[str] = strawberry.field(
        description="For which purposes the agency may look people up: codes as in the header X-Purpose, at least one "
        "(tujuan)."
    )
    valid_to: date = strawberry.field(description="Its last day, local time; today or later (berlaku sampai).")
    note: str | None = optional("A remark for the office (catatan).")
    idempotency_key: str | None = optional(_KEY)


@strawberry.input(description="A data-sharing agreement that ends before its last day (pengakhiran perjanjian).")
class AgreementEndInput(AbsentIsNull):
    organization: strawberry.ID = strawberry.field(description="The agency it was made with.")
    note: str = strawberry.field(description="Why it ends, up to 2,000 characters; kept for the office (alasan).")
    idempotency_key: str | None = optional(_KEY)
