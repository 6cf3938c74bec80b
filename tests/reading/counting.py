"""How the second reader counts reports in groups: report by report, into every group it belongs to."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

from tests.reading.fields import Call, plain
from tests.reading.measuring import figures, headers
from tests.reading.sight import HELD
from tests.reading.state import Row

# Stands for the moment of the request, which the road reads from the clock itself.
THIS_MOMENT = "\N{WATCH}"


def _part_of_code(length: int, exactly: bool) -> Callable[[Call, Row], list[str]]:
    def found(_call: Call, report: Row) -> list[str]:
        code = report.region_code or ""
        fits = len(code) == length if exactly else len(code) >= length
        return [code[:length]] if fits else []

    return found


def _units(call: Call, report: Row) -> list[Row]:
    held = [a for a in call.state.where("Assignment", "report_id", report.id) if a.state in HELD]
    units = [call.state.get("OrgUnit", assignment.unit_id) for assignment in held]
    return [unit for unit in units if unit is not None]


def _organizations(call: Call, report: Row) -> list[str]:
    owners = [call.state.get("Organization", unit.organization_id) for unit in _units(call, report)]
    return [owner.code for owner in owners if owner is not None]


def _protections(call: Call, report: Row) -> list[str]:
    found = []
    for action in call.state.where("FollowUpAction", "report_id", report.id):
        found += [action.dimension] if action.dimension is not None else []
        found += ["PROTECTIVE"] if action.kind == "AID" else []
    for link in call.state.where("PolicyFollowUpReport", "report_id", report.id):
        follow_up = call.sight.first("PolicyFollowUp", link.follow_up_id)
        found += [] if follow_up is None else [follow_up.dimension]
    return found


SEEN = {
    "EN": "The reports to the social affairs agency of Kutai Kartanegara (SIMASOS) that you may see, counted "
    "when asked.",
    "ID": "Laporan ke Dinas Sosial Kutai Kartanegara (SIMASOS) yang boleh Anda lihat, dihitung saat diminta.",
}
KEYS: dict[str, Callable[[Call, Row], list[Any]]] = {
    "DISTRICT": _part_of_code(8, exactly=False),
    "VILLAGE": _part_of_code(13, exactly=True),
    "CATEGORY": lambda _call, report: [report.category] if report.category else [],
    "PPKS_TYPE": lambda call, r: [link.ppks_code for link in call.state.where("ReportPpksType", "report_id", r.id)],
    "CHANNEL": lambda _call, report: [report.channel],
    "MONTH": lambda _call, report: [f"{report.received_at + timedelta(hours=8):%Y-%m}"],
    "STATUS": lambda _call, report: [report.status],
    "UNIT": lambda call, report: [unit.code for unit in _units(call, report)],
    "ORGANIZATION": _organizations,
    "DIMENSION": _protections,
}
_LABELS = {
    "DISTRICT": ("Region", "name"), "VILLAGE": ("Region", "name"), "PPKS_TYPE": ("PpksType", "term"),
    "UNIT": ("OrgUnit", "name"), "ORGANIZATION": ("Organization", "name"),
}  # fmt: skip


def count(call: Call, reports: Sequence[Row], given: Mapping[str, Any]) -> SimpleNamespace:
    """The table of counts and measures."""
    names: list[str] = given["groupBy"]
    measures: list[str] = given["measures"]
    call.seen.update(f"ReportDimension.{name}" for name in names)
    call.seen.update(f"ReportMeasure.{name}" for name in measures)
    groups: defaultdict[tuple[str | None, ...], list[Row]] = defaultdict(list)
    for report in reports:
        keys = [sorted({plain(key) for key in KEYS[name](call, report)}) or [None] for name in names]
        for key in product(*keys):
            groups[key].append(report)
    if not names:
        groups[()] = list(reports)
    ordered = sorted(groups, key=lambda key: [(part is None, part or "") for part in key])
    rows = [
        SimpleNamespace(
            key=list(key), labels=[_label(call, name, part) for name, part in zip(names, key, strict=True)],
            count=len(groups[key]), suppressed=False, values=figures(call, groups[key], measures),
        )
        for key in ordered
    ]  # fmt: skip
    return SimpleNamespace(
        columns=names, measures=headers(call, measures), rows=rows, asOf=THIS_MOMENT, published=False, to=None,
        source=SEEN[call.sight.viewer.language], **{"from": None},
    )  # fmt: skip


def _label(call: Call, name: str, key: str | None) -> str | None:
    if key is None or name not in _LABELS:
        return key
    noun, column = _LABELS[name]
    found = call.state.where(noun, "code", key)
    return getattr(found[0], column) if found else None
