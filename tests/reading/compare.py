"""Whether the road's answer is the one expected, and where it first is not."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from integration.db.base import now
from tests.reading.counting import THIS_MOMENT
from tests.reading.listing import Ledger, is_mark
from tests.reading.oracle import Expected


def difference(expected: Expected, answer: Mapping[str, Any], ledger: Ledger) -> str | None:
    """What is wrong with an answer, or None."""
    errors = answer.get("errors", [])
    told = [(tuple(e.get("path") or ()), e["extensions"]["code"], e["extensions"].get("argument", "")) for e in errors]
    if expected.data is None:
        return _all_refused(expected, answer, told)
    found = _of_data(expected.data, answer.get("data"), (), ledger)
    return found or _of_errors(expected, errors, told)


def _all_refused(expected: Expected, answer: Mapping[str, Any], told: list[tuple[Any, str, str]]) -> str | None:
    """A required root field failed: there is no data, and the errors are reasons of such a field."""
    if answer.get("data", "") is not None:
        return "data: expected null"
    # A field of a root that may be null, refused beside it, is told in any case.
    beside = {path for path, _ in expected.forbidden if len(path) == 1}
    for path, code, argument in told:
        if code == "FORBIDDEN" and path in beside:
            continue
        if len(path) != 1 or path[0] not in expected.failures or (code, argument) not in expected.failures[path[0]]:
            return f"errors: {(path, code, argument)} is none of {expected.failures}"
    if not any(path[0] in expected.required for path, _, _ in told):
        return f"errors: none of {expected.required} in {told}"
    return None


def _of_errors(expected: Expected, errors: list[Any], told: list[tuple[Any, str, str]]) -> str | None:
    if len(set(told)) != len(told):
        return f"errors: one is told twice in {told}"
    failed = [one for one in told if len(one[0]) == 1 and one[0][0] in expected.failures]
    for path, code, argument in failed:
        if (code, argument) not in expected.failures[path[0]]:
            return f"errors: {(path, code, argument)} is none of {expected.failures[path[0]]}"
    if {path[0] for path, _, _ in failed} != set(expected.failures):
        return f"errors: expected failures of {expected.failures}, got {failed}"
    rest = [error for error, one in zip(errors, told, strict=True) if one not in failed]
    got = {(tuple(e["path"]), e["extensions"].get("count")) for e in rest if e["extensions"]["code"] == "FORBIDDEN"}
    if got != expected.forbidden:
        return f"errors: FORBIDDEN at {sorted(map(str, got))}, expected {sorted(map(str, expected.forbidden))}"
    others = {tuple(e["path"]) for e in rest if e["extensions"]["code"] != "FORBIDDEN"}
    return None if others == expected.others else f"errors: at {others}, expected at {expected.others}"


def _of_data(expected: Any, got: Any, path: tuple[str | int, ...], ledger: Ledger) -> str | None:
    if is_mark(expected):
        return None if ledger.meet(got, expected) else f"{path}: {got!r} is not the cursor of {expected}"
    if expected == THIS_MOMENT:
        moment = datetime.fromisoformat(got)
        return (
            None if got.endswith("Z") and abs(now() - moment) < timedelta(minutes=1) else f"{path}: {got!r} is not now"
        )
    if isinstance(expected, dict):
        if not isinstance(got, dict) or list(expected) != list(got):
            return f"{path}: expected keys {list(expected)}, got {list(got) if isinstance(got, dict) else got!r}"
        return next((d for key in expected if (d := _of_data(expected[key], got[key], (*path, key), ledger))), None)
    if isinstance(expected, list):
        if not isinstance(got, list) or len(expected) != len(got):
            return f"{path}: expected {len(expected)} items, got {len(got) if isinstance(got, list) else got!r}"
        pairs = enumerate(zip(expected, got, strict=True))
        return next((d for index, (a, b) in pairs if (d := _of_data(a, b, (*path, index), ledger))), None)
    if type(expected) is not type(got) or expected != got:
        return f"{path}: expected {expected!r}, got {got!r}"
    return None


def has_substance(value: Any) -> bool:
    """Whether an answer tells anything: a value that is not null, and not only the name of a type."""
    if isinstance(value, dict):
        return any(has_substance(inner) for name, inner in value.items() if name != "__typename")
    if isinstance(value, list):
        return any(has_substance(inner) for inner in value)
    return value is not None
