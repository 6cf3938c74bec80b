"""A real Chromium before the real server, with no way to anywhere else."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from schema.graphiql.packages import are_there
from scripts.browser import chromium
from tests.browser.visit import FLAGS, Visit
from tests.databases import Databases
from tests.project.running import Served, keep_key, serving

# Where these tests must not be left out.
_REQUIRED = os.environ.get("SATUPINTU_TEST_BROWSER", "").lower() == "required"


def missing(what: str) -> None:
    """Leave a test out because of what is not here, or fail where it has to be here."""
    if _REQUIRED:
        pytest.fail(f"{what}, and SATUPINTU_TEST_BROWSER says that it must be")
    pytest.skip(what)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where Chromium is."""
    path = chromium()
    if path is None:
        missing("chromium is not installed")
    return str(path)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; there can be only one in a process."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(chromium_path: str, playwright: Playwright) -> Iterator[Browser]:
    """A browser that knows nothing yet."""
    browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def served(chromium_path: str, databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo, with GraphiQL."""
    assert chromium_path
    if not are_there():
        missing("GraphiQL's files are not here (python -m scripts.assets)")
    folder = tmp_path_factory.mktemp("browser")
    with (
        databases.fresh("sqlite", "demo", folder) as url,
        serving(keep_key(folder / "data"), settings={"database_url": url}) as one,
    ):
        yield one


@pytest.fixture
def visit(served: Served, browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    """Somebody new before the page, who at the end has met nothing from elsewhere and no fault."""
    with browser.new_context(viewport={"width": 1400, "height": 850}, locale="id-ID") as context:
        page = context.new_page()
        visit = Visit(page, served.base)
        visit.open()
        yield visit
        page.screenshot(path=tmp_path / "page.png")
        visit.assert_clean()
