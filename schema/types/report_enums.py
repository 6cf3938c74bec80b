"""What the codes of reports, their handling and their handlers mean, in words for strangers."""

from integration.codes import (
    AssignmentState,
    ChannelKind,
    DeliveryState,
    FollowUpActionKind,
    MatchState,
    MessageDirection,
    Priority,
    RejectReason,
    ReportCategory,
    ReportDimension,
    ReporterKind,
    ReportOrderField,
    ReportOutcome,
    ReportStatus,
    Role,
    Sensitivity,
    SlaState,
)
from integration.matching.codes import SearchedField, SuggestionField
from schema.types.describing import describe

describe(
    Role,
    "What a person or a program is here, and so what they may see and do (peran).",
    {
        Role.CITIZEN: "A member of the public: sends reports and, when signed in, follows their own (warga).",
        Role.ADMIN: "Runs the complaint service: receives, verifies, answers and archives reports (admin SIMASOS).",
        Role.TEAM_LEAD: "Leads the complaint team and decides who handles a report (ketua tim pengelola pengaduan).",
        Role.SECRETARY: "Secretary of the agency; decides who handles a report, as the team lead does (sekretaris "
        "dinas).",
        Role.DIVISION_HEAD: "Heads a division: follows up its reports and passes them on within it (kepala bidang).",
        Role.TEAM_MEMBER: "Member of the complaint team: follows up the reports given to them (anggota tim).",
        Role.TKSK: "Social worker of one district, first to look at reports from it (tenaga kesejahteraan sosial "
        "kecamatan, TKSK).",
        Role.VILLAGE_OPERATOR: "Works at a village or its service point, and sees the reports of that village "
        "(operator desa, Puskesos).",
        Role.VERIFIER: "Checks what the registry says about people of their region (verifikator).",
        Role.OPD_CLIENT: "Another agency's program or officer: sees only what was referred to that agency (klien OPD).",
        Role.ANALYST: "Plans for the regency: sees statistics and policy, never a person or the text of a report "
        "(analis Bappeda).",
        Role.AGENCY_HEAD: "Head of the agency: sees all reports and acts when one is escalated (kepala dinas).",
        Role.AUDITOR: "Guards data protection: sees who read what and why, not what they read (pejabat PDP, auditor).",
        Role.SYSTEM_CLIENT: "A program such as the superApp that acts for a citizen, with that citizen's rights (klien "
        "sistem).",
    },
)
describe(
    ReportStatus,
    "Where a report stands in the nine steps of the procedure (status laporan).",
    {
        ReportStatus.RECEIVED: "It has come in; the reporter has a receipt, nobody has looked at it yet (diterima).",
        ReportStatus.UNDER_VERIFICATION: "The admin checks whether it is complete and for the agency (diverifikasi).",
        ReportStatus.NEEDS_INFO: "The reporter was asked something; the clock stands still until they answer (perlu "
        "dilengkapi).",
        ReportStatus.ACKNOWLEDGED: "The reporter was told that it is taken up and will be handled (direspons).",
        ReportStatus.FORWARDED: "It lies with the team lead or the secretary, who decide who handles it (diteruskan).",
        ReportStatus.DISPOSITIONED: "It was given to units or officers, with an instruction (didisposisi).",
        ReportStatus.IN_FOLLOW_UP: "An officer is at work on it: visits, calls, letters, aid (ditindaklanjuti).",
        ReportStatus.REPLY_DRAFTED: "The officer has written an answer, which is not sent yet (balasan disiapkan).",
        ReportStatus.REPLY_SENT: "The answer has gone to the reporter (balasan terkirim).",
        ReportStatus.ARCHIVED: "Closed, with its outcome recorded (diarsipkan).",
        ReportStatus.REJECTED: "Closed without handling, for a reason that the reporter was told (ditolak).",
        ReportStatus.MERGED: "Another report tells of the same case and goes on instead of this one (digabung).",
        ReportStatus.WITHDRAWN: "The reporter has taken it back (ditarik).",
    },
)
describe(
    ChannelKind,
    "The way by which a report came in (kanal pengaduan). All are handled alike.",
    {
        ChannelKind.WHATSAPP: "A message to the SIMASOS number (WhatsApp).",
        ChannelKind.SP4N_LAPOR: "Passed on by the national complaint service (SP4N-LAPOR!).",
        ChannelKind.WALK_IN: "Told at the agency's counter (datang langsung).",
        ChannelKind.PHONE: "Told in a telephone call (telepon).",
        ChannelKind.WEB: "Filled in on a web page (situs web).",
        ChannelKind.SUPERAPP: "Sent from the regency's app for all services (superApp).",
        ChannelKind.INSTAGRAM: "Told in a message on Instagram; a link there to WhatsApp counts as WHATSAPP "
        "(Instagram).",
        ChannelKind.TKSK_FIELD: "Brought in by a district social worker from the field (temuan lapangan TKSK).",
        ChannelKind.OPD_SYSTEM: "Sent by another agency's own system (sistem OPD).",
    },
)
describe(
    ReportCategory,
    "What a report is about (kategori laporan).",
    {
        ReportCategory.AID_NOT_RECEIVED: "Aid that should have come has not come (bantuan belum diterima).",
        ReportCategory.BPJS_ACTIVATION: "Health insurance paid by the state is inactive and should be active (aktivasi "
        "BPJS PBI-JK).",
        ReportCategory.AID_REQUEST: "Somebody asks for aid (permohonan bantuan).",
        ReportCategory.PPKS_SIGHTING: "Somebody was seen who needs social services (keberadaan PPKS).",
        ReportCategory.EMERGENCY: "A person is in danger and help cannot wait (darurat sosial).",
        ReportCategory.SERVICE_COMPLAINT: "A complaint about how the agency or its officers work (keluhan layanan).",
        ReportCategory.WRONG_DATA: "The registry is wrong or out of date about somebody (data salah).",
        ReportCategory.INFORMATION: "A question that only needs an answer (permintaan informasi).",
        ReportCategory.SUGGESTION: "An idea or a wish about social policy or services (aspirasi).",
        ReportCategory.OTHER: "None of the others fits (lain-lain).",
    },
)
describe(
    ReporterKind,
    "As what a reporter speaks (jenis pelapor).",
    {
        ReporterKind.INDIVIDUAL: "A person for themselves or for somebody else (perseorangan).",
        ReporterKind.FAMILY: "A family for one of its own (keluarga).",
        ReporterKind.RELIGIOUS_ORGANIZATION: "A mosque, church or other religious body (organisasi keagamaan).",
        ReporterKind.SOCIAL_ORGANIZATION: "An association or community group (organisasi sosial).",
        ReporterKind.BUSINESS: "A company or shop (organisasi usaha).",
        ReporterKind.LKS: "A registered welfare institution, such as an orphanage (lembaga kesejahteraan sosial, LKS).",
        ReporterKind.INSTITUTION: "Any other institution, such as a school or a hospital (lembaga).",
        ReporterKind.STAFF: "An officer of the social affairs agency itself (petugas dinas).",
        ReporterKind.TKSK: "A district social worker (tenaga kesejahteraan sosial kecamatan, TKSK).",
        ReporterKind.OPD: "Another agency of the local government (organisasi perangkat daerah, OPD).",
        ReporterKind.ANONYMOUS: "Somebody who does not say who they are (anonim).",
    },
)
describe(
    ReportOutcome,
    "What came of a report in the end (hasil penanganan).",
    {
        ReportOutcome.AID_GIVEN: "The people in need were given aid (bantuan diberikan).",
        ReportOutcome.REFERRED: "Another body has taken the case over (dirujuk).",
        ReportOutcome.REGISTRY_CORRECTED: "What the registry says was put right (data diperbaiki).",
        ReportOutcome.INFORMATION_GIVEN: "The question was answered (informasi diberikan).",
        ReportOutcome.NOT_ELIGIBLE: "The rules of the programme do not allow the aid (tidak memenuhi syarat).",
        ReportOutcome.NOT_FOUND: "The people or the place could not be found (tidak ditemukan).",
        ReportOutcome.OTHER: "Something else, which the note explains (lainnya).",
    },
)
describe(
    Priority,
    "How quickly a report must be handled (prioritas).",
    {
        Priority.NORMAL: "In its turn, within the usual time limits (biasa).",
        Priority.HIGH: "Before others, within shorter time limits (tinggi).",
        Priority.EMERGENCY: "At once: somebody is in danger; time limits are counted in hours (darurat).",
    },
)
describe(
    Sensitivity,
    "How widely a report may be known (sifat laporan).",
    {
        Sensitivity.PUBLIC: "The reporter agrees that others may know of the case (terbuka).",
        Sensitivity.PRIVATE: "Only officers concerned with it may know of it; the usual case (tertutup).",
        Sensitivity.CONFIDENTIAL: "Only the admin, the leads and the officers assigned to it may know of it, e.g. in a "
        "case of violence (rahasia).",
    },
)
describe(
    SlaState,
    "How a report keeps the time limit of its step (status batas waktu).",
    {
        SlaState.ON_TRACK: "There is time enough (sesuai waktu).",
        SlaState.AT_RISK: "The time limit is near (mendekati batas waktu).",
        SlaState.BREACHED: "The time limit has passed and the step is not done (melewati batas waktu).",
        SlaState.PAUSED: "The clock stands still, e.g. until the reporter answers (dijeda).",
        SlaState.DONE: "No time limit runs any more (selesai).",
    },
)
describe(
    MatchState,
    "Whether it is known who a described person is in the registry (status pencocokan data).",
    {
        MatchState.UNMATCHED: "Nobody has looked yet, or there is too little to go by (belum dicocokkan).",
        MatchState.SUGGESTED: "Candidates were found; an officer must still decide (disarankan).",
        MatchState.CONFIRMED: "It is known who it is: an officer has said so, or NIK and name agree so well that the "
        "program did; an officer can still reject it (dikonfirmasi).",
        MatchState.NOT_IN_REGISTRY: "The registry was searched and does not have this person (tidak terdata).",
        MatchState.AMBIGUOUS: "More than one person fits equally well, e.g. two with the same NIK (ganda).",
    },
)
describe(
    SearchedField,
    "What somebody was looked for by in the registry (dasar pencarian).",
    {
        SearchedField.NIK: "A whole identity number nobody bears, nor one near it (NIK).",
        SearchedField.NAME: "A full name as names are spelt (nama).",
        SearchedField.VILLAGE: "The village they were said to live in (desa/kelurahan).",
        SearchedField.AGE: "The age or birth date told (umur).",
    },
)
describe(
    SuggestionField,
    "What a text may tell of a report and of the people it is about (rincian saran).",
    {
        SuggestionField.NAME: "The name of somebody it is about (nama).",
        SuggestionField.NIK: "An identity number, perhaps with a digit wrong, then with less confidence (NIK).",
        SuggestionField.AGE: "An age in years (umur).",
        SuggestionField.VILLAGE: "A village: its code (desa/kelurahan).",
        SuggestionField.DISTRICT: "A district: its code (kecamatan).",
        SuggestionField.CATEGORY: "What the report is about: a value of ReportCategory (kategori laporan).",
        SuggestionField.PPKS_TYPE: "A kind of need: its code (jenis PPKS).",
    },
)
describe(
    AssignmentState,
    "What has become of an assignment (status penugasan).",
    {
        AssignmentState.SUGGESTED: "Proposed by the system; a lead must still decide (disarankan).",
        AssignmentState.ASSIGNED: "Given to the officer or unit, who have not answered yet (ditugaskan).",
        AssignmentState.ACKNOWLEDGED: "The officer has taken it on (diterima petugas).",
        AssignmentState.RETURNED: "The officer gave it back, with a reason (dikembalikan).",
        AssignmentState.REASSIGNED: "It was given to somebody else instead (dialihkan).",
        AssignmentState.TAKEN_OVER: "Somebody else stepped in because nothing happened (diambil alih).",
        AssignmentState.COMPLETED: "The officer's part is done (selesai).",
    },
)
describe(
    MessageDirection,
    "Who wrote to whom (arah pesan).",
    {
        MessageDirection.INBOUND: "From the reporter to the agency (pesan masuk).",
        MessageDirection.OUTBOUND: "From the agency to the reporter (pesan keluar).",
    },
)
describe(
    DeliveryState,
    "How far a message of the agency got on its way to the reporter (status pengiriman).",
    {
        DeliveryState.QUEUED: "It waits to be sent (dalam antrean).",
        DeliveryState.SENT: "The channel has taken it (terkirim).",
        DeliveryState.DELIVERED: "It has reached the reporter's device (sampai).",
        DeliveryState.READ: "The reporter has opened it (dibaca).",
        DeliveryState.FAILED: "It could not be delivered and will not be tried again (gagal).",
        DeliveryState.SKIPPED: "It was not sent, because the channel's rules forbid it or there is no address "
        "(dilewati).",
    },
)
describe(
    ReportOrderField,
    "By what reports can be put in order (dasar urutan).",
    {
        ReportOrderField.RECEIVED_AT: "When they came in (waktu diterima).",
        ReportOrderField.UPDATED_AT: "When anything of them last changed (waktu perubahan terakhir).",
        ReportOrderField.DUE_AT: "When their present step should be done; those without a time limit come last (batas "
        "waktu).",
        ReportOrderField.NUMBER: "Their number, so by year and then in order of receipt (nomor laporan).",
    },
)
describe(
    ReportDimension,
    "By what reports are counted (dimensi statistik).",
    {
        ReportDimension.DISTRICT: "The district the people in need are in, by its code (kecamatan).",
        ReportDimension.VILLAGE: "Their village, by its code; empty where only a district is known (desa/kelurahan).",
        ReportDimension.CATEGORY: "What the report is about (kategori laporan).",
        ReportDimension.PPKS_TYPE: "The kinds of need it is about, by code; one with two counts in both (jenis PPKS).",
        ReportDimension.CHANNEL: "The way it came in (kanal pengaduan).",
        ReportDimension.MONTH: "The month it came in, in local time (WITA), e.g. 2024-01 (bulan diterima).",
        ReportDimension.STATUS: "Where it stands in the procedure (status laporan).",
        ReportDimension.UNIT: "The units that handle or handled it, by code; it counts once in each (unit kerja).",
        ReportDimension.ORGANIZATION: "The organizations of those units, by code (OPD).",
        ReportDimension.DIMENSION: "The dimensions of social protection it led to: of the actions taken, where aid is "
        "protective whatever was noted of it, and of the policy follow-ups that rest on it. A report may lead to "
        "several and counts once in each; empty where it led to none (dimensi perlindungan sosial).",
    },
)
describe(
    RejectReason,
    "Why a report is ended without being handled (alasan penolakan).",
    {
        RejectReason.OUT_OF_SCOPE: "It is not for the social office (di luar kewenangan).",
        RejectReason.SPAM: "It is no report at all, such as advertising (bukan laporan).",
        RejectReason.INSUFFICIENT: "There is too little to go by, also after asking (keterangan tidak cukup).",
        RejectReason.NOT_FOUND: "The person or place it tells of was not found (tidak ditemukan).",
    },
)
describe(
    FollowUpActionKind,
    "What was done about a report (jenis tindakan).",
    {
        FollowUpActionKind.VISIT: "Somebody went there (kunjungan).",
        FollowUpActionKind.CALL: "Somebody telephoned or wrote (dihubungi).",
        FollowUpActionKind.LETTER: "A letter was issued, such as a recommendation (surat).",
        FollowUpActionKind.AID: "Aid was given (bantuan).",
        FollowUpActionKind.REFERRAL: "The matter was passed to another body (rujukan).",
        FollowUpActionKind.VERVAL: "A correction of the registry was proposed (usulan verval).",
        FollowUpActionKind.INFORMATION: "The reporter was told what they needed to know (informasi).",
    },
)
