"""Who may sign in, and what was read for which purpose."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from integration.db.base import SEALED, uuid7


class AccountRow(SQLModel, table=True):
    """A sign-in: a member of staff, a partner agency's client, a citizen. Staff bring their roles and
    district along.
    """

    __tablename__ = "account"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    subject: str = Field(unique=True)
    name: str
    staff_id: UUID | None = Field(default=None, foreign_key="staff.id", index=True)
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    roles: list[str] = Field(default_factory=list, sa_type=JSON)
    regions: list[str] = Field(default_factory=list, sa_type=JSON)


class AccessLogRow(SQLModel, table=True):
    """One operation that returned people: who asked, for what, whom it showed. The worker seals the chain later."""

    __tablename__ = "access_log"
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    at: datetime = Field(index=True)
    actor: str
    client: str | None = None
    purpose: str | None = None
    operation: str
    people: list[str] = Field(sa_type=JSON)
    people_count: int
    previous_hash: bytes | None = Field(default=None, sa_type=SEALED)
    hash: bytes | None = Field(default=None, sa_type=SEALED)


class IdempotencyRow(SQLModel, table=True):
    """The outcome of an act under a client's key: what a retry is answered with. Holds no personal
    data in the clear.
    """

    __tablename__ = "idempotency"
    client: str = Field(primary_key=True)
    act: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    input_hash: bytes = Field(sa_type=SEALED)
    object_id: UUID | None = None
    outcome_sealed: bytes | None = Field(default=None, sa_type=SEALED)
    created_at: datetime
