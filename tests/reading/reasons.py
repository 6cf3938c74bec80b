"""Why an act is refused, in words for people, and what an act must be told: written a second time."""

from dataclasses import dataclass
from functools import partial

from tests.reading.state import Row

# The step of the decree a report is at.
STEPS = {
    "RECEIVED": 1, "UNDER_VERIFICATION": 2, "NEEDS_INFO": 2, "REJECTED": 2, "MERGED": 2, "WITHDRAWN": 2,
    "ACKNOWLEDGED": 3, "FORWARDED": 4, "DISPOSITIONED": 5, "IN_FOLLOW_UP": 6, "REPLY_DRAFTED": 7, "REPLY_SENT": 8,
    "ARCHIVED": 9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """A refusal: its code, and its words in both languages."""

    code: str
    indonesian: str
    english: str


_forbidden, _invalid = partial(Reason, "FORBIDDEN"), partial(Reason, "INVALID")
_illegal = partial(Reason, "ILLEGAL_TRANSITION")

ROLE = _forbidden("Peran Anda tidak boleh melakukan ini.", "Your role may not do this.")
_UNIT = _forbidden(
    "Kepala bidang mendisposisi di dalam bidangnya sendiri, setelah laporan didisposisi kepadanya.",
    "A division head passes on within the own unit, once the report was given to it.",
)
_OWN = _forbidden("Hanya pelapornya sendiri yang boleh melakukan ini.", "Only its own reporter may do this.")
# Where a role that may do it from elsewhere may not do it from here.
NOT_HERE = {"reportDispose": _UNIT}


def _unset(indonesian: str, english: str) -> Reason:
    return _invalid(
        f"Isi dahulu {indonesian} laporan (reportClassify).", f"First set the report's {english} (reportClassify)."
    )


NEITHER = _unset("kategori dan wilayah", "category and region")
# By the fact that is not as it should be.
AMISS = {
    "has_category": _unset("kategori", "category"),
    "has_region": _unset("wilayah", "region"),
    "holds_unit": _UNIT,
    "is_assignee": _forbidden(
        "Hanya petugas atau bidang yang ditugasi boleh melakukan ini.",
        "Only those the report is assigned to may do this.",
    ),
    "has_action": _invalid(
        "Catat dahulu sedikitnya satu tindakan (reportAddAction); bila hanya memberi informasi, pilih INFORMATION.",
        "First record at least one action (reportAddAction); of kind INFORMATION if nothing else was needed.",
    ),
    "is_drafter": _forbidden(
        "Balasan dikirim oleh petugas lain daripada yang menyusunnya.",
        "A reply is sent by somebody else than who drafted it.",
    ),
    "unmergeable_until": _illegal(
        "Batas waktu untuk memisahkan kembali laporan ini sudah lewat.",
        "The time to part these reports again has passed.",
    ),
    "reopenable_until": _illegal(
        "Batas waktu untuk membuka kembali laporan ini sudah lewat.", "The time to reopen this report has passed."
    ),
    "is_reporter": _OWN,
    "is_confirmed": _illegal(
        "Hasil laporan ini sudah dikonfirmasi pelapornya.", "Its reporter has confirmed the outcome already."
    ),
    "handled_here": _forbidden(
        "Hasil diperiksa oleh bidang lain daripada yang menanganinya.",
        "An outcome is checked by another unit than the one that handled the report.",
    ),
    "is_verified": _illegal("Hasil laporan ini sudah diperiksa.", "The outcome has been checked already."),
    "is_proposer": _forbidden(
        "Hanya pengusulnya atau admin yang boleh melakukan ini.", "Only who proposed it, or the desk, may do this."
    ),
    "is_assessor": _forbidden(
        "Verifikasi dilakukan oleh petugas lain daripada yang menilai di lapangan.",
        "The office verifies by somebody else than who made the field assessment.",
    ),
    "has_minutes": _invalid(
        "Usulan ini belum mempunyai berita acara musyawarah, sehingga tidak dapat disahkan.",
        "The proposal has no minutes of a deliberation, so it cannot be endorsed.",
    ),
}

# Of somebody a report is about.
WITHDRAWN = _illegal("Laporan ini sudah ditarik pelapornya.", "The report was taken back by its reporter.")
CONFIRMED = _illegal(
    "Subjek ini sudah dikonfirmasi. Bila keliru, tolak dahulu kecocokannya (subjectRejectMatch).",
    "This subject is confirmed already. If that is wrong, first reject the match (subjectRejectMatch).",
)
NOBODY = _invalid("Tidak ada calon kecocokan untuk subjek ini.", "There is no candidate for this subject.")


def report_elsewhere(report: Row, states: list[str]) -> Reason:
    """An act that goes only from other states of a report."""
    steps = sorted({STEPS[state] for state in states})
    at = str(steps[0]) if len(steps) == 1 else f"{steps[0]}-{steps[-1]}"
    here, named = f"{STEPS[report.status]} ({report.status})", f"{at} ({', '.join(sorted(states))})"
    return _illegal(
        f"Laporan berada di langkah {here}; tindakan ini hanya dari langkah {named}.",
        f"The report is at step {here}; this act goes only from step {named}.",
    )


def proposal_elsewhere(proposal: Row, states: list[str]) -> Reason:
    """An act that goes only from other states of a proposal."""
    named = ", ".join(sorted(states))
    return _illegal(
        f"Usulan berstatus {proposal.status}; tindakan ini hanya dari {named}.",
        f"The proposal is {proposal.status}; this act goes only from {named}.",
    )


# What an act must be told besides its object.
REQUIRED: dict[str, tuple[str, ...]] = {
    "reportRequestInfo": ("question",),
    "reportReject": ("reason",),
    "reportMerge": ("into",),
    "reportDispose": ("instruction", "staff"),
    "reportAddAction": ("kind", "result"),
    "reportDraftReply": ("text",),
    "reportArchive": ("outcome",),
    "reportReopen": ("reason",),
    "subjectConfirmMatch": ("person",),
    "subjectRejectMatch": ("person",),
    "vervalPropose": ("action", "reason"),
    "vervalDeliberate": ("minutesNumber", "heldOn", "place", "attendance"),
    "vervalAssess": (
        "form", "formVersion", "answers", "latitude", "longitude", "recommendation", "visitedOn",
    ),
    "vervalEndorse": ("documentNumber", "documentDate"),
    "vervalBatchCreate": ("scheme",),
    "vervalReturn": ("reason",),
}  # fmt: skip
