"""How registry releases, records and enrolments are read: releases by those who work with them, the rest with its
person.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement

from integration.access.viewer import OFFICE
from integration.codes import EnrolmentStatus, RegistryScheme, RegistryStatus, Role, Staleness
from integration.reading.filters import code_of, on
from integration.reading.scope import Scope
from integration.reading.view import (
    ID,
    Columns,
    Kind,
    Many,
    One,
    OrderKey,
    SeenWith,
    View,
    by,
    code,
    day,
    integer,
    moment,
    relay_id,
    table,
    text,
)
from integration.registry.tables import EnrolmentRow, ProgrammeRow, RegistryRecordRow, RegistryReleaseRow

# A record checked within a year is fresh, within two ageing, then stale: the registry itself is renewed every quarter.
FRESH = timedelta(days=365)
_AGEING = timedelta(days=730)


def _release_visible(_release: Columns, scope: Scope) -> ColumnElement[bool]:
    return sa.true() if scope.has(*OFFICE, Role.ANALYST, Role.OPD_CLIENT) else sa.false()


_WITH_PERSON = SeenWith("Person", "id", "person_id")


def _release_of(record: Columns, scope: Scope, column: str) -> ColumnElement[Any]:
    release = table(RegistryReleaseRow).alias(scope.alias())
    return sa.select(release.c[column]).where(release.c.id == record.release_id).scalar_subquery()


def _newest(person: Columns, scope: Scope, column: str) -> ColumnElement[Any]:
    """A column of the record that the newest release has of a person; DTSEN has taken the place of DTKS."""
    record, release = table(RegistryRecordRow).alias(scope.alias()), table(RegistryReleaseRow).alias(scope.alias())
    return (
        sa.select(record.c[column])
        .where(record.c.person_id == person.id, release.c.id == record.c.release_id)
        .order_by((release.c.scheme == RegistryScheme.DTSEN).desc(), release.c.received_at.desc(), record.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def current_record(person: Columns, record: Columns, scope: Scope) -> ColumnElement[bool]:
    """The join to what the newest release that knows the person says."""
    newest: ColumnElement[bool] = record.id == _newest(person, scope, "id")
    return newest


def current_status(person: Columns, scope: Scope) -> ColumnElement[Any]:
    """Whether the newest release that knows the person counts them."""
    return _newest(person, scope, "status")


def staleness_of_current(person: Columns, scope: Scope) -> ColumnElement[Any]:
    """How old the newest release's word of the person is; null where no release knows them."""
    as_of, status = _newest(person, scope, "as_of"), _newest(person, scope, "status")
    return sa.case((status.is_(None), sa.null()), else_=_aged(as_of, scope))


def current_desil(person: Columns, scope: Scope) -> ColumnElement[Any]:
    """The decile in the newest release that knows the person."""
    return _newest(person, scope, "desil")


def _received(record: Columns, scope: Scope) -> ColumnElement[Any]:
    return _release_of(record, scope, "received_at")


def _scheme(record: Columns, scope: Scope) -> ColumnElement[Any]:
    return _release_of(record, scope, "scheme")


def _staleness(record: Columns, scope: Scope) -> ColumnElement[Any]:
    return _aged(record.as_of, scope)


def _aged(as_of: ColumnElement[Any], scope: Scope) -> ColumnElement[Any]:
    fresh = scope.dialect.bind(
        scope.bind("fresh_since", Kind.DATE, lambda asking: (asking.now - FRESH).date()), Kind.DATE
    )
    ageing = scope.dialect.bind(
        scope.bind("ageing_since", Kind.DATE, lambda asking: (asking.now - _AGEING).date()), Kind.DATE
    )
    return sa.case(
        (as_of.is_(None), sa.literal_column("'UNKNOWN'")),
        (as_of >= fresh, sa.literal_column("'FRESH'")),
        (as_of >= ageing, sa.literal_column("'AGEING'")),
        else_=sa.literal_column("'STALE'"),
    )


def _as_of(record: Columns, scope: Scope) -> ColumnElement[Any]:
    """A source that gives no day is as of the day it came; how fresh that is stays unknown."""
    return sa.func.coalesce(record.as_of, scope.dialect.local_day(_received(record, scope)))


def _programme_name(enrolment: Columns, scope: Scope) -> ColumnElement[Any]:
    programme = table(ProgrammeRow).alias(scope.alias())
    return sa.select(programme.c.name).where(programme.c.code == enrolment.programme_code).scalar_subquery()


NEWEST_RECORD = by("receivedAt", OrderKey(_received, Kind.TIME), ID, descending=True)

release = View(
    "RegistryRelease",
    table(RegistryReleaseRow),
    visible=_release_visible,
    fields={
        "id": relay_id("RegistryRelease"),
        "scheme": code(RegistryScheme, "scheme"),
        "period": text("period"),
        "receivedAt": moment("received_at"),
        "source": text("source"),
        "people": integer("people"),
    },
    edges={"supersedes": One("RegistryRelease", "supersedes_id")},
    roots={
        "registryReleases": Many(
            "RegistryRelease",
            order=by("receivedAt", OrderKey("received_at", Kind.TIME), ID, descending=True),
            filters={"scheme": code_of(on("scheme"))},
        )
    },
)
record = View(
    "RegistryRecord",
    table(RegistryRecordRow),
    visible=None,
    seen_with=_WITH_PERSON,
    fields={
        "scheme": code(RegistryScheme, _scheme),
        "desil": integer("desil"),
        "status": code(RegistryStatus, "status"),
        "asOf": day(_as_of),
        "staleness": code(Staleness, _staleness),
    },
    edges={"release": One("RegistryRelease", "release_id")},
)
enrolment = View(
    "Enrolment",
    table(EnrolmentRow),
    visible=None,
    seen_with=_WITH_PERSON,
    fields={
        "programme": text("programme_code"),
        "programmeName": text(_programme_name),
        "status": code(EnrolmentStatus, "status"),
        "from": day("from_date"),
        "to": day("to_date"),
    },
)
VIEWS = (release, record, enrolment)
