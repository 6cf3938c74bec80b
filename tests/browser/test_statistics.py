"""The pages of statistics in a browser: readable without a script, taking nothing from anywhere."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visit import Visit
from tests.project.running import Served

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("locale", "wide"), [("id-ID", 1200), ("en-GB", 420)])
def test_somebody_finds_what_is_wrong_in_a_table(
    served: Served, browser: Browser, tmp_path: Path, locale: str, wide: int
) -> None:
    size = {"width": wide, "height": 900}
    # Playwright's own type of a size is a TypedDict.
    with browser.new_context(viewport=size, locale=locale, java_script_enabled=False) as context:  # type: ignore[arg-type]
        visit = Visit(context.new_page(), served.base)
        visit.page.goto(f"{served.base}/statistics")
        visit.page.screenshot(path=tmp_path / "list.png", full_page=True)
        visit.page.locator("tr", has_text="disab").get_by_role("link").last.click()
        expect(visit.page.locator("tr.missing")).to_have_count(2)
        expect(visit.page.locator("td.wrong")).to_have_count(18)
        expect(visit.page.locator("html")).to_have_attribute("lang", locale[:2])
        visit.page.screenshot(path=tmp_path / "table.png", full_page=True)
        assert visit.complaints == []
        assert [url for url in visit.requested if not url.startswith((f"{served.base}/", "data:"))] == []
