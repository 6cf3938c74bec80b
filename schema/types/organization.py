"""Who works with whom: agencies and other bodies, and their units."""

import strawberry

from schema.types.node import Node


@strawberry.type(
    description="A body that takes part: an agency of the regency (organisasi perangkat daerah, OPD), a hospital, a "
    "village or a partner outside the regency's government (organisasi)."
)
class Organization(Node):
    code: str = strawberry.field(description="Short code that does not change, e.g. DINSOS (kode organisasi).")
    short_name: str = strawberry.field(description="Name as people say it, e.g. Dinsos (nama singkat).")
    name: str = strawberry.field(description="Full official name, in Indonesian (nama resmi).")
    kind: str = strawberry.field(
        description="Code of what sort of body it is, e.g. dinas, badan, rsud or kecamatan (jenis organisasi)."
    )
    units: list["OrgUnit"] = strawberry.field(
        description="Its divisions and sections, by code; empty if none are recorded (unit kerja)."
    )


@strawberry.type(description="A division or section of an organization (unit kerja, e.g. bidang or sub bagian).")
class OrgUnit:
    id: strawberry.ID = strawberry.field(description="Opaque id, to name this unit in an input.")
    code: str = strawberry.field(description="Short code that does not change (kode unit kerja).")
    name: str = strawberry.field(description="Official name, in Indonesian (nama unit kerja).")
    organization: Organization = strawberry.field(description="The organization it belongs to (organisasi induk).")
