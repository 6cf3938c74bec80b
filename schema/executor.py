"""Executing an operation: graphql-core starts each root field, the reading road answers it, and the answer is handed
through.
"""

from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLOutputType, OperationType, is_non_null_type
from graphql.execution import ExecutionResult, execute
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import AwaitableOrValue, Path
from graphql.type import GraphQLResolveInfo
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from integration.access.viewer import Viewer
from integration.db.base import now
from integration.reading.answer import Answer
from resolvers.context import Context, Later, Services
from resolvers.errors import coded, of_problem, redact
from resolvers.loaders import Loaders
from resolvers.reading import read_later
from schema.build import schema
from schema.documents import Documents, Prepared
from schema.failures import log_failure

GRAPHQL = schema._schema  # noqa: SLF001 - Strawberry keeps graphql-core's schema to itself
DOCUMENTS = Documents(GRAPHQL)


class RoadExecutor(StrawberryGraphQLCoreExecutionContext):
    """graphql-core's executor with one override: a finished answer is not completed leaf by leaf again."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        context: Context = self.context_value
        context.executor = self
        context.switches = tuple(self.variable_values.coerced.get(name) for name in context.switch_names)

    def complete_value(
        self,
        return_type: GraphQLOutputType,
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> AwaitableOrValue[Any]:
        # The NonNull layer is left to graphql-core: it calls this again for the inner type and then checks for null.
        if not is_non_null_type(return_type):
            if isinstance(result, Answer):
                return self._hand_through(result, path)
            if isinstance(result, Later):
                return self._read_later(result, info, path)
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)

    def _hand_through(self, answer: Answer, path: Path) -> Any:
        context: Context = self.context_value
        at = path.as_list()
        errors = [of_problem(problem, context.viewer.language, at) for problem in answer.problems]
        if answer.value is None and errors:
            # The null came up from inside: it goes on to the nearest nullable place as that one error.
            raise errors[-1]
        for error in errors:
            assert error.path is not None
            self.collected_errors.add(error, _deepen(path, error.path[len(at) :]))
        return answer.value

    async def _read_later(self, later: Later, info: GraphQLResolveInfo[Any], path: Path) -> Any:
        parent, name = info.parent_type, info.field_name
        # What was selected is the same for every item of a list.
        place = tuple(key for key in path.as_list() if isinstance(key, str))
        answer = await read_later(self.context_value, later, parent.fields[name], info.field_nodes, place)
        return self._hand_through(answer, path)


def _deepen(path: Path, keys: list[str | int]) -> Path:
    for key in keys:
        path = path.add_key(key, None)
    return path


async def execute_operation(
    services: Services,
    viewer: Viewer,
    text: str,
    variables: dict[str, Any] | None,
    operation_name: str | None,
    request_id: str,
    allow_mutations: bool = True,
    client_host: str | None = None,
) -> dict[str, Any]:
    """Answer one GraphQL request: `data` and `errors`, ready to be encoded. Never raises for what a client sent."""
    prepared = DOCUMENTS.prepare(text)
    if isinstance(prepared, list):
        return {"errors": [error.formatted for error in prepared]}
    context, refused = _context(services, viewer, prepared, operation_name, request_id, allow_mutations)
    if context is None:
        return {"errors": [refused.formatted]} if refused else {}
    context.client_host = client_host
    return await _run(context, prepared, variables, operation_name)


def _context(
    services: Services, viewer: Viewer, prepared: Prepared, name: str | None, request_id: str, allow_mutations: bool
) -> tuple[Context | None, GraphQLError | None]:
    operation = prepared.operations.get(name) if name is not None else None
    if name is None and len(prepared.operations) == 1:
        operation = next(iter(prepared.operations.values()))
    if operation is None:
        return None, coded("BAD_USER_INPUT", "Say in operationName which of the document's operations to run.")
    if operation.operation is not OperationType.QUERY and not allow_mutations:
        return None, coded("BAD_USER_INPUT", "Only queries can be sent this way.")
    context = Context(
        services,
        viewer,
        now(),
        request_id,
        operation=operation.name.value if operation.name else operation.operation.value,
        templates=prepared.templates(operation),
        switch_names=prepared.switches,
        has_one_root=[type(one) for one in operation.selection_set.selections] == [FieldNode],
    )
    context.loaders = Loaders(context)
    return context, None


async def _run(
    context: Context, prepared: Prepared, variables: dict[str, Any] | None, operation_name: str | None
) -> dict[str, Any]:
    try:
        result: Any = execute(
            GRAPHQL,
            prepared.document,
            context_value=context,
            variable_values=variables or {},
            operation_name=operation_name,
            executor_class=RoadExecutor,
        )
        if not isinstance(result, ExecutionResult):
            result = await result
    finally:
        await context.close()
    started = result.data is not None or context.executor is not None
    context.let_go()
    answer: dict[str, Any] = {"data": result.data} if started else {}
    if result.errors:
        answer["errors"] = [_shown(error, context).formatted for error in result.errors]
    if context.people:
        await context.services.log.enter(context.viewer, context.now, context.operation, context.people)
    return answer


def _shown(error: GraphQLError, context: Context) -> GraphQLError:
    """The error a client may see: ours as it is, graphql-core's about input with a code, a bug without its text."""
    if error.extensions and "code" in error.extensions:
        return error
    # A value that does not fit comes wrapped: an error about the variable around the one of its type.
    if error.original_error is None or isinstance(error.original_error, GraphQLError):
        message = redact(error.message)
        return GraphQLError(message, error.nodes, path=error.path, extensions={"code": "BAD_USER_INPUT"})
    log_failure(error.original_error, context.request_id, context.operation)
    return GraphQLError(
        f"Something went wrong on our side. Tell us this number: {context.request_id}",
        error.nodes,
        path=error.path,
        extensions={"code": "INTERNAL", "requestId": context.request_id},
    )
