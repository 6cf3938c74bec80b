"""The official kinds of helpers."""

import strawberry


@strawberry.type(
    description="One of the 12 official kinds of people and bodies who help with social welfare (jenis PSKS, Potensi "
    "dan Sumber Kesejahteraan Sosial)."
)
class PsksType:
    code: str = strawberry.field(
        description="Short code of this API, e.g. PSKS-11; the law only numbers them (kode jenis PSKS)."
    )
    term: str = strawberry.field(description="Official Indonesian term, e.g. Tenaga Kesejahteraan Sosial Kecamatan.")
    name: str = strawberry.field(description="The term in English, e.g. District social welfare officer.")
