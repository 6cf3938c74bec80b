"""Who is asking, as the API sees them."""

import strawberry

from integration.codes import Role
from schema.types.organization import Organization, OrgUnit
from schema.types.region import Region
from schema.types.staff import StaffMember


@strawberry.type(
    description="Whoever sends this request: a person, a program, or nobody known (pengguna). Without a token it is a "
    "citizen who may send a report and read the public lists."
)
class Viewer:
    name: str = strawberry.field(description="Name to show, of the person or the program (nama).")
    roles: list[Role] = strawberry.field(
        description="What they may do here; empty means nothing at all, e.g. when the role is unknown (peran)."
    )
    staff: StaffMember | None = strawberry.field(
        description="The member of staff they are; null for citizens and programs (petugas)."
    )
    unit: OrgUnit | None = strawberry.field(description="The unit they act for; null if none (unit kerja).")
    organization: Organization | None = strawberry.field(
        description="The organization they act for; null if none (organisasi)."
    )
    regions: list[Region] = strawberry.field(
        description="The regions they are limited to, each with everything below it; empty if no region limits them "
        "(wilayah kerja)."
    )
    scopes: list[str] = strawberry.field(
        description="Rights that were given to the program with its token, as they were named then; empty if none "
        "(scope)."
    )
    purpose: str | None = strawberry.field(
        description="Code of the purpose this request states, from the header X-Purpose or the program's default, e.g. "
        "CASE_HANDLING; null if none was stated (tujuan akses data)."
    )
