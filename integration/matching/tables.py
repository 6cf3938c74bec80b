"""The keys people are found by."""

from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from integration.db.base import ORDERED_TEXT


class PersonNameKeyRow(SQLModel, table=True):
    """A key of a person's name, with where and when they were born: see `integration.matching.keys`.

    The primary key holds all there is, so a search reads nothing but its index. Unknown are "" and 0.
    """

    __tablename__ = "person_name_key"
    __table_args__ = ({"sqlite_with_rowid": False},)
    key: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    region_code: str = Field(primary_key=True, sa_type=ORDERED_TEXT)
    birth_year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person_id: UUID = Field(primary_key=True, foreign_key="person.id", index=True)
