"""What a worker that runs alone tells of itself over HTTP: that it lives, is ready, its figures."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from coach.errors import CoachError
from coach.exposure import EVERYWHERE, LOOPBACK, may_read_metrics
from coach.metrics import tell_registered
from coach.ports import holder_of
from coach.settings import Settings
from coach.worker.tally import Tally


@asynccontextmanager
async def monitored(
    settings: Settings, ready: Callable[[], bool], figures: Tally
) -> AsyncIterator[None]:
    """Serve `/healthz`, `/readyz` and `/metrics` on COACH_WORKER_PORT until the block ends, when
    that is set; the figures are for this machine, or for who brings METRICS_TOKEN. `ready`:
    whether the worker is registered with LiveKit and takes sessions.

    Raises CoachError when the port is taken.
    """
    if settings.coach_worker_port is None:
        yield
        return
    tell_registered(figures.metrics.registry, ready)
    runner = web.AppRunner(_app(settings, ready, figures), access_log=None)
    try:
        await runner.setup()
        await _listen(runner, settings.coach_worker_port)
        yield
    finally:
        await runner.cleanup()


def _app(settings: Settings, ready: Callable[[], bool], figures: Tally) -> web.Application:
    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        now = ready()
        body = {"status": "ready" if now else "not ready", "checks": {"worker": now}}
        return web.json_response(body, status=200 if now else 503)

    async def metrics(request: web.Request) -> web.Response:
        local = request.remote == LOOPBACK
        if not may_read_metrics(settings.metrics_token, request.headers, local=local):
            raise web.HTTPUnauthorized
        headers = {"Content-Type": CONTENT_TYPE_PLAIN_0_0_4, "Cache-Control": "no-store"}
        return web.Response(body=figures.exposition().encode(), headers=headers)

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics)
    return app


async def _listen(runner: web.AppRunner, port: int) -> None:
    try:
        await web.TCPSite(runner, EVERYWHERE, port).start()
    except OSError:
        raise CoachError(
            f"port {port} is taken{holder_of(port)}",
            "free it, or set COACH_WORKER_PORT to another port",
        ) from None
