"""What was installed and built: pages, packages and the server, and whether they fit together."""

import asyncio
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from coach import assets
from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, warned
from coach.doctor.greeting import greeting
from coach.doctor.rooms import fresh_room
from coach.livekit_server.binary import OLDEST, version_key
from coach.livekit_server.install import VERSION
from coach.web.pages import PAGES as SERVED

PAGES = tuple(dict.fromkeys(SERVED.values()))
PACKAGES = {
    "livekit": "1.1",
    "livekit-api": "1.2",
    "livekit-agents": "1.8",
    "livekit-plugins-openai": "1.8",
}
"""The releases that were tested together."""
RELEASED_TOGETHER = ("livekit-agents", "livekit-plugins-openai")
CLIENT = "2.23"
_ASSET = re.compile(r"/assets/([\w.\-]+)")
_BUILD = "make pages"


async def pages(_case: Case) -> Finding:
    """The pages are built, with everything that they load."""
    return await asyncio.to_thread(_pages, assets.pages())


def _pages(folder: Path) -> Finding:
    missing = [name for name in PAGES if not (folder / name).is_file()]
    if missing:
        return failed(f"the pages are not built: no {', '.join(missing)} in {folder}", _BUILD)
    loaded = {name for page in PAGES for name in _ASSET.findall((folder / page).read_text("utf-8"))}
    lost = sorted(name for name in loaded if not (folder / "assets" / name).is_file())
    if lost:
        return failed(f"the pages load {lost[0]}, which is not there", _BUILD)
    return passed(f"{len(PAGES)} pages are built")


async def versions(_case: Case) -> Finding:
    """LiveKit's packages and the pages' client are of releases tested together."""
    found = {name: _version(name) for name in PACKAGES}
    if len({found[name] for name in RELEASED_TOGETHER}) > 1:
        listed = ", ".join(f"{name} {found[name]}" for name in RELEASED_TOGETHER)
        return failed(f"of different releases: {listed}", "uv sync --all-extras")
    untested = [
        f"{name} {found[name]} (tested: {tested})"
        for name, tested in PACKAGES.items()
        if not found[name].startswith(f"{tested}.")
    ]
    if untested:
        return warned(f"not tested together: {', '.join(untested)}", "uv sync --all-extras")
    client = await asyncio.to_thread(_client, assets.pages())
    if client is None:
        return warned(f"the pages are built with another livekit-client than {CLIENT}", _BUILD)
    return passed(
        f"livekit {found['livekit']}, livekit-agents and plugins {found['livekit-agents']},"
        f" livekit-client {client}"
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _client(folder: Path) -> str | None:
    """The tested client's version as the built pages carry it."""
    carried = re.compile(rf'"({re.escape(CLIENT)}\.\d+)"')
    for script in sorted((folder / "assets").glob("*.js")):
        if found := carried.search(script.read_text("utf-8")):
            return found[1]
    return None


async def server_version(case: Case) -> Finding:
    """The server is not older than what this product needs."""
    async with fresh_room(case.server) as room:
        told = await greeting(room)
    found = told.server_info.version or told.server_version
    if version_key(found) < version_key(OLDEST):
        return failed(
            f"livekit-server {found} is too old: {OLDEST} is needed", "coach livekit upgrade"
        )
    return passed(f"livekit-server {found} (tested: {VERSION})")
