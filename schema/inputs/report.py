"""What can be told with a new report."""

import strawberry
from strawberry.types.unset import UNSET

from integration.codes import ChannelKind, Language, ReportCategory, ReporterKind, Sex
from schema.inputs.operators import optional, said


class AbsentIsNull:
    """For an act a field left out means the same as null, and the code behind it shall see only None."""

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if value is UNSET:
                setattr(self, name, None)


@strawberry.input(description="Who tells of the problem (pelapor).")
class ReporterInput(AbsentIsNull):
    kind: ReporterKind = strawberry.field(description="As what they speak (jenis pelapor).")
    name: str | None = optional("Their name, as they give it (nama pelapor).")
    phone: str | None = optional(
        "Their telephone number, in local or international form, e.g. 0812… or +62812…; the receipt goes there (nomor "
        "telepon)."
    )
    organization_name: str | None = optional("The body they speak for, if any (nama lembaga).")
    language: Language | None = strawberry.field(
        default=Language.ID, description="The language in which they want to be answered (bahasa)."
    )


@strawberry.input(description="Somebody in need, as far as the reporter knows; nothing is required (subjek laporan).")
class ReportSubjectInput(AbsentIsNull):
    name: str | None = optional("Their name, as the reporter knows it (nama).")
    nik: str | None = optional(
        "Their identity number, 16 digits. Send it as a variable, never in the query's text (NIK)."
    )
    approximate_age: int | None = optional("Their age in years, at a guess, 0 to 150 (perkiraan umur).")
    sex: Sex | None = optional("Their sex, if known (jenis kelamin).")
    region: str | None = optional("Code of the region where they are, e.g. 64.02.06 (lokasi).")
    note: str | None = optional("What else should be known of this person (keterangan).")


@strawberry.input(
    description="A new report (laporan). Only the channel and a few words are required: officers ask for "
    "what is missing."
)
class ReportSubmitInput(AbsentIsNull):
    channel: ChannelKind = strawberry.field(
        description="The way it came in; not WHATSAPP and not SP4N_LAPOR, which have entrances of their own (kanal "
        "pengaduan)."
    )
    entry_point: str | None = optional("What led the reporter here, e.g. instagram (asal tautan).")
    reporter: ReporterInput | None = optional("Who tells it; left out, the report is anonymous (pelapor).")
    category: ReportCategory | None = optional("What it is about; an officer can correct it (kategori laporan).")
    ppks_types: list[str] | None = optional("Codes of the kinds of need it is about, from `ppksTypes` (jenis PPKS).")
    description: str = said("What has happened, in the reporter's own words, up to 10,000 characters (isi laporan).")
    region: str | None = optional("Code of the region where help is needed, from `regions`, e.g. 64.02.06 (lokasi).")
    emergency: bool | None = strawberry.field(
        default=False, description="True if somebody is in danger and help cannot wait (darurat)."
    )
    subjects: list[ReportSubjectInput] | None = optional("The people in need, up to 50 (subjek laporan).")
    idempotency_key: str | None = optional(
        "Any text of your choice that is new for each report, such as a UUID. Sent again with the same input it gives "
        "the same report, so a request without an answer can be repeated safely (kunci idempotensi)."
    )
