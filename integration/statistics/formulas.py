"""Series computed from series: a formula says how, and every figure shows its working. Pure.

`100 * poor_people[64.02] / poor_people[64]` speaks of one period, `poor_people[64.02, previous]` of the period before
it in the series. Numbers, + - * / and brackets; where a figure is not known, the result is not known.
"""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

_TERM = re.compile(r"([a-z][a-z0-9_]*)\[([^\]\s,]*)(, *previous)?\]")
# From a series, a region and whether the period before is meant, to the figure.
Find = Callable[[str, str, bool], Decimal | None]


class BadFormulaError(Exception):
    """The formula cannot be read."""


def series_of(formula: str) -> list[str]:
    """The series a formula needs, the first one of which gives the periods."""
    return list(dict.fromkeys(found[1] for found in _TERM.finditer(formula)))


def regions_of(formula: str) -> list[str]:
    """The regions it speaks of, the one it says something about first."""
    return list(dict.fromkeys(found[2] for found in _TERM.finditer(formula)))


def evaluate(formula: str, find: Find, places: int) -> tuple[Decimal | None, str]:
    """The value, rounded half up to some places, and the formula with the figures in it."""
    values: dict[str, Decimal | None] = {}

    def symbol(found: re.Match[str]) -> str:
        name = f"v{len(values)}"
        values[name] = find(found[1], found[2], found[3] is not None)
        return name

    plain = _TERM.sub(symbol, formula)
    working = re.sub(r"v[0-9]+", lambda found: _written(values[found[0]]), plain)
    try:
        tree = ast.parse(plain, mode="eval").body
    except SyntaxError:
        raise BadFormulaError(formula) from None
    if any(value is None for value in values.values()):
        return None, working
    with localcontext() as context:
        context.prec = 50
        try:
            exact = _value(tree, {name: value for name, value in values.items() if value is not None})
        except ZeroDivisionError:
            return None, working
        return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), working


def _written(value: Decimal | None) -> str:
    return "?" if value is None else f"{value:f}"


def _value(node: ast.expr, values: Mapping[str, Decimal]) -> Decimal:
    match node:
        case ast.Constant(value=int() | float() as number):
            return Decimal(str(number))
        case ast.Name(id=name) if name in values:
            return values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.BinOp(left=left, op=operator, right=right):
            first, second = _value(left, values), _value(right, values)
            match operator:
                case ast.Add():
                    return first + second
                case ast.Sub():
                    return first - second
                case ast.Mult():
                    return first * second
                case ast.Div():
                    if not second:
                        raise ZeroDivisionError
                    return first / second
    raise BadFormulaError(ast.unparse(node))
