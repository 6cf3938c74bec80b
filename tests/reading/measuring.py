"""How the second reader measures a group of reports: with Python's own `statistics`, over rows in memory."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from statistics import median, quantiles
from types import SimpleNamespace

from tests.reading.fields import Call
from tests.reading.state import Row

_DAY = timedelta(days=1)
_MICROSECOND = timedelta(microseconds=1)
_SERVED = ("AID_GIVEN", "REGISTRY_CORRECTED", "INFORMATION_GIVEN")


def headers(call: Call, names: Sequence[str]) -> list[SimpleNamespace]:
    """What is said of the measures."""
    return [_header(name, call.sight.viewer.language == "EN") for name in names]


def _header(name: str, english: bool) -> SimpleNamespace:
    if name in _SINGLE:
        label, unit, formula = _SINGLE[name][english]
    else:
        rank, _, what = name.partition("_")
        share = {"MEDIAN": "0.5", "P90": "0.9"}[rank]
        of, only = _OF[english].get(what, _OF[english]["STEP"])
        place = what.removeprefix("STEP_")
        titles = ("Median", "90th percentile") if english else ("Median", "Persentil ke-90")
        title = titles[rank == "P90"]
        if what == "TO_REPLY":
            label = f"{title} {'time from receipt to reply' if english else 'lama dari diterima sampai dibalas'}"
        else:
            label = f"{title} {'time at step' if english else 'lama langkah'} {place}"
        unit = "days" if english else "hari"
        formula = f"percentile_cont({share}) {'of' if english else 'dari'} ({of}), {_AROUND[english]}; {only}"
    return SimpleNamespace(measure=name, label=label, unit=unit, formula=formula)


_AROUND = (
    "hari kalender, 24 jam sehari, waktu menunggu pelapor ikut dihitung",
    "calendar days around the clock, time spent waiting for the reporter included",
)
_OF = (
    {
        "STEP": ("akhir langkah - mulai langkah", "hanya yang sudah selesai"),
        "STEP_8": ("arsip - balasan terkirim", "hanya yang sudah selesai"),
        "TO_REPLY": ("balasan pertama - diterima", "hanya yang sudah dibalas"),
    },
    {
        "STEP": ("end of step - begin of step", "only what is over"),
        "STEP_8": ("archive - reply sent", "only what is over"),
        "TO_REPLY": ("first reply - receipt", "only reports that were answered"),
    },
)
_SINGLE = {
    "COUNT": (
        ("Jumlah laporan", "laporan", "banyaknya laporan dalam kelompok"),
        ("Number of reports", "reports", "number of reports in the group"),
    ),
    "BREACH_RATE": (
        (
            "Langkah yang melewati batas waktu",
            "persen",
            "100 * langkah yang melewati batas / langkah berbatas waktu yang sudah selesai atau sudah lewat batas",
        ),
        (
            "Steps that ran over their time limit",
            "percent",
            "100 * steps that ran over their limit / steps with a limit that have ended or are over it now",
        ),
    ),
    "SERVED_SHARE": (
        (
            "Laporan yang terlayani",
            "persen",
            "100 * laporan dengan hasil AID_GIVEN, REGISTRY_CORRECTED, atau INFORMATION_GIVEN / laporan dengan hasil",
        ),
        (
            "Reports that were served",
            "percent",
            "100 * reports with outcome AID_GIVEN, REGISTRY_CORRECTED or INFORMATION_GIVEN / reports with an outcome",
        ),
    ),
}


def figures(call: Call, reports: Sequence[Row], names: Sequence[str]) -> list[SimpleNamespace]:
    """A figure for each measure of these reports, every one of which may be seen."""
    return [_figure(call, reports, name) for name in names]


def _figure(call: Call, reports: Sequence[Row], name: str) -> SimpleNamespace:
    if name == "COUNT":
        return told(name, float(len(reports)), len(reports))
    if name in ("BREACH_RATE", "SERVED_SHARE"):
        cases = [case for report in reports for case in share_cases(call, report, name)]
        return told(name, percent(cases, 2), len(cases))
    lengths = [length for report in reports for length in lengths_of(call, report, name)]
    return told(name, days(lengths, name, 4), len(lengths))


def told(name: str, value: float | None, cases: int | None) -> SimpleNamespace:
    """A figure; nothing is unknown, which is not 0."""
    state = "UNKNOWN" if value is None else "KNOWN"
    return SimpleNamespace(measure=name, state=state, value=value, cases=cases)


def percent(cases: Sequence[bool], digits: int) -> float | None:
    """How many in a hundred are true."""
    return float(round(Fraction(100 * sum(cases), len(cases)), digits)) if cases else None


def days(lengths: Sequence[Fraction], name: str, digits: int) -> float | None:
    """The median or the ninth of ten parts of lengths."""
    if not lengths:
        return None
    if len(lengths) == 1:
        found = lengths[0]
    else:
        found = median(lengths) if name.startswith("MEDIAN") else quantiles(lengths, n=10, method="inclusive")[8]
    return float(round(found, digits))


def share_cases(call: Call, report: Row, name: str) -> Iterable[bool]:
    """What of a report is in the whole, and whether it is in the part."""
    if name == "SERVED_SHARE":
        return [] if report.outcome is None else [report.outcome in _SERVED]
    found = []
    for clock in call.state.where("Clock", "report_id", report.id):
        if clock.due_at is not None:
            over = clock.due_at < (clock.ended_at or clock.paused_at or call.now)
            if over or clock.ended_at is not None:
                found.append(over)
    return found


def lengths_of(call: Call, report: Row, name: str) -> Iterator[Fraction]:
    """The spans of a report that are over, in days."""
    what = name.partition("_")[2]
    events = call.state.where("ReportEvent", "report_id", report.id)
    replies = [one.at for one in events if one.to_status == "REPLY_SENT"]
    if what == "TO_REPLY":
        if replies:
            yield _days(min(replies) - report.received_at)
    elif what == "STEP_8":
        for archived in events:
            before = [at for at in replies if at <= archived.at]
            if archived.to_status == "ARCHIVED" and before:
                yield _days(archived.at - max(before))
    else:
        for clock in call.state.where("Clock", "report_id", report.id):
            if clock.ended_at is not None and f"STEP_{clock.step}" == what:
                yield _days(clock.ended_at - clock.started_at)


def _days(length: timedelta) -> Fraction:
    return Fraction(length // _MICROSECOND, _DAY // _MICROSECOND)
