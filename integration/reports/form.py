"""A report told through a form (web, counter, partner system): checked whole, then taken in like any other."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import phonenumbers
from sqlalchemy.orm import Mapped
from sqlmodel import col, select

from integration.access.masks import LONG_NUMBER
from integration.codes import ChannelKind, Language, Priority, ReportCategory, ReporterKind, Role, UserErrorCode
from integration.db.base import uuid7
from integration.events.log import Act
from integration.events.outbox import Recipient
from integration.matching.identifiers import parse_nik
from integration.ppks.tables import PpksTypeRow
from integration.refusal import Refusal
from integration.regions.tables import RegionRow
from integration.reports.service import Receipt, Submission, receive
from integration.reports.subjects import Subject
from integration.reports.tables import ReporterRow

LONGEST_DESCRIPTION, LONGEST_NOTE, LONGEST_NAME, LONGEST_ENTRY_POINT = 10_000, 2_000, 200, 100
MOST_SUBJECTS, MOST_TYPES, OLDEST = 50, 50, 150
# These come by their own entrances, where who wrote is known; a form could only claim it.
_NOT_BY_FORM = (ChannelKind.WHATSAPP, ChannelKind.SP4N_LAPOR)


@dataclass(frozen=True, slots=True, repr=False)
class Told:
    """The reporter as told in a form."""

    kind: ReporterKind
    name: str | None = None
    phone: str | None = None
    organization_name: str | None = None
    language: Language = Language.ID


@dataclass(frozen=True, slots=True, repr=False)
class Form:
    """A report as told in a form, nothing of it checked."""

    channel: ChannelKind
    description: str
    entry_point: str | None = None
    reporter: Told | None = None
    category: ReportCategory | None = None
    ppks_codes: Sequence[str] = ()
    region_code: str | None = None
    emergency: bool = False
    subjects: Sequence[Subject] = field(default_factory=tuple)


async def submit(act: Act, form: Form) -> Receipt:
    """Take in a form's report; an exception group of refusals names everything that is wrong with it."""
    refusals = [*_problems(form), *await _unknown_codes(act, form)]
    if refusals:
        raise ExceptionGroup("the form was refused", refusals)
    reporter = _reporter(act, form.reporter)
    phone = None if form.reporter is None else phone_of(form.reporter.phone)
    language = act.viewer.language if form.reporter is None else form.reporter.language
    return await receive(
        act,
        Submission(
            channel=form.channel,
            received_at=act.at,
            description=form.description.strip(),
            reporter_id=None if reporter is None else reporter.id,
            recipient=None if phone is None else Recipient(None, phone),
            language=language,
            entry_point=_blank(form.entry_point),
            category=form.category,
            priority=Priority.EMERGENCY if form.emergency else Priority.NORMAL,
            region_code=form.region_code,
            ppks_codes=form.ppks_codes,
            subjects=[
                replace(
                    subject,
                    name=_blank(subject.name),
                    nik=None if subject.nik is None else parse_nik(subject.nik),
                    note=_blank(subject.note),
                )
                for subject in form.subjects
            ],
            unwritten=() if reporter is None else (reporter,),
            explore_later=True,
        ),
    )


def _reporter(act: Act, told: Told | None) -> ReporterRow | None:
    # A signed-in citizen follows their own reports; staff at a counter write down somebody else's.
    own = act.viewer.account_id if Role.CITIZEN in act.viewer.roles else None
    if told is None:
        return (
            None
            if own is None
            else ReporterRow(
                id=uuid7(),
                kind=ReporterKind.INDIVIDUAL,
                name=act.viewer.name,
                account_id=own,
                language=act.viewer.language,
            )
        )
    phone = phone_of(told.phone)
    return ReporterRow(
        id=uuid7(),
        kind=told.kind,
        name=_blank(told.name),
        organization_name=_blank(told.organization_name),
        language=told.language,
        phone_index=None if phone is None else act.sealer.index("phone", phone),
        phone_sealed=act.sealer.seal_optional("phone", phone),
        account_id=own,
    )


def _problems(form: Form) -> list[Refusal]:
    found: list[Refusal] = []
    if form.channel in _NOT_BY_FORM:
        found.append(_invalid(
            ["channel"],
            "Laporan dari kanal ini masuk lewat pintunya sendiri.",
            "Reports of this channel come in by their own entrance.",
        ))  # fmt: skip
    if not form.description.strip():
        found.append(_invalid(["description"], "Isi laporan harus diisi.", "The description must not be empty."))
    found += _text(["description"], form.description, LONGEST_DESCRIPTION, sealed=True)
    found += _text(["entryPoint"], form.entry_point, LONGEST_ENTRY_POINT)
    if form.reporter is not None:
        found += _text(["reporter", "name"], form.reporter.name, LONGEST_NAME)
        found += _text(["reporter", "organizationName"], form.reporter.organization_name, LONGEST_NAME)
        if _blank(form.reporter.phone) is not None and phone_of(form.reporter.phone) is None:
            found.append(_invalid(
                ["reporter", "phone"],
                "Nomor telepon tidak dikenali; tulis misalnya 0812… atau +62812….",
                "This is not a phone number; write for example 0812… or +62812….",
            ))  # fmt: skip
    if len(form.ppks_codes) > MOST_TYPES:
        found.append(_too_many(["ppksTypes"], MOST_TYPES))
    if len(form.subjects) > MOST_SUBJECTS:
        return [*found, _too_many(["subjects"], MOST_SUBJECTS)]
    for place, subject in enumerate(form.subjects):
        found += _subject(["subjects", str(place)], subject)
    return found


def _subject(path: list[str], subject: Subject) -> list[Refusal]:
    found = _text([*path, "name"], subject.name, LONGEST_NAME)
    found += _text([*path, "note"], subject.note, LONGEST_NOTE, sealed=True)
    if subject.nik is not None and parse_nik(subject.nik) is None:
        found.append(_invalid(
            [*path, "nik"],
            "NIK harus 16 angka dengan kode wilayah dan tanggal lahir yang mungkin.",
            "A NIK has 16 digits, with a possible region code and birth date.",
        ))  # fmt: skip
    if subject.approximate_age is not None and not 0 <= subject.approximate_age <= OLDEST:
        found.append(_invalid(
            [*path, "approximateAge"],
            f"Umur harus antara 0 dan {OLDEST} tahun.",
            f"An age lies between 0 and {OLDEST} years.",
        ))  # fmt: skip
    return found


def _text(path: list[str], text: str | None, longest: int, *, sealed: bool = False) -> list[Refusal]:
    if text is None:
        return []
    if len(text) > longest:
        return [_invalid(path, f"Paling panjang {longest} karakter.", f"At most {longest} characters.")]
    broken = "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)
    if broken or not (sealed or text.isprintable()):
        return [_invalid(path, "Memuat karakter yang tidak dapat dipakai.", "Contains characters that cannot be used.")]
    if not sealed and LONG_NUMBER.search(text):
        # What is not sealed must hold no identifier; each has a field of its own.
        return [_invalid(
            path,
            "Jangan menulis NIK atau nomor telepon di sini.",
            "Do not write a NIK or phone number here.",
        )]  # fmt: skip
    return []


async def _unknown_codes(act: Act, form: Form) -> list[Refusal]:
    told = [(["region"], form.region_code)]
    told += [
        (["subjects", str(place), "region"], s.region_code) for place, s in enumerate(form.subjects[:MOST_SUBJECTS])
    ]
    regions = [(path, code) for path, code in told if code is not None]
    types = [(["ppksTypes", str(place)], code) for place, code in enumerate(form.ppks_codes[:MOST_TYPES])]
    good = await _known(act, "Region", col(RegionRow.code), regions)
    good |= await _known(act, "PpksType", col(PpksTypeRow.code), types)
    return [
        _invalid(path, "Kode ini tidak dikenal.", "This code is unknown.")
        for path, code in (*regions, *types)
        if code not in good
    ]


async def _known(act: Act, noun: str, column: Mapped[str], told: Sequence[tuple[list[str], str]]) -> set[str]:
    codes = {code for _, code in told if _plain(code)}
    if act.sight is not None:
        # What the process knows need not be looked up; what it does not know may be new.
        known = act.sight.asking.known
        if all(known(noun, code) for code in codes):
            return codes
    return set((await act.session.exec(select(column).where(column.in_(codes)))).all())


def _plain(code: str) -> bool:
    # A code that no database can hold is as unknown as any other.
    return code.isascii() and code.isprintable()


def phone_of(text: str | None) -> str | None:
    """The digits with country code; a number without one is Indonesian."""
    text = _blank(text)
    if text is None or len(text) > 40:
        return None
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164).removeprefix("+")


def _blank(text: str | None) -> str | None:
    return None if text is None else text.strip() or None


def _too_many(path: list[str], most: int) -> Refusal:
    return _invalid(path, f"Paling banyak {most}.", f"At most {most}.")


def _invalid(path: list[str], message_id: str, message_en: str) -> Refusal:
    return Refusal(UserErrorCode.INVALID, message_id, message_en, path)
