"""How people and families are read. Showing a person is entered in the access log; NIK and KK leave masked."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, FromClause

from integration.access.masks import mask_identifier
from integration.access.viewer import WHOLE_OFFICE
from integration.codes import Role, Sex
from integration.matching.fold import fold
from integration.people.duplicates import duplicate, has_possible_duplicate
from integration.people.quality import DATA_QUALITY
from integration.people.tables import FamilyRow, PersonPpksRow, PersonRow
from integration.ppks.view import BY_CODE
from integration.reading.filters import Spot, by_nik, fields, key_of, known, linked, on, operators, within, yes
from integration.reading.scope import Asking, Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Lookup,
    Many,
    One,
    OrderKey,
    Through,
    View,
    by,
    code,
    day,
    flag,
    relay_id,
    table,
    text,
    unsealed,
)
from integration.registry.tables import EnrolmentRow
from integration.registry.view import NEWEST_RECORD, current_desil, current_record
from integration.reports.tables import MatchCandidateRow, ReportSubjectRow

_CASE_ROLES = (Role.DIVISION_HEAD, Role.TEAM_MEMBER, Role.TKSK)
_AREA_ROLES = (Role.TKSK, Role.VILLAGE_OPERATOR, Role.VERIFIER)
_ONE: ColumnElement[Any] = sa.literal_column("1")


def _named(scope: Scope) -> list[tuple[FromClause, ColumnElement[Any], ColumnElement[bool]]]:
    """Where reports name people: as the subject found, or as one suggested; with the person's key and the report's
    rule.
    """
    subject, report = table(ReportSubjectRow).alias(scope.alias()), scope.rows("Report")
    found = subject.join(report, report.c.id == subject.c.report_id)
    candidate, its_subject, its_report = (
        table(MatchCandidateRow).alias(scope.alias()),
        table(ReportSubjectRow).alias(scope.alias()),
        scope.rows("Report"),
    )
    suggested = candidate.join(its_subject, its_subject.c.id == candidate.c.subject_id).join(
        its_report, its_report.c.id == its_subject.c.report_id
    )
    return [
        (found, subject.c.person_id, scope.visible("Report", report.c)),
        (suggested, candidate.c.person_id, scope.visible("Report", its_report.c)),
    ]


def _is_named(scope: Scope, person_id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """A report this viewer may see names the person.

    One EXISTS each: PostgreSQL probes or hashes it, whichever is cheaper.
    """
    return [
        sa.exists(sa.select(_ONE).select_from(rows).where(key == person_id, rule)) for rows, key, rule in _named(scope)
    ]


def _family_is_named(scope: Scope, family_id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """A report this viewer may see names somebody of the family."""
    asked: list[ColumnElement[bool]] = []
    for rows, key, rule in _named(scope):
        member = table(PersonRow).alias(scope.alias())
        joined = rows.join(member, member.c.id == key)
        asked.append(sa.exists(sa.select(_ONE).select_from(joined).where(member.c.family_id == family_id, rule)))
    return asked


def visible_to(person: Columns, scope: Scope) -> ColumnElement[bool]:
    """The desk sees the registry; area workers their area; handlers the people of their reports and those people's
    families. Nobody sees a row that was merged into another: its person is that other.
    """
    return sa.and_(person.merged_into_id.is_(None), _within_reach(person, scope))


def _within_reach(person: Columns, scope: Scope) -> ColumnElement[bool]:
    if scope.has(*WHOLE_OFFICE):
        return sa.true()
    grounds: list[ColumnElement[bool]] = []
    if scope.has(*_AREA_ROLES):
        grounds.append(scope.in_viewer_regions(person.region_code))
    if scope.has(*_CASE_ROLES):
        grounds += [*_is_named(scope, person.id), *_family_is_named(scope, person.family_id)]
    return sa.or_(sa.false(), *grounds)


def _family_visible(family: Columns, scope: Scope) -> ColumnElement[bool]:
    """The same grounds, for the family as a whole."""
    if scope.has(*WHOLE_OFFICE):
        return sa.true()
    grounds: list[ColumnElement[bool]] = []
    if scope.has(*_AREA_ROLES):
        grounds.append(scope.in_viewer_regions(family.region_code))
    if scope.has(*_CASE_ROLES):
        grounds += _family_is_named(scope, family.id)
    return sa.or_(sa.false(), *grounds)


def _named_in(scope: Scope) -> FromClause:
    """Each person with each report found to be about them, suggested or confirmed, once though it may
    name them twice.
    """
    subject = table(ReportSubjectRow).alias(scope.alias())
    named = sa.select(subject.c.person_id, subject.c.report_id).where(subject.c.person_id.is_not(None))
    return named.distinct().subquery()


def _search(spot: Spot) -> ColumnElement[bool]:
    """Every word must stand in the folded name; what has no letters finds nobody, not everybody."""
    spot.refuse_null()

    def words(given: Any, _asking: Asking) -> list[str]:
        return [f"%{word}%" for word in fold(given).split()] or ["\1"]

    name = spot.scope.new_parameter(Kind.TEXT, spot.getter(words), array=True)
    patterns = spot.scope.dialect.values(name, Kind.TEXT)
    # Folded words hold letters and digits only, so nothing in them is a wildcard.
    missing = sa.select(_ONE).select_from(patterns).where(sa.not_(spot.columns.name_key.like(patterns.c.value)))
    return sa.not_(sa.exists(missing))


_filter = fields(
    "PersonFilter",
    {
        "region": within("region_code"),
        "possibleDuplicate": yes(has_possible_duplicate),
        "desil": operators(on(current_desil), Kind.INT),
        "ppksType": operators(linked(table(PersonPpksRow), "person_id", "ppks_code"), Kind.TEXT, known("PpksType")),
        "programme": operators(
            linked(table(EnrolmentRow), "person_id", "programme_code"), Kind.TEXT, known("Programme")
        ),
        "nik": by_nik("nik_index"),
    },
)

person = View(
    "Person",
    table(PersonRow),
    visible=visible_to,
    people=True,
    fields={
        "id": relay_id("Person"),
        "name": text("name"),
        "nik": unsealed("nik", "nik_sealed", mask_identifier),
        "sex": code(Sex, "sex"),
        "birthDate": day("birth_date"),
        "deceased": flag("deceased"),
    },
    edges={
        "dataQuality": DATA_QUALITY,
        "possibleDuplicates": Many(
            "PersonDuplicate",
            "id",
            "person_id",
            by("score", OrderKey("score", Kind.FLOAT), OrderKey("other_id", Kind.UUID), descending=True),
        ),
        "region": One("Region", "region_code", "code"),
        "family": One("Family", "family_id"),
        "registryRecords": Many("RegistryRecord", "id", "person_id", NEWEST_RECORD),
        "currentRegistry": One("RegistryRecord", "id", "person_id", on=current_record),
        "enrolments": Many(
            "Enrolment",
            "id",
            "person_id",
            by("from", OrderKey("from_date", Kind.DATE, nullable=True), ID, descending=True),
        ),
        "ppks": Many("PpksType", "id", order=BY_CODE, through=Through(table(PersonPpksRow), "person_id", "ppks_code")),
        "reports": Many(
            "Report",
            "id",
            order=by("receivedAt-", OrderKey("received_at", Kind.TIME), ID, descending=True),
            through=Through(_named_in, "person_id", "report_id"),
            paged=True,
        ),
        "proposals": Many(
            "VervalProposal",
            "id",
            "person_id",
            by("createdAt", OrderKey("created_at", Kind.TIME), ID, descending=True),
        ),
    },
    roots={
        "person": Lookup("Person", {"id": key_of("Person")}),
        "people": Many(
            "Person",
            order=by("name", OrderKey("name_key", Kind.TEXT), ID),
            paged=True,
            filters={"filter": _filter, "search": _search},
        ),
    },
)
family = View(
    "Family",
    table(FamilyRow),
    visible=_family_visible,
    fields={"id": relay_id("Family"), "kk": unsealed("kk", "kk_sealed", mask_identifier)},
    edges={
        "members": Many("Person", "id", "family_id", by("order", OrderKey("family_order", Kind.INT), ID)),
        "region": One("Region", "region_code", "code"),
    },
)
VIEWS = (person, family, duplicate)
