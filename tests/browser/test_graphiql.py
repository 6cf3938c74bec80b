"""GraphiQL as a newcomer meets it: recipes run, pickers do what they say, nothing is kept or comes from elsewhere."""

import json
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Playwright, expect

from schema.graphiql.recipes import Recipe, recipes
from tests.browser.visit import FLAGS, Visit
from tests.project.running import Served, serving

pytestmark = pytest.mark.browser

TYPED = "a-token-that-nobody-keeps-4711"
PRODUCTION = {"sealing_key": "ab" * 32, "whatsapp_app_secret": "secret", "whatsapp_verify_token": "word"}


def tab_of(recipe: Recipe) -> str:
    """What stands on a recipe's tab: the name of its operation."""
    return recipe.query.split("{")[0].split("(")[0].split()[1]


def test_the_first_tab_answers_one_question_through_all_four(visit: Visit, tmp_path: Path) -> None:
    visit.run()
    answer = visit.page.locator(".result-window")
    for word in ("IN_FOLLOW_UP", "Tenggarong", "6402********9000", "DTSEN", "Sarbini Abdullah Fauzi"):
        expect(answer).to_contain_text(word)
    visit.page.screenshot(path=tmp_path / "first.png")
    assert (tmp_path / "first.png").stat().st_size > 20_000


@pytest.mark.parametrize("recipe", recipes(), ids=tab_of)
def test_each_recipe_runs_as_whom_it_is_meant(visit: Visit, served: Served, recipe: Recipe) -> None:
    visit.tab(tab_of(recipe))
    assert visit.chosen() == (recipe.token, recipe.purpose)
    shown = visit.run()
    assert "errors" not in shown
    if recipe.query.startswith("mutation"):
        assert all(payload["errors"] == [] for payload in shown["data"].values())
        return
    headers = {"Authorization": f"Bearer {recipe.token}"} if recipe.token else {}
    headers |= {"X-Purpose": recipe.purpose} if recipe.purpose else {}
    asked = {"query": recipe.query, "variables": recipe.variables}
    assert shown == httpx2.post(f"{served.base}/graphql", json=asked, headers=headers).json()


def test_the_pickers_say_who_asks_for_what_and_in_which_language(visit: Visit) -> None:
    visit.write('{ viewer { roles purpose } reports(filter: { region: { within: "x" } }) { totalCount } }')
    told = {}
    for language in ("id", "en"):
        visit.choose(token="demo-secretary", purpose="AUDIT", language=language)
        told[language] = visit.run()["errors"][0]["message"]
    assert told["id"] != told["en"]
    visit.write("{ viewer { roles purpose } }")
    assert visit.run()["data"]["viewer"] == {"roles": ["SECRETARY"], "purpose": "AUDIT"}
    visit.choose(token="", purpose="")
    assert visit.run()["data"]["viewer"] == {"roles": ["CITIZEN"], "purpose": None}


def test_each_tab_remembers_as_whom_it_asks(visit: Visit) -> None:
    visit.choose(token="demo-head")
    visit.tab("Citizen")
    assert visit.chosen() == ("demo-citizen", "")
    visit.choose(purpose="SUBJECT_REQUEST")
    visit.tab("Lead")
    assert visit.chosen() == ("demo-head", "CASE_HANDLING")
    visit.tab("Citizen")
    assert visit.chosen() == ("demo-citizen", "SUBJECT_REQUEST")


def test_the_keyboard_runs_a_query(visit: Visit) -> None:
    visit.write("{ viewer { roles } }")
    answer = visit.answer_to(lambda: visit.page.keyboard.press("Control+Enter"))
    assert answer["data"]["viewer"]["roles"] == ["TEAM_LEAD"]


def test_the_documentation_explains_a_field(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Show Documentation Explorer").click()
    docs = visit.page.locator(".graphiql-plugin")
    docs.get_by_role("link", name="Query", exact=True).click()
    expect(docs).to_contain_text("Every answer holds only what you may see")
    docs.get_by_role("link", name="reportStatistics", exact=True).click()
    expect(docs).to_contain_text("groupBy")


def test_a_query_can_be_built_by_clicking(visit: Visit) -> None:
    visit.write("{ sopSteps { number } }")
    visit.page.get_by_role("button", name="Show GraphiQL Explorer").click()
    visit.page.locator(".graphiql-explorer-root").get_by_text("text", exact=True).click()
    assert set(visit.run()["data"]["sopSteps"][0]) == {"number", "text"}


def test_it_keeps_its_look_and_nothing_else(visit: Visit) -> None:
    page = visit.page
    visit.write('{ people(first: 1, filter: { nik: "6402036009799000" }) { totalCount } }')
    visit.choose(token="demo-admin", purpose="CASE_HANDLING")
    visit.run()
    page.get_by_role("button", name="Open settings dialog").click()
    page.get_by_role("dialog").get_by_role("button", name="Dark", exact=True).click()
    page.keyboard.press("Escape")
    assert json.loads(visit.kept()) == [[["graphiql:theme", "dark"]], [], "", f"{visit.base}/graphql", None, [], []]
    visit.open()
    expect(page.locator("body")).to_have_class("graphiql-dark")
    assert page.get_by_role("tab").count() == len(recipes())
    assert "6402036009799000" not in page.content()


def test_in_production_a_typed_token_lives_no_longer_than_the_page(
    served: Served, chromium_path: str, playwright: Playwright, tmp_path: Path
) -> None:
    assert served
    profile = tmp_path / "profile"
    with serving(tmp_path / "data", settings=PRODUCTION) as production:
        launch = playwright.chromium.launch_persistent_context
        with launch(profile, executable_path=chromium_path, args=FLAGS) as context:
            visit = Visit(context.new_page(), production.base)
            visit.open()
            assert "demo-" not in visit.page.locator("header").inner_html()
            field = visit.page.locator("#token")
            assert field.get_attribute("type") == "password"
            visit.tab("Anonymous")
            assert len(visit.run()["data"]["sopSteps"]) == 9
            field.fill(TYPED)
            visit.tab("Lead")
            assert field.input_value() == TYPED
            assert visit.run()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
            assert TYPED not in visit.kept()
            visit.open()
            assert field.input_value() == ""
            # The refused token is the one thing the browser noted.
            assert all("401" in complaint for complaint in visit.complaints)
    files = [path for path in profile.rglob("*") if path.is_file()]
    assert len(files) > 10
    traces = [TYPED.encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")]
    assert [path for path in files for trace in traces if trace in path.read_bytes()] == []
