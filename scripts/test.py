"""Check everything: `scripts/test`; with the long tests too: `scripts/test --all`; one part: `scripts/test -k name`.

`--oracle=N` asks N generated queries of each database. Whatever else is given goes to pytest; then
only the tests it selects are run, and no linters.
"""

import os
import subprocess
import sys

from scripts.browser import ensure_chromium, tell_without_chromium

LINTERS = {
    "ruff check": ("-m", "ruff", "check", "--quiet"),
    "ruff format": ("-m", "ruff", "format", "--check", "--quiet"),
    "mypy": ("-m", "mypy"),
    # It is no module that -m could run, and its own script breaks when the repository is moved.
    "import-linter": ("-c", "from importlinter.cli import lint_imports_command as main; main()"),
}
# The processes of a whole run; the databases are prepared once for all of them, and neighbours share a server.
_PARALLEL = ("-n", "2", "--dist", "worksteal")
# Generated queries of the long run, for each database.
_QUERIES = 5000


def main(arguments: list[str]) -> int:
    """Run what was asked for; 0 when all of it holds."""
    everything = "--all" in arguments
    queries = next((one.partition("=")[2] for one in arguments if one.startswith("--oracle=")), "")
    if everything or queries:
        # Tests are told by the environment: an option of pytest would have to be known before it looks for them.
        os.environ.setdefault("ORACLE", queries or str(_QUERIES))
    chosen = [one for one in arguments if one != "--all" and not one.startswith("--oracle=")]
    options = ["-m", ""] if everything else []
    if everything:
        ensure_chromium()
    elif not chosen:
        tell_without_chromium()
    if chosen:
        return _run("-m", "pytest", *options, *chosen)
    failed = [name for name, command in LINTERS.items() if _announced(name, *command)]
    if failed:
        print(f"\nNot right yet: {', '.join(failed)} (see above). The tests:", file=sys.stderr, flush=True)
    tests = _run("-m", "pytest", *_PARALLEL, *options)
    return tests or int(bool(failed))


def _announced(name: str, *command: str) -> int:
    print(f"== {name}", flush=True)
    return _run(*command)


def _run(*arguments: str) -> int:
    return subprocess.run([sys.executable, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
