"""The 12 kinds of social welfare resources (PSKS)."""

from sqlmodel import Field, SQLModel

from integration.db.base import ORDERED_TEXT


class PsksTypeRow(SQLModel, table=True):
    """A kind of resource that can help: a worker, a volunteer corps, an institution."""

    __tablename__ = "psks_type"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    term: str
    name: str
    definition: str
