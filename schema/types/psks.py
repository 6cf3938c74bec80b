"""The official kinds of helpers, and who and what there is of them."""

from datetime import date, datetime

import strawberry

from schema.types.error import UserError
from schema.types.node import Node
from schema.types.region import Region


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


@strawberry.type(
    description="A person or body who helps with social welfare in a place (potensi dan sumber kesejahteraan sosial, "
    "PSKS)."
)
class PsksResource(Node):
    version: int = strawberry.field(
        description="Counts the changes. Send it as `expectedVersion` to be told if somebody was faster (versi)."
    )
    type: PsksType = strawberry.field(description="Of what kind (jenis PSKS).")
    name: str = strawberry.field(description="What the person or body is called (nama).")
    region: Region = strawberry.field(description="Where: a kecamatan, or a village in one (wilayah).")
    phone: str | None = strawberry.field(
        description="Its telephone, only the last four digits; null if none or hidden from you (nomor telepon)."
    )
    active_from: date | None = strawberry.field(description="Since when it helps; null if not told (aktif sejak).")
    active_to: date | None = strawberry.field(description="The day it ended; null while it helps (aktif sampai).")
    is_active: bool = strawberry.field(description="Whether it helps today (masih aktif).")
    source: str = strawberry.field(description="Where this is known from, in Indonesian (sumber).")
    as_of: date = strawberry.field(description="As of which day it was so (per tanggal).")
    recorded_at: datetime = strawberry.field(description="When it was recorded here (waktu pencatatan).")


@strawberry.type(description="What an act on a welfare resource came to (hasil pencatatan PSKS).")
class PsksPayload:
    psks_resource: PsksResource | None = strawberry.field(
        description="The resource as it is now, done or refused; null if there is none or you may not see it (PSKS)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="What saying that a kecamatan was looked through came to (hasil pendataan PSKS).")
class PsksStocktakePayload:
    done: bool = strawberry.field(description="Whether it is on record (tercatat).")
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
