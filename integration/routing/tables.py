"""What routing goes by, as data: which unit and competency a report needs, who is whose neighbour, what cannot wait."""

from uuid import UUID

from sqlmodel import Field, SQLModel

from integration.codes import ReportCategory
from integration.db.base import ORDERED_TEXT, coded


class CompetencyRow(SQLModel, table=True):
    """Something a member of staff is trained for."""

    __tablename__ = "competency"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    term: str
    name: str
    source: str


class StaffCompetencyRow(SQLModel, table=True):
    """A competency a member of staff has."""

    __tablename__ = "staff_competency"
    staff_id: UUID = Field(foreign_key="staff.id", primary_key=True)
    competency_code: str = Field(foreign_key="competency.code", primary_key=True, sa_type=ORDERED_TEXT)


class RoutingRuleRow(SQLModel, table=True):
    """The unit that handles reports of a category or about a kind of need. `why` is told with every assignment."""

    __tablename__ = "routing_rule"
    code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    category: ReportCategory | None = Field(default=None, sa_type=coded(ReportCategory))
    ppks_code: str | None = Field(default=None, foreign_key="ppks_type.code", sa_type=ORDERED_TEXT)
    unit_code: str = Field(foreign_key="org_unit.code", sa_type=ORDERED_TEXT)
    competency_code: str | None = Field(default=None, foreign_key="competency.code", sa_type=ORDERED_TEXT)
    why: str
    source: str


class UrgentNeedRow(SQLModel, table=True):
    """A kind of need that makes a report an emergency."""

    __tablename__ = "urgent_need"
    ppks_code: str = Field(foreign_key="ppks_type.code", primary_key=True, sa_type=ORDERED_TEXT)
    why: str
    source: str


class DistrictNeighbourRow(SQLModel, table=True):
    """Two kecamatan whose TKSK stand in for each other; each pair stands here once."""

    __tablename__ = "district_neighbour"
    district_code: str = Field(foreign_key="region.code", primary_key=True, sa_type=ORDERED_TEXT)
    neighbour_code: str = Field(foreign_key="region.code", primary_key=True, sa_type=ORDERED_TEXT)
    source: str
