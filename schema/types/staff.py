"""Who works here, and how much they carry."""

from datetime import datetime

import strawberry

from integration.codes import EmploymentStatus, Role
from schema.types.assignment import Assignment
from schema.types.node import Node
from schema.types.organization import OrgUnit
from schema.types.paging import Connection, page
from schema.types.region import Region


@strawberry.type(
    description="Somebody who handles reports: an employee of the agency, or a social worker of a district (petugas, "
    "TKSK)."
)
class StaffMember(Node):
    name: str = strawberry.field(description="Full name with titles (nama petugas).")
    unit: OrgUnit | None = strawberry.field(
        description="Division or section; null for those outside the agency's units (unit kerja)."
    )
    employment: EmploymentStatus = strawberry.field(description="Kind of employment (status kepegawaian).")
    roles: list[Role] = strawberry.field(description="What they may do here (peran).")
    district: Region | None = strawberry.field(
        description="The district a social worker looks after; null for everybody else (kecamatan binaan)."
    )
    open_assignments: int = strawberry.field(
        description="How many reports they carry now: assigned or acknowledged, not yet done (beban kerja)."
    )
    capacity: int = strawberry.field(
        description="How many reports they can carry at a time; a suggestion never goes beyond it (kapasitas)."
    )
    active: bool = strawberry.field(
        description="Whether they still work here; `staffMembers` lists only those who do (masih bertugas)."
    )
    on_duty: bool = strawberry.field(description="Whether they are on duty at this moment (sedang bertugas).")
    last_activity_at: datetime | None = strawberry.field(
        description="When they last did something here; null if never, or hidden from you (aktivitas terakhir)."
    )
    assignments: Connection[Assignment] | None = page(
        "What they have been asked to handle, newest first, as far as you may see it; null if hidden from you "
        "(penugasan)."
    )


@strawberry.type(
    description="How many people work for the agency, by kind of employment and by age (rekapitulasi pegawai). Ages "
    "are kept as bands only, and no assignment looks at them."
)
class StaffSummary:
    rows: list["StaffSummaryRow"] = strawberry.field(
        description="One row per kind of employment and age band; combinations without anybody are left out."
    )
    total: int = strawberry.field(description="All of them: the sum of the rows (jumlah pegawai).")


@strawberry.type(description="The people of one kind of employment and one age band (baris rekapitulasi pegawai).")
class StaffSummaryRow:
    employment: EmploymentStatus = strawberry.field(description="Kind of employment (status kepegawaian).")
    age_band: str = strawberry.field(
        description="Ages in whole years, both ends included, e.g. 39-45, or >55 (kelompok umur)."
    )
    count: int = strawberry.field(description="How many people (jumlah).")
