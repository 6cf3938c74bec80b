"""Why a signal was raised, in the words of those who read it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from integration.codes import ReportCategory, SignalKind
from integration.db.zone import local_day
from integration.policy.tables import SignalRuleRow

if TYPE_CHECKING:
    from integration.policy.signals import Met

CATEGORIES: Mapping[ReportCategory, str] = {
    ReportCategory.AID_NOT_RECEIVED: "bantuan belum diterima",
    ReportCategory.BPJS_ACTIVATION: "aktivasi BPJS",
    ReportCategory.AID_REQUEST: "permohonan bantuan",
    ReportCategory.PPKS_SIGHTING: "keberadaan PPKS",
    ReportCategory.EMERGENCY: "darurat sosial",
    ReportCategory.SERVICE_COMPLAINT: "keluhan layanan",
    ReportCategory.WRONG_DATA: "data salah",
    ReportCategory.INFORMATION: "permintaan informasi",
    ReportCategory.SUGGESTION: "aspirasi",
    ReportCategory.OTHER: "lain-lain",
}


def why(rule: SignalRuleRow, met: "Met", names: Mapping[object, str]) -> str:
    """One sentence: what was counted, where, when, and the threshold it reached."""
    span = f"{local_day(met.start)} sampai sebelum {local_day(met.end)}"
    if met.category is not None:
        where = "di kabupaten" if met.region_code is None else f"di Kecamatan {names[met.region_code]}"
        what = f"{met.count} laporan {CATEGORIES[met.category]} {where}, {span}"
        return f"{what}; ambang {rule.threshold} laporan."
    share = f"{met.count} dari {met.of} ({100 * met.count // (met.of or 1)} persen)"
    if rule.kind is SignalKind.UNIT_BREACHES:
        what = f"{share} langkah melewati batas waktu di {names[met.unit_id]}, {span}"
    else:
        age = f"terakhir diperiksa lebih dari {rule.days} hari sebelum rilis"
        what = f"{share} data terpadu di {names[met.region_code]} {age}"
    return f"{what}; ambang {rule.threshold} persen."
