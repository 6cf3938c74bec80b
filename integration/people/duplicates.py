"""When two rows may be one person, said in SQL and in words.

Suggested, never decided: an officer merges the two or says that they are different people, and that is remembered.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.codes import DuplicateReason, Language
from integration.people.tables import PersonDistinctRow, PersonRow
from integration.reading.scope import Scope
from integration.reading.view import Columns, Kind, One, SeenWith, View, number, table, text, words


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


def has_possible_duplicate(person: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether somebody else may be this person. One EXISTS for each ground, so that each uses its index."""
    grounds = []
    for same in (same_nik, same_name):
        other = table(PersonRow).alias(scope.alias())
        grounds.append(
            sa.exists(
                sa.select(sa.literal_column("1")).where(
                    same(person, other.c),
                    other.c.id != person.id,
                    other.c.merged_into_id.is_(None),
                    sa.not_(told_apart(person, other.c, scope)),
                )
            )
        )
    return sa.and_(person.merged_into_id.is_(None), sa.or_(*grounds))


def possible_duplicate(one: Columns, other: Columns, scope: Scope) -> ColumnElement[bool]:
    """Whether `other` may be the same person as `one`; neither is merged already."""
    return sa.and_(
        sa.or_(same_nik(one, other), same_name(one, other)),
        one.id != other.id,
        one.merged_into_id.is_(None),
        other.merged_into_id.is_(None),
        sa.not_(told_apart(one, other, scope)),
    )


# What speaks for it: how many tenths, and in which words.
_GROUNDS = (
    (DuplicateReason.SAME_NIK, 6, "NIK sama", "the same identity number"),
    (DuplicateReason.SAME_NAME_AND_BIRTH_DATE, 3, "nama dan tanggal lahir sama", "the same name and birth date"),
    (DuplicateReason.SAME_VILLAGE, 1, "desa/kelurahan sama", "the same village"),
)


def _pairs(scope: Scope) -> FromClause:
    """Each person with each who may be the same."""
    one, other = table(PersonRow).alias(scope.alias()), table(PersonRow).alias(scope.alias())
    name = scope.bind("viewer_language", Kind.TEXT, lambda asking: str(asking.viewer.language))
    english = scope.dialect.bind(name, Kind.TEXT) == sa.literal_column(f"'{Language.EN}'")
    facts = (same_nik(one.c, other.c), same_name(one.c, other.c), one.c.region_code == other.c.region_code)
    codes, told, score = _joined(facts, english)
    return (
        sa.select(
            one.c.id.label("person_id"),
            other.c.id.label("other_id"),
            codes.label("reasons"),
            told.label("explanation"),
            score.label("score"),
        )
        .select_from(one.join(other, possible_duplicate(one.c, other.c, scope)))
        .subquery(scope.alias())
    )


def _joined(
    facts: Any, english: ColumnElement[bool]
) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    codes, told, score = [], [], []
    for fact, (reason, weight, indonesian, english_words) in zip(facts, _GROUNDS, strict=True):
        is_first = reason is DuplicateReason.SAME_NIK
        comma, pause = ("", "") if is_first else (",", ", ")
        nothing: ColumnElement[str] = sa.literal_column("''")
        codes.append(sa.case((fact, sa.literal_column(f"'{comma}{reason}'")), else_=nothing))
        words_ = sa.case((english, sa.literal_column(f"'{pause}{english_words}'")),
                         else_=sa.literal_column(f"'{pause}{indonesian}'"))  # fmt: skip
        told.append(sa.case((fact, words_), else_=nothing))
        score.append(sa.case((fact, sa.literal_column(str(weight))), else_=sa.literal_column("0")))
    # The first of them may be missing: what is then in front is cut.
    return (
        sa.func.ltrim(_whole(codes), sa.literal_column("','")),
        sa.func.ltrim(_whole(told), sa.literal_column("', '")),
        sa.cast(score[0] + score[1] + score[2], sa.Double()) / sa.literal_column("10", sa.Double),
    )


def _whole(parts: Sequence[ColumnElement[Any]]) -> ColumnElement[Any]:
    first, second, third = parts
    return first.op("||")(second).op("||")(third)


duplicate = View(
    "PersonDuplicate",
    _pairs,
    visible=None,
    key="other_id",
    seen_with=SeenWith("Person", "id", "person_id"),
    fields={
        "reasons": words(DuplicateReason, "reasons"),
        "explanation": text("explanation"),
        "score": number("score"),
    },
    edges={"person": One("Person", "other_id")},
)
