"""What the operator wrote: settings, files and their modes, secrets, the prompt."""

import asyncio
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from dotenv import dotenv_values

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, skipped, warned
from coach.livekit_server.layout import Layout
from coach.prompting import load_prompt
from coach.settings import Settings

UNREAD = ".env"
OTHERS = 0o077
SECRET_LENGTH = 32
WELL_KNOWN = ("devkey", "secret")
PLACEHOLDERS = ("changeme", "change-me", "your-", "your_", "xxxx", "<", "example")


async def settings(case: Case) -> Finding:
    """The settings were read; nothing of them stands where nobody looks."""
    unread = await asyncio.to_thread(_unread, case.env_file.with_name(UNREAD))
    if unread:
        return warned(
            f"{', '.join(unread)} in {UNREAD} is never read",
            f"move it to {case.env_file.name}, or remove it",
        )
    if case.env_file.is_file():
        return passed(f"read from the environment and {case.env_file}")
    return passed(f"read from the environment; there is no {case.env_file.name}")


def _unread(path: Path) -> list[str]:
    if not path.is_file():
        return []
    names = dotenv_values(path, interpolate=False)
    return [name for name in names if name.lower() in Settings.model_fields]


async def file_modes(case: Case) -> Finding:
    """Files with keys or with what was said are for their owner alone."""
    if os.name == "nt":
        return skipped("this system has other rights than modes")
    open_files = await asyncio.to_thread(lambda: list(_readable_by_others(case)))
    if open_files:
        names = " ".join(str(path) for path in open_files)
        return failed(f"other users can read {names}", f"chmod go-rwx {names}")
    return passed("keys and sessions are readable by their owner alone")


def _readable_by_others(case: Case) -> Iterator[Path]:
    home = case.settings.coach_home
    private = [case.env_file, Layout(home).keys, *sorted(home.glob("*.sqlite3*"))]
    for path in private:
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & OTHERS:
            yield path


async def secrets(case: Case) -> Finding:
    """No key that everybody knows, none that can be guessed, none that was never filled in."""
    for name in ("OPENAI_API_KEY", "STT_API_KEY", "LLM_API_KEY"):
        value = getattr(case.settings, name.lower())
        if value is not None and _is_placeholder(value.get_secret_value()):
            return failed(f"{name} was never filled in", f"set {name} in {case.env_file.name}")
    server = case.livekit
    if server is None:
        return skipped("there is no LiveKit server to look at")
    secret = server.api_secret.get_secret_value()
    if server.api_key == WELL_KNOWN[0] or secret == WELL_KNOWN[1]:
        return failed("LiveKit's key is the one of its documentation", _new_secret(case))
    if len(secret) < SECRET_LENGTH or _is_placeholder(secret):
        return failed(
            f"LIVEKIT_API_SECRET is weak: it needs {SECRET_LENGTH} random characters",
            _new_secret(case),
        )
    return passed("none is a default, all are long enough")


def _is_placeholder(secret: str) -> bool:
    return any(word in secret.lower() for word in PLACEHOLDERS)


def _new_secret(case: Case) -> str:
    return (
        "put the output of `openssl rand -hex 32` into the server's keys and into"
        f" LIVEKIT_API_SECRET in {case.env_file.name}"
    )


async def prompt(case: Case) -> Finding:
    """The prompt can be used."""
    found = await asyncio.to_thread(load_prompt, case.settings)
    return passed(f"{found.title}, {len(found.body)} characters")
