"""What the file of a batch says of its proposals: read for all of them at once, however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import SQLModel, col, select

from integration.codes import Sex, VervalField
from integration.events.log import Act
from integration.people.tables import FamilyRow, PersonRow
from integration.reading import relay
from integration.reports.tables import ReportSubjectRow
from integration.verval.moving import NOUN
from integration.verval.tables import ChangeRow, DeliberationRow, EndorsementRow, ProposalRow

RowT = TypeVar("RowT", bound=SQLModel)
StepT = TypeVar("StepT", DeliberationRow, EndorsementRow)

_SEXES = {Sex.FEMALE: "P", Sex.MALE: "L"}
_YES = {True: "YA", False: "TIDAK"}


@dataclass(slots=True, repr=False)
class _Beside:
    """What stands beside proposals, by its id or theirs."""

    people: dict[UUID, PersonRow]
    families: dict[UUID, FamilyRow]
    subjects: dict[UUID, ReportSubjectRow]
    minutes: dict[UUID, DeliberationRow]
    documents: dict[UUID, EndorsementRow]
    changes: dict[UUID, dict[VervalField, str]] = field(default_factory=dict)


async def lines(act: Act, proposals: Sequence[ProposalRow]) -> list[dict[str, str]]:
    """The lines of the file, in the order of the proposals."""
    people = await _by_id(act, PersonRow, (one.person_id for one in proposals))
    beside = _Beside(
        people,
        await _by_id(act, FamilyRow, (one.family_id for one in people.values())),
        await _by_id(act, ReportSubjectRow, (one.subject_id for one in proposals)),
        await _last(act, DeliberationRow, proposals),
        await _last(act, EndorsementRow, proposals),
    )
    wanted = select(ChangeRow).where(col(ChangeRow.proposal_id).in_([one.id for one in proposals]))
    for row in await act.session.exec(wanted):
        of_proposal = beside.changes.setdefault(row.proposal_id, {})
        of_proposal[row.field] = act.sealer.open("verval.change", row.value_sealed)
    return [_line(act, one, beside) for one in proposals]


async def _by_id(act: Act, row: type[RowT], ids: Iterable[UUID | None]) -> dict[UUID, RowT]:
    key: Any = row.id  # type: ignore[attr-defined]
    found = await act.session.exec(select(row).where(key.in_({one for one in ids if one is not None})))
    return {one.id: one for one in found}  # type: ignore[attr-defined]


async def _last(act: Act, row: type[StepT], proposals: Sequence[ProposalRow]) -> dict[UUID, StepT]:
    """The last of each proposal in its present round."""
    rounds = {one.id: one.round for one in proposals}
    steps = await act.session.exec(select(row).where(col(row.proposal_id).in_(rounds)).order_by(col(row.id)))
    return {step.proposal_id: step for step in steps if step.round == rounds[step.proposal_id]}


def _line(act: Act, proposal: ProposalRow, beside: _Beside) -> dict[str, str]:
    person = None if proposal.person_id is None else beside.people[proposal.person_id]
    family = None if person is None or person.family_id is None else beside.families[person.family_id]
    subject = None if proposal.subject_id is None else beside.subjects[proposal.subject_id]
    wanted = beside.changes.get(proposal.id, {})
    minutes, document = beside.minutes.get(proposal.id), beside.documents.get(proposal.id)
    known = person or subject
    sealed = None if known is None else known.nik_sealed
    sex = None if known is None else known.sex
    return {
        "ID_USULAN": relay.encode(NOUN, proposal.id),
        "JENIS_USULAN": str(proposal.action),
        "ALASAN": str(proposal.reason),
        "SANGGAHAN": _YES[proposal.is_objection],
        # Somebody new is known by what is proposed of them.
        "NIK": act.sealer.open("nik", sealed) if sealed is not None else wanted.get(VervalField.NIK, ""),
        "NO_KK": "" if family is None or family.kk_sealed is None else act.sealer.open("kk", family.kk_sealed),
        "NAMA": (known.name if known is not None else None) or wanted.get(VervalField.NAME, ""),
        "JENIS_KELAMIN": "" if sex is None else _SEXES[sex],
        "TANGGAL_LAHIR": "" if person is None or person.birth_date is None else person.birth_date.isoformat(),
        "KODE_WILAYAH": proposal.region_code or "",
        "NIK_USULAN": wanted.get(VervalField.NIK, ""),
        "NO_KK_USULAN": wanted.get(VervalField.KK, ""),
        "NAMA_USULAN": wanted.get(VervalField.NAME, ""),
        "JENIS_KELAMIN_USULAN": _SEXES[Sex(wanted[VervalField.SEX])] if VervalField.SEX in wanted else "",
        "TANGGAL_LAHIR_USULAN": wanted.get(VervalField.BIRTH_DATE, ""),
        "KODE_WILAYAH_USULAN": wanted.get(VervalField.REGION, ""),
        "MENINGGAL_USULAN": _YES[wanted[VervalField.DECEASED] == "true"] if VervalField.DECEASED in wanted else "",
        "NO_BERITA_ACARA": "" if minutes is None else minutes.minutes_number,
        "TANGGAL_BERITA_ACARA": "" if minutes is None else minutes.held_on.isoformat(),
        "NO_PENGESAHAN": "" if document is None else document.document_number,
        "TANGGAL_PENGESAHAN": "" if document is None else document.document_date.isoformat(),
    }
