"""Which items of a list are wanted: a filter per noun. Its conditions are those that the noun's `view.py` knows."""

from datetime import datetime

import strawberry

from integration.codes import (
    Direction,
    EmploymentStatus,
    PolicyStatus,
    ProtectionDimension,
    ReportOrderField,
    Role,
)
from integration.registry.codes import RegistryChangeKind
from schema.inputs.operators import (
    ChannelFilter,
    CodeFilter,
    DateTimeFilter,
    IDFilter,
    IntFilter,
    RegionFilter,
    ReportCategoryFilter,
    ReportStatusFilter,
    SlaStateFilter,
    optional,
)

RULES = (
    "All conditions given must hold; an absent one sets none, null is refused (BAD_FILTER), and what you may not read "
    "you may not filter by (FORBIDDEN)."
)


@strawberry.input(description=f"Which reports are wanted. {RULES}")
class ReportFilter:
    status: ReportStatusFilter | None = optional("Where it stands in the procedure (status laporan).")
    category: ReportCategoryFilter | None = optional("What it is about (kategori laporan).")
    region: RegionFilter | None = optional("Where the people in need are (lokasi).")
    channel: ChannelFilter | None = optional("The way it came in (kanal pengaduan).")
    received_at: DateTimeFilter | None = optional("When it came in (waktu diterima).")
    ppks_type: CodeFilter | None = optional(
        "A kind of need it is about, by its code in `ppksTypes`; one of several is enough (jenis PPKS)."
    )
    assigned_to: IDFilter | None = optional(
        "The id of a staff member who has been asked to handle it and still is (petugas)."
    )
    sla_state: SlaStateFilter | None = optional("How it keeps its time limit (status batas waktu).")
    has_follow_up: bool | None = optional(
        "True: at least one policy follow-up rests on it; false: none does (tindak lanjut kebijakan)."
    )
    and_: list["ReportFilter"] | None = optional("All of these must hold too; an empty list sets no condition.", "and")
    or_: list["ReportFilter"] | None = optional("At least one of these must hold; an empty list matches nothing.", "or")
    not_: "ReportFilter | None" = optional("This must not hold.", "not")


@strawberry.input(
    description="In which order reports come. Equal ones are ordered by their id, so pages never overlap."
)
class ReportOrder:
    field: ReportOrderField = strawberry.field(description="By what they are put in order.")
    direction: Direction = strawberry.field(description="Which end comes first.")


@strawberry.input(description=f"Which people are wanted. {RULES}")
class PersonFilter:
    region: RegionFilter | None = optional("Where they are registered (wilayah).")
    desil: IntFilter | None = optional("Welfare decile in the newest registry release, 1 to 10 (desil kesejahteraan).")
    ppks_type: CodeFilter | None = optional(
        "A kind of need recorded of them, by its code in `ppksTypes`; one of several is enough (jenis PPKS)."
    )
    programme: CodeFilter | None = optional(
        "An aid programme they get or got or are proposed for, by its code, e.g. PKH (program bantuan)."
    )
    possible_duplicate: bool | None = optional("Whether somebody else may be the same person (dugaan data ganda).")
    nik: str | None = optional(
        "Exactly this identity number, all 16 digits, never a part of it. Send it as a variable, with a purpose in the "
        "header X-Purpose (NIK)."
    )
    and_: list["PersonFilter"] | None = optional("All of these must hold too; an empty list sets no condition.", "and")
    or_: list["PersonFilter"] | None = optional("At least one of these must hold; an empty list matches nothing.", "or")
    not_: "PersonFilter | None" = optional("This must not hold.", "not")


@strawberry.input(description=f"Which changes between two releases are wanted. {RULES}")
class RegistryChangeFilter:
    kind: list[RegistryChangeKind] | None = optional("Any of these; an empty list matches nothing (jenis perubahan).")
    region: RegionFilter | None = optional(
        "Where the later release has them, or the earlier one if the later has them no more (wilayah)."
    )


@strawberry.input(description=f"Which members of staff are wanted. {RULES}")
class StaffFilter:
    role: Role | None = optional("They have this role, perhaps among others (peran).")
    unit: CodeFilter | None = optional("The code of their unit (unit kerja).")
    district: RegionFilter | None = optional("The district they look after (kecamatan binaan).")
    employment: EmploymentStatus | None = optional("Their kind of employment (status kepegawaian).")
    on_duty: bool | None = optional("True: on duty at this moment; false: not (sedang bertugas).")
    idle_since: datetime | None = optional(
        "They did nothing here at or after this moment; with role TKSK: who is passive (tidak aktif sejak)."
    )


@strawberry.input(description=f"Which organizations are wanted. {RULES}")
class OrganizationFilter:
    kind: CodeFilter | None = optional("What sort of body it is, by its code, e.g. dinas or rsud (jenis organisasi).")


@strawberry.input(description=f"Which policy follow-ups are wanted. {RULES}")
class PolicyFollowUpFilter:
    status: PolicyStatus | None = optional("How far it has come (status tindak lanjut).")
    dimension: ProtectionDimension | None = optional("Which kind of protection it strengthens (dimensi).")
    owner: IDFilter | None = optional("The id of the organization that answers for it (OPD penanggung jawab).")
