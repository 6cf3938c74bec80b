"""What is counted about the whole regency: which needs were recorded, how far the one door reaches, what helps there
are.
"""

from datetime import date, datetime

import strawberry

from integration.codes import ChannelKind
from integration.policy.codes import OutreachKind
from integration.spm.codes import SpmService
from integration.statistics.codes import StatisticState
from schema.types.error import UserError


@strawberry.type(description="How often one kind of people in need was recorded (baris cakupan PPKS).")
class PpksCoverageRow:
    code: str = strawberry.field(description="Code of the kind, as in `ppksTypes` (kode jenis PPKS).")
    term: str = strawberry.field(description="Its official Indonesian term (istilah).")
    name: str = strawberry.field(description="The term in English (nama dalam bahasa Inggris).")
    spm_service: SpmService | None = strawberry.field(
        description="The minimum service standard that is for this kind; null if none is (layanan SPM)."
    )
    is_recorded: bool = strawberry.field(
        description="Whether the kind was recorded in the period in any of the three ways (tercatat)."
    )
    ever_recorded: bool = strawberry.field(
        description="Whether it ever was; false is no proof that nobody is of this kind (pernah tercatat)."
    )
    reports: int | None = strawberry.field(
        description="Reports of the period about this kind; null if withheld (laporan)."
    )
    people: int | None = strawberry.field(
        description="People with this kind on record at the end of the period; null if withheld (penduduk)."
    )
    proposals: int | None = strawberry.field(
        description="Proposals of the period to correct the registry, about people of this kind; null if withheld "
        "(usulan verval)."
    )
    state: StatisticState = strawberry.field(
        description="Whether the three counts are told; they are withheld from whoever does not see every report "
        "(status angka)."
    )


@strawberry.type(description="The 26 kinds of people in need, and which of them were recorded (cakupan jenis PPKS).")
class PpksCoverage:
    from_: date = strawberry.field(name="from", description="First day of the period (awal masa).")
    to: date = strawberry.field(description="Last day of the period (akhir masa).")
    rows: list[PpksCoverageRow] = strawberry.field(description="All kinds, by code (baris).")
    recorded_types: int = strawberry.field(
        description="How many kinds were recorded in the period (jumlah jenis tercatat)."
    )
    never_recorded_types: int = strawberry.field(
        description="How many kinds were never recorded at all (jumlah jenis yang belum pernah tercatat)."
    )
    expected_types: int = strawberry.field(
        description="How many kinds there are by the ministry's rule (jumlah jenis seharusnya)."
    )
    warning: str | None = strawberry.field(
        description="What is wrong with the list of kinds, if it has another number, in your language; else null "
        "(peringatan)."
    )
    source: str = strawberry.field(description="Where the counts come from, in Indonesian (sumber).")
    formula: str = strawberry.field(description="How they were reckoned (rumus).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")


@strawberry.type(description="How far the one door reaches in one kecamatan (baris jangkauan).")
class ReachRow:
    region_code: str | None = strawberry.field(
        description="Code of the region; null for the total of several regencies (kode wilayah)."
    )
    region: str | None = strawberry.field(description="Its name; null where the code is (wilayah).")
    reports: int | None = strawberry.field(
        description="Reports received in the period, 0 where there was none; null if withheld (laporan)."
    )
    reports_state: StatisticState = strawberry.field(description="Whether that number is told (status laporan).")
    population: int | None = strawberry.field(
        description="How many people live there; null where no published number is on record (jumlah penduduk)."
    )
    population_year: int | None = strawberry.field(
        description="Of which year that number is; null where there is none (tahun penduduk)."
    )
    population_source: str | None = strawberry.field(
        description="Where it comes from, in Indonesian; null where there is none (sumber jumlah penduduk)."
    )
    per_thousand: float | None = strawberry.field(
        description="Reports for each 1,000 people; null if unknown or withheld (laporan per 1.000 penduduk)."
    )
    per_thousand_state: StatisticState = strawberry.field(
        description="Whether that rate is known and told (status angka)."
    )
    is_silent: bool | None = strawberry.field(
        description="Whether no report came in the period; null if withheld (tanpa laporan)."
    )
    last_report_on: date | None = strawberry.field(
        description="Day of the last report up to the end of the period; null if there never was one, or if withheld "
        "(laporan terakhir)."
    )
    silent_days: int | None = strawberry.field(
        description="Days from it to the end of the period or today; null where that day is (lama tanpa laporan)."
    )


@strawberry.type(description="A way by which reports come in (pintu masuk).")
class EntryPointUse:
    channel: ChannelKind = strawberry.field(description="The channel (kanal pengaduan).")
    entry_point: str | None = strawberry.field(
        description="Where people found it, e.g. ig; null if not told (pintu masuk)."
    )
    reports: int = strawberry.field(description="How many reports came so (laporan).")


@strawberry.type(description="Reports before and after an outreach activity (dampak sosialisasi).")
class OutreachEffect:
    activity_id: strawberry.ID = strawberry.field(description="Id of the activity, for `node` (kegiatan).")
    held_on: date = strawberry.field(description="When it was held (tanggal).")
    kind: OutreachKind = strawberry.field(description="What it was (jenis kegiatan).")
    title: str = strawberry.field(description="What it was about, in Indonesian (uraian).")
    region_code: str | None = strawberry.field(
        description="Where; null if nowhere in particular: then all reports are counted (kode wilayah)."
    )
    window_days: int = strawberry.field(description="How many days before and after are compared (lama jendela).")
    before: int | None = strawberry.field(
        description="Reports from there in the days before; null if withheld (laporan sebelumnya)."
    )
    after: int | None = strawberry.field(
        description="Reports from there in the days after, that day included; null if withheld or if they are not over "
        "(laporan sesudahnya)."
    )
    state: StatisticState = strawberry.field(
        description="KNOWN if both are told; UNKNOWN while the days after are not over (status angka)."
    )


@strawberry.type(description="How far the one door reaches, by kecamatan (jangkauan layanan).")
class Reach:
    from_: date = strawberry.field(name="from", description="First day of the period (awal masa).")
    to: date = strawberry.field(description="Last day of the period (akhir masa).")
    rows: list[ReachRow] = strawberry.field(description="Every kecamatan, by code, also those with 0 (baris).")
    total: ReachRow = strawberry.field(description="All of them with what has no kecamatan (jumlah).")
    unmapped: int | None = strawberry.field(
        description="Reports whose kecamatan is not known; null if withheld (tanpa kecamatan)."
    )
    unmapped_state: StatisticState = strawberry.field(description="Whether that number is told (status angka).")
    silent_districts: int | None = strawberry.field(
        description="How many kecamatan sent no report; null if withheld (kecamatan tanpa laporan)."
    )
    entry_points: list[EntryPointUse] = strawberry.field(
        description="The ways in that were used; none are told where counts of reports are withheld (pintu masuk)."
    )
    outreach: list[OutreachEffect] = strawberry.field(
        description="The outreach activities held in the period, newest first, at most 100 (sosialisasi)."
    )
    source: str = strawberry.field(description="Where the counts come from, in Indonesian (sumber).")
    formula: str = strawberry.field(description="How they were reckoned (rumus).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")


@strawberry.type(description="What recording a number of people came to (hasil pencatatan jumlah penduduk).")
class PopulationPayload:
    done: bool = strawberry.field(description="Whether it is on record (tercatat).")
    errors: list[UserError] = strawberry.field(description="Why it was refused; empty if it was done (galat).")


@strawberry.type(description="How many welfare resources of a kind there are in a kecamatan (baris jumlah PSKS).")
class PsksCount:
    type: str = strawberry.field(description="Code of the kind, as in `psksTypes` (kode jenis PSKS).")
    term: str = strawberry.field(description="Its official Indonesian term (istilah).")
    region_code: str = strawberry.field(description="Code of the kecamatan (kode kecamatan).")
    region: str = strawberry.field(description="Its name (kecamatan).")
    count: int | None = strawberry.field(
        description="How many there are; null, not 0, where nobody has looked (jumlah)."
    )
    state: StatisticState = strawberry.field(description="Whether it is known (status angka).")
    data_as_of: date | None = strawberry.field(
        description="The newest day of what it rests on; null if nothing (data per tanggal)."
    )


@strawberry.type(description="Welfare resources by kind and kecamatan (jumlah PSKS).")
class PsksCounts:
    rows: list[PsksCount] = strawberry.field(description="Every kind in every kecamatan (baris).")
    known: int = strawberry.field(description="Of how many rows the count is known (jumlah baris yang diketahui).")
    total: int = strawberry.field(description="The sum of what is known (jumlah yang diketahui).")
    source: str = strawberry.field(description="Where the counts come from, in Indonesian (sumber).")
    formula: str = strawberry.field(description="How they were reckoned (rumus).")
    as_of: datetime = strawberry.field(description="When it was counted (per waktu).")
