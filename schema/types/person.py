"""Whom the registries know."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Optional

import strawberry

from integration.codes import DuplicateReason, Severity, Sex
from schema.types.error import UserError
from schema.types.node import Node
from schema.types.paging import Connection, page
from schema.types.ppks import PpksType
from schema.types.region import Region
from schema.types.registry import Enrolment, RegistryRecord

if TYPE_CHECKING:
    from schema.types.report import Report
    from schema.types.verval import VervalProposal


@strawberry.type(
    description="Something wrong or doubtful in what is stored of a person; it repeats no number (temuan)."
)
class QualityFinding:
    rule: str = strawberry.field(description="Which check found it, e.g. NIK_SEX, for programs (aturan).")
    severity: Severity = strawberry.field(description="How grave it is (tingkat).")
    field: str | None = strawberry.field(
        description="The field of Person it is about; null if it is not about one (kolom)."
    )
    message: str = strawberry.field(
        description="What it means and what to do, for people: Indonesian, or English with `Accept-Language: en` "
        "(pesan)."
    )


@strawberry.type(description="Somebody who may be the same person, suggested and never decided (dugaan data ganda).")
class PersonDuplicate:
    person: Optional["Person"] = strawberry.field(description="The other; null if hidden from you (orang).")
    reasons: list[DuplicateReason] = strawberry.field(description="What speaks for it, for programs (alasan).")
    explanation: str = strawberry.field(
        description="The same in words: Indonesian, or English with `Accept-Language: en` (penjelasan)."
    )
    score: float = strawberry.field(description="How much speaks for it, above 0 and up to 1 (skor).")


@strawberry.type(
    description="Somebody whom a welfare registry lists (penduduk dalam DTKS/DTSEN). Whom you see depends on your role "
    "and area, and each read is entered in the access log with its purpose."
)
class Person(Node):
    name: str | None = strawberry.field(description="Full name; null if hidden from you (nama lengkap).")
    nik: str | None = strawberry.field(
        description="National identity number, masked: its first and last 4 digits, e.g. 6402********9001. Null if "
        "unknown or hidden from you (NIK)."
    )
    sex: Sex | None = strawberry.field(
        description="Sex as registered; null if unknown or hidden from you (jenis kelamin)."
    )
    birth_date: date | None = strawberry.field(
        description="Date of birth; null if unknown or hidden from you (tanggal lahir)."
    )
    region: Region | None = strawberry.field(
        description="Where the person is registered, usually a village; null if unknown or hidden from you (wilayah)."
    )
    deceased: bool | None = strawberry.field(
        description="Whether the person has died; null if unknown or hidden from you (meninggal dunia)."
    )
    family: Optional["Family"] = strawberry.field(
        description="The family the person is registered with; null if unknown or hidden from you (keluarga)."
    )
    registry_records: list[RegistryRecord] | None = strawberry.field(
        description="What each release of a registry says, newest first; null if hidden from you (riwayat data)."
    )
    current_registry: RegistryRecord | None = strawberry.field(
        description="What the newest release says, DTSEN before DTKS; null if none lists the person or it is hidden "
        "from you (data terkini)."
    )
    enrolments: list[Enrolment] | None = strawberry.field(
        description="Aid programmes the person is, was or should be in, newest first; null if hidden from you "
        "(kepesertaan bantuan sosial)."
    )
    ppks: list[PpksType] | None = strawberry.field(
        description="Which kinds of need are recorded of the person; null if hidden from you (jenis PPKS)."
    )
    data_quality: list[QualityFinding] | None = strawberry.field(
        description="What is wrong or doubtful in what is stored of the person, judged today; empty if nothing is, "
        "null if hidden from you (temuan kualitas data)."
    )
    possible_duplicates: list[PersonDuplicate] | None = strawberry.field(
        description="Who may be the same person, the likeliest first: by identity number, or by name and birth date. "
        "Whom an officer told apart is left out; null if hidden from you (dugaan data ganda)."
    )
    reports: Connection[Annotated["Report", strawberry.lazy("schema.types.report")]] | None = page(
        "Reports in which the person is found as one in need, suggested or confirmed, newest first, as far as you may "
        "see them; null if hidden from you (laporan terkait)."
    )
    proposals: list[Annotated["VervalProposal", strawberry.lazy("schema.types.verval")]] | None = strawberry.field(
        description="Proposals to correct what the registry says of the person, newest first, as far as you may see "
        "them; an accepted one shows in the next release. Null if hidden from you (usulan verval)."
    )


@strawberry.type(description="A registered family: the people of one family card (keluarga, satu Kartu Keluarga).")
class Family(Node):
    kk: str | None = strawberry.field(
        description="Number of the family card, masked: its first and last 4 digits, e.g. 6402********9001. Null if "
        "unknown or hidden from you (nomor KK)."
    )
    members: list[Person] | None = strawberry.field(
        description="Its people, as far as you may see them; null if hidden from you (anggota keluarga)."
    )
    region: Region | None = strawberry.field(
        description="Where the family is registered, usually a village; null if unknown or hidden from you (wilayah)."
    )


@strawberry.type(description="What an act on a person came to (hasil tindakan).")
class PersonPayload:
    person: Person | None = strawberry.field(
        description="The person who is there now: after a merge the one who stays; null if it was refused (orang)."
    )
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")
