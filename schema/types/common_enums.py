"""What the codes of the registry, of policy and of the API itself mean, in words for strangers."""

from integration.codes import (
    DataClass,
    Direction,
    DuplicateReason,
    EmploymentStatus,
    EnrolmentStatus,
    Language,
    PolicyInstrument,
    PolicySignalState,
    PolicyStatus,
    ProtectionDimension,
    RegionLevel,
    RegistryMatchResult,
    RegistryScheme,
    RegistryStatus,
    Severity,
    Sex,
    Staleness,
    UserErrorCode,
)
from integration.registry.codes import RegistryChangeKind
from schema.types.describing import describe

describe(
    PolicySignalState,
    "Whether people have decided on a signal (status sinyal kebijakan).",
    {
        PolicySignalState.NEW: "Nobody has decided yet; its count follows the data (baru).",
        PolicySignalState.ACCEPTED: "A policy follow-up was made of it (diterima).",
        PolicySignalState.DISMISSED: "It rests, for a reason that was given (diabaikan).",
    },
)
describe(
    PolicyStatus,
    "How far a policy follow-up has come (status tindak lanjut kebijakan).",
    {
        PolicyStatus.PROPOSED: "Somebody has proposed it, with reports as evidence (diusulkan).",
        PolicyStatus.UNDER_REVIEW: "The agency studies whether and how it can be done (dikaji).",
        PolicyStatus.SCHEDULED: "It is on the agenda of a meeting that will decide (diagendakan).",
        PolicyStatus.APPROVED: "It will be done: there is a document, an agency that answers for it and a due date "
        "(disetujui).",
        PolicyStatus.DEFERRED: "Put off; it can be studied again later (ditunda).",
        PolicyStatus.REJECTED: "It will not be done, for a reason that is recorded (ditolak).",
        PolicyStatus.IMPLEMENTING: "Its milestones are being worked on (dilaksanakan).",
        PolicyStatus.EVALUATED: "What it has changed was looked at (dievaluasi).",
        PolicyStatus.CLOSED: "Nothing remains to be done (ditutup).",
    },
)
describe(
    PolicyInstrument,
    "The form in which a policy becomes real (instrumen kebijakan).",
    {
        PolicyInstrument.REGIONAL_REGULATION: "A regulation passed by the regent and the regional council (peraturan "
        "daerah, Perda).",
        PolicyInstrument.REGENT_REGULATION: "A regulation of the regent (peraturan bupati, Perbup).",
        PolicyInstrument.REGENT_DECREE: "A decision of the regent in a single matter (keputusan bupati).",
        PolicyInstrument.AGENCY_DECREE: "A decision of the head of the agency (keputusan kepala dinas).",
        PolicyInstrument.SOP: "A written procedure of the agency (standar operasional prosedur, SOP).",
        PolicyInstrument.CIRCULAR: "A letter to all concerned that explains what to do (surat edaran).",
        PolicyInstrument.PROGRAMME: "A programme or activity in the yearly plan (program/kegiatan dalam Renja atau "
        "RKPD).",
        PolicyInstrument.BUDGET: "Money in the budget (anggaran dalam DPA atau APBD).",
        PolicyInstrument.COOPERATION_AGREEMENT: "An agreement with another body (perjanjian kerja sama).",
        PolicyInstrument.PROPOSAL_TO_CENTRE: "A proposal to the national government, which alone can decide (usulan ke "
        "pemerintah pusat).",
        PolicyInstrument.NONE_NEEDED: "It can be done without any of these (tidak perlu instrumen).",
    },
)
describe(
    ProtectionDimension,
    "What social protection does for people, in the four dimensions of Sabates-Wheeler and Devereux (dimensi "
    "perlindungan sosial).",
    {
        ProtectionDimension.PROTECTIVE: "Relieves people who are in need now (protektif).",
        ProtectionDimension.PREVENTIVE: "Keeps people from falling into need (preventif).",
        ProtectionDimension.PROMOTIVE: "Helps people to earn and to do more for themselves (promotif).",
        ProtectionDimension.TRANSFORMATIVE: "Changes the rules and conditions that keep people in need "
        "(transformatif).",
    },
)
describe(
    RegistryScheme,
    "Which national welfare registry (basis data kesejahteraan sosial).",
    {
        RegistryScheme.DTKS: "The registry until 2025, by household (Data Terpadu Kesejahteraan Sosial).",
        RegistryScheme.DTSEN: "The registry since Inpres 4/2025, by family, with deciles (Data Tunggal Sosial dan "
        "Ekonomi Nasional).",
    },
)
describe(
    RegistryMatchResult,
    "What the search for somebody in the registry came to (hasil pencocokan).",
    {
        RegistryMatchResult.MATCHED: "The newest release lists and counts them (cocok).",
        RegistryMatchResult.NOT_MATCHED: "Nobody with this key is listed and counted now (tidak ditemukan).",
        RegistryMatchResult.AMBIGUOUS: "More than one answers to this key, so nothing is told (meragukan).",
        RegistryMatchResult.REFUSED: "Nothing was looked up; `errors` says why (ditolak).",
    },
)
describe(
    RegistryChangeKind,
    "What became of a person from one release to another (jenis perubahan).",
    {
        RegistryChangeKind.ENTERED: "Counted by the later release and not by the earlier one (masuk).",
        RegistryChangeKind.LEFT: "Counted by the earlier release and not by the later one (keluar).",
        RegistryChangeKind.DESIL_CHANGED: "Counted by both, with another decile (desil berubah).",
        RegistryChangeKind.MOVED: "Counted by both, in another place (pindah).",
    },
)
describe(
    RegistryStatus,
    "Whether a release of a registry still counts a person (status data).",
    {
        RegistryStatus.ACTIVE: "Listed and counted (aktif).",
        RegistryStatus.INACTIVE: "Listed but not counted, e.g. until something is checked (nonaktif).",
        RegistryStatus.REMOVED: "Struck off, e.g. deceased or moved away (dihapus).",
    },
)
describe(
    DuplicateReason,
    "Why two rows may be one person (alasan dugaan data ganda).",
    {
        DuplicateReason.SAME_NIK: "Both have the same identity number (NIK sama).",
        DuplicateReason.SAME_NAME_AND_BIRTH_DATE: "Both have the same name and birth date (nama dan tanggal lahir "
        "sama).",
        DuplicateReason.SAME_VILLAGE: "Beside one of the others: both live in the same village (desa/kelurahan sama).",
    },
)
describe(
    Severity,
    "How grave a finding is (tingkat temuan).",
    {
        Severity.INFO: "Good to know; nothing need be done (informasi).",
        Severity.WARNING: "Doubtful: somebody should look at it (peringatan).",
        Severity.ERROR: "Wrong: it must be mended before the data can be relied on (kesalahan).",
    },
)
describe(
    Staleness,
    "How far a registry record may be trusted for its age (kemutakhiran data).",
    {
        Staleness.FRESH: "Recent enough to act on (mutakhir).",
        Staleness.AGEING: "Getting old; check before a decision rests on it (menua).",
        Staleness.STALE: "Too old; it must be checked in the field (usang).",
        Staleness.UNKNOWN: "Nobody knows how old it is (tidak diketahui).",
    },
)
describe(
    EnrolmentStatus,
    "Whether a person gets the aid of a programme (status kepesertaan).",
    {
        EnrolmentStatus.ACTIVE: "The aid runs (aktif).",
        EnrolmentStatus.STOPPED: "The aid has ended or was cut off (berhenti).",
        EnrolmentStatus.PROPOSED: "The person was proposed and is not accepted yet (diusulkan).",
    },
)
describe(
    EmploymentStatus,
    "How somebody is employed (status kepegawaian).",
    {
        EmploymentStatus.ASN: "Civil servant (aparatur sipil negara, ASN).",
        EmploymentStatus.NON_ASN: "Works for the agency without being a civil servant (non-ASN).",
    },
)
describe(
    RegionLevel,
    "How high a region stands in the official tree (tingkat wilayah).",
    {
        RegionLevel.PROVINCE: "A province, such as Kalimantan Timur (provinsi).",
        RegionLevel.REGENCY: "A regency or a city, such as Kutai Kartanegara (kabupaten, kota).",
        RegionLevel.DISTRICT: "A district of a regency, such as Tenggarong (kecamatan).",
        RegionLevel.VILLAGE: "A village or an urban ward, the lowest level (desa, kelurahan).",
    },
)
describe(
    Sex,
    "A person's sex, as the civil registry knows it (jenis kelamin).",
    {
        Sex.FEMALE: "Female, as written on the identity card (perempuan).",
        Sex.MALE: "Male, as written on the identity card (laki-laki).",
    },
)
describe(
    DataClass,
    "How well something must be protected, after the personal data protection law (kelas data, UU PDP).",
    {
        DataClass.PUBLIC: "Anybody may know it (publik).",
        DataClass.OPERATIONAL: "For those who work with it; it names no person (operasional).",
        DataClass.PERSONAL: "Says something about a person (data pribadi umum).",
        DataClass.SPECIFIC: "Could harm a person if known: health, children, crime, finances (data pribadi spesifik).",
        DataClass.RESTRICTED: "Bound by rules of its own, such as identity numbers and registry rows (terbatas).",
    },
)
describe(
    Language,
    "A language in which the agency writes (bahasa).",
    {
        Language.ID: "Indonesian, the default everywhere (Bahasa Indonesia).",
        Language.EN: "English, for those who ask for it (Bahasa Inggris).",
    },
)
describe(
    Severity,
    "How grave a finding is (tingkat temuan).",
    {
        Severity.INFO: "Written otherwise than usual, and understood (informasi).",
        Severity.WARNING: "Taken as far as it goes; somebody should look (peringatan).",
        Severity.ERROR: "Not taken: it has to be mended (galat).",
    },
)
describe(
    Direction,
    "Which end of an order comes first (arah urutan).",
    {
        Direction.ASC: "Smallest, oldest or first in the alphabet comes first (menaik).",
        Direction.DESC: "Greatest, newest or last in the alphabet comes first (menurun).",
    },
)
describe(
    UserErrorCode,
    "Why an act was refused (kode galat).",
    {
        UserErrorCode.INVALID: "An input is missing, malformed or makes no sense; `field` says which (masukan tidak "
        "sah).",
        UserErrorCode.NOT_FOUND: "There is no such thing, or you may not see it (tidak ditemukan).",
        UserErrorCode.FORBIDDEN: "Your role may not do this (tidak berwenang).",
        UserErrorCode.ILLEGAL_TRANSITION: "It cannot be done in the present status; the procedure has an order "
        "(langkah tidak sesuai SOP).",
        UserErrorCode.CONFLICT: "Somebody changed it since you read it; `currentVersion` is its version now (konflik "
        "versi).",
        UserErrorCode.IDEMPOTENCY_MISMATCH: "The idempotency key was used before with another input (kunci idempotensi "
        "tidak cocok).",
        UserErrorCode.DUPLICATE: "The same thing exists already (duplikat).",
        UserErrorCode.AMBIGUOUS_IDENTIFIER: "The identifier fits more than one, and none was chosen (pengenal ganda).",
        UserErrorCode.PURPOSE_REQUIRED: "Send a purpose in the header X-Purpose (tujuan akses wajib diisi).",
        UserErrorCode.RATE_LIMITED: "Too many requests; wait and try again (terlalu banyak permintaan).",
        UserErrorCode.SOURCE_UNAVAILABLE: "Another system that is needed does not answer; try later (sumber data tidak "
        "tersedia).",
    },
)
