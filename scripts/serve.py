"""Serve the API, and by default the worker with it: `scripts/serve`, which first sets up what a fresh machine lacks."""

import errno
import socket
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from integration.access.viewer import Viewer
from integration.logs import configure_logging
from integration.settings import DEMO_APP_SECRET, DEMO_VERIFY_TOKEN, Settings
from schema.app import create_app
from scripts.preparing import give_up, prepare, read_settings

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

# How long requests under way may take to end when the server is told to stop.
_GRACE_SECONDS = 5
_QUERY = "{ reports(first: 3) { totalCount nodes { number status region { name } } } }"


class _Server(uvicorn.Server):
    """Uvicorn, telling when it is really there."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell_started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        try:
            await super().startup(sockets)
        except OSError as error:
            await self.lifespan.shutdown()
            give_up(f"Cannot listen: {error.strerror}.")
        self._tell_started()


@app.command()
def main(
    host: Annotated[
        str, typer.Option(help="Address to listen on. Demo tokens hold only for callers on this machine.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8000,
    data: Annotated[
        Path | None, typer.Option(help="Folder of the SQLite database and the demo key.", file_okay=False)
    ] = None,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Load demo data into a new database.")] = True,
    worker: Annotated[bool, typer.Option("--worker/--no-worker", help="Run the worker in the same process.")] = True,
    called_from: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Serve Satu Pintu. Settings come from the environment (SATUPINTU_...); see the README."""
    settings = read_settings(data, called_from)
    configure_logging(readable=settings.demo)
    # Before the database: a port in use should be told at once.
    listener = _bind(host, port)
    viewers = prepare(settings, demo and settings.demo, _say)
    config = uvicorn.Config(
        create_app(settings, run_worker=worker),
        http="httptools",
        loop="uvloop",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        # A header must not be able to make a stranger's address a local one.
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )
    try:
        _Server(config, lambda: _say(_welcome(settings, listener, viewers))).run(sockets=[listener])
    except KeyboardInterrupt:
        _say("Stopped.")


def _bind(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except socket.gaierror:
        give_up(f"There is no address {host} to listen on.")
    except PermissionError:
        give_up(f"Port {port} is reserved for the system. Choose another one above 1023: --port 8001")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            give_up(
                f"Port {port} of {host} is in use. Stop the other program, or choose another port: --port {port + 1}"
            )
        give_up(f"Cannot listen on {host}, port {port}: {error.strerror}.")
    return listener


def _welcome(settings: Settings, listener: socket.socket, viewers: list[Viewer]) -> str:
    host, port = listener.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - shown, not bound
    base = f"http://{shown}:{port}"
    lines = [
        "",
        "Satu Pintu is ready.",
        "",
        f"  GraphQL   {base}/graphql (a browser gets a page to try queries)",
        f"  Schema    {base}/schema.graphql",
        f"  WhatsApp  {base}/webhooks/whatsapp",
        f"  State     {base}/healthz  {base}/readyz  {base}/metrics",
        f"  Data      {'PostgreSQL' if settings.database.startswith('postgres') else settings.database.removeprefix('sqlite:///')}",
    ]
    if viewers:
        width = max(len(viewer.actor) for viewer in viewers)
        lines += ["", "  Demo tokens (they hold only for callers on this machine):"]
        lines += [f"    {viewer.actor:{width}}  {', '.join(sorted(viewer.roles))}" for viewer in viewers]
        lines += [f"  WhatsApp's demo secret is {DEMO_APP_SECRET}, its verify token {DEMO_VERIFY_TOKEN}."]
        lines += ["", "  Try:", f"    {_curl(base)}"]
    if settings.demo and not ip_address(host).is_loopback:
        lines += [
            "",
            f"  Listening on {host}: callers from other machines are nobody here; their demo tokens are refused (401).",
        ]
    return "\n".join([*lines, "", "  Ctrl-C stops.", ""])


def _curl(base: str) -> str:
    headers = "-H 'Authorization: Bearer demo-admin' -H 'Content-Type: application/json'"
    return f"""curl -s {base}/graphql {headers} -d '{{"query":"{_QUERY}"}}'"""


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    app()
