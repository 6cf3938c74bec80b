"""Every recipe works for the one it is meant for, and every query of the README is one of them."""

import re
from collections.abc import AsyncIterator

import httpx2
import pytest

from integration.codes import Role
from integration.db.base import now
from integration.db.engine import Database
from integration.demo.accounts import demo_viewers
from integration.reference import purposes
from integration.reports.fixing import fix_periods
from integration.settings import Settings
from schema.app import create_app
from schema.graphiql.recipes import Recipe, read_recipe, recipes
from tests.project.running import ROOT

_README = re.compile(r"^```graphql as=(\S+) purpose=(\S+)\n(.*?\n)```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
async def client(database: Database, settings: Settings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client on this machine of an application over the demo's data, some days after its quarter was over."""
    async with database.write() as session:
        await fix_periods(session, settings, now())
    app = create_app(settings, database, run_worker=False)
    transport = httpx2.ASGITransport(app, client=("127.0.0.1", 40_000))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://satupintu.test") as client,
    ):
        yield client


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.title)
async def test_it_gives_data_without_errors(client: httpx2.AsyncClient, recipe: Recipe) -> None:
    headers = {"Authorization": f"Bearer {recipe.token}"} if recipe.token else {}
    headers |= {"X-Purpose": recipe.purpose} if recipe.purpose else {}
    asked = {"query": recipe.query, "variables": recipe.variables}
    answer = (await client.post("/graphql", json=asked, headers=headers)).json()
    assert "errors" not in answer, answer["errors"]
    for value in answer["data"].values():
        assert value
        assert not isinstance(value, dict) or value.get("errors", []) == []
        assert not isinstance(value, dict) or value.get("nodes") != []


async def test_there_is_one_for_each_kind_of_user(database: Database) -> None:
    viewers = {viewer.actor: viewer.roles for viewer in await demo_viewers(database)}
    assert {recipe.token for recipe in recipes()} <= {*viewers, ""}
    assert {recipe.purpose for recipe in recipes()} <= {*purposes(), ""}
    served = {role for recipe in recipes() if recipe.token for role in viewers[recipe.token]}
    assert served >= {Role.TEAM_LEAD, Role.ADMIN, Role.TKSK, Role.OPD_CLIENT, Role.ANALYST, Role.CITIZEN}
    assert any(recipe.query.startswith("mutation") for recipe in recipes())
    assert any(recipe.token == "" for recipe in recipes())


def test_every_query_of_the_readme_is_one() -> None:
    shown = _README.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    assert len(shown) >= 4
    there = [(recipe.token, recipe.purpose, recipe.query) for recipe in recipes()]
    assert [query for query in shown if query not in there] == []


def test_a_file_says_for_whom_it_is() -> None:
    query = "query Q($a: Int) {\n  # purpose: none\n  x(a: $a)\n}\n"
    recipe = read_recipe(f'# Who: what\n# as: demo-x\n# variables: {{"a": 1}}\n{query}')
    assert (recipe.title, recipe.token, recipe.purpose, recipe.variables) == ("Who: what", "demo-x", "", {"a": 1})
    assert recipe.query == query
