"""What a filter means, row by row, and which filters are refused. Knows nothing of statements or parameters."""

import re
import unicodedata
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.reading.permits import permitted
from tests.reading.sight import Sight, lies_in
from tests.reading.state import Row, State

# A refusal: its code and the argument it names ("" for none).
Refusal = tuple[str, str]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: a == b, "in": lambda a, b: a in b, "gt": lambda a, b: a > b, "gte": lambda a, b: a >= b,
    "lt": lambda a, b: a < b, "lte": lambda a, b: a <= b,
}  # fmt: skip


def id_parts(given: str) -> tuple[str, UUID] | None:
    """The type and key of an id ("Type:32 digits" in base64url), or nothing."""
    try:
        name, _, digits = urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode().partition(":")
        return (name, UUID(digits)) if re.fullmatch("[0-9a-f]{32}", digits) else None
    except ValueError:
        return None


def instant(text: str) -> datetime:
    """A DateTime argument."""
    return datetime.fromisoformat(text)


def sla_state(report: Row, now: datetime) -> str:
    """How a report keeps its time limit. The moment it is due is still in time."""
    if report.status in ("REPLY_SENT", "ARCHIVED", "REJECTED", "MERGED", "WITHDRAWN"):
        return "DONE"
    if report.status == "NEEDS_INFO":
        return "PAUSED"
    if report.due_at is not None and report.due_at < now:
        return "BREACHED"
    if report.at_risk_at is not None and report.at_risk_at <= now:
        return "AT_RISK"
    return "ON_TRACK"


def is_overdue(promise: Row, now: datetime) -> bool:
    """Whether a promise is open though its day is over, by the clock eight hours ahead of UTC."""
    over: bool = promise.due_at < (now.astimezone(UTC) + timedelta(hours=8)).date()
    return promise.state == "OPEN" and over


def current_record(state: State, person: Row) -> Row | None:
    """What the newest release says of a person, DTSEN before DTKS."""

    def newness(record: Row) -> tuple[bool, datetime, UUID]:
        release = state.get("RegistryRelease", record.release_id)
        assert release is not None
        return release.scheme == "DTSEN", release.received_at, record.id

    return max(state.where("RegistryRecord", "person_id", person.id), key=newness, default=None)


def duplicates(state: State, person: Row) -> list[Row]:
    """Who may be the same person: same NIK, or same name and birth date, and nobody has told them apart."""
    found = state.where("Person", "nik_index", person.nik_index)
    if person.birth_date is not None:
        same_name = state.where("Person", "name_key", person.name_key)
        found = found + [other for other in same_name if other.birth_date == person.birth_date]
    apart = {(row.person_id, row.other_id) for row in state.all("PersonDistinct")}
    return [
        other
        for other in found
        if other.id != person.id
        and other.merged_into_id is None
        and person.merged_into_id is None
        and apart.isdisjoint({(person.id, other.id), (other.id, person.id)})
    ]


def on_duty(state: State, staff: Row, now: datetime) -> bool:
    """Whether a turn of duty runs at this moment."""
    shifts = state.where("DutyShift", "staff_id", staff.id)
    return any(shift.starts_at <= now and (shift.ends_at is None or now < shift.ends_at) for shift in shifts)


def last_activity(state: State, staff: Row) -> datetime | None:
    """When somebody last did something."""
    return max((event.at for event in state.where("ReportEvent", "actor_staff_id", staff.id)), default=None)


def is_expected(state: State, proposal: Row) -> bool:
    """Whether a proposal was accepted and no release of its registry has come since."""
    releases = [release for release in state.all("RegistryRelease") if release.scheme == proposal.scheme]
    return proposal.status == "ACCEPTED" and not any(
        proposal.closed_at is not None and release.received_at > proposal.closed_at for release in releases
    )


def is_helping(resource: Row, now: datetime) -> bool:
    """Whether a welfare resource helps today: local time is eight hours ahead."""
    today = (now.astimezone(UTC) + timedelta(hours=8)).date()
    return resource.active_to is None or bool(resource.active_to > today)


def words(text: str) -> list[str]:
    """The words of a name, without case, accents and punctuation."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return "".join(c if c.isascii() and c.isalnum() else " " for c in plain).split()


class Conditions:
    """Filters as one viewer may use them, at one moment."""

    def __init__(self, state: State, sight: Sight, now: datetime, seen: set[str]) -> None:
        self._state = state
        self._sight = sight
        self._now = now
        self._seen = seen

    # --- what each condition looks at: every value of the row that it may be about

    def _values(self, type_name: str, name: str, row: Row) -> list[Any]:  # noqa: C901, PLR0911, PLR0912 - one line a filter
        state, key = self._state, f"{type_name}.{name}"
        if key == "ReportFilter.ppksType":
            return [link.ppks_code for link in state.where("ReportPpksType", "report_id", row.id)]
        if key == "ReportFilter.assignedTo":
            held = [
                a for a in state.where("Assignment", "report_id", row.id) if a.state in ("ASSIGNED", "ACKNOWLEDGED")
            ]
            return [assignment.staff_id for assignment in held]
        if key == "ReportFilter.slaState":
            return [sla_state(row, self._now)]
        if key == "ReportFilter.hasFollowUp":
            links = state.where("PolicyFollowUpReport", "report_id", row.id)
            return [any(self._sight.first("PolicyFollowUp", link.follow_up_id) for link in links)]
        if key == "PersonFilter.desil":
            record = current_record(state, row)
            return [None if record is None else record.desil]
        if key == "PersonFilter.ppksType":
            return [link.ppks_code for link in state.where("PersonPpks", "person_id", row.id)]
        if key == "PersonFilter.programme":
            return [enrolment.programme_code for enrolment in state.where("Enrolment", "person_id", row.id)]
        if key == "PersonFilter.possibleDuplicate":
            return [bool(duplicates(state, row))]
        if key == "PersonFilter.nik":
            return [row.nik_index]
        if key == "StaffFilter.role":
            return [held.role for held in state.where("StaffRole", "staff_id", row.id)]
        if key == "StaffFilter.unit":
            unit = state.get("OrgUnit", row.unit_id)
            return [unit.code if unit is not None else None]
        if key == "StaffFilter.onDuty":
            return [on_duty(state, row, self._now)]
        if key == "CommitmentFilter.overdue":
            return [is_overdue(row, self._now)]
        if key == "VervalProposalFilter.isOpen":
            return [row.open_key is not None]
        if key == "StatisticValueFilter.series":
            series = state.get("StatisticSeries", row.series_id)
            return [series.code if series is not None else None]
        if key == "PsksResourceFilter.isActive":
            return [is_helping(row, self._now)]
        if key == "PsksResourceFilter.type":
            return [row.type_code]
        column = {
            "person": "person_id",
            "isObjection": "is_objection",
            "region": "region_code",
            "district": "district_code",
            "receivedAt": "received_at",
            "owner": "owner_id",
        }
        return [getattr(row, column.get(name, name))]

    # --- whether a row meets a filter

    def meets(self, type_name: str, given: Mapping[str, Any], row: Row) -> bool:
        """Whether a row meets all conditions of a filter that was not refused."""
        return all(self._one(type_name, name, value, row) for name, value in given.items())

    def _one(self, type_name: str, name: str, given: Any, row: Row) -> bool:
        self._seen.add(f"{type_name}.{name}")
        if name == "and":
            return all(self.meets(type_name, inner, row) for inner in given)
        if name == "or":
            return any(self.meets(type_name, inner, row) for inner in given)
        if name == "not":
            return not self.meets(type_name, given, row)
        if name == "idleSince":
            last = last_activity(self._state, row)
            return last is None or last < instant(given)
        values = self._values(type_name, name, row)
        if not isinstance(given, Mapping):
            wanted = self._state.nik_index("".join(filter(str.isdigit, given))) if name == "nik" else given
            return any(value is not None and value == wanted for value in values)
        if not given:
            return True
        self._seen.update(f"{type_name}.{name}.{operator}" for operator in given)
        return any(value is not None and self._compares(name, given, value) for value in values)

    def _compares(self, name: str, given: Mapping[str, Any], value: Any) -> bool:
        if "within" in given:
            return lies_in(value, given["within"])
        if name in ("assignedTo", "owner", "person"):
            return all(_COMPARE[op](value, _keys(wanted)) for op, wanted in given.items())
        if name == "receivedAt":
            return all(_COMPARE[op](value, instant(wanted)) for op, wanted in given.items())
        return all(_COMPARE[op](value, wanted) for op, wanted in given.items())

    # --- whether a filter is refused

    def refusals(self, type_name: str, given: Any, path: str) -> Iterator[Refusal]:
        """Why a filter cannot be used: every reason there is."""
        if given is None:
            yield "BAD_FILTER", path
            return
        for name, value in given.items():
            here = f"{path}.{name}"
            if name in ("and", "or"):
                if value is None:
                    yield "BAD_FILTER", here
                for index, inner in enumerate(value or ()):
                    yield from self.refusals(type_name, inner, f"{here}.{index}")
            elif name == "not":
                yield from self.refusals(type_name, value, here)
            elif not permitted(type_name, name, self._sight.roles):
                yield "FORBIDDEN", here
            else:
                yield from self._bad(type_name, name, value, here)

    def _bad(self, type_name: str, name: str, given: Any, path: str) -> Iterator[Refusal]:
        if given is None:
            yield "BAD_FILTER", path
        elif name == "nik":
            if self._sight.viewer.purpose is None:
                yield "PURPOSE_REQUIRED", path
            if not re.fullmatch(r"\s*[0-9]([ .\-\u2013]{0,2}[0-9]){15}\s*", given):
                yield "BAD_FILTER", path
        elif isinstance(given, Mapping):
            for operator, wanted in given.items():
                if wanted is None or not self._is_known(type_name, name, wanted):
                    yield "BAD_FILTER", f"{path}.{operator}"

    def _is_known(self, type_name: str, name: str, wanted: Any) -> bool:
        """Whether the codes or ids of an open list exist; null does not, nor the id of another kind of object."""
        each = wanted if isinstance(wanted, list) else [wanted]
        if name in ("assignedTo", "owner", "person"):
            noun = {"assignedTo": "StaffMember", "person": "Person"}.get(name, "Organization")
            return all((parts := id_parts(one)) is not None and parts[0] == noun for one in each)
        noun = {
            "region": "Region", "district": "Region", "ppksType": "PpksType",
            "unit": "OrgUnit", "programme": "Programme", "type": "PsksType",
            "series": "StatisticSeries", "code": "StatisticSeries",
        }.get(name, "Organization" if type_name == "OrganizationFilter" else "")  # fmt: skip
        if not noun:
            return True
        column = "kind" if noun == "Organization" else "code"
        return all(self._state.where(noun, column, one) for one in each)


def _keys(wanted: Any) -> Any:
    parts = [id_parts(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
    keys = [part[1] for part in parts if part is not None]
    return keys if isinstance(wanted, list) else keys[0]
