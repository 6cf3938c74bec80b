"""A published series as a file, and what it says of itself in the words of Satu Data Indonesia."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from integration.access.viewer import Viewer
from integration.codes import Language
from integration.spreadsheets import Sheet
from resolvers.auth import NotLetIn
from resolvers.context import Services
from schema.statistics.asking import ask
from schema.statistics.twins import Described, Twin

_ABOUT = """code title concept definition classification measure unit source collectedBy method licence aboutPeople
  formula asOf updatedAt table { id errors warnings }"""
_LIST = f"""query statisticCatalogue($after: String) {{ statisticSeries(first: 100, after: $after) {{
  pageInfo {{ hasNextPage endCursor }} nodes {{ {_ABOUT} }} }} }}"""
_SERIES = f"""query statisticFile($code: String!, $after: String) {{
  statisticSeries(filter: {{ code: {{ eq: $code }} }}) {{ nodes {{ {_ABOUT}
    values(first: 100, after: $after) {{ pageInfo {{ hasNextPage endCursor }} nodes {{
      region {{ code name }} group category periodFrom periodTo state value unknownReason doubts working asOf }}
    }} }} }} }}"""
_COLUMNS = (
    "series", "regionCode", "region", "group", "category", "periodFrom", "periodTo", "state", "value", "unit",
    "unknownReason", "doubts", "working", "asOf", "source",
)  # fmt: skip
# How often a series that somebody changes while it is read is read anew.
_TRIES = 3


async def catalogue(services: Services, viewer: Viewer, request_id: str) -> list[dict[str, Any]]:
    """All published series, without their figures."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await ask(services, viewer, request_id, _LIST, {"after": after}))["statisticSeries"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = page["pageInfo"]["endCursor"]


async def series(services: Services, viewer: Viewer, request_id: str, code: str) -> dict[str, Any]:
    """A series with all its figures as this viewer sees them, of one state; NotLetIn where there is none."""
    if not services.known.has("StatisticSeries", code):
        await services.known.renew(services.database.readers)
        if not services.known.has("StatisticSeries", code):
            raise NotLetIn("NOT_FOUND", 404, "There is no such series of statistics.")
    for _ in range(_TRIES):
        whole = await _whole(services, viewer, request_id, code)
        if whole is not None:
            return whole
    raise NotLetIn("CONFLICT", 409, "The series is being changed. Try again in a moment.")


async def _whole(services: Services, viewer: Viewer, request_id: str, code: str) -> dict[str, Any] | None:
    """All pages together; None if it changed between two of them."""
    about: dict[str, Any] | None = None
    values: list[dict[str, Any]] = []
    after = None
    while True:
        variables = {"code": code, "after": after}
        [node] = (await ask(services, viewer, request_id, _SERIES, variables))["statisticSeries"]["nodes"]
        page = node.pop("values")
        if about is not None and about != node:
            return None
        about = node
        values += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            return {**node, "values": values}
        after = page["pageInfo"]["endCursor"]


def sheet_of(found: Mapping[str, Any]) -> Sheet:
    """A row a figure, with unit and source."""
    rows = []
    for one in found["values"]:
        region = one["region"] or {}
        rows.append(
            [
                found["code"],
                region.get("code"),
                region.get("name"),
                *(one[name] for name in ("group", "category", "periodFrom", "periodTo", "state")),
                None if one["value"] is None else Decimal(one["value"]),
                found["unit"],
                one["unknownReason"],
                " ".join(one["doubts"]) or None,
                one["working"],
                one["asOf"],
                found["source"],
            ]
        )
    return Sheet(_COLUMNS, rows)


def metadata(found: Mapping[str, Any]) -> dict[str, Any]:
    """The description of a series: the five parts of a data standard, and its metadata."""
    return {
        "kode": found["code"],
        "judul": found["title"],
        "standarData": {
            "konsep": found["concept"],
            "definisi": found["definition"],
            "klasifikasi": found["classification"],
            "ukuran": found["measure"],
            "satuan": found["unit"],
        },
        "sumber": found["source"],
        "produsenData": found["collectedBy"],
        "caraPengumpulan": found["method"],
        "rumus": found["formula"],
        "lisensi": found["licence"],
        "kodeReferensi": "Kode wilayah Kementerian Dalam Negeri",
        "perTanggal": found["asOf"],
        "dimutakhirkan": found["updatedAt"],
        "angkaKecilDisamarkan": found["aboutPeople"],
        "pemeriksaan": None
        if found["table"] is None
        else {
            "halaman": f"/statistics/tables/{found['table']['id']}",
            "kesalahan": found["table"]["errors"],
            "peringatan": found["table"]["warnings"],
        },
        "berkas": files_of(found["code"]),
        "dasar": "Perpres 39/2019 tentang Satu Data Indonesia",
    }


def metadata_of_twin(twin: Twin) -> dict[str, Any]:
    """The same of what is counted when it is asked for."""
    about: Described = twin.about
    return {
        "kode": twin.name,
        "judul": about.title,
        "standarData": {
            "konsep": about.concept,
            "definisi": about.definition,
            "klasifikasi": about.classification,
            "ukuran": about.measure,
            "satuan": about.unit,
        },
        "sumber": about.source,
        "produsenData": "Dinas Sosial Kabupaten Kutai Kartanegara",
        "caraPengumpulan": "Dihitung saat diminta, dari data yang boleh dilihat peminta",
        "rumus": about.formula,
        "ukuran": [
            {
                "kode": code,
                "judul": one.label[Language.ID],
                "satuan": one.unit[Language.ID],
                "rumus": one.formula[Language.ID],
            }
            for code, one in about.measures.items()
        ],
        "kodeReferensi": "Kode wilayah Kementerian Dalam Negeri",
        "parameter": {name: {"wajib": one.needed} for name, one in twin.parameters.items()},
        "kueri": twin.query,
        "berkas": files_of(twin.name),
        "dasar": "Perpres 39/2019 tentang Satu Data Indonesia",
    }


def files_of(code: str) -> dict[str, str]:
    """Where its files are."""
    return {ending: f"/statistics/{code}.{ending}" for ending in ("csv", "ndjson", "json")}
