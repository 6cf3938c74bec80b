"""Awards (penghargaan) for the best of a scoreboard."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from integration.awards.codes import ScoreboardSubject
from integration.db.base import ORDERED_TEXT, coded, uuid7


class AwardRow(SQLModel, table=True):
    """An award for a period that is over. It is written once and never changed, with the score it was given for."""

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("period", "subject", "rank"),
        CheckConstraint("(region_code IS NULL) <> (organization_id IS NULL)", name="ck_award_recipient"),
    )
    id: UUID = Field(default_factory=uuid7, primary_key=True)
    period: str = Field(sa_type=ORDERED_TEXT)
    subject: ScoreboardSubject = Field(sa_type=coded(ScoreboardSubject))
    rank: int
    region_code: str | None = Field(default=None, foreign_key="region.code", index=True, sa_type=ORDERED_TEXT)
    organization_id: UUID | None = Field(default=None, foreign_key="organization.id", index=True)
    score: float
    formula: str
    note: str | None = None
    granted_at: datetime
    granted_by_staff_id: UUID | None = Field(default=None, foreign_key="staff.id")
