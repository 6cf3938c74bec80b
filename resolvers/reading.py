"""The one resolver of everything that is read: it turns what was selected into a plan and hands the answer through."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar, cast
from uuid import UUID

import strawberry
from graphql import GraphQLField, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.values import get_argument_values

from integration.access.policies import allowed
from integration.reading import relay
from integration.reading.answer import Answer, BadRequest, Problem
from integration.reading.figures import TablePlan
from integration.reading.level import Plan
from integration.reading.road import forbidden
from integration.reading.scope import Clearance
from integration.reading.selection import Arguments, shape_of
from resolvers.context import Context, Later
from resolvers.errors import coded, of_bad_request
from resolvers.loaders import Loaders, Wanted
from resolvers.templates import Template, template_of

_MOST_NODES = 100
PlanT = TypeVar("PlanT", Plan, Plan | TablePlan)


async def read(info: strawberry.Info) -> Any:
    """Answer a root field of Query."""
    context = cast(Context, info.context)
    raw = info._raw_info  # noqa: SLF001 - the path and the nodes, which Strawberry wraps
    name = raw.field_name
    if not allowed(f"Query.{name}", context.viewer.roles):
        return Answer(None, [forbidden(f"Query.{name}")])
    if name == "node":
        return await _node(context, raw, _arguments(context, raw)["id"])
    if name == "nodes":
        return await _nodes(context, raw, _arguments(context, raw)["ids"])
    template = _template(context, raw)
    try:
        plan, arguments = _root_plan(context, template)
        async with context.turn():
            snapshot = await context.snapshot(single=plan.is_one_statement and context.has_one_root)
            answer = await context.services.road.read(plan, context.asking(arguments), snapshot)
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None
    context.people |= answer.people
    return answer


async def read_later(context: Context, later: Later, field: GraphQLField, nodes: Any, key: tuple[Any, ...]) -> Answer:
    """Read the object of a payload field as this viewer may see it."""
    executor = context.executor
    assert executor is not None
    template = _cached_template(context, (*key, later.noun), field, nodes, executor.schema.get_type(later.noun))
    return (await _objects(context, [(template, later.id)]))[0]


# --- objects by id


async def _node(context: Context, raw: GraphQLResolveInfo[Any], given: str) -> Answer | None:
    template, row_id = _node_template(context, raw, given, "id")
    return (await _objects(context, [(template, row_id)]))[0]


async def _nodes(context: Context, raw: GraphQLResolveInfo[Any], given: list[str]) -> Any:
    if len(given) > _MOST_NODES:
        raise coded("BAD_USER_INPUT", f"Ask for at most {_MOST_NODES} ids at once.", {"argument": "ids"})
    wanted = [_node_template(context, raw, one, f"ids.{index}") for index, one in enumerate(given)]
    return _together([template for template, _ in wanted], await _objects(context, wanted))


def _together(templates: list[Template], answers: list[Answer]) -> Answer:
    """One list of all; a refused field is told once for its selection, as in any other list."""
    problems: dict[Any, Problem] = {}
    for index, (template, answer) in enumerate(zip(templates, answers, strict=True)):
        for problem in answer.problems:
            path = (index, *problem.path)
            refused = problem.code == "FORBIDDEN"
            key = (template, *(key for key in problem.path if isinstance(key, str))) if refused else path
            known = problems.get(key)
            if known is None:
                problems[key] = replace(problem, path=path)
            else:
                problems[key] = replace(known, data={"count": known.data["count"] + problem.data["count"]})
    return Answer([answer.value for answer in answers], list(problems.values()))


def _node_template(context: Context, raw: GraphQLResolveInfo[Any], given: str, argument: str) -> tuple[Template, UUID]:
    decoded = relay.decode(given)
    named = raw.schema.get_type(decoded[0]) if decoded else None
    if (
        decoded is None
        or not isinstance(named, GraphQLObjectType)
        or not any(i.name == "Node" for i in named.interfaces)
    ):
        raise coded("BAD_USER_INPUT", "This is not an id of ours.", {"argument": argument})
    field = raw.parent_type.fields[raw.field_name]
    return _cached_template(context, (raw.path.key, named.name), field, raw.field_nodes, named), decoded[1]


async def _objects(context: Context, wanted: list[tuple[Template, UUID]]) -> list[Answer]:
    try:
        plans = {template: _rows_plan(context, template) for template, _ in wanted}
        loader = cast(Loaders, context.loaders).objects
        answers = await loader.load_many([Wanted(*plans[template], row_id) for template, row_id in wanted])
    except BadRequest as refused:
        raise of_bad_request(refused, context.viewer.language) from None
    for answer in answers:
        context.people |= answer.people
    return answers


# --- templates and plans


def _template(context: Context, raw: GraphQLResolveInfo[Any]) -> Template:
    field = raw.parent_type.fields[raw.field_name]
    return _cached_template(context, (raw.path.key,), field, raw.field_nodes, None)


def _cached_template(
    context: Context, key: tuple[Any, ...], field: GraphQLField, nodes: Any, runtime_type: Any
) -> Template:
    executor = context.executor
    assert executor is not None
    full = (*key, context.switches)
    template = context.templates.get(full)
    if template is None:
        template = context.templates[full] = template_of(executor, field, nodes, runtime_type)
    return cast(Template, template)


def _plan(
    context: Context, template: Template, make: Callable[[Arguments, Clearance], PlanT]
) -> tuple[PlanT, Arguments]:
    """The plan for this template, outline of arguments and clearance: found again, or made."""
    executor = context.executor
    assert executor is not None
    arguments = template.arguments(executor)
    plans, clearance = context.services.plans, context.clearance
    key = (template, tuple(shape_of(values) for values in arguments), clearance)
    plan = plans.get(key)
    if plan is None:
        plan = plans[key] = make(arguments, clearance)
    return cast(PlanT, plan), arguments


def _root_plan(context: Context, template: Template) -> tuple[Plan | TablePlan, Arguments]:
    return _plan(context, template, partial(context.services.road.plan_root, template.pick))


def _rows_plan(context: Context, template: Template) -> tuple[Plan, Arguments]:
    assert template.pick.children is not None
    return _plan(context, template, partial(context.services.road.plan_rows, template.pick.children))


def _arguments(context: Context, raw: GraphQLResolveInfo[Any]) -> dict[str, Any]:
    executor = context.executor
    assert executor is not None
    field = raw.parent_type.fields[raw.field_name]
    return get_argument_values(field, raw.field_nodes[0], executor.variable_values)
