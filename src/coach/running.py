"""`coach dev` and `coach start`: the parts, put together in one order and ended in the other."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from coach import assets
from coach.children import supervised
from coach.errors import CoachError
from coach.exposure import LOOPBACK, listening_host
from coach.prompting import load_prompt
from coach.settings import Settings
from coach.stopping import stop_signal
from coach.store import migrate, open_store, sweeping
from coach.web import WebConfig, running_web_app
from coach.worker_state import WorkerState

log = logging.getLogger("coach")

WORKER_STOP_SECONDS = 10.0
"""What a worker may take to end once its sessions have."""

Report = Callable[[str], None]


async def run_dev(settings: Settings, report: Report) -> None:
    """Everything on this machine, until Ctrl-C."""
    load_prompt(settings)
    _require_pages()
    stop = stop_signal()
    async with AsyncExitStack() as stack:
        stack.callback(report, "Stopping…")
        await _first(_dev(settings, stack, report), stop.wait())


async def _dev(settings: Settings, stack: AsyncExitStack, report: Report) -> None:
    settings = await _with_livekit(settings, stack, report)
    settings, rehearsal = await with_provider(settings, stack, report)
    plan = WebPlan(LOOPBACK, open_access=True, rehearsal=rehearsal)
    worker = await _serve(settings, stack, plan)
    await worker.wait()
    _welcome(settings, report, rehearsal=rehearsal)
    await asyncio.Event().wait()


async def run_start(settings: Settings, report: Report) -> None:
    """Web app and worker, with everything from the settings, until SIGTERM."""
    require_production(settings)
    host = listening_host(settings)
    load_prompt(settings)
    _require_pages()
    stop = stop_signal()
    async with AsyncExitStack() as stack:
        await _serve(
            settings, stack, WebPlan(host, open_access=False, rehearsal=False, draining=stop.is_set)
        )
        _report_serving(settings, report, host)
        await stop.wait()


async def run_web_only(settings: Settings, report: Report) -> None:
    """The web app alone; workers run elsewhere."""
    require_livekit(settings)
    host = listening_host(settings)
    _require_pages()
    stop = stop_signal()
    config = WebConfig(
        host=host,
        open_access=False,
        rehearsal=False,
        pages=assets.pages(),
        worker_ready=None,
        draining=stop.is_set,
    )
    await migrate(settings)
    async with (
        open_store(settings) as store,
        sweeping(store.sweeper),
        running_web_app(settings, config, store),
    ):
        _report_serving(settings, report, host)
        await stop.wait()


def _report_serving(settings: Settings, report: Report, host: str) -> None:
    report(f"Serving on port {settings.coach_port}")
    if host == LOOPBACK:
        report("For this machine only: set COACH_ACCESS_KEY to be reached from elsewhere.")


class WebPlan:
    """How the web app is to be reached."""

    def __init__(
        self,
        host: str,
        *,
        open_access: bool,
        rehearsal: bool,
        draining: Callable[[], bool] = lambda: False,
    ) -> None:
        self.host = host
        self.draining = draining
        self.open_access = open_access
        self.rehearsal = rehearsal


async def _serve(settings: Settings, stack: AsyncExitStack, plan: WebPlan) -> WorkerState:
    worker = WorkerState()
    config = WebConfig(
        host=plan.host,
        open_access=plan.open_access,
        rehearsal=plan.rehearsal,
        pages=assets.pages(),
        worker_ready=worker.ready,
        worker_comes=worker.comes,
        worker_since=worker.since,
        worker_metrics=worker.metrics,
        draining=plan.draining,
    )
    await migrate(settings)
    store = await stack.enter_async_context(open_store(settings))
    await stack.enter_async_context(sweeping(store.sweeper))
    await stack.enter_async_context(running_web_app(settings, config, store))
    drain = 0 if plan.open_access else settings.coach_drain_seconds
    arguments = ["worker-process", "--drain", str(drain)]
    if plan.rehearsal:
        arguments.append("--rehearsal")
    await stack.enter_async_context(
        supervised(arguments, settings.environment(), worker.heard, drain + WORKER_STOP_SECONDS)
    )
    return worker


async def _with_livekit(settings: Settings, stack: AsyncExitStack, report: Report) -> Settings:
    if settings.livekit_url is not None:
        require_livekit(settings)
        return settings
    from coach.livekit_server import local_server

    endpoint = await stack.enter_async_context(
        local_server(settings.coach_home, report, release_url=settings.livekit_release_url)
    )
    return settings.model_copy(
        update={
            "livekit_url": endpoint.url,
            "livekit_api_key": endpoint.api_key,
            "livekit_api_secret": endpoint.api_secret,
        }
    )


async def with_provider(
    settings: Settings, stack: AsyncExitStack, report: Report
) -> tuple[Settings, bool]:
    """The settings with a provider, and whether it is the rehearsal, which then runs as long as
    the stack.
    """
    if settings.has_provider_keys():
        return settings, False
    from coach.rehearsal import running_rehearsal

    report("No OPENAI_API_KEY: starting the rehearsal (offline recogniser, rule-based hints)")
    provider = await stack.enter_async_context(running_rehearsal())
    update = {"openai_base_url": provider.base_url, "openai_api_key": provider.api_key}
    return settings.model_copy(update=update), True


def require_livekit(settings: Settings) -> None:
    """Raise CoachError unless LIVEKIT_URL, key and secret are all set."""
    missing = [
        name.upper()
        for name in ("livekit_url", "livekit_api_key", "livekit_api_secret")
        if getattr(settings, name) is None
    ]
    if missing:
        raise CoachError(
            f"{', '.join(missing)} not set",
            "set them in the environment or in .agent.env; `coach dev` needs none of them",
        )


def require_production(settings: Settings) -> None:
    """Raise CoachError unless LiveKit and provider keys are set."""
    require_livekit(settings)
    if not settings.has_provider_keys():
        raise CoachError(
            "OPENAI_API_KEY is not set",
            "set it in the environment or in .agent.env; `coach dev` rehearses without a key",
        )


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Until one of them is done; the others are cancelled, and its failure is ours."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _require_pages() -> None:
    if not (assets.pages() / "partner.html").is_file():
        raise CoachError("the pages are not built", "run: make pages")


def _welcome(settings: Settings, report: Report, *, rehearsal: bool) -> None:
    base = f"http://localhost:{settings.coach_port}"
    report("")
    report(f"  Partner:      {base}/partner")
    report(f"  Facilitator:  {base}/facilitator")
    report("")
    if rehearsal:
        report("Rehearsal: offline recogniser and rule-based hints, not AI.")
        report("Set OPENAI_API_KEY in .agent.env for the real coach.")
    report("Ctrl-C stops everything.")
