"""How an act says no."""

import strawberry

from integration.codes import UserErrorCode


@strawberry.type(
    description="Why an act was refused, in words that can be shown to a person (galat). Failures of the query itself "
    "are in the top-level `errors` instead."
)
class UserError:
    code: UserErrorCode = strawberry.field(description="The reason, for programs (kode galat).")
    message: str = strawberry.field(
        description="The reason, for people: Indonesian, or English with `Accept-Language: en` (pesan)."
    )
    field: list[str] | None = strawberry.field(
        description="Path of the input field to correct, e.g. [subjects, 0, nik]; null if it is not about one field."
    )
    current_version: int | None = strawberry.field(
        description="With CONFLICT, the object's version now: read it again, then try with this one; otherwise null."
    )
