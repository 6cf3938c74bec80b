"""The files of what is counted about the whole regency: minimum services, needs, reach, resources, scores."""

from collections.abc import Callable
from typing import Any

from integration.spreadsheets import Sheet
from schema.statistics.twins import Described, Parameter, Twin, rows_at

_PERIOD = {"from": Parameter("from", str, needed=True), "to": Parameter("to", str, needed=True)}
_FIGURE = (
    "month", "target", "served", "unserved", "unservedPercent", "state", "asOf", "source", "collectedBy", "method",
    "note", "recordedAt", "revisions",
)  # fmt: skip


def _year(text: str) -> Any:
    # What is no number is for the question to refuse.
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else text


def _months(data: dict[str, Any]) -> Sheet:
    """A row for each month of each service, its year first."""
    found = data["spmIndicators"]
    rows = [
        [found["year"], one["service"], one["term"], *(figure[name] for name in _FIGURE), one["isStale"], found["asOf"]]
        for one in found["rows"]
        for figure in (one["wholeYear"], *one["months"])
    ]
    return Sheet(["year", "service", "term", *_FIGURE, "isStale", "countedAt"], rows)


def _scores() -> Callable[[dict[str, Any]], Sheet]:
    factors = ("validity", "completeness", "freshness")
    parts = [f"{factor}.{part}" for factor in factors for part in ("numerator", "denominator", "ratio", "state")]
    return rows_at("scoreboard", "rows", columns=("code", "name", "rank", "score", *parts))


_SPM = Twin(
    "spm-indicators",
    Described(
        "Standar pelayanan minimal bidang sosial",
        "Minimum service standards of the social field",
        "Pelayanan dasar",
        "Orang yang berhak atas suatu layanan dan yang menerimanya; yang tidak diketahui bukan nol",
        "Jenis layanan; bulan",
        "Jumlah",
        "orang",
        "unserved = max(target - served, 0)",
        "Angka yang dicatat Dinas Sosial, sumber pada tiap baris",
    ),
    f"""query spmIndicatorsFile($year: Int!) {{ spmIndicators(year: $year) {{ year asOf rows {{ service term isStale
  wholeYear: year {{ {" ".join(_FIGURE)} }} months {{ {" ".join(_FIGURE)} }} }} }} }}""",
    _months,
    {"year": Parameter("year", _year, needed=True)},
)
_COVERAGE = Twin(
    "ppks-coverage",
    Described(
        "Jenis PPKS yang tercatat dan yang belum pernah",
        "Kinds of people in need recorded, and never recorded",
        "PPKS",
        "Laporan, penduduk dalam registri, dan usulan verval menurut jenis PPKS",
        "26 jenis PPKS",
        "Jumlah",
        "laporan; orang; usulan",
    ),
    """query ppksCoverageFile($from: Date!, $to: Date!) { ppksCoverage(from: $from, to: $to) { asOf
  rows { code term spmService isRecorded everRecorded reports people proposals state } } }""",
    rows_at(
        "ppksCoverage",
        "rows",
        columns=(
            "code", "term", "spmService", "isRecorded", "everRecorded", "reports", "people", "proposals", "state",
        ),
    ),
    _PERIOD,
)  # fmt: skip
_REACH = Twin(
    "reach",
    Described(
        "Jangkauan layanan pengaduan menurut kecamatan",
        "Reach of the complaint service by kecamatan",
        "Pengaduan",
        "Laporan yang diterima dalam masa itu, termasuk kecamatan tanpa laporan",
        "Kecamatan",
        "Jumlah; laju",
        "laporan; laporan per 1.000 penduduk",
        "perThousand = 1000 * reports / population",
    ),
    """query reachFile($from: Date!, $to: Date!) { reach(from: $from, to: $to) { asOf rows { regionCode region reports
  reportsState population populationYear populationSource perThousand perThousandState isSilent lastReportOn
  silentDays } } }""",
    rows_at(
        "reach",
        "rows",
        columns=(
            "regionCode", "region", "reports", "reportsState", "population", "populationYear", "populationSource",
            "perThousand", "perThousandState", "isSilent", "lastReportOn", "silentDays",
        ),
    ),
    _PERIOD,
)  # fmt: skip
_RESOURCES = Twin(
    "psks-counts",
    Described(
        "Potensi dan sumber kesejahteraan sosial menurut jenis dan kecamatan",
        "Welfare resources by kind and kecamatan",
        "PSKS",
        "PSKS yang tercatat dan masih aktif; tidak diketahui bila belum pernah didata",
        "12 jenis PSKS; kecamatan",
        "Jumlah",
        "orang atau lembaga",
    ),
    """query psksCountsFile { psksCounts { asOf rows { type term regionCode region count state dataAsOf } } }""",
    rows_at("psksCounts", "rows", columns=("type", "term", "regionCode", "region", "count", "state", "dataAsOf")),
)
_SCORES = Twin(
    "scoreboard",
    Described(
        "Papan skor mutu data",
        "Scoreboard of data quality",
        "Mutu data",
        "Bagian data yang valid, lengkap, dan mutakhir",
        "Kecamatan atau organisasi",
        "Skor 0 sampai 100",
        "skor",
        "100 * validity * completeness * freshness",
    ),
    """query scoreboardFile($period: String!, $subject: ScoreboardSubject!) {
  scoreboard(period: $period, subject: $subject) { asOf rows { code name rank score
    validity { numerator denominator ratio state } completeness { numerator denominator ratio state }
    freshness { numerator denominator ratio state } } } }""",
    _scores(),
    {"period": Parameter("period", str, needed=True), "subject": Parameter("subject", str, needed=True)},
)
MEASURES = (_SPM, _COVERAGE, _REACH, _RESOURCES, _SCORES)
