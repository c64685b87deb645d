"""Find a Chromium for the tests, or bring one: Debian's when root, else Playwright's own."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> int:
    """Exit 0 once there is a browser that the tests can start."""
    if any(shutil.which(name) for name in NAMES) or _playwright_has_one():
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing chromium")
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
        if subprocess.run(install, check=False, stdout=subprocess.DEVNULL).returncode == 0:
            return 0
    print("Fetching Playwright's Chromium")
    fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(fetch, check=False).returncode == 0:
        return 0
    print("error: no Chromium found and none could be installed", file=sys.stderr)
    print("hint: install chromium with your package manager, then run make again", file=sys.stderr)
    return 1


def _playwright_has_one() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)  # noqa: PTH110


if __name__ == "__main__":
    sys.exit(main())
