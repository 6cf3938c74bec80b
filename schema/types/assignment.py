"""Who has been asked to handle what."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from integration.codes import AssignmentState, Role
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.organization import OrgUnit

if TYPE_CHECKING:
    from schema.types.report import Report
    from schema.types.staff import StaffMember


@strawberry.type(
    description="A report put into the hands of a staff member or a unit, with an instruction (penugasan, disposisi)."
)
class Assignment(Node):
    report: Annotated["Report", strawberry.lazy("schema.types.report")] | None = strawberry.field(
        description="The report to be handled; null if you may not see it (laporan)."
    )
    role: Role = strawberry.field(description="In which capacity they are asked (peran).")
    staff: Annotated["StaffMember", strawberry.lazy("schema.types.staff")] | None = strawberry.field(
        description="Who is asked; null if a unit is asked as a whole, or hidden from you (petugas)."
    )
    unit: OrgUnit | None = strawberry.field(
        description="The unit that is asked, or that the staff member belonged to then; null if unknown or hidden from "
        "you (unit kerja)."
    )
    instruction: str | None = strawberry.field(
        description="What they are asked to do; null if nothing was said or it is hidden from you (isi disposisi)."
    )
    assigned_at: datetime = strawberry.field(description="When they were asked (tanggal penugasan).")
    due_at: datetime | None = strawberry.field(
        description="When it should be done; null if no time was set (batas waktu)."
    )
    state: AssignmentState = strawberry.field(description="What has become of it (status penugasan).")
    reason: str | None = strawberry.field(
        description="Why they were chosen, or that it was given back: then the words are in the report's timeline. "
        "Null if not recorded or hidden from you (alasan)."
    )


@strawberry.type(description="What an answer to an assignment came to (hasil jawaban penugasan).")
class AssignmentPayload:
    assignment: Assignment | None = strawberry.field(
        description="The assignment as it is now, whether the act was done or refused; null if you may not see it "
        "(penugasan)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
