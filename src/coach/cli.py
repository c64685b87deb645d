"""The command line: `coach` and `python -m coach`."""

import asyncio
import logging
import sys
from collections.abc import Coroutine
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.console import Console

from coach import logs
from coach.doctor.commands import doctor
from coach.errors import CoachError
from coach.evaluation.commands import evaluate, prompts_app, replay_files
from coach.livekit_server.commands import app as livekit_app
from coach.settings import load
from coach.store.commands import app as store_app
from coach.top import top
from coach.web.commands import app as sessions_app
from coach.web.notify import app as notify_app

app = typer.Typer(
    help="A silent AI coach for two-person video sessions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(livekit_app, name="livekit")
app.add_typer(sessions_app, name="sessions")
sessions_app.add_typer(store_app)
sessions_app.add_typer(notify_app)
app.add_typer(prompts_app, name="prompts")
app.command("replay")(replay_files)
app.command("doctor")(doctor)
app.command("eval")(evaluate)
app.command("top")(top)

log = logging.getLogger("coach")
console = Console(stderr=False, highlight=False, soft_wrap=True)


class Part(StrEnum):
    """A part of `start` that may run alone."""

    WEB = "web"
    WORKER = "worker"


Verbose = Annotated[bool, typer.Option("--verbose", help="Log details.")]


@app.command()
def dev(*, verbose: Verbose = False) -> None:
    """Run everything on this machine; print the two links."""
    from coach.running import run_dev

    settings = load()
    logs.configure(settings.log_format or "text", verbose=verbose)
    _run(run_dev(settings, _report))


@app.command()
def start(
    *,
    only: Annotated[Part | None, typer.Option(help="Run one part alone.")] = None,
    verbose: Verbose = False,
) -> None:
    """Run web app and worker in production, with settings from the environment."""
    from coach import running

    settings = load()
    form = settings.log_format or "json"
    settings = settings.model_copy(update={"log_format": form})
    logs.configure(form, verbose=verbose)
    if only is Part.WORKER:
        from coach.worker.process import run_alone

        running.require_production(settings)
        _run(run_alone(settings))
    elif only is Part.WEB:
        _run(running.run_web_only(settings, log.info))
    else:
        _run(running.run_start(settings, log.info))


@app.command("worker-process", hidden=True)
def worker_process(*, rehearsal: bool = False, drain: int = 0) -> None:
    """The worker as a child of `dev` or `start`: tells its parent of its state, ends with it."""
    from coach.worker.process import run_as_child

    settings = load()
    logs.configure(settings.log_format or "text")
    _run(run_as_child(settings, rehearsal=rehearsal, drain_seconds=drain))


def main() -> None:
    """Run the command line; failures are one `error:` and one `hint:` line and exit code 1."""
    try:
        app()
    except CoachError as error:
        print(f"error: {error.message}\nhint: {error.hint}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        asyncio.run(work)
    except* CoachError as group:
        raise _first_error(group) from None
    finally:
        logging.shutdown()


def _first_error(group: BaseExceptionGroup[CoachError]) -> CoachError:
    for error in group.exceptions:
        return error if isinstance(error, CoachError) else _first_error(error)
    raise AssertionError


def _report(line: str) -> None:
    console.print(line, markup=False)
