"""The command line: `coach` and `python -m coach`."""

import asyncio
import gc
import logging
import sys
from collections.abc import Callable, Coroutine
from enum import StrEnum
from importlib import import_module
from typing import Annotated, Any

import typer

from coach import logs
from coach.deferred import import_without
from coach.errors import CoachError
from coach.settings import load
from coach.stopping import leave

log = logging.getLogger("coach")


class Part(StrEnum):
    """A part of `start` that may run alone."""

    WEB = "web"
    WORKER = "worker"


Verbose = Annotated[bool, typer.Option("--verbose", help="Log details.")]


def dev(*, verbose: Verbose = False) -> None:
    """Run everything on this machine; print the two links."""
    settings = load()
    lighten(openid=settings.has_openid())
    from coach.running import run_dev

    logs.configure(settings.log_format or "text", verbose=verbose)
    _run(run_dev(settings, _report))


def start(
    *,
    only: Annotated[Part | None, typer.Option(help="Run one part alone.")] = None,
    verbose: Verbose = False,
) -> None:
    """Run web app and worker in production, with settings from the environment."""
    settings = load()
    lighten(openid=settings.has_openid())
    from coach import running

    form = settings.log_format or "json"
    settings = settings.model_copy(update={"log_format": form})
    logs.configure(form, verbose=verbose)
    if only is Part.WORKER:
        from coach.worker.process import run_alone

        running.require_production(settings)
        _run(run_alone(settings))
        leave()
    elif only is Part.WEB:
        _run(running.run_web_only(settings, log.info))
    else:
        _run(running.run_start(settings, log.info))


def worker_process(*, rehearsal: bool = False, drain: int = 0) -> None:
    """The worker as a child of `dev` or `start`: tells its parent of its state, ends with it."""
    lighten(openid=False)
    from coach.worker.process import run_as_child

    settings = load()
    logs.configure(settings.log_format or "text")
    _run(run_as_child(settings, rehearsal=rehearsal, drain_seconds=drain))
    leave()


def lighten(*, openid: bool) -> None:
    """Signatures of our own are HMACs, for which PyJWT needs no other package: only the keys of a
    sign-in provider ask for cryptography, which is 6 MB in each process. To be called before
    anything imports PyJWT.
    """
    if not openid:
        import_without("jwt", "cryptography")


ELSEWHERE = {
    "livekit": ("coach.livekit_server.commands", "app"),
    "sessions": ("coach.web.commands", "app"),
    "prompts": ("coach.evaluation.commands", "prompts_app"),
    "replay": ("coach.evaluation.commands", "replay_files"),
    "doctor": ("coach.doctor.commands", "doctor"),
    "eval": ("coach.evaluation.commands", "evaluate"),
    "top": ("coach.top", "top"),
}
"""Commands and groups of commands, by module and name."""
OWN = ("dev", "start", "worker-process")


def application(wanted: str = "") -> typer.Typer:
    """The command line. Of its commands the wanted one is enough, if there is one of that name:
    the modules of the others are then not loaded.
    """
    app = typer.Typer(
        help="A silent AI coach for two-person video sessions.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.command()(dev)
    app.command()(start)
    app.command("worker-process", hidden=True)(worker_process)
    for name, (module, attribute) in ELSEWHERE.items():
        if name == wanted or wanted not in {*ELSEWHERE, *OWN}:
            _add(app, name, getattr(import_module(module), attribute))
    return app


def _add(app: typer.Typer, name: str, found: typer.Typer | Callable[..., None]) -> None:
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name)(found)


def main() -> None:
    """Run the command line; failures are one `error:` and one `hint:` line and exit code 1."""
    try:
        application(*sys.argv[1:2])()
    except CoachError as error:
        print(f"error: {error.message}\nhint: {error.hint}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


def _run(work: Coroutine[Any, Any, None]) -> None:
    _settle()
    try:
        asyncio.run(work)
    except* CoachError as group:
        raise _first_error(group) from None
    finally:
        logging.shutdown()


def _settle() -> None:
    """What is loaded by now stays. The garbage collector takes its time by all that it looks at:
    without this, the garbage of several sessions would gather.
    """
    gc.collect()
    gc.freeze()


def _first_error(group: BaseExceptionGroup[CoachError]) -> CoachError:
    for error in group.exceptions:
        return error if isinstance(error, CoachError) else _first_error(error)
    raise AssertionError


def _report(line: str) -> None:
    typer.echo(line)
