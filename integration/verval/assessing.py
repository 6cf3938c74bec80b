"""The visit to the household: photographs first, then the form with the place and what the assessor concludes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, func, select

from integration.codes import UserErrorCode, VervalRecommendation
from integration.events.log import Act
from integration.reading.view import Leaf
from integration.refusal import Refusal
from integration.verval import forms
from integration.verval.images import NotAPicture, media_type, stripped
from integration.verval.moving import Ask, begin, finish
from integration.verval.steps import past, remark
from integration.verval.tables import AnswerRow, AssessmentRow, AttachmentContentRow, AttachmentRow, ProposalRow

MOST_BYTES, MOST_PHOTOS = 8_000_000, 40
_SEAL = "verval.attachment"
_NO_FACTS: Mapping[str, Leaf] = {}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photograph as it is kept, and whom its proposal is about."""

    media_type: str
    content: bytes
    person_id: UUID | None


async def attach(act: Act, proposal_id: UUID, content: bytes) -> UUID:
    """Keep a photograph, by whoever may assess the proposal now; the same picture sent again is the one there is."""
    under = await begin(act, "vervalAssess", Ask(proposal_id))
    kind = media_type(content)
    try:
        kept = stripped(content)
    except NotAPicture:
        raise Refusal(
            UserErrorCode.INVALID,
            "Berkas ini bukan foto JPEG atau PNG yang utuh.",
            "The file is no whole JPEG or PNG picture.",
        ) from None
    assert kind is not None
    digest, proposal = hashlib.sha256(kept).hexdigest(), under.proposal
    there = await act.session.exec(
        select(AttachmentRow).where(AttachmentRow.proposal_id == proposal.id, AttachmentRow.sha256 == digest)
    )
    row = there.first()
    if row is not None:
        row.round = proposal.round
        act.session.add(row)
        return row.id
    if await _photos(act, proposal) >= MOST_PHOTOS:
        raise Refusal(
            UserErrorCode.INVALID, f"Paling banyak {MOST_PHOTOS} foto.", f"At most {MOST_PHOTOS} photographs."
        )
    row = AttachmentRow(
        proposal_id=proposal.id,
        round=proposal.round,
        media_type=kind,
        size=len(kept),
        sha256=digest,
        staff_id=act.viewer.staff_id,
        at=act.at,
    )
    act.session.add(row)
    await act.session.flush()
    act.session.add(AttachmentContentRow(attachment_id=row.id, content_sealed=act.sealer.seal_bytes(_SEAL, kept)))
    await act.session.flush()
    return row.id


async def photo(act: Act, attachment_id: UUID) -> Photo:
    """A photograph, for whoever may see its proposal; NOT_FOUND otherwise."""
    await act.look("VervalAttachment", attachment_id, _NO_FACTS)
    row = await act.session.get_one(AttachmentRow, attachment_id)
    content = await act.session.get_one(AttachmentContentRow, attachment_id)
    proposal = await act.session.get_one(ProposalRow, row.proposal_id)
    return Photo(row.media_type, act.sealer.open_bytes(_SEAL, content.content_sealed), proposal.person_id)


async def assess(
    act: Act,
    ask: Ask,
    *,
    form: str,
    form_version: int,
    answers: Mapping[str, str],
    latitude: float,
    longitude: float,
    recommendation: VervalRecommendation,
    visited_on: date,
) -> UUID:
    """The household was visited: the form's answers, where the house stands, and what follows from it."""
    under = await begin(act, "vervalAssess", ask)
    proposal = under.proposal
    used = forms.for_visit(forms.forms(), form, form_version, past(act, visited_on, "visitedOn"))
    kept = forms.checked(used, answers)
    # The outermost points of the country.
    for name, value, least, most in (("latitude", latitude, -11.1, 6.1), ("longitude", longitude, 94.9, 141.1)):
        if not least <= value <= most:
            raise Refusal(
                UserErrorCode.INVALID, "Koordinat ini di luar Indonesia.", "This place is not in Indonesia.", [name]
            )
    photos = await _photos(act, proposal)
    if photos < used.photos:
        raise Refusal(
            UserErrorCode.INVALID,
            f"Formulir ini memerlukan {used.photos} foto rumah; baru ada {photos} (PUT /attachments/{{id}}).",
            f"The form wants {used.photos} photographs of the house; there are {photos} (PUT /attachments/{{id}}).",
            ["id"],
        )
    visit = AssessmentRow(
        proposal_id=proposal.id,
        round=proposal.round,
        form=used.code,
        form_version=used.version,
        latitude_sealed=act.sealer.seal("verval.place", f"{latitude:.6f}"),
        longitude_sealed=act.sealer.seal("verval.place", f"{longitude:.6f}"),
        recommendation=recommendation,
        visited_on=visited_on,
        photos=photos,
        assessor_id=act.viewer.account_id,
        at=act.at,
    )
    act.session.add(visit)
    await act.session.flush()
    for position, (question, told) in enumerate(kept):
        sealed = act.sealer.seal("verval.answer", told)
        act.session.add(AnswerRow(assessment_id=visit.id, position=position, question=question, value_sealed=sealed))
    return await finish(under, remark(ask))


async def _photos(act: Act, proposal: ProposalRow) -> int:
    here = select(func.count(col(AttachmentRow.id))).where(
        AttachmentRow.proposal_id == proposal.id, AttachmentRow.round == proposal.round
    )
    return (await act.session.exec(here)).one()
