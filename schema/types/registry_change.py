"""What became of each person from one release to another."""

import strawberry

from integration.registry.codes import RegistryChangeKind
from schema.types.person import Person
from schema.types.region import Region


@strawberry.type(
    description="What became of one person from one release to another. Somebody who moved and has another decile has "
    "two changes (perubahan data)."
)
class RegistryChange:
    kind: RegistryChangeKind = strawberry.field(description="What changed (jenis perubahan).")
    person: Person | None = strawberry.field(description="Of whom; null if hidden from you (penduduk).")
    desil_from: int | None = strawberry.field(
        description="Welfare decile in the earlier release; null if not counted, not ranked or hidden from you (desil "
        "lama)."
    )
    desil_to: int | None = strawberry.field(
        description="Welfare decile in the later release; null if not counted, not ranked or hidden from you (desil "
        "baru)."
    )
    region_from: Region | None = strawberry.field(
        description="Where the earlier release has the person; null if not counted, not mapped or hidden from you "
        "(wilayah lama)."
    )
    region_to: Region | None = strawberry.field(
        description="Where the later release has the person; null if not counted, not mapped or hidden from you "
        "(wilayah baru)."
    )
