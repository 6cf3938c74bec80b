"""What somebody before the page does and sees."""

import json
from typing import Any

from playwright.sync_api import Page, expect

# As root without a sandbox; every name and address but ours leads nowhere, as without internet.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
_WATCH = "window.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective))"
# The editor draws only the lines in view; this is all of its text.
_SHOWN = "document.querySelector('.result-window .CodeMirror').CodeMirror.getValue()"
_SHOWS = f"""(answer) => {{
  try {{
    return JSON.stringify(JSON.parse({_SHOWN})) === JSON.stringify(JSON.parse(answer));
  }} catch {{
    return false;
  }}
}}"""
_KEPT = """async () => JSON.stringify([
  Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href, history.state,
  await indexedDB.databases(), await caches.keys(),
])"""


class Visit:
    """One page: what it asked for, what it complained of, and hands to use it with."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.requested: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.add_init_script(_WATCH)

    def open(self) -> None:
        """Come to the page, or come again."""
        # The page asks for the schema first; that answer is not one to a query of ours.
        with self.page.expect_response(lambda response: response.request.method == "POST"):
            self.page.goto(f"{self.base}/graphql")

    def tab(self, name: str) -> None:
        """Go to a tab."""
        self.page.get_by_title(name, exact=True).click()

    def write(self, query: str) -> None:
        """Open a new tab and write a query into it."""
        self.page.get_by_role("button", name="New tab").click()
        self.page.locator(".graphiql-query-editor .CodeMirror").click()
        # As a paste: typing would meet the editor's own closing brackets.
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(query)

    def run(self) -> Any:
        """Press the button, and read the answer that then comes."""
        return self.answer_to(lambda: self.page.get_by_role("button", name="Execute query").click())

    def answer_to(self, act: Any) -> Any:
        """The answer that is shown after an act, from the first brace to the last."""
        with self.page.expect_response(f"{self.base}/graphql") as response:
            act()
        answer = json.dumps(response.value.json())
        self.page.wait_for_function(_SHOWS, arg=answer)
        return json.loads(self.page.evaluate(_SHOWN))

    def choose(self, **choices: str) -> None:
        """Choose token, purpose or language."""
        for name, value in choices.items():
            self.page.locator(f"#{name}").select_option(value)

    def chosen(self) -> tuple[str, str]:
        """The token and the purpose that are chosen."""
        return self.page.locator("#token").input_value(), self.page.locator("#purpose").input_value()

    def kept(self) -> str:
        """All that the page has left in the browser."""
        return str(self.page.evaluate(_KEPT))

    def assert_clean(self) -> None:
        """It took everything from its own origin, and the browser had nothing to complain of."""
        expect(self.page).to_have_url(f"{self.base}/graphql")
        assert [url for url in self.requested if not url.startswith((f"{self.base}/", "data:"))] == []
        assert self.page.evaluate("refused") == []
        assert self.complaints == []
