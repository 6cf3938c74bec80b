"""Codes in the words of those who read why a signal was raised."""

from collections.abc import Mapping

from integration.codes import ReportCategory

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
