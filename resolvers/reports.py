"""The acts of a report."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

import strawberry

from integration.codes import ChannelKind, Language, ReportCategory, ReporterKind, Sex, UserErrorCode
from integration.events.idempotency import Done
from integration.events.log import Act
from integration.refusal import Refusal
from integration.reports.form import Form, Told, phone_of, submit
from integration.reports.subjects import Subject
from resolvers.acts import UserError, perform
from resolvers.context import Context


class ReporterInput(Protocol):
    """As `schema.inputs.report` declares it; resolvers don't know the schema."""

    kind: ReporterKind
    name: str | None
    phone: str | None
    organization_name: str | None
    language: Language | None


class ReportSubjectInput(Protocol):
    name: str | None
    nik: str | None
    approximate_age: int | None
    sex: Sex | None
    region: str | None
    note: str | None


class ReportSubmitInput(Protocol):
    channel: ChannelKind
    entry_point: str | None
    category: ReportCategory | None
    ppks_types: Sequence[str] | None
    description: str
    region: str | None
    emergency: bool | None
    idempotency_key: str | None

    @property
    def reporter(self) -> ReporterInput | None: ...
    @property
    def subjects(self) -> Sequence[ReportSubjectInput] | None: ...


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    number: str
    tracking_code: str


@dataclass(frozen=True, slots=True, repr=False)
class ReportSubmitted:
    """In the shape of ReportSubmitPayload; `report` comes ready from the reading road."""

    report: object | None
    receipt: Receipt | None
    errors: list[UserError]


async def report_submit(
    info: strawberry.Info[Any, Any],
    input: ReportSubmitInput,  # noqa: A002 - the schema's argument is called so
) -> ReportSubmitted:
    """SOP 1 for every channel that comes through a form."""
    context: Context = info.context
    form = _form(input)

    async def service(act: Act) -> Done:
        # In here a repetition under a key is not counted: it is told what the first call was.
        _count(context, form)
        receipt = await submit(act, form)
        return Done(receipt.report_id, {"number": receipt.number, "trackingCode": receipt.tracking_code})

    outcome = await perform(context, "reportSubmit", service, key=input.idempotency_key, said=asdict(form))
    if outcome.object_id is None or outcome.told is None:
        return ReportSubmitted(None, None, outcome.errors)
    return ReportSubmitted(
        report=await context.read_object(info, "Report", outcome.object_id),
        receipt=Receipt(outcome.told["number"], outcome.told["trackingCode"]),
        errors=[],
    )


def _count(context: Context, form: Form) -> None:
    """Nobody who is not signed in can flood the desk, or somebody else's telephone with receipts.

    The address counts first, so that one sender can't use up what others may send for a number. Who signed in is known
    and not counted.
    """
    if context.viewer.subject is not None:
        return
    settings, rates = context.services.settings, context.services.rates
    wait = rates.take("submit from", settings.submits_per_address, context.client_host or "unknown")
    phone = None if form.reporter is None else phone_of(form.reporter.phone)
    if wait is None and phone is not None:
        wait = rates.take("submit for", settings.submits_per_phone, context.services.sealer.index("phone", phone).hex())
    if wait is not None:
        raise Refusal(
            UserErrorCode.RATE_LIMITED,
            "Laporan ini belum diterima: terlalu banyak laporan dikirim dari sini atau untuk nomor telepon ini. Kirim "
            f"lagi {wait} detik lagi, atau tulis kepada kami lewat WhatsApp.",
            "This report was not taken in: too many were sent from here or for this telephone number. Send it again in "
            f"{wait} seconds, or write to us by WhatsApp.",
        )


def _form(said: ReportSubmitInput) -> Form:
    reporter = said.reporter
    return Form(
        channel=said.channel,
        description=said.description,
        entry_point=said.entry_point,
        reporter=None
        if reporter is None
        else Told(
            kind=reporter.kind,
            name=reporter.name,
            phone=reporter.phone,
            organization_name=reporter.organization_name,
            language=reporter.language or Language.ID,
        ),
        category=said.category,
        ppks_codes=tuple(said.ppks_types or ()),
        region_code=said.region,
        emergency=bool(said.emergency),
        subjects=tuple(
            Subject(
                name=subject.name,
                nik=subject.nik,
                approximate_age=subject.approximate_age,
                sex=subject.sex,
                region_code=subject.region,
                note=subject.note,
            )
            for subject in said.subjects or ()
        ),
    )
