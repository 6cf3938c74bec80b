"""The page a browser gets at `GET /graphql`: a plain place to write a query and see its answer."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from resolvers.context import Services

_TOKENS = (
    "admin",
    "lead",
    "secretary",
    "division",
    "member",
    "tksk",
    "head",
    "opd-dinkes",
    "analyst",
    "auditor",
    "citizen",
)
_FIRST_QUERY = """{
  viewer { name roles regions { name } }
  reports(first: 5) {
    totalCount
    nodes { number status receivedAt region { name } }
  }
}"""
# Nothing is loaded from elsewhere and nothing is kept: a token lives in the page's field and dies with it.
_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Satu Pintu · GraphQL</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
 body {{ font: 15px/1.4 system-ui, sans-serif; margin: 0; display: grid; grid-template-rows: auto 1fr; height: 100vh; color: #1b2733; }}
 header {{ display: flex; gap: 1rem; align-items: center; padding: .6rem 1rem; background: #0b5d5e; color: #fff; flex-wrap: wrap; }}
 header b {{ font-size: 1.1rem; }} header a {{ color: #cfe8e6; }}
 select, input, button {{ font: inherit; padding: .3rem .6rem; border: 0; border-radius: 4px; }}
 button {{ background: #ffb703; cursor: pointer; font-weight: 600; }}
 main {{ display: grid; grid-template-columns: 1fr 1fr; min-height: 0; }}
 textarea, pre {{ font: 13px/1.5 ui-monospace, monospace; margin: 0; padding: 1rem; border: 0; overflow: auto; resize: none; }}
 textarea {{ border-right: 1px solid #ccd6dd; }} pre {{ background: #f5f8fa; white-space: pre-wrap; }}
</style></head><body>
<header><b>Satu Pintu</b><label>Sebagai / as: {token}</label><label>X-Purpose: <input id="purpose" size="16" placeholder="CASE_HANDLING"></label>
<button id="run">Jalankan / Run (Ctrl+Enter)</button><a href="/schema.graphql">schema.graphql</a></header>
<main><textarea id="query" spellcheck="false" aria-label="Query">{query}</textarea><pre id="result" aria-live="polite"></pre></main>
<script>
 const by = (id) => document.getElementById(id);
 async function run() {{
   const headers = {{ "Content-Type": "application/json", "Accept-Language": navigator.language }};
   if (by("token").value) headers.Authorization = "Bearer " + by("token").value;
   if (by("purpose").value) headers["X-Purpose"] = by("purpose").value;
   try {{
     const answer = await fetch("/graphql", {{ method: "POST", headers, body: JSON.stringify({{ query: by("query").value }}) }});
     by("result").textContent = JSON.stringify(await answer.json(), null, 2);
   }} catch (error) {{ by("result").textContent = String(error); }}
 }}
 by("run").addEventListener("click", run);
 by("query").addEventListener("keydown", (e) => {{ if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) run(); }});
</script></body></html>"""


def page(request: Request, services: Services) -> Response:
    """The page for a browser; anything else is told how to ask."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("Send GraphQL requests here with POST.\n", 405, {"Allow": "POST"})
    if services.settings.demo:
        options = "".join(f"<option>demo-{name}</option>" for name in _TOKENS)
        token = f'<select id="token"><option value="">(tanpa masuk / nobody)</option>{options}</select>'
    else:
        token = '<input id="token" type="password" autocomplete="off" placeholder="token">'
    security = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'"
    return HTMLResponse(_PAGE.format(token=token, query=_FIRST_QUERY), headers={"Content-Security-Policy": security})
