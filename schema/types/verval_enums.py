"""The closed lists of proposals to correct the registry, with their words."""

from integration.codes import (
    VervalAction,
    VervalDifferenceKind,
    VervalField,
    VervalReason,
    VervalRecommendation,
    VervalStatus,
)
from schema.types.describing import describe

describe(
    VervalAction,
    "What a proposal asks of the registry (jenis usulan).",
    {
        VervalAction.ADD: "To list a person it does not list (usulan baru).",
        VervalAction.UPDATE: "To correct details of a person (perbaikan data).",
        VervalAction.REMOVE: "To take a person off (usulan penghapusan).",
        VervalAction.DESIL_REVIEW: "To look at a person's welfare decile anew (peninjauan desil).",
    },
)
describe(
    VervalReason,
    "Why the registry should be corrected (alasan usulan).",
    {
        VervalReason.NIK_INACTIVE: "The identity number is no longer in force (NIK tidak aktif).",
        VervalReason.NIK_MISMATCH: "The identity number does not fit the person (NIK tidak padan).",
        VervalReason.DECEASED: "The person has died (meninggal dunia).",
        VervalReason.MOVED: "The person lives elsewhere (pindah).",
        VervalReason.DUPLICATE: "The person is listed more than once (data ganda).",
        VervalReason.INCLUSION_ERROR: "The person is listed but should not be (inclusion error).",
        VervalReason.EXCLUSION_ERROR: "The person should be listed but is not (exclusion error).",
        VervalReason.DESIL_DISPUTED: "The welfare decile is doubted (desil disanggah).",
        VervalReason.INCOMPLETE: "Details are missing (data tidak lengkap).",
    },
)
describe(
    VervalStatus,
    "Where a proposal stands. Its profile says in which order the steps come (status usulan).",
    {
        VervalStatus.DRAFT: "Begun, not put forward yet (konsep).",
        VervalStatus.PROPOSED: "Put forward (diusulkan).",
        VervalStatus.DELIBERATED: "Deliberated in the village, with minutes (hasil musyawarah desa/kelurahan).",
        VervalStatus.FIELD_VERIFIED: "The household was visited (verifikasi lapangan).",
        VervalStatus.DINSOS_VERIFIED: "Checked by the social office (verifikasi Dinas Sosial).",
        VervalStatus.ENDORSED: "Endorsed on behalf of the regent (disahkan Bupati).",
        VervalStatus.SUBMITTED: "Sent to the ministry in a batch (dikirim ke SIKS-NG).",
        VervalStatus.ACCEPTED: "Accepted by the ministry; our copy of the registry changes only with its next release "
        "(ditetapkan).",
        VervalStatus.REJECTED_CENTRAL: "Rejected by the ministry, with a reason (ditolak pusat).",
        VervalStatus.RETURNED: "Given back to its proposer, with a reason (dikembalikan).",
        VervalStatus.WITHDRAWN: "Taken back by its proposer (ditarik).",
    },
)
describe(
    VervalField,
    "A detail of a person that a proposal can correct (rincian data).",
    {
        VervalField.NAME: "Full name (nama lengkap).",
        VervalField.NIK: "Identity number, 16 digits (NIK).",
        VervalField.KK: "Number of the family card, 16 digits (nomor KK).",
        VervalField.SEX: "FEMALE or MALE (jenis kelamin).",
        VervalField.BIRTH_DATE: "Date of birth, YYYY-MM-DD (tanggal lahir).",
        VervalField.REGION: "Code of the village the person lives in (wilayah).",
        VervalField.DECEASED: "Whether the person has died: true or false (meninggal dunia).",
    },
)
describe(
    VervalRecommendation,
    "What an assessor concludes from a visit (rekomendasi).",
    {
        VervalRecommendation.SUPPORT: "The proposal is right (mendukung usulan).",
        VervalRecommendation.OPPOSE: "The proposal is wrong (tidak mendukung usulan).",
        VervalRecommendation.UNDECIDED: "The visit does not decide it (belum dapat disimpulkan).",
    },
)
describe(
    VervalDifferenceKind,
    "How a line of a result file does not fit what was asked (jenis selisih).",
    {
        VervalDifferenceKind.UNKNOWN_PROPOSAL: "The batch has no such proposal (usulan tidak dikenal).",
        VervalDifferenceKind.OTHER_NIK: "The identity number is another than the one asked about (NIK berbeda).",
        VervalDifferenceKind.UNKNOWN_ANSWER: "The answer is none that we know (hasil tidak dikenal).",
        VervalDifferenceKind.REASON_MISSING: "Rejected or returned without a reason (tanpa alasan).",
        VervalDifferenceKind.OTHER_ANSWER: "It was answered before, and otherwise (hasil berbeda dari sebelumnya).",
    },
)
