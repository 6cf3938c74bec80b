"""The rules a registry file is held against: how grave each is, and what to do about it, in both languages.

ERROR: the value, or the whole row, is not taken. WARNING: taken as far as it goes, somebody should look. INFO: written
otherwise than usual and understood.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from integration.codes import Language, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


class Rule(StrEnum):
    ROW_WIDTH = "ROW_WIDTH"
    IDENTITY_MISSING = "IDENTITY_MISSING"
    REGISTRY_NUMBER_SHARED = "REGISTRY_NUMBER_SHARED"
    REGISTRY_NUMBER_REUSED = "REGISTRY_NUMBER_REUSED"
    PERSON_TWICE = "PERSON_TWICE"
    FORMULA = "FORMULA"
    NIK_MISSING = "NIK_MISSING"
    NIK_DIGITS = "NIK_DIGITS"
    NIK_NUMERIC_CELL = "NIK_NUMERIC_CELL"
    NIK_NOT_DIGITS = "NIK_NOT_DIGITS"
    NIK_IMPOSSIBLE = "NIK_IMPOSSIBLE"
    NIK_QUOTE = "NIK_QUOTE"
    NIK_SEPARATOR = "NIK_SEPARATOR"
    NIK_AGAINST_SEX = "NIK_AGAINST_SEX"
    SEX_AGAINST_NIK = "SEX_AGAINST_NIK"
    NIK_AGAINST_BIRTH_DATE = "NIK_AGAINST_BIRTH_DATE"
    NIK_SHARED = "NIK_SHARED"
    NIK_DIFFERS = "NIK_DIFFERS"
    KK_MISSING = "KK_MISSING"
    KK_DIGITS = "KK_DIGITS"
    KK_NUMERIC_CELL = "KK_NUMERIC_CELL"
    KK_NOT_DIGITS = "KK_NOT_DIGITS"
    KK_QUOTE = "KK_QUOTE"
    KK_SEPARATOR = "KK_SEPARATOR"
    KK_SEVERAL_HEADS = "KK_SEVERAL_HEADS"
    NAME_MISSING = "NAME_MISSING"
    NAME_NUMBER = "NAME_NUMBER"
    NAME_CASE = "NAME_CASE"
    NAME_TITLE = "NAME_TITLE"
    NAME_PARENT = "NAME_PARENT"
    NAME_DECEASED_MARK = "NAME_DECEASED_MARK"
    NAME_BLANKS = "NAME_BLANKS"
    DATE_MISSING = "DATE_MISSING"
    DATE_IMPOSSIBLE = "DATE_IMPOSSIBLE"
    DATE_SWAPPED = "DATE_SWAPPED"
    DATE_FORMAT = "DATE_FORMAT"
    DATE_EXCEL_SERIAL = "DATE_EXCEL_SERIAL"
    SEX_MISSING = "SEX_MISSING"
    SEX_UNKNOWN = "SEX_UNKNOWN"
    SEX_CODE = "SEX_CODE"
    SEX_WORD = "SEX_WORD"
    RELATION_UNKNOWN = "RELATION_UNKNOWN"
    DISTRICT_PREFIX = "DISTRICT_PREFIX"
    DISTRICT_SPELLING = "DISTRICT_SPELLING"
    DISTRICT_FORMER = "DISTRICT_FORMER"
    DISTRICT_UNKNOWN = "DISTRICT_UNKNOWN"
    VILLAGE_PREFIX = "VILLAGE_PREFIX"
    VILLAGE_ABBREVIATION = "VILLAGE_ABBREVIATION"
    VILLAGE_SPELLING = "VILLAGE_SPELLING"
    VILLAGE_AMBIGUOUS = "VILLAGE_AMBIGUOUS"
    VILLAGE_UNKNOWN = "VILLAGE_UNKNOWN"
    REGENCY_OTHER = "REGENCY_OTHER"
    REGION_CODE_CONFLICT = "REGION_CODE_CONFLICT"
    REGION_CODE_UNKNOWN = "REGION_CODE_UNKNOWN"
    DESIL_RANGE = "DESIL_RANGE"
    PROGRAMME_UNKNOWN = "PROGRAMME_UNKNOWN"
    PRESENCE_UNKNOWN = "PRESENCE_UNKNOWN"
    DECEASED_STILL_LISTED = "DECEASED_STILL_LISTED"
    RECORD_STALE = "RECORD_STALE"
    UPDATE_DATE = "UPDATE_DATE"


@dataclass(frozen=True, slots=True)
class Meaning:
    """How grave a rule is, and what to do; {detail} stands for what a finding adds."""

    severity: Severity
    indonesian: str
    english: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a cell of a row meets. `value_class` describes the value without showing it."""

    field: str
    rule: Rule
    value_class: str | None = None
    detail: str | None = None

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return MEANINGS[self.rule].severity


def suggestion(rule: str, detail: str | None, language: Language) -> str | None:
    """What to do about a finding; nothing for a rule this program does not know."""
    meaning = MEANINGS.get(Rule(rule)) if rule in Rule.__members__ else None
    if meaning is None:
        return None
    text = meaning.english if language is Language.EN else meaning.indonesian
    return text.replace("{detail}", detail or "-")


MEANINGS: Mapping[Rule, Meaning] = {
    Rule.ROW_WIDTH: Meaning(
        _E,
        "Baris memiliki lebih banyak sel daripada judul kolom; periksa pemisah kolom. Baris tidak diambil.",
        "The row has more cells than the header; look at the delimiters. The row is not taken.",
    ),
    Rule.IDENTITY_MISSING: Meaning(
        _E,
        "Isi NIK atau ID ART; tanpa keduanya orang ini tidak dapat dikenali pada rilis berikut. Baris tidak diambil.",
        "Fill in the NIK or the member id; without them nobody can be recognised again. The row is not taken.",
    ),
    Rule.REGISTRY_NUMBER_SHARED: Meaning(
        _E,
        "ID ART dipakai dua orang dalam berkas ini (juga baris {detail}). Baris tidak diambil; tanyakan ke sumber.",
        "Two people of this file have this member id (also row {detail}). The row is not taken; ask the source.",
    ),
    Rule.REGISTRY_NUMBER_REUSED: Meaning(
        _E,
        "ID ART ini dulu milik orang lain (NIK, nama, dan tanggal lahir berbeda). Baris tidak diambil; tanyakan.",
        "This member id was another person's (NIK, name and birth date differ). The row is not taken; ask the source.",
    ),
    Rule.PERSON_TWICE: Meaning(
        _E,
        "Orang ini sudah tercatat pada baris {detail}. Baris ini tidak diambil; hapus salah satunya di sumber.",
        "This person is already in row {detail}. The row is not taken; remove one of the two at the source.",
    ),
    Rule.FORMULA: Meaning(_E, "Sel berisi rumus; tempel sebagai nilai.", "The cell holds a formula; paste its value."),
    Rule.NIK_MISSING: Meaning(
        _W, "Lengkapi NIK dari KTP-el atau KK.", "Fill in the NIK from the identity or family card."
    ),
    Rule.NIK_DIGITS: Meaning(
        _E,
        "NIK harus 16 digit; salin ulang dari KTP-el. Nilai ini tidak diambil.",
        "A NIK has 16 digits; copy it again from the identity card. The value is not taken.",
    ),
    Rule.NIK_NUMERIC_CELL: Meaning(
        _E,
        "Excel menyimpan NIK sebagai angka dan digit terakhirnya hilang. Ubah kolom ke Teks, lalu ketik ulang NIK.",
        "Excel kept the NIK as a number and lost its last digits. Make the column text and type the NIK again.",
    ),
    Rule.NIK_NOT_DIGITS: Meaning(
        _E, "NIK hanya berisi angka; salin ulang dari KTP-el.", "A NIK holds digits only; copy it again."
    ),
    Rule.NIK_IMPOSSIBLE: Meaning(
        _E,
        "16 digit ini bukan NIK (wilayah atau tanggal lahir di dalamnya tidak mungkin). Periksa di KTP-el.",
        "These 16 digits are no NIK (their region or birth date cannot be). Look at the identity card.",
    ),
    Rule.NIK_QUOTE: Meaning(
        _I, "Tanda kutip dari Excel diabaikan.", "The quotation mark that Excel left was passed over."
    ),
    Rule.NIK_SEPARATOR: Meaning(_I, "Spasi atau tanda baca diabaikan.", "Blanks or punctuation were passed over."),
    Rule.NIK_AGAINST_SEX: Meaning(
        _W,
        "Menurut NIK laki-laki, menurut kolom perempuan (tanggal pada NIK perempuan ditambah 40). Periksa keduanya.",
        "Male by the NIK, female by the column (a woman's NIK has her day of birth plus 40). Check both.",
    ),
    Rule.SEX_AGAINST_NIK: Meaning(
        _W,
        "Menurut NIK perempuan (tanggal ditambah 40), menurut kolom laki-laki. Periksa jenis kelamin.",
        "Female by the NIK (day of birth plus 40), male by the column. Check the sex.",
    ),
    Rule.NIK_AGAINST_BIRTH_DATE: Meaning(
        _W,
        "Tanggal lahir pada NIK berbeda dari kolomnya. Periksa keduanya di KTP-el.",
        "The NIK has another birth date than the column. Check both on the identity card.",
    ),
    Rule.NIK_SHARED: Meaning(
        _E,
        "NIK ini juga milik orang lain pada baris {detail}. Periksa di KTP-el milik siapa.",
        "Another person has this NIK in row {detail}. Check on the identity card whose it is.",
    ),
    Rule.NIK_DIFFERS: Meaning(
        _W,
        "NIK berbeda dari yang tercatat sebelumnya untuk ID ART ini. Periksa di KTP-el.",
        "The NIK differs from the one recorded before for this member id. Check on the identity card.",
    ),
    Rule.KK_MISSING: Meaning(_W, "Lengkapi nomor KK.", "Fill in the family card's number."),
    Rule.KK_DIGITS: Meaning(
        _E,
        "Nomor KK harus 16 digit; salin ulang dari kartu keluarga. Nilai ini tidak diambil.",
        "A family card's number has 16 digits; copy it again. The value is not taken.",
    ),
    Rule.KK_NUMERIC_CELL: Meaning(
        _E,
        "Excel menyimpan nomor KK sebagai angka dan digit terakhirnya hilang. Ubah kolom ke Teks, lalu ketik ulang.",
        "Excel kept the number as a number and lost its last digits. Make the column text and type it again.",
    ),
    Rule.KK_NOT_DIGITS: Meaning(
        _E, "Nomor KK hanya berisi angka; salin ulang.", "A family card's number holds digits only; copy it again."
    ),
    Rule.KK_QUOTE: Meaning(
        _I, "Tanda kutip dari Excel diabaikan.", "The quotation mark that Excel left was passed over."
    ),
    Rule.KK_SEPARATOR: Meaning(_I, "Spasi atau tanda baca diabaikan.", "Blanks or punctuation were passed over."),
    Rule.KK_SEVERAL_HEADS: Meaning(
        _W,
        "Satu KK memiliki lebih dari satu kepala keluarga (juga baris {detail}). Periksa hubungan keluarga.",
        "One family card has more than one head (also row {detail}). Check who is the head.",
    ),
    Rule.NAME_MISSING: Meaning(_E, "Isi nama. Baris tidak diambil.", "Fill in the name. The row is not taken."),
    Rule.NAME_NUMBER: Meaning(
        _E,
        "Kolom nama berisi angka panjang; periksa apakah kolom bergeser. Baris tidak diambil.",
        "The name holds a long number; see whether the columns have shifted. The row is not taken.",
    ),
    Rule.NAME_CASE: Meaning(
        _I, "Nama lain di berkas ini ditulis dengan huruf besar.", "Other names of the file are in capitals."
    ),
    Rule.NAME_TITLE: Meaning(_I, "Gelar bukan bagian nama di KTP-el.", "A title is no part of the name."),
    Rule.NAME_PARENT: Meaning(
        _I, "BIN/BINTI bukan bagian nama di KTP-el.", "BIN or BINTI and the father's name are no part of the name."
    ),
    Rule.NAME_DECEASED_MARK: Meaning(
        _W,
        "Nama ditandai almarhum/almarhumah; catat kematian di kolom keberadaan.",
        "The name is marked as that of a dead person; record the death in the column for it.",
    ),
    Rule.NAME_BLANKS: Meaning(_I, "Spasi berlebih diabaikan.", "Surplus blanks were passed over."),
    Rule.DATE_MISSING: Meaning(_W, "Lengkapi tanggal lahir.", "Fill in the birth date."),
    Rule.DATE_IMPOSSIBLE: Meaning(
        _E,
        "Tanggal lahir ini tidak mungkin; tulis sebagai TTTT-BB-HH. Nilai ini tidak diambil.",
        "This birth date cannot be; write it as YYYY-MM-DD. The value is not taken.",
    ),
    Rule.DATE_SWAPPED: Meaning(
        _W,
        "Hari dan bulan tertukar (menurut NIK atau kalender); tanggal dibaca terbalik. Perbaiki di sumber.",
        "Day and month are swapped (by the NIK or the calendar); it was read the other way round. Mend the source.",
    ),
    Rule.DATE_FORMAT: Meaning(
        _I, "Tulis tanggal sebagai TTTT-BB-HH; dibaca sebagai {detail}.", "Write YYYY-MM-DD; it was read as {detail}."
    ),
    Rule.DATE_EXCEL_SERIAL: Meaning(
        _I, "Nomor hari Excel dibaca sebagai tanggal.", "A day number of Excel was read as a date."
    ),
    Rule.SEX_MISSING: Meaning(_W, "Isi jenis kelamin (L/P).", "Fill in the sex (L or P)."),
    Rule.SEX_UNKNOWN: Meaning(
        _W, "Jenis kelamin ditulis L atau P; nilai ini tidak diambil.", "Write L or P; the value is not taken."
    ),
    Rule.SEX_CODE: Meaning(_I, "Kode 1/2 dibaca sebagai L/P.", "The code 1 or 2 was read as L or P."),
    Rule.SEX_WORD: Meaning(_I, "Kata dibaca sebagai L/P.", "The word was read as L or P."),
    Rule.RELATION_UNKNOWN: Meaning(
        _I, "Hubungan keluarga tidak dikenal.", "The relation to the head is not one we know."
    ),
    Rule.DISTRICT_PREFIX: Meaning(
        _I, "Tulis nama kecamatan tanpa awalan KEC.", "Write the name of the kecamatan without KEC."
    ),
    Rule.DISTRICT_SPELLING: Meaning(_I, "Ejaan resmi: {detail}.", "Its official spelling is {detail}."),
    Rule.DISTRICT_FORMER: Meaning(
        _W,
        "Desa ini kini di kecamatan {detail}; kecamatan yang tertulis adalah yang lama.",
        "This village lies in the kecamatan {detail} today; the one written is the former.",
    ),
    Rule.DISTRICT_UNKNOWN: Meaning(
        _W,
        "Kecamatan tidak dikenal di Kutai Kartanegara. Mungkin maksudnya: {detail}.",
        "No kecamatan of Kutai Kartanegara is called so. Perhaps this is meant: {detail}.",
    ),
    Rule.VILLAGE_PREFIX: Meaning(
        _I, "Tulis nama desa/kelurahan tanpa awalan.", "Write the name of the village without a prefix."
    ),
    Rule.VILLAGE_ABBREVIATION: Meaning(_I, "Nama lengkapnya {detail}.", "Its full name is {detail}."),
    Rule.VILLAGE_SPELLING: Meaning(_I, "Ejaan resmi: {detail}.", "Its official spelling is {detail}."),
    Rule.VILLAGE_AMBIGUOUS: Meaning(
        _W,
        "Desa dengan nama ini ada di beberapa kecamatan ({detail}); tulis kecamatannya.",
        "Several kecamatan have a village of this name ({detail}); write which one.",
    ),
    Rule.VILLAGE_UNKNOWN: Meaning(
        _W,
        "Desa tidak dikenal di kecamatan ini. Mungkin maksudnya: {detail}.",
        "This kecamatan has no village of that name. Perhaps this is meant: {detail}.",
    ),
    Rule.REGENCY_OTHER: Meaning(
        _W, "Kabupaten lain; wilayah tidak dipetakan.", "Another regency; the place was not mapped."
    ),
    Rule.REGION_CODE_CONFLICT: Meaning(
        _W,
        "Kode wilayah tidak cocok dengan nama kecamatan. 6402 adalah Kutai Kartanegara menurut Kemendagri, tetapi "
        "Kutai Barat menurut BPS (6403). Nama yang dipakai.",
        "The region's code does not fit the name of the kecamatan. 6402 is Kutai Kartanegara for Kemendagri and Kutai "
        "Barat for BPS (which has 6403). The name was used.",
    ),
    Rule.REGION_CODE_UNKNOWN: Meaning(
        _W, "Kode wilayah tidak dikenal.", "The region's code is not one of this regency."
    ),
    Rule.DESIL_RANGE: Meaning(
        _E, "Desil adalah 1 sampai 10; nilai ini tidak diambil.", "A decile is 1 to 10; the value is not taken."
    ),
    Rule.PROGRAMME_UNKNOWN: Meaning(
        _I,
        "Kepesertaan ditulis 1 (ya) atau 0 (tidak); nilai ini tidak diambil.",
        "Write 1 (yes) or 0 (no); the value is not taken.",
    ),
    Rule.PRESENCE_UNKNOWN: Meaning(
        _W,
        "Kode keberadaan tidak dikenal; status menjadi tidak aktif.",
        "The code of presence is not one we know; the record counts as inactive.",
    ),
    Rule.DECEASED_STILL_LISTED: Meaning(
        _W,
        "Ditandai meninggal tetapi masih tercatat hidup; periksa akta kematian.",
        "Marked as dead and still listed as present; look for the death certificate.",
    ),
    Rule.RECORD_STALE: Meaning(
        _W,
        "Data lebih dari lima tahun; perlu verifikasi ulang.",
        "The record is older than five years; it needs to be verified again.",
    ),
    Rule.UPDATE_DATE: Meaning(
        _W,
        "Tanggal pemutakhiran kosong, tidak terbaca, atau setelah periode; umur data tidak diketahui.",
        "The date of the update is empty, unreadable or after the period; how old the record is, is not known.",
    ),
}
