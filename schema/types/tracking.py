"""What a reporter sees of their report without a sign-in."""

from datetime import datetime

import strawberry

from integration.codes import ReportStatus


@strawberry.type(description="Where a report stands, for whoever holds its number and tracking code (status laporan).")
class PublicReportStatus:
    number: str = strawberry.field(description="The report's number (nomor laporan).")
    status: ReportStatus = strawberry.field(description="Where it stands in the procedure (status).")
    sop_step: int = strawberry.field(description="The step of the procedure it has reached, 1 to 9 (langkah SOP).")
    sop_step_title: str = strawberry.field(description="That step in the words of the decree, Indonesian (uraian).")
    received_at: datetime = strawberry.field(description="When it came in (waktu diterima).")
    updated_at: datetime = strawberry.field(description="When anything of it last changed (waktu perubahan terakhir).")
    last_reply: str | None = strawberry.field(
        description="Our last reply to the reporter; identity numbers in it are masked. Null if none was sent (balasan "
        "terakhir)."
    )
