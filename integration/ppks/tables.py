"""The kinds of people in need (PPKS)."""

from sqlmodel import Field, SQLModel

from integration.codes import DataClass
from integration.db.base import ORDERED_TEXT, coded

# So many there are by Permensos 8/2012; a list of another length is not whole, or of another rule.
OFFICIAL_TYPES = 26


class PpksTypeRow(SQLModel, table=True):
    """A kind of need. `data_class` says how the law treats the fact that somebody has it."""

    __tablename__ = "ppks_type"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    term: str
    name: str
    definition: str
    regency_group: str | None = None
    data_class: DataClass = Field(sa_type=coded(DataClass))
