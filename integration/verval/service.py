"""Opening a proposal: from a report's subject or from a person of the registry; and objecting to an active record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import col, select

from integration.codes import (
    MatchState,
    RegistryScheme,
    RegistryStatus,
    ReportStatus,
    UserErrorCode,
    VervalAction,
    VervalField,
    VervalReason,
    VervalStatus,
)
from integration.db.direct import insert_new
from integration.events.log import Act
from integration.people.tables import PersonRow
from integration.reading.view import Leaf
from integration.refusal import Refusal, permit
from integration.registry.tables import RegistryRecordRow, RegistryReleaseRow
from integration.reports.moving import required_text
from integration.reports.tables import ReportRow, ReportSubjectRow
from integration.verval import rules
from integration.verval.changes import Change, checked, keep
from integration.verval.moving import record, refuse
from integration.verval.profiles import DEFAULT, of_scheme
from integration.verval.tables import ProposalRow

_NO_FACTS: Mapping[str, Leaf] = {}
LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True, repr=False)
class Wish:
    """A proposal asked for. At least one of subject and person; without a scheme it is for DTSEN."""

    action: VervalAction
    reason: VervalReason
    subject_id: UUID | None = None
    person_id: UUID | None = None
    scheme: RegistryScheme | None = None
    changes: Sequence[Change] = field(default_factory=tuple)
    note: str | None = None
    is_draft: bool = False
    is_objection: bool = False


@dataclass(frozen=True, slots=True)
class _About:
    """Whom a proposal is about, as far as this viewer may see it."""

    subject: ReportSubjectRow | None
    report: ReportRow | None
    person: PersonRow | None

    @property
    def region(self) -> str | None:
        places = (self.person, self.subject, self.report)
        return next((one.region_code for one in places if one is not None and one.region_code is not None), None)


async def propose(act: Act, wish: Wish) -> UUID:
    """Open a proposal; DUPLICATE where the same one is open already."""
    permit(act.viewer.roles, among=rules.PROPOSERS)
    about = await _about(act, wish)
    changes = await checked(act, wish.changes)
    has_name = any(change.field is VervalField.NAME for change in changes) or bool(about.subject and about.subject.name)
    refuse(
        rules.fits(
            wish.action, wish.reason, has_person=about.person is not None, has_name=has_name, changes=len(changes)
        )
    )
    profile = of_scheme(wish.scheme or DEFAULT)
    if wish.action is VervalAction.ADD and about.person is not None and await _is_active(act, about.person, profile):
        raise Refusal(
            UserErrorCode.INVALID,
            f"Orang ini sudah aktif dalam {profile.scheme}; usulkan perbaikan (UPDATE).",
            f"This person is active in {profile.scheme} already; propose an UPDATE instead.",
            ["action"],
        )
    note = None if wish.note is None else required_text(wish.note, "note", LONGEST_NOTE)
    proposal = ProposalRow(
        profile=profile.code,
        scheme=profile.scheme,
        action=wish.action,
        reason=wish.reason,
        status=VervalStatus.DRAFT if wish.is_draft else VervalStatus.PROPOSED,
        is_objection=wish.is_objection,
        open_key=_key(about, profile.scheme, wish.action),
        person_id=None if about.person is None else about.person.id,
        subject_id=None if about.subject is None else about.subject.id,
        report_id=None if about.report is None else about.report.id,
        region_code=about.region,
        note_sealed=act.sealer.seal_optional("verval.note", note),
        proposer_id=act.viewer.account_id,
        created_at=act.at,
        updated_at=act.at,
    )
    if await _is_open(act, about, profile.scheme, wish.action) or not await insert_new(act.session, proposal):
        raise Refusal(
            UserErrorCode.DUPLICATE,
            "Usulan yang sama masih terbuka.",
            "The same proposal is open already.",
            ["subject" if wish.subject_id else "person"],
        )
    await keep(act, proposal.id, changes)
    name = "vervalObject" if wish.is_objection else "vervalPropose"
    await record(act, proposal, name, None, note)
    await act.session.flush()
    return proposal.id


async def object_to(act: Act, person_id: UUID, reason: VervalReason, scheme: RegistryScheme | None, note: str) -> UUID:
    """An objection against what a registry's newest release says of somebody it lists as active (sanggah)."""
    action = rules.OBJECTIONS.get(reason)
    if action is None:
        named = ", ".join(sorted(rules.OBJECTIONS))
        raise Refusal(
            UserErrorCode.INVALID,
            f"Alasan sanggahan adalah salah satu dari: {named}.",
            f"The reason of an objection is one of: {named}.",
            ["reason"],
        )
    permit(act.viewer.roles, among=rules.PROPOSERS)
    await act.look("Person", person_id, _NO_FACTS, "person")
    person = await act.session.get_one(PersonRow, person_id)
    profile = of_scheme(scheme or DEFAULT)
    if not await _is_active(act, person, profile):
        raise Refusal(
            UserErrorCode.INVALID,
            f"Orang ini tidak aktif dalam rilis terakhir {profile.scheme}.",
            f"The newest release of {profile.scheme} does not list this person as active.",
            ["person"],
        )
    return await propose(
        act, Wish(action, reason, person_id=person_id, scheme=profile.scheme, note=note, is_objection=True)
    )


async def _about(act: Act, wish: Wish) -> _About:
    if wish.subject_id is None and wish.person_id is None:
        raise Refusal(
            UserErrorCode.INVALID,
            "Sebutkan subjek laporan atau orangnya.",
            "Name the report's subject or the person.",
            ["subject"],
        )
    subject = report = person = None
    if wish.subject_id is not None:
        await act.look("ReportSubject", wish.subject_id, _NO_FACTS, "subject")
        subject = await act.session.get_one(ReportSubjectRow, wish.subject_id)
        report = await act.session.get_one(ReportRow, subject.report_id)
        if report.status is ReportStatus.WITHDRAWN:
            raise Refusal(
                UserErrorCode.ILLEGAL_TRANSITION,
                "Laporan ini sudah ditarik pelapornya.",
                "The report was taken back by its reporter.",
            )
    # A suggestion decides nothing: only a confirmed match says who the subject is.
    is_known = subject is not None and subject.match_state is MatchState.CONFIRMED
    person_id = wish.person_id or (subject.person_id if subject is not None and is_known else None)
    if subject is not None and is_known and person_id != subject.person_id:
        raise Refusal(
            UserErrorCode.INVALID,
            "Subjek ini sudah dikonfirmasi sebagai orang lain.",
            "The subject is confirmed to be somebody else.",
            ["person"],
        )
    if person_id is not None:
        await act.look("Person", person_id, _NO_FACTS, "person")
        person = await act.session.get_one(PersonRow, person_id)
    return _About(subject, report, person)


def _key(about: _About, scheme: RegistryScheme, action: VervalAction) -> str:
    whose = about.person or about.subject
    assert whose is not None
    return rules.open_key(whose.id, scheme, action)


async def _is_open(act: Act, about: _About, scheme: RegistryScheme, action: VervalAction) -> bool:
    """Also when the subject was proposed before it was known who that is."""
    if about.subject is None:
        return False
    same = select(ProposalRow.id).where(
        ProposalRow.subject_id == about.subject.id,
        ProposalRow.scheme == scheme,
        ProposalRow.action == action,
        col(ProposalRow.open_key).is_not(None),
    )
    return (await act.session.exec(same)).first() is not None


async def _is_active(act: Act, person: PersonRow, profile: rules.Profile) -> bool:
    newest = (
        select(RegistryReleaseRow.id)
        .where(RegistryReleaseRow.scheme == profile.scheme)
        .order_by(col(RegistryReleaseRow.received_at).desc(), col(RegistryReleaseRow.id).desc())
        .limit(1)
    )
    listed = select(RegistryRecordRow.id).where(
        RegistryRecordRow.person_id == person.id,
        RegistryRecordRow.status == RegistryStatus.ACTIVE,
        col(RegistryRecordRow.release_id).in_(newest),
    )
    return (await act.session.exec(listed)).first() is not None
