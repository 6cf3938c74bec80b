"""What it takes to record a figure of the minimum service standards."""

from datetime import date

import strawberry

from integration.spm.codes import SpmService
from schema.inputs.operators import optional
from schema.inputs.report import AbsentIsNull


@strawberry.input(
    description="A figure of a service in a month or a year. What is left out of `target` and `served` is unknown; if "
    "both are, `note` must say why. A later figure of the same period takes its place, and both are kept (angka SPM)."
)
class SpmRecordInput(AbsentIsNull):
    service: SpmService = strawberry.field(description="Which service (jenis layanan).")
    year: int = strawberry.field(description="Which year, from 2019 (tahun).")
    month: int | None = optional("Which month, 1 to 12; absent for the whole year (bulan).")
    target: int | None = optional("How many people had a right to it (sasaran).")
    served: int | None = optional("How many of them had it (terlayani).")
    as_of: date = strawberry.field(description="As of which day the figure is (per tanggal).")
    source: str = strawberry.field(description="Where it comes from, up to 500 characters (sumber).")
    collected_by: str = strawberry.field(description="Who collected it: a unit or agency (dikumpulkan oleh).")
    method: str = strawberry.field(
        description="How it was collected, e.g. rekap layanan bulanan, up to 500 characters (cara pengumpulan)."
    )
    note: str | None = optional("What else is to be said, up to 1,000 characters (catatan).")
    idempotency_key: str | None = optional("As in ReportActInput: makes a repetition harmless.")
