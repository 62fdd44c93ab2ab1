"""Find the Chromium that the browser tests drive: the system's own, else Playwright's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
MISSING = (
    "No Chromium that starts was found. Install chromium (Debian: apt-get install chromium), Google Chrome, "
    "or Playwright's own: .venv/bin/playwright install chromium"
)


def find_browser() -> str | None:
    """Return the path of the first browser that starts, None where there is none."""
    installed = [path for name in NAMES if (path := shutil.which(name))] + list(MACOS_APPS)
    return next(filter(starts, installed), None) or _playwrights_own()


def starts(path: str) -> bool:
    """Return whether the program runs: Ubuntu's package without snapd is there, but only says that it doesn't work."""
    if not Path(path).exists():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if starts(path) else None


if __name__ == "__main__":
    browser = find_browser()
    sys.exit(MISSING) if browser is None else sys.stdout.write(f"Browser for the tests: {browser}\n")
