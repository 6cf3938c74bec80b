"""`GET /graphql` and the files behind it: all of this origin, and the browser is told to accept nothing else."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from integration.access.viewer import Viewer
from integration.demo.accounts import demo_viewers
from integration.reference import purposes
from resolvers.auth import is_loopback
from resolvers.context import Services
from schema.graphiql.packages import PINS, PUBLISHED, are_there
from schema.graphiql.recipes import recipes

_OWN = Path(__file__).with_name("own")
_PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))
# Fonts and small images are inside GraphiQL's style sheet, and its dialogs add a style element.
_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; font-src data:; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE_HEADERS = {
    "Content-Security-Policy": _SECURITY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Who may try what changes with the database and with where the browser is.
    "Cache-Control": "no-store",
}


class _Files(StaticFiles):
    """Files under an address that changes with their content: a browser may keep them for ever."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def routes(services: Services, published: Path = PUBLISHED) -> list[BaseRoute]:
    """The page and its files; the plain page where GraphiQL's are not there."""
    full = are_there(published)

    async def page(request: Request) -> Response:
        return await _page(request, services, full)

    files = [Mount(_own_address(), _Files(directory=_OWN))]
    if full:
        files.append(Mount(_published_address(), _Files(directory=published)))
    return [Route("/graphql", page, methods=["GET"]), *files]


async def _page(request: Request, services: Services, full: bool) -> Response:
    """The page for a browser; anything else is told how to ask."""
    if "text/html" not in request.headers.get("accept", ""):
        return PlainTextResponse("Send GraphQL requests here with POST.\n", 405, {"Allow": "POST"})
    # Elsewhere than on this machine the demo's tokens do not hold, so they are not offered there.
    at_home = request.client is not None and is_loopback(request.client.host)
    viewers = await demo_viewers(services.database) if services.settings.demo and at_home else []
    if full:
        published = [
            f"{_published_address()}/{name}" for name in ("react.js", "react-dom.js", "graphiql.js", "explorer.js")
        ]
        styles = [f"{_published_address()}/graphiql.css", f"{_published_address()}/explorer.css"]
    else:
        published, styles = [], []
    scripts = [f'<script src="{address}" defer></script>' for address in published]
    own = "full" if full else "plain"
    scripts.append(f'<script type="module" src="{_own_address()}/{own}.js"></script>')
    styles += [f"{_own_address()}/page.css"]
    text = _PAGE.substitute(
        styles="\n".join(f'<link rel="stylesheet" href="{address}">' for address in styles),
        scripts="\n".join(scripts),
        token=_token(viewers),
        purposes=_options((p.code, f"{p.label_id} / {p.label_en}") for p in purposes().values()),
        recipes=_inside_html([asdict(recipe) for recipe in recipes()]),
    )
    return HTMLResponse(text, headers=_PAGE_HEADERS)


def _token(viewers: list[Viewer]) -> str:
    if not viewers:
        return '<input id="token" type="password" autocomplete="off" spellcheck="false" placeholder="token">'
    options = _options((v.actor, f"{v.actor} · {v.name} · {', '.join(sorted(v.roles))}") for v in viewers)
    return f'<select id="token" autocomplete="off"><option value="">(tanpa masuk / nobody)</option>{options}</select>'


def _options(choices: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in choices)


def _inside_html(value: object) -> str:
    # Inside a script element only "<" could end it early.
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _own_address() -> str:
    return f"/graphiql/{_digest(sorted(_OWN.iterdir()))}"


@cache
def _published_address() -> str:
    return f"/graphiql/{_digest([PINS])}"


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
