"""Everything that can be done: one act each, with one input, answered at once."""

from typing import Any

import strawberry
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from resolvers.reports import report_submit
from schema.inputs.report import ReportSubmitInput
from schema.types.paging import argument
from schema.types.report import ReportSubmitPayload


def act(resolver: Any, of: type, description: str) -> Any:  # as strawberry.field: the annotation says the type
    """Declare a mutation. The input's type is said here, because resolvers don't know the schema."""
    field = StrawberryField(description=description, base_resolver=StrawberryResolver(resolver))
    field.arguments = [argument("input", of, "What the act needs.")]
    return field


@strawberry.type(
    description="Everything that can be done. Each act is a mutation of its own, named after its noun; it either "
    "happens completely or not at all, and a refusal is in the payload's `errors`."
)
class Mutation:
    report_submit: ReportSubmitPayload = act(
        report_submit,
        ReportSubmitInput,
        "Sends in a report: step 1 of the procedure. Anybody may, also without signing in (kirim laporan).",
    )
