"""The schema only declares: what is selected below a root is answered by the one reading road."""

from graphql import GraphQLInterfaceType, GraphQLObjectType
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.field import StrawberryField

from integration.codes import ChannelKind, Language, ReporterKind
from resolvers.reading import read
from schema.build import NODES, schema
from schema.inputs.report import ReporterInput, ReportSubjectInput, ReportSubmitInput
from tests.schema.walking import ours

ROOTS = {"Query", "Mutation"}
# What services answer, by rules of their own: a report's reporter without a sign-in, a sum over a month.
SERVED = {
    "Query.trackReport",
    "Query.monthlyRecap",
    "Query.matchRegistry",
    "Query.matchRegistryMany",
    "Query.registryUse",
    "Query.registryIndicators",
    "Query.registryComparison",
    "Query.dimensionScorecard",
    "Query.spmIndicators",
    "Query.ppksCoverage",
    "Query.reach",
    "Query.psksCounts",
    "Query.scoreboard",
}


def fields() -> dict[str, StrawberryField]:
    return {
        f"{kind.name}.{name}": field.extensions["strawberry-definition"]
        for kind in ours()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in kind.fields.items()
        if not name.startswith("_")
    }


def test_nothing_runs_below_a_root() -> None:
    nested = {path: field for path, field in fields().items() if path.partition(".")[0] not in ROOTS}
    assert nested
    for path, field in nested.items():
        assert field.base_resolver is None, f"{path} has a resolver"
        assert not field.extensions, f"{path} has an extension"
        assert not field.permission_classes, f"{path} has a permission class"


def test_every_question_takes_the_one_reading_road() -> None:
    roots = {path: field for path, field in fields().items() if path.startswith("Query.") and path not in SERVED}
    assert roots
    for path, field in roots.items():
        assert field.base_resolver is not None and field.base_resolver.wrapped_func is read, path


def test_everything_with_a_global_id_can_be_fetched_by_it() -> None:
    node = schema._schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    implementing = {kind.name for kind in schema._schema.get_possible_types(node)}
    assert implementing == {definition(kind).name for kind in NODES}


def definition(kind: type) -> StrawberryObjectDefinition:
    found: StrawberryObjectDefinition = kind.__dict__["__strawberry_definition__"]
    return found


def test_what_a_reporter_leaves_out_is_none() -> None:
    reporter = ReporterInput(kind=ReporterKind.FAMILY)
    sent = ReportSubmitInput(channel=ChannelKind.WEB, description="Bantuan belum datang", reporter=reporter)
    assert (sent.region, sent.subjects, sent.idempotency_key, reporter.phone) == (None, None, None, None)
    assert (sent.emergency, reporter.language) == (False, Language.ID)


def test_an_input_that_is_printed_by_mistake_tells_nothing_of_people() -> None:
    sent = ReportSubmitInput(
        channel=ChannelKind.WEB,
        description="Ibu Aminah sakit",
        reporter=ReporterInput(kind=ReporterKind.FAMILY, phone="628001234567"),
        subjects=[ReportSubjectInput(name="Aminah", nik="6402064107809001")],
    )
    for secret in ("Aminah", "628001234567", "6402064107809001"):
        assert secret not in repr(sent)
