"""What was done so that people know where to report."""

from datetime import date, datetime

import strawberry

from integration.policy.codes import OutreachKind
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.region import Region


@strawberry.type(
    description="Something done so that people know where to report: a meeting, a visit, a broadcast (kegiatan "
    "sosialisasi)."
)
class OutreachActivity(Node):
    held_on: date = strawberry.field(description="When it was held (tanggal).")
    kind: OutreachKind = strawberry.field(description="What it was (jenis kegiatan).")
    title: str = strawberry.field(description="What it was about, in Indonesian (uraian).")
    region: Region | None = strawberry.field(description="Where; null if nowhere in particular (wilayah).")
    audience: str | None = strawberry.field(description="For whom, in Indonesian; null if not told (sasaran).")
    attendance: int | None = strawberry.field(
        description="How many came; null where nobody counted, which is not 0 (jumlah peserta)."
    )
    source: str = strawberry.field(description="Where this is known from, in Indonesian (sumber).")
    recorded_at: datetime | None = strawberry.field(
        description="When it was recorded here; null if it came with the program (waktu pencatatan)."
    )


@strawberry.type(description="What recording an outreach activity came to (hasil pencatatan sosialisasi).")
class OutreachPayload:
    outreach_activity: OutreachActivity | None = strawberry.field(
        description="The activity; null if refused (kegiatan sosialisasi)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
