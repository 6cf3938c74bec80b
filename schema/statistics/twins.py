"""The answers that are also given as files, each with the question behind it and what it says of itself."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from integration.db.base import now
from integration.reading.view import Measure
from integration.reports.measures import MEASURES as MEASURES_OF_REPORTS
from integration.spreadsheets import Sheet, Value
from resolvers.auth import NotLetIn

_SOURCE = "Satu Pintu, data pelayanan Dinas Sosial Kabupaten Kutai Kartanegara"


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something the address may say: its variable, and how its text becomes a value."""

    variable: str
    read: Callable[[str], Any]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Described:
    """What a twin says of itself, in Indonesian, in the words of Satu Data."""

    title: str
    title_en: str
    concept: str
    definition: str
    classification: str
    measure: str
    unit: str
    formula: str | None = None
    source: str = _SOURCE
    measures: Mapping[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Twin:
    """A question of ours and its file. `sheet` makes the rows of the answer's data."""

    name: str
    about: Described
    query: str
    sheet: Callable[[dict[str, Any]], Sheet]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)

    def variables(self, told: Mapping[str, str]) -> dict[str, Any]:
        """The variables of the question, from what the address says; NotLetIn for what it may not say."""
        for name in told:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise NotLetIn("BAD_USER_INPUT", 400, f"There is no parameter {name!r} here. Possible: {known}.")
        missing = [name for name, one in self.parameters.items() if one.needed and name not in told]
        if missing:
            raise NotLetIn("BAD_USER_INPUT", 400, f"Say {missing[0]!r} in the address.")
        return {self.parameters[name].variable: self.parameters[name].read(text) for name, text in told.items()}


def rows_at(*path: str, columns: Sequence[str], numbers: Sequence[str] = ()) -> Callable[[dict[str, Any]], Sheet]:
    """A sheet of the list at a path of the data. A column is a dotted path below its rows; the last column is the
    moment of the count, the same in all. `numbers` are Decimals.
    """

    def sheet(data: dict[str, Any]) -> Sheet:
        at: Any = data
        for step in path[:-1]:
            at = at[step]
        # An answer that does not say when it was counted was counted just now.
        moment = at.get("asOf") or _this_moment()
        rows = [[*(_value(one, name, name in numbers) for name in columns), moment] for one in at[path[-1]]]
        return Sheet([*map(_name, columns), "asOf"], rows)

    return sheet


def _this_moment() -> str:
    """This moment as the schema writes one."""
    return now().isoformat().replace("+00:00", "Z")


def _value(row: Any, dotted: str, is_number: bool) -> Value:
    found = row
    for step in dotted.split("."):
        found = None if found is None else found[step]
    if isinstance(found, list):
        return " ".join(map(str, found))
    return Decimal(found) if is_number and found is not None else found


def _name(dotted: str) -> str:
    """region.code as regionCode."""
    first, *rest = dotted.split(".")
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise NotLetIn("BAD_USER_INPUT", 400, "Write the filter as JSON, as in a variable of the question.") from None


def _counted(data: dict[str, Any]) -> Sheet:
    """Groups and their figures: a column for each dimension, and one for its words; the count; and for each other
    measure its value, whether there is one, how many cases it rests on, and its unit.
    """
    table = data["reportStatistics"]
    names = [_camel(name) for name in table["columns"]]
    columns = [column for name in names for column in (name, f"{name}Label")]
    measures = [(at, one) for at, one in enumerate(table["measures"]) if one["measure"] != "COUNT"]
    measured = [f"{_camel(one['measure'])}{part}" for _, one in measures for part in ("", "State", "Cases", "Unit")]
    rows = [
        [
            *(part for pair in zip(row["key"], row["labels"], strict=True) for part in pair),
            row["count"],
            row["suppressed"],
            *(part for at, one in measures for part in (*_figure(row["values"][at]), one["unit"])),
            table["asOf"],
        ]
        for row in table["rows"]
    ]
    return Sheet([*columns, "count", "suppressed", *measured, "asOf"], rows)


def _figure(figure: Mapping[str, Any]) -> tuple[Value, Value, Value]:
    value = figure["value"]
    return None if value is None else Decimal(str(value)), figure["state"], figure["cases"]


def _camel(code: str) -> str:
    first, *rest = code.lower().split("_")
    return first + "".join(map(str.capitalize, rest))


_REPORTS = Twin(
    "report-statistics",
    Described(
        "Jumlah dan ukuran laporan menurut kelompok",
        "Reports in groups",
        "Pengaduan",
        "Laporan yang boleh Anda lihat, dihitung sekali dalam tiap kelompoknya; angka kecil disamarkan",
        "Sesuai permintaan: kecamatan, desa, kategori, jenis PPKS, kanal, bulan, status, unit, organisasi, dimensi",
        "Jumlah; sesuai permintaan juga lama tiap langkah, langkah yang melewati batas waktu, laporan terlayani",
        "laporan; hari; persen",
        measures=MEASURES_OF_REPORTS,
    ),
    """query reportStatisticsFile($by: [ReportDimension!]!, $measures: [ReportMeasure!]! = [COUNT],
  $filter: ReportFilter) { reportStatistics(groupBy: $by, measures: $measures, filter: $filter) { columns asOf
    measures { measure unit } rows { key labels count suppressed values { state value cases } } } }""",
    _counted,
    {
        "by": Parameter("by", _words, needed=True),
        "measures": Parameter("measures", _words),
        "filter": Parameter("filter", _json),
    },
)
_SCORECARD = Twin(
    "dimension-scorecard",
    Described(
        "Rapor empat dimensi perlindungan sosial",
        "Scorecard of the four dimensions of social protection",
        "Perlindungan sosial",
        "Banyaknya bukti tiap dimensi (protektif, preventif, promotif, transformatif) dalam satu masa",
        "Dimensi perlindungan sosial",
        "Jumlah",
        "bukti",
        "nilai = banyaknya bukti; terpenuhi = nilai >= 1",
    ),
    """query dimensionScorecardFile($from: Date!, $to: Date!) {
  dimensionScorecard(from: $from, to: $to) { rows { dimension value state met explanation } } }""",
    rows_at("dimensionScorecard", "rows", columns=("dimension", "value", "state", "met", "explanation")),
    {"from": Parameter("from", str, needed=True), "to": Parameter("to", str, needed=True)},
)
_INDICATORS = Twin(
    "registry-indicators",
    Described(
        "Mutu data registri kesejahteraan",
        "Quality of the welfare registry",
        "Registri kesejahteraan (DTKS, DTSEN)",
        "Bagian data suatu rilis yang valid, terpetakan ke desa, dan diperiksa dalam setahun",
        "Kecamatan atau desa/kelurahan",
        "Jumlah; persentase",
        "data; persen",
        "100 * valid / checked; 100 * mapped / records; 100 * fresh / dated",
    ),
    """query registryIndicatorsFile($level: RegionLevel!, $release: ID) {
  registryIndicators(level: $level, release: $release) { asOf rows { regionCode region state records checked valid
    mapped dated fresh validPercent mappedPercent freshPercent } } }""",
    rows_at(
        "registryIndicators",
        "rows",
        columns=(
            "regionCode", "region", "state", "records", "checked", "valid", "mapped", "dated", "fresh", "validPercent",
            "mappedPercent", "freshPercent",
        ),
    ),
    {"level": Parameter("level", str, needed=True), "release": Parameter("release", str)},
)  # fmt: skip
_COMPARISON = Twin(
    "registry-comparison",
    Described(
        "Perubahan antara dua rilis registri",
        "What changed between two releases of the registry",
        "Registri kesejahteraan (DTKS, DTSEN)",
        "Orang yang masuk, keluar, pindah, atau berubah desil dari rilis ke rilis",
        "Desa/kelurahan",
        "Jumlah",
        "orang",
    ),
    """query registryComparisonFile($from: ID!, $to: ID!) {
  registryComparison(from: $from, to: $to) { asOf rows { regionCode region state entered left desilChanged moved
    unchanged } } }""",
    rows_at(
        "registryComparison",
        "rows",
        columns=("regionCode", "region", "state", "entered", "left", "desilChanged", "moved", "unchanged"),
    ),
    {"from": Parameter("from", str, needed=True), "to": Parameter("to", str, needed=True)},
)
_STAFF = Twin(
    "staff-summary",
    Described(
        "Pegawai menurut status dan kelompok umur",
        "Staff by employment and age band",
        "Aparatur",
        "Pegawai yang masih bekerja dan boleh Anda lihat",
        "Status kepegawaian; kelompok umur",
        "Jumlah",
        "orang",
    ),
    "query staffSummaryFile { staffSummary { rows { employment ageBand count } } }",
    rows_at("staffSummary", "rows", columns=("employment", "ageBand", "count")),
)
TWINS: Mapping[str, Twin] = {twin.name: twin for twin in (_REPORTS, _SCORECARD, _INDICATORS, _COMPARISON, _STAFF)}
