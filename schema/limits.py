"""The cheap limits every query meets before it is executed: tokens, depth, aliases. Counted through fragments."""

from collections.abc import Mapping

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from resolvers.errors import coded

MOST_TOKENS = 2_000
DEEPEST = 12
MOST_ALIASES = 30
# What fragments may unfold to; a chain of fragments that each spread the next one twice doubles at every link.
MOST_FIELDS = 5_000


class _Measure:
    """Depth, aliases and fields of each fragment once, however often it is spread."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._fragments = fragments
        self._known: dict[str, tuple[int, int, int]] = {}

    def of(self, selections: SelectionSetNode | None) -> tuple[int, int, int]:
        depth, aliases, fields = 0, 0, 0
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                # Introspection is bounded by graphql-core's own rule; GraphiQL's query is deeper than any of ours.
                inner = (0, 0, 0) if selection.name.value.startswith("__") else self.of(selection.selection_set)
                found = (inner[0] + 1, inner[1] + (selection.alias is not None), inner[2] + 1)
            elif isinstance(selection, FragmentSpreadNode):
                found = self._fragment(selection.name.value)
            else:
                assert isinstance(selection, InlineFragmentNode)
                found = self.of(selection.selection_set)
            depth, aliases, fields = max(depth, found[0]), aliases + found[1], fields + found[2]
        return depth, aliases, fields

    def _fragment(self, name: str) -> tuple[int, int, int]:
        if name not in self._known:
            # Before validation a fragment may spread itself; validation will say so, here it only must end.
            self._known[name] = (0, 0, 0)
            fragment = self._fragments.get(name)
            if fragment is not None:
                self._known[name] = self.of(fragment.selection_set)
        return self._known[name]


def over_limit(document: DocumentNode) -> GraphQLError | None:
    """The first limit a document exceeds, if any.

    Call it before validating: some rules are slow on what this refuses.
    """
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    measure = _Measure(fragments)
    for definition in document.definitions:
        if not isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            continue
        if isinstance(definition, FragmentDefinitionNode) and definition.type_condition.name.value.startswith("__"):
            # Only introspection can spread it, and that is not measured here either.
            continue
        depth, aliases, fields = measure.of(definition.selection_set)
        if depth > DEEPEST:
            return coded(
                "DEPTH_EXCEEDED",
                f"The query is {depth} levels deep; at most {DEEPEST} are allowed.",
                {"limit": DEEPEST},
            )
        if aliases > MOST_ALIASES:
            return coded(
                "COST_EXCEEDED",
                f"The query has {aliases} aliases; at most {MOST_ALIASES} are allowed.",
                {"limit": MOST_ALIASES},
            )
        if fields > MOST_FIELDS:
            return coded(
                "COST_EXCEEDED",
                f"The query selects {fields} fields; at most {MOST_FIELDS} are allowed.",
                {"limit": MOST_FIELDS},
            )
    return None
