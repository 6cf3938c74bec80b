"""Shorthand for acts of which only the refusal or the one object matters."""

from typing import Any

from tests.procedure.conftest import Office


async def do(office: Office, name: str, told: dict[str, Any], who: str, shown: str) -> dict[str, Any]:
    """The payload of an act."""
    query = f"""mutation($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{ {shown}
      errors {{ code field message currentVersion }} }} }}"""
    payload: dict[str, Any] = (await office.ask(query, {"input": told}, who))[name]
    return payload


async def refusal(
    office: Office, name: str, told: dict[str, Any], who: str, shown: str = "__typename"
) -> tuple[str, list[str] | None]:
    """The code and field of the one refusal."""
    [error] = (await do(office, name, told, who, shown))["errors"]
    assert error["message"]
    return error["code"], error["field"]
