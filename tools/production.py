"""The image's steps without Docker: `make production`.

Builds the pages and the wheel, installs it with the locked production packages into an empty
environment, runs `coach start` from there against a livekit-server and a scripted provider, and
holds a session. Prints how long the start took and what the whole process tree takes; exits 1
when that is above the budget.
"""

import asyncio
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.support.coach import Coach, bare_environment, livekit_settings, running_coach
from tests.support.invited import guest
from tests.support.livekit import end_sessions, running_livekit
from tests.support.memory import tree_mb
from tests.support.provider import scripted_provider
from tests.support.speech import utterances

ROOT = Path(__file__).parents[1]
MOST_MB = 220.0
SETTLE_SECONDS = 5.0
UNWANTED = ("pocketsphinx", "onnxruntime", "pytest", "playwright", "mypy", "ruff")
FILES = """
import json, sys
import coach.cli, coach.running, coach.worker.process
from coach import assets
files = [m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)]
print(json.dumps([*files, str(assets.pages()), str(assets.prompts())]))
"""


@dataclass(slots=True)
class Figures:
    """Seconds to ready, and MB of the whole process tree as proportional set size."""

    ready_s: float
    idle_mb: float
    session_mb: float


# --- building and installing, as the Dockerfile does ---


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """A command's standard output; its failure ends this program."""
    done = subprocess.run(
        command, cwd=cwd, env=_clean(), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"error: {' '.join(map(str, command))} failed with {done.returncode}")
    return done.stdout


def _clean() -> dict[str, str]:
    """No path of the checkout, and files of its own: links would be shared with other programs."""
    strange = ("PYTHONPATH", "VIRTUAL_ENV")
    kept = {name: value for name, value in bare_environment().items() if name not in strange}
    return kept | {"UV_LINK_MODE": "copy", "UV_PYTHON_DOWNLOADS": "never"}


def install(home: Path) -> Path:
    """Pages, wheel and environment; the environment's Python."""
    uv = shutil.which("uv") or ROOT / ".tools" / "uv" / "bin" / "uv"
    run("npm", "run", "--silent", "build", cwd=ROOT / "web")
    run(uv, "build", "--quiet", "--wheel", "--out-dir", home / "wheel")
    locked = home / "locked.txt"
    run(
        *(uv, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project"),
        *("--output-file", locked),
    )
    run(uv, "venv", "--quiet", "--python", sys.executable, home / "venv")
    python = home / "venv" / "bin" / "python"
    into = (uv, "pip", "install", "--quiet", "--python", python, "--no-deps", "--compile-bytecode")
    run(*into, "--require-hashes", "--requirement", locked)
    (wheel,) = (home / "wheel").glob("*.whl")
    run(*into, wheel)
    return python


def check_installed(python: Path, home: Path) -> None:
    """Exit unless everything comes from the environment, and nothing in it is for development."""
    files = json.loads(run(python, "-c", FILES, cwd=home))
    if ours := [file for file in files if Path(file).is_relative_to(ROOT)]:
        sys.exit(f"error: imported from the checkout: {ours}")
    folder = python.parents[1] / "lib"
    if found := [name for name in UNWANTED if list(folder.glob(f"python*/site-packages/{name}"))]:
        sys.exit(f"error: not for production: {', '.join(found)}")


# --- a session ---


def sessions(python: Path, home: Path, environment: dict[str, str], *command: str) -> str:
    """What `coach sessions COMMAND` prints."""
    return subprocess.run(
        [python, "-m", "coach", "sessions", *command],
        cwd=home,
        env=bare_environment(**environment),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def invitations(printed: str) -> dict[str, str]:
    """Of a new session, by page."""
    return dict(re.findall(r"^(\w+): \S+#invite=(\S+)$", printed, re.MULTILINE))


async def session(coach: Coach, invited: dict[str, str]) -> float:
    """Two people and one hint; MB of the tree while they are still there."""
    async with (
        guest("facilitator", coach.web, invited["facilitator"]) as facilitator,
        guest("partner", coach.web, invited["partner"]) as partner,
    ):
        await partner.publish_microphone()
        await partner.agree()
        await facilitator.until(facilitator.is_heard, 60)
        await partner.say(utterances()["partner-father"].path)
        await facilitator.until(lambda: facilitator.hints and facilitator.hints[0].complete, 60)
        await asyncio.sleep(SETTLE_SECONDS)
        return tree_mb(coach.process.pid)


async def measure(python: Path, home: Path) -> Figures:
    """Bring the store up to date, start, hold a session, stop."""
    async with AsyncExitStack() as stack:
        livekit = stack.enter_context(running_livekit(home / "livekit"))
        provider = await stack.enter_async_context(scripted_provider())
        environment = livekit_settings(livekit) | {
            "coach_home": str(home / "store"),
            "openai_api_key": "sk-test",
            "openai_base_url": provider.base_url,
        }
        command = functools.partial(sessions, python, home, environment)
        await asyncio.to_thread(command, "migrate")
        began = time.monotonic()
        running = running_coach(home / "coach", "start", environment=environment, python=python)
        coach = await stack.enter_async_context(running)
        ready_s = time.monotonic() - began
        await asyncio.sleep(SETTLE_SECONDS)
        idle_mb = tree_mb(coach.process.pid)
        session_mb = await session(coach, invitations(await asyncio.to_thread(command, "create")))
        await end_sessions(livekit)
        return Figures(ready_s, idle_mb, session_mb)


def main() -> None:
    """Build, install, measure and print."""
    os.environ.pop("PYTHONPATH", None)
    with tempfile.TemporaryDirectory(prefix="coach-production-") as folder:
        home = Path(folder)
        print("Building and installing", flush=True)
        python = install(home)
        check_installed(python, home)
        print("Starting and holding a session", flush=True)
        figures = asyncio.run(measure(python, home))
    print(f"start to ready    {figures.ready_s:.1f} s")
    print(f"memory, idle      {figures.idle_mb:.0f} MB")
    print(f"memory, session   {figures.session_mb:.0f} MB (budget {MOST_MB:.0f})")
    sys.exit(figures.session_mb > MOST_MB)


if __name__ == "__main__":
    main()
