"""By what somebody is looked for in the registry."""

from datetime import date

import strawberry

from schema.inputs.operators import optional
from schema.inputs.report import AbsentIsNull


@strawberry.input(
    description="Who is looked for: exactly one of `nik`, `kk`, or `name` together with `birthDate` (kunci pencocokan)."
)
class MatchRegistryInput(AbsentIsNull):
    nik: str | None = optional("National identity number, 16 digits; blanks, dots and dashes do not matter (NIK).")
    kk: str | None = optional("Number of a family card, 16 digits: asks for the family as a whole (nomor KK).")
    name: str | None = optional(
        "Full name as on the identity card; capitals, accents and punctuation do not matter, spelling does (nama)."
    )
    birth_date: date | None = optional("Date of birth, with the name (tanggal lahir).")
