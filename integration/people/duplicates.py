"""When two rows may be one person, said in SQL and in words.

Suggested, never decided: an officer merges the two or says that they are different people, and that is remembered.
"""

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.people.tables import PersonDistinctRow
from integration.reading.scope import Scope
from integration.reading.view import Columns, table


def same_nik(one: Columns, other: Columns) -> ColumnElement[bool]:
    """Both have the same identity number."""
    return sa.and_(one.nik_index == other.nik_index)


def same_name(one: Columns, other: Columns) -> ColumnElement[bool]:
    """Both have the same name, as it is compared, and were born on the same day."""
    return sa.and_(one.name_key == other.name_key, one.birth_date == other.birth_date)


def told_apart(one: Columns, other: Columns, scope: Scope) -> ColumnElement[bool]:
    """An officer has said that they are not the same."""
    said = table(PersonDistinctRow).alias(scope.alias())
    return sa.exists(
        sa.select(sa.literal_column("1")).where(
            sa.or_(
                sa.and_(said.c.person_id == one.id, said.c.other_id == other.id),
                sa.and_(said.c.person_id == other.id, said.c.other_id == one.id),
            )
        )
    )


def possible_duplicate(one: Columns, other: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether `other` may be the same person as `one`; neither is merged already."""
    return sa.and_(
        sa.or_(same_nik(one, other), same_name(one, other)),
        one.id != other.id,
        one.merged_into_id.is_(None),
        other.merged_into_id.is_(None),
        sa.not_(told_apart(one, other, scope)),
    )
