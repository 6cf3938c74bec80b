"""The plain page, which needs no files of anybody: recipes run, the pickers hold, nothing is kept."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, expect
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import Mount

from integration.settings import Settings
from schema.app import create_app
from schema.graphiql import page
from tests.browser.visit import Visit
from tests.databases import Databases

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(browser: Browser, settings: Settings, databases: Databases, tmp_path: Path) -> Iterator[Visit]:
    """Somebody before the page of a server that set-up could not fetch GraphiQL for."""
    with databases.fresh("sqlite", "demo", tmp_path) as url, socket.create_server(("127.0.0.1", 0)) as listener:
        app = create_app(settings.model_copy(update={"database_url": SecretStr(url)}), run_worker=False)
        routes = [*page.routes(app.state.services, tmp_path), Mount("/", app)]
        alone = Starlette(routes=routes, lifespan=app.router.lifespan_context)
        server = uvicorn.Server(uvicorn.Config(alone, log_config=None))
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        with browser.new_context(viewport={"width": 1200, "height": 800}, locale="en-GB") as context:
            visit = Visit(context.new_page(), f"http://127.0.0.1:{listener.getsockname()[1]}")
            visit.page.goto(f"{visit.base}/graphql")
            yield visit
            visit.page.screenshot(path=tmp_path / "plain.png")
            visit.assert_clean()
        server.should_exit = True
        thread.join()


def ran(visit: Visit) -> Any:
    """Run what is there, and read the answer."""
    answer = visit.page.locator("#answer")
    answer.evaluate("(element) => { element.textContent = '' }")
    visit.page.get_by_role("button", name="Run").click()
    expect(answer).not_to_be_empty()
    return json.loads(answer.inner_text())


def test_recipes_run_as_whom_they_are_meant(plain: Visit) -> None:
    assert plain.chosen() == ("demo-lead", "CASE_HANDLING")
    assert ran(plain)["data"]["report"]["status"] == "IN_FOLLOW_UP"
    plain.page.locator("#recipe").select_option(label=plain.page.locator("#recipe option").nth(1).inner_text())
    assert plain.chosen()[0] == "demo-citizen"
    assert ran(plain)["data"]["reportSubmit"]["report"]["region"] == {"name": "Loa Tebu"}


def test_somebody_writes_and_asks_as_whom_they_choose(plain: Visit) -> None:
    plain.page.locator("#query").fill("query Q($n: Int) { viewer { roles } reports(first: $n) { nodes { number } } }")
    plain.page.locator("#variables").fill('{"n": 2}')
    plain.choose(token="demo-secretary")
    answer = ran(plain)["data"]
    assert answer["viewer"]["roles"] == ["SECRETARY"]
    assert len(answer["reports"]["nodes"]) == 2
    plain.choose(token="")
    assert ran(plain)["data"] == {"viewer": {"roles": ["CITIZEN"]}, "reports": {"nodes": []}}
    plain.page.locator("#variables").fill('{"n": 2')
    plain.page.locator("#variables").press("Control+Enter")
    expect(plain.page.locator("#answer")).to_contain_text("SyntaxError")
    assert json.loads(plain.kept())[:3] == [[], [], ""]
