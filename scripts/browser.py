"""The browser that tests look through: Chromium, where the machine has it; installed on Debian where we may."""

import os
import shutil
import subprocess
import sys

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """Where it is."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def ensure_chromium() -> None:
    """Install Debian's, if that is possible here; say so in one line where tests will be left out."""
    apt = shutil.which("apt-get")
    if chromium() is None and apt and os.geteuid() == 0:
        print("Installing chromium for the browser tests ...", file=sys.stderr, flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for arguments in (("update",), ("install", "--yes", "--no-install-recommends", "chromium")):
            subprocess.run([apt, "-qq", *arguments], env=quiet, stdout=sys.stderr, check=False)
    tell_without_chromium()


def tell_without_chromium() -> None:
    """One line where the browser tests are left out."""
    if chromium() is None:
        print("Left out: the browser tests, because chromium is not installed here.", file=sys.stderr, flush=True)
