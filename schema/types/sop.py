"""How a report must be handled, and which decree says so."""

import strawberry

from integration.codes import Role


@strawberry.type(description="A law, decree or letter that something rests on (dasar hukum).")
class LegalBasis:
    code: str = strawberry.field(description="Short code that does not change (kode dasar hukum).")
    title: str = strawberry.field(description="What it is and is about, in Indonesian (judul).")
    number: str | None = strawberry.field(
        description="Its official number, e.g. 1167/DINAS SOSIAL/SET.I/337/12/2022; null if unknown (nomor)."
    )
    year: int | None = strawberry.field(description="Year it was issued, e.g. 2022; null if unknown (tahun).")


@strawberry.type(
    description="One of the nine steps in which the agency handles a report (langkah SOP penanganan pengaduan)."
)
class SopStep:
    number: int = strawberry.field(description="Place in the procedure, 1 to 9 (nomor langkah).")
    text: str = strawberry.field(description="What the decree says is done, in Indonesian (uraian kegiatan).")
    role: Role = strawberry.field(description="Who does it (pelaksana).")
    legal_basis: LegalBasis = strawberry.field(description="The decree that orders it (dasar hukum).")
