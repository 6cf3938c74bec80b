"""Who works with whom: agencies and other bodies, and their units."""

from datetime import date

import strawberry

from schema.types.error import UserError
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
    data_sharing_agreement: "DataSharingAgreement | None" = strawberry.field(
        description="What it agreed with the social office on looking people up, the last one entered; null if "
        "nothing, or hidden from you: an agency sees its own (perjanjian berbagi data)."
    )
    units: list["OrgUnit"] = strawberry.field(
        description="Its divisions and sections, by code; empty if none are recorded (unit kerja)."
    )


@strawberry.type(
    description="An agency's agreement by which it may ask whether somebody is in the registry (perjanjian berbagi "
    "data)."
)
class DataSharingAgreement:
    number: str = strawberry.field(description="Its number (nomor perjanjian).")
    purposes: list[str] = strawberry.field(
        description="The purposes it allows, as in the header X-Purpose, by code (tujuan)."
    )
    valid_to: date = strawberry.field(description="Its last day, local time (berlaku sampai).")
    in_force: bool = strawberry.field(description="Whether it holds today (masih berlaku).")


@strawberry.type(description="What an act on an organization came to (hasil tindakan).")
class OrganizationPayload:
    organization: Organization | None = strawberry.field(
        description="The organization as it is now, done or refused; null if there is none (organisasi)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="A division or section of an organization (unit kerja, e.g. bidang or sub bagian).")
class OrgUnit:
    id: strawberry.ID = strawberry.field(description="Opaque id, to name this unit in an input.")
    code: str = strawberry.field(description="Short code that does not change (kode unit kerja).")
    name: str = strawberry.field(description="Official name, in Indonesian (nama unit kerja).")
    organization: Organization = strawberry.field(description="The organization it belongs to (organisasi induk).")
