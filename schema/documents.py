"""Query texts, parsed, limited and validated once."""

from typing import Any

from cachetools import LRUCache
from graphql import (
    DirectiveNode,
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    specified_rules,
    validate,
    visit,
)

from resolvers.errors import coded, redact
from schema.limits import MOST_TOKENS, over_limit

# A prepared text weighs some 70 times its length, so this is about 20 MB; the queries of a superApp are a tenth of it.
_CHARACTERS = 300_000
_LONGEST_KEPT = 30_000


class Prepared:
    """A valid query text: its document, and what the reading road keeps for it."""

    def __init__(self, document: DocumentNode, length: int) -> None:
        self.document = document
        self.length = length
        self.operations = {
            d.name.value if d.name else None: d for d in document.definitions if isinstance(d, OperationDefinitionNode)
        }
        self.switches = _switches(document)
        # Per operation: two operations of one text may answer under the same response key.
        self._templates: dict[str | None, LRUCache[Any, Any]] = {}

    def templates(self, operation: OperationDefinitionNode) -> LRUCache[Any, Any]:
        """The selections settled so far for one operation of this text."""
        name = operation.name.value if operation.name else None
        return self._templates.setdefault(name, LRUCache(32))


class Documents:
    """Prepared texts, kept within a bound. What is refused is not kept: junk must not push out what is used."""

    def __init__(self, schema: GraphQLSchema, characters: int = _CHARACTERS) -> None:
        self._schema = schema
        self._known: LRUCache[str, Prepared] = LRUCache(characters, getsizeof=_length)

    def prepare(self, text: str) -> Prepared | list[GraphQLError]:
        """The prepared text, or why it is refused."""
        prepared = self._known.get(text)
        if prepared is not None:
            return prepared
        try:
            document = parse(text, max_tokens=MOST_TOKENS)
        except GraphQLSyntaxError as error:
            return [_syntax(error)]
        except RecursionError:
            return [coded("DEPTH_EXCEEDED", "The query is nested too deeply to be read.")]
        refused = over_limit(document)
        if refused is not None:
            return [refused]
        errors = validate(self._schema, document, specified_rules, max_errors=20)
        if errors:
            return [_invalid(error) for error in errors]
        # Places in the text have served their purpose, and weigh more than the query.
        prepared = Prepared(parse(text, no_location=True), len(text))
        if len(text) <= _LONGEST_KEPT:
            self._known[text] = prepared
        return prepared


def _length(prepared: Prepared) -> int:
    return prepared.length


def _syntax(error: GraphQLSyntaxError) -> GraphQLError:
    if "tokens" in error.message and str(MOST_TOKENS) in error.message:
        return coded("COST_EXCEEDED", f"The query has more than {MOST_TOKENS} tokens.", {"limit": MOST_TOKENS})
    return _same_place(error, "GRAPHQL_PARSE_FAILED")


def _invalid(error: GraphQLError) -> GraphQLError:
    return _same_place(error, "GRAPHQL_VALIDATION_FAILED")


def _same_place(error: GraphQLError, code: str) -> GraphQLError:
    return GraphQLError(redact(error.message), error.nodes, error.source, error.positions, extensions={"code": code})


class _SwitchFinder(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: dict[str, None] = {}

    def enter_directive(self, node: DirectiveNode, *_: Any) -> None:
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.names[argument.value.name.value] = None


def _switches(document: DocumentNode) -> tuple[str, ...]:
    """The variables that @skip and @include depend on: their values decide what is selected."""
    finder = _SwitchFinder()
    visit(document, finder)
    return tuple(finder.names)
