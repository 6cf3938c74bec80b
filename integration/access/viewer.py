"""Who is asking. Made once per request and passed on explicitly; nothing reads it from the air."""

from dataclasses import dataclass
from uuid import UUID

from integration.codes import Language, Role

# The roles that work inside the social office. An unknown role is in no set, so it sees nothing.
OFFICE = frozenset({
    Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK, Role.VILLAGE_OPERATOR,
    Role.VERIFIER, Role.AGENCY_HEAD,
})  # fmt: skip
# The roles that see every report (rows still obey sensitivity).
WHOLE_OFFICE = frozenset({Role.ADMIN, Role.TEAM_LEAD, Role.SECRETARY, Role.AGENCY_HEAD})


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or system with roles; `purpose` is the code it gave for this request (X-Purpose)."""

    name: str
    roles: frozenset[Role]
    subject: str | None = None
    account_id: UUID | None = None
    staff_id: UUID | None = None
    unit_id: UUID | None = None
    organization_id: UUID | None = None
    regions: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    purpose: str | None = None
    language: Language = Language.ID
    client: str | None = None

    @property
    def actor(self) -> str:
        """How the event log and the access log name this viewer."""
        return self.subject or "anonymous"

    @property
    def sees_every_report(self) -> bool:
        """Whether no count of reports need be kept from this viewer."""
        return not self.roles.isdisjoint(WHOLE_OFFICE)


# Nobody signed in: a citizen who may submit and follow by number, and read the public lists.
ANONYMOUS = Viewer(name="Warga (tanpa masuk)", roles=frozenset({Role.CITIZEN}))
# The worker acting by itself; it has no role, so nothing it reads depends on one.
SYSTEM = Viewer(name="Sistem", roles=frozenset(), subject="system")
