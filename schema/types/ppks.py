"""The official kinds of people who need social welfare services."""

import strawberry

from integration.codes import DataClass


@strawberry.type(
    description="One of the 26 official kinds of people who need social welfare services (jenis PPKS, Pemerlu "
    "Pelayanan Kesejahteraan Sosial; Permensos 8/2012)."
)
class PpksType:
    code: str = strawberry.field(
        description="Short code of this API, e.g. PPKS-08; the law only numbers them (kode jenis PPKS)."
    )
    term: str = strawberry.field(description="Official Indonesian term, e.g. Lanjut Usia Telantar.")
    name: str = strawberry.field(description="The term in English, e.g. Neglected older person.")
    data_class: DataClass = strawberry.field(
        description="How well the fact that a certain person belongs to this kind must be protected (kelas data)."
    )
