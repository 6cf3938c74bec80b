"""What a report consists of and what is never read without one: the people in it, its messages and its events."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from integration.codes import (
    DeliveryState,
    Language,
    MatchState,
    MessageDirection,
    ReporterKind,
    ReportStatus,
    Sex,
)
from integration.matching.codes import SearchedField, SuggestionField
from schema.types.assignment import Assignment
from schema.types.person import Person
from schema.types.region import Region
from schema.types.sop import LegalBasis

if TYPE_CHECKING:
    from schema.types.report import AvailableAction
    from schema.types.staff import StaffMember


@strawberry.type(description="Who told of the problem, often not the person in need (pelapor).")
class Reporter:
    kind: ReporterKind = strawberry.field(description="As what they speak (jenis pelapor).")
    name: str | None = strawberry.field(description="Their name; null if not given or hidden from you (nama pelapor).")
    phone: str | None = strawberry.field(
        description="Their telephone number, masked but for its last 4 digits; null if not given or hidden from you "
        "(nomor telepon)."
    )
    organization_name: str | None = strawberry.field(
        description="The body they speak for; null if for none, or hidden from you (nama lembaga)."
    )
    language: Language = strawberry.field(description="The language in which they are answered (bahasa).")


@strawberry.type(
    description="Somebody in need as the reporter describes them, before and after we know who it is (subjek laporan)."
)
class ReportSubject:
    id: strawberry.ID = strawberry.field(description="Opaque id, to name this subject in an input.")
    name: str | None = strawberry.field(
        description="Name as the reporter gave it; null if not given or hidden from you (nama)."
    )
    nik: str | None = strawberry.field(
        description="Identity number as given, masked: its first and last 4 digits, e.g. 6402********9001. Null if not "
        "given or hidden from you (NIK)."
    )
    approximate_age: int | None = strawberry.field(
        description="Age in years as the reporter guesses it; null if not given or hidden from you (perkiraan umur)."
    )
    sex: Sex | None = strawberry.field(
        description="Sex as the reporter says; null if not given or hidden from you (jenis kelamin)."
    )
    region: Region | None = strawberry.field(
        description="Where this person is; null if not given or hidden from you (lokasi)."
    )
    note: str | None = strawberry.field(
        description="What else the reporter says of this person; null if nothing or hidden from you (keterangan)."
    )
    match_state: MatchState = strawberry.field(
        description="Whether we know who this is in the registry (status pencocokan data)."
    )
    searched_by: list[SearchedField] | None = strawberry.field(
        description="What led to nobody when the registry was found not to have them; empty if an officer has said so "
        "or `matchState` is another; null if hidden from you (dasar pencarian)."
    )
    available_actions: list[Annotated["AvailableAction", strawberry.lazy("schema.types.report")]] | None = (
        strawberry.field(
            description="Every decision about who this is, and proposing them for the registry, and whether you may do "
            "it now; null if hidden from you (tindakan)."
        )
    )
    candidates: list["MatchCandidate"] | None = strawberry.field(
        description="People of the registry this could be, likeliest first; null if hidden from you (calon kecocokan)."
    )
    person: Person | None = strawberry.field(
        description="Who it is, suggested or confirmed as `matchState` says; null if nobody was found, if several "
        "might be meant, or if hidden from you (penduduk)."
    )


@strawberry.type(
    description="A person of the registry whom a described subject could be; an officer decides (calon kecocokan)."
)
class MatchCandidate:
    person: Person | None = strawberry.field(description="The person; null if you may not see them (penduduk).")
    score: float = strawberry.field(
        description="How likely it is the same person, from 0 (surely not) to 1 (surely) (nilai kecocokan)."
    )
    evidence: list["MatchEvidence"] = strawberry.field(description="What the score is made of (dasar penilaian).")


@strawberry.type(description="How one detail of the two descriptions compares (dasar penilaian).")
class MatchEvidence:
    field: str = strawberry.field(description="The detail compared, e.g. name or birthDate (data yang dibandingkan).")
    comparison: str = strawberry.field(description="Code of the result, e.g. exact (hasil perbandingan).")
    weight: float = strawberry.field(
        description="How much it adds to the score; below 0 it speaks against the match (bobot)."
    )


@strawberry.type(description="One message between the reporter and the agency (pesan).")
class Message:
    id: strawberry.ID = strawberry.field(description="Opaque id of the message; it does not change.")
    direction: MessageDirection = strawberry.field(description="Who wrote to whom (arah pesan).")
    kind: str = strawberry.field(
        description="What it carries, in the channel's own word, e.g. text, image, audio or location (jenis pesan)."
    )
    text: str | None = strawberry.field(
        description="Its words; identity numbers in it are masked. Null if it has none or they are hidden from you "
        "(isi pesan)."
    )
    at: datetime = strawberry.field(description="When it was written (waktu pesan).")
    delivery_state: DeliveryState | None = strawberry.field(
        description="How far our message got; null for a message of the reporter (status pengiriman)."
    )


@strawberry.type(
    description="Something a text of the report tells, as the program reads it. It decides nothing: an officer takes "
    "it over with an act such as reportClassify, or leaves it (saran dari isi laporan)."
)
class ReportSuggestion:
    id: strawberry.ID = strawberry.field(description="Opaque id of the suggestion; it does not change.")
    field: SuggestionField = strawberry.field(description="What it is about (rincian).")
    value: str | None = strawberry.field(
        description="What the text tells: a name as written, a NIK masked but for its first and last 4 digits, an age "
        "in years, the code of a place, a category or a PPKS type. Null if hidden from you (isi saran)."
    )
    region: Region | None = strawberry.field(
        description="The place, for VILLAGE and DISTRICT; null for the others or if hidden from you (wilayah)."
    )
    message: Message | None = strawberry.field(
        description="The message that tells it; null if the report's description does, or if hidden from you (pesan)."
    )
    start: int | None = strawberry.field(
        description="Where the words that tell it begin in the message's text, else the report's description, as "
        "shown: how many characters (Unicode code points) stand before. Null if they stand in no one place (awal)."
    )
    end: int | None = strawberry.field(
        description="Where they end: the number of characters before what follows them; null as `start` (akhir)."
    )
    confidence: float = strawberry.field(
        description="How sure the reading is, from 0 (a guess) to 1 (sure) (tingkat keyakinan)."
    )


@strawberry.type(description="Something that was done with a report; never changed afterwards (riwayat penanganan).")
class ReportEvent:
    id: strawberry.ID = strawberry.field(description="Opaque id of the event; it does not change.")
    sequence: str = strawberry.field(
        description="A whole number, as text because it can grow beyond 32 bits: of two events the later one has the "
        "greater number (nomor urut)."
    )
    act: str = strawberry.field(
        description="What was done: the name of a mutation, e.g. reportVerify, or of what came in by itself, e.g. "
        "reportReceived or reporterAnswered (tindakan)."
    )
    sop_step: int | None = strawberry.field(
        description="The step of the procedure it belongs to, 1 to 9; null if to none (langkah SOP)."
    )
    from_: ReportStatus | None = strawberry.field(
        name="from", description="The report's status before; null for the first event (status awal)."
    )
    to: ReportStatus | None = strawberry.field(
        description="The report's status afterwards; null if the act does not touch it (status akhir)."
    )
    at: datetime = strawberry.field(description="When it was done (waktu).")
    actor: str | None = strawberry.field(
        description="Who did it: a member of staff, a program or the reporter; null if hidden from you (pelaku)."
    )
    note: str | None = strawberry.field(description="What they remarked; null if nothing or hidden from you (catatan).")
    legal_basis: LegalBasis | None = strawberry.field(
        description="The decree that provides for it; null if none does (dasar hukum)."
    )


@strawberry.type(
    description="A sheet by which a report was passed on: who, to whom, with which instruction. Together they are what "
    "the office prints (lembar disposisi)."
)
class Disposition:
    id: strawberry.ID = strawberry.field(description="Opaque id of the sheet; it does not change.")
    number: int = strawberry.field(description="Counts the sheets of the report, from 1 (nomor disposisi).")
    from_: Annotated["StaffMember", strawberry.lazy("schema.types.staff")] | None = strawberry.field(
        name="from", description="Who passed it on; null if hidden from you (dari)."
    )
    assignment: Assignment | None = strawberry.field(
        description="To whom: the assignment it made, with person, unit, capacity, state and reason; null if hidden "
        "from you (kepada)."
    )
    instruction: str | None = strawberry.field(
        description="What they shall do; identity numbers in it are masked. Null if hidden from you (isi disposisi)."
    )
    due_at: datetime | None = strawberry.field(
        description="By when; null where the procedure's own time holds, or if hidden from you (batas waktu)."
    )
    at: datetime = strawberry.field(description="When it was passed on (tanggal disposisi).")
    parent: Annotated["Disposition", strawberry.lazy("schema.types.report_parts")] | None = strawberry.field(
        description="The sheet it passes on further; null for a first one, or if hidden from you (disposisi asal)."
    )
