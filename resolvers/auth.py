"""From a request's headers to a viewer. No token is the anonymous citizen; a token we don't know is refused."""

import time
from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address

from integration.access import accounts
from integration.access.viewer import ANONYMOUS, Viewer
from integration.codes import Language
from integration.reference import purposes
from resolvers.context import Services

# Seconds a viewer is kept: a role taken away stops working within them.
_KEEP = 5.0
_DEMO_PREFIX = "demo-"


class NotLetIn(Exception):
    """The request cannot be given a viewer: the code and what to tell."""

    def __init__(self, code: str, status: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.status = status
        self.message = message


async def viewer_of(services: Services, headers: Mapping[str, str], client_host: str | None) -> Viewer:
    """Who asks, in which language, for which purpose."""
    language = _language(headers.get("accept-language", ""))
    purpose = headers.get("x-purpose") or None
    if purpose is not None and purpose not in purposes():
        raise NotLetIn("BAD_USER_INPUT", 400, f"X-Purpose must be one of: {', '.join(purposes())}.")
    authorization = headers.get("authorization")
    viewer = ANONYMOUS if authorization is None else await _signed_in(services, authorization, client_host)
    return replace(viewer, language=language, purpose=purpose)


async def _signed_in(services: Services, authorization: str, client_host: str | None) -> Viewer:
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise NotLetIn("UNAUTHENTICATED", 401, "Send the token as 'Authorization: Bearer TOKEN'.")
    if not token.startswith(_DEMO_PREFIX) or not services.settings.demo or not is_loopback(client_host):
        raise NotLetIn("UNAUTHENTICATED", 401, "This token is not known.")
    known = services.viewers.get(token)
    if known is not None and time.monotonic() - known[0] < _KEEP:
        return known[1]
    viewer = await accounts.find(services.database, token)
    if viewer is None:
        raise NotLetIn("UNAUTHENTICATED", 401, "This token is not known.")
    services.viewers[token] = (time.monotonic(), viewer)
    return viewer


def is_loopback(host: str | None) -> bool:
    """Whether a caller is on this machine: only there do demo tokens hold."""
    try:
        return host is not None and ip_address(host).is_loopback
    except ValueError:
        return False


def _language(accepted: str) -> Language:
    """The first of our languages that the client prefers; Indonesian where it names none."""
    ranked: list[tuple[float, int, str]] = []
    for index, part in enumerate(accepted.split(",")[:20]):
        name, _, quality = part.strip().partition(";q=")
        try:
            ranked.append((-float(quality or 1), index, name.strip().lower()[:2]))
        except ValueError:
            continue
    return next(
        (Language.EN if name == "en" else Language.ID for _, _, name in sorted(ranked) if name in ("en", "id")),
        Language.ID,
    )
