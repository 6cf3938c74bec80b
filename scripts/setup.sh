# What a fresh machine lacks: a Python environment with exactly the packages of uv.lock. Sourced, not run.
#
# Expects $root (the repository). Call `set_up run` for what serving needs, `set_up develop` for the tests' tools too;
# afterwards "$root/.venv/bin/python" is ready. When nothing is to be done it costs a few milliseconds and no network.

UV_VERSION=0.13.9

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

find_python() {
    found=""
    for candidate in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11 python3.14 python; do
        version=$("$candidate" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$("$candidate" -c 'import sys; print(sys.executable)')
            return
        fi
        found="$found $candidate is $version;"
    done
    fail "Satu Pintu needs Python 3.11 or newer.${found:+ Found:$found} Install a newer one, or name it: PYTHON=/path/to/python3.12 $0"
}

no_download() {
    fail "$1 could not be downloaded. Is there a network? Behind a proxy or mirror set HTTPS_PROXY, PIP_INDEX_URL, PIP_CERT as for pip."
}

find_uv() {
    uv="$root/.tools/uv-$UV_VERSION/bin/uv"
    [ -x "$uv" ] && return
    say "Installing uv $UV_VERSION, which installs the rest ..."
    draft="$root/.tools/draft-$$"
    rm -rf "$draft"
    if "$python" -m venv "$draft" >/dev/null 2>&1; then
        "$draft/bin/python" -m pip install --quiet --no-input --disable-pip-version-check "uv==$UV_VERSION" >&2 \
            || no_download uv
    elif rm -rf "$draft" && "$python" -m pip --version >/dev/null 2>&1; then
        # Debian's Python comes without venv; --target needs only pip.
        "$python" -m pip install --quiet --no-input --disable-pip-version-check --target "$draft" "uv==$UV_VERSION" >&2 \
            || no_download uv
    else
        fail "This Python ($python) has neither venv nor pip. On Debian and Ubuntu: apt install python3-venv"
    fi
    # Another start may have been faster; its uv is as good.
    mv "$draft" "$root/.tools/uv-$UV_VERSION" 2>/dev/null || rm -rf "$draft"
    [ -x "$uv" ] || fail "uv could not be installed in $root/.tools"
}

sync_packages() {
    # uv has settings of its own; what the machine tells pip must hold for it too.
    [ -n "${PIP_CERT:-}" ] && [ -z "${SSL_CERT_FILE:-}" ] && export SSL_CERT_FILE="$PIP_CERT"
    export UV_PROJECT_ENVIRONMENT="$root/.venv" UV_PYTHON="$python" UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS="${CI:+1}"
    [ -n "$UV_NO_PROGRESS" ] || unset UV_NO_PROGRESS
    unset VIRTUAL_ENV
    mirror=${PIP_INDEX_URL:-$("$python" -m pip config get global.index-url 2>/dev/null || :)}
    case $1 in develop) groups="--all-groups" ;; *) groups="--no-dev --inexact" ;; esac
    if [ -z "$mirror" ]; then
        # shellcheck disable=SC2086 # two words on purpose
        "$uv" sync --locked --project "$root" $groups >&2 || no_download "A package"
        return
    fi
    # The lock names pypi.org; a mirror has the same files under other addresses, and the hashes prove it.
    [ -x "$root/.venv/bin/python" ] || "$uv" venv --quiet "$root/.venv" >&2 || fail "$root/.venv could not be made."
    # shellcheck disable=SC2086
    "$uv" export --quiet --frozen --project "$root" --no-emit-project ${groups%--inexact} -o "$root/.venv/requirements.txt" >&2 \
        || fail "uv.lock could not be read."
    "$uv" pip install --python "$root/.venv/bin/python" --default-index "$mirror" --require-hashes \
        -r "$root/.venv/requirements.txt" >&2 || no_download "A package"
}

fetch_page() {
    # Files for the browser. Without them it gets a plain page, so this may fail; it says so itself. A try that failed is
    # not repeated at every start, which would wait for the network each time.
    pins="$root/schema/graphiql/packages.json"
    cmp -s "$pins" "$root/.assets/graphiql/packages.json" && return
    cmp -s "$pins" "$root/.assets/tried.json" && return
    (cd -- "$root" && mkdir -p .assets && .venv/bin/python -m scripts.assets >&2) || cp "$pins" "$root/.assets/tried.json"
}

set_up() {
    # The environment remembers the lock it was made from. One made for the tests also serves.
    for made in "$1" develop; do
        if cmp -s "$root/uv.lock" "$root/.venv/made-for-$made.lock" && "$root/.venv/bin/python" -c '' 2>/dev/null; then
            fetch_page
            return
        fi
    done
    find_python
    mkdir -p "$root/.tools" || fail "$root cannot be written to."
    find_uv
    say "Installing the packages of uv.lock (once; a minute or two) ..."
    sync_packages "$1"
    rm -f "$root/.assets/tried.json"
    fetch_page
    # Whoever serves from an environment made for the tests with an older lock has no longer the tests' tools as locked.
    rm -f "$root/.venv/made-for-run.lock" "$root/.venv/made-for-develop.lock"
    cp "$root/uv.lock" "$root/.venv/made-for-$1.lock"
}
