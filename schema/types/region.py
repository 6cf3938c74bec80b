"""Where things are: the official tree of regions."""

from typing import Optional

import strawberry

from integration.codes import RegionLevel


@strawberry.type(description="A part of the country with its official code (wilayah administrasi).")
class Region:
    code: str = strawberry.field(
        description="Code of the Ministry of Home Affairs (kode wilayah Kemendagri), e.g. 64.02 for Kutai Kartanegara, "
        "64.02.06 for Tenggarong."
    )
    name: str = strawberry.field(description="Name without its kind, e.g. Tenggarong (nama wilayah).")
    level: RegionLevel = strawberry.field(description="How high it stands in the tree (tingkat wilayah).")
    kind: str = strawberry.field(
        description="What the law calls it, in Indonesian: provinsi, kabupaten, kota, kecamatan, kelurahan or desa. Of "
        "the same level, a kelurahan has an appointed head and a desa an elected one."
    )
    parent: Optional["Region"] = strawberry.field(
        description="The region it lies in; null for the highest one known here (wilayah induk)."
    )
    children: list["Region"] = strawberry.field(
        description="The regions one level below, by code; empty for a village (wilayah bawahan)."
    )
