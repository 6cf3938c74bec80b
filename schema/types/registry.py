"""What the national welfare registries say of somebody, and how old that is."""

from datetime import date, datetime
from typing import Optional

import strawberry

from integration.codes import EnrolmentStatus, RegistryScheme, RegistryStatus, Staleness
from schema.types.node import Node


@strawberry.type(
    description="One delivery of a national welfare registry, as the agency received it (rilis data DTKS/DTSEN)."
)
class RegistryRelease(Node):
    scheme: RegistryScheme = strawberry.field(description="Which registry it is of (basis data).")
    period: str = strawberry.field(
        description="The time it describes, as its source names it, e.g. 2026-Q1 (periode data)."
    )
    received_at: datetime = strawberry.field(description="When the agency received it (tanggal diterima).")
    source: str = strawberry.field(description="Where it came from, e.g. a file of SIKS-NG (sumber data).")
    supersedes: Optional["RegistryRelease"] = strawberry.field(
        description="The release it took the place of; null if it is the first (menggantikan)."
    )
    people: int = strawberry.field(
        description="How many people of the regency it lists, whether or not you may see them (jumlah jiwa)."
    )


@strawberry.type(
    description="What one release of a registry says of a person (data DTKS/DTSEN). A release never overwrites "
    "another: each keeps its own record."
)
class RegistryRecord:
    scheme: RegistryScheme = strawberry.field(description="Which registry the record is of (basis data).")
    release: RegistryRelease = strawberry.field(description="The delivery it came with (rilis data).")
    desil: int | None = strawberry.field(
        description="Welfare decile as the ministry published it, 1 for the poorest tenth of families to 10 for the "
        "best off; never computed here. Null if not ranked or hidden from you (desil kesejahteraan)."
    )
    status: RegistryStatus = strawberry.field(description="Whether the registry still counts the person (status data).")
    as_of: date = strawberry.field(
        description="The day on which its source last checked it; where it gives none, the day the release came "
        "(per tanggal)."
    )
    staleness: Staleness = strawberry.field(
        description="How far the record may be trusted for its age, judged today; UNKNOWN where its source gives no "
        "day (kemutakhiran data)."
    )


@strawberry.type(description="A person's place in an aid programme (kepesertaan bantuan sosial).")
class Enrolment:
    programme: str = strawberry.field(description="Code of the programme, e.g. PKH, SEMBAKO or PBI_JK (kode program).")
    programme_name: str = strawberry.field(
        description="Name of the programme, in Indonesian, e.g. Program Keluarga Harapan (PKH)."
    )
    status: EnrolmentStatus = strawberry.field(description="Whether the aid runs (status kepesertaan).")
    from_: date | None = strawberry.field(name="from", description="First day of the aid; null if unknown (mulai).")
    to: date | None = strawberry.field(description="Last day of the aid; null if unknown or still running (berakhir).")
