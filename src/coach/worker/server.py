"""The worker process: registered with LiveKit, one job a session."""

import asyncio
import contextlib
import functools
import logging
import math
from collections.abc import Callable

import aiohttp
from livekit import api, rtc
from livekit.agents import (
    AgentServer,
    AssignmentTimeoutError,
    JobContext,
    JobExecutorType,
    JobRequest,
    WorkerPermissions,
)

from coach.errors import CoachError
from coach.hints.prompts import Prompt
from coach.metrics import WorkerMetrics
from coach.protocol import AGENT_NAME, ATTRIBUTE_STATE
from coach.running import stop_signal
from coach.settings import Settings
from coach.worker import panic
from coach.worker.entry import run_session
from coach.worker.fence import take_over
from coach.worker.setup import Setup, load_detector

log = logging.getLogger("coach.worker")

START_SECONDS = 30.0
JOB_END_SECONDS = 5.0
ANSWER_SECONDS = 2.0
"""LiveKit waits three seconds for a worker to take a job."""
SERVER_TARGET_LOAD = 0.7
"""LiveKit (1.13.5, by default) sends no job to a worker that reports as much."""
CONNECT_RETRIES = 1_000_000
PERMISSIONS = WorkerPermissions(
    can_publish=False, can_subscribe=True, can_publish_data=True, can_update_metadata=True
)


class CoachServer(AgentServer):
    """An AgentServer that tells when it is connected to LiveKit and when no longer."""

    def __init__(self, settings: Settings, connected: Callable[[bool], None]) -> None:
        super().__init__(
            job_executor_type=JobExecutorType.THREAD,
            load_fnc=self._fullness,
            load_threshold=math.inf,
            num_idle_processes=1,
            shutdown_process_timeout=JOB_END_SECONDS,
            initialize_process_timeout=START_SECONDS,
            permissions=PERMISSIONS,
            max_retry=CONNECT_RETRIES,
            ws_url=settings.livekit_url,
            api_key=settings.livekit_api_key,
            api_secret=_secret(settings),
            host="127.0.0.1",
            port=0,
        )
        self._connected = connected
        self._most = settings.coach_max_sessions

    def is_full(self) -> bool:
        """Whether it has as many sessions as it takes."""
        return len(self.active_jobs) >= self._most

    def _fullness(self) -> float:
        """Sessions of this worker over the most it takes, on the server's scale: a busy machine
        still gets its coach.
        """
        return min(1.0, SERVER_TARGET_LOAD * len(self.active_jobs) / self._most)

    async def _run_ws(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        log.info("Connected to LiveKit server")
        self._connected(True)
        try:
            await super()._run_ws(ws)
        finally:
            self._connected(False)


def _secret(settings: Settings) -> str | None:
    secret = settings.livekit_api_secret
    return secret.get_secret_value() if secret else None


def _livekit(settings: Settings) -> api.LiveKitAPI:
    return api.LiveKitAPI(settings.livekit_url, settings.livekit_api_key, _secret(settings))


async def _answer(server: CoachServer, livekit: api.LiveKitAPI, request: JobRequest) -> None:
    """Take the job unless its room has a newer coach; when this worker is full or nobody can tell,
    leave it to others.
    """
    if server.is_full():
        await request.reject(terminate=False)
        return
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            newest = await take_over(livekit, request.job)
    except (api.TwirpError, aiohttp.ClientError, TimeoutError) as failure:
        log.warning("Job refused: LiveKit not asked", extra={"error": type(failure).__name__})
        await request.reject(terminate=False)
        return
    if not newest:
        log.info("Job refused: the room has a newer coach")
        await request.reject()
        return
    await _accept(request)


async def _accept(request: JobRequest) -> None:
    try:
        await request.accept(
            identity=AGENT_NAME,
            name="Silent Coach",
            attributes={ATTRIBUTE_STATE: "waiting_for_consent"},
        )
    except AssignmentTimeoutError:
        log.warning("Job withdrawn before it was taken")


async def run_worker(
    settings: Settings,
    prompt: Prompt,
    *,
    rehearsal: bool,
    drain_seconds: int,
    connected: Callable[[bool], None],
    metrics: WorkerMetrics,
) -> None:
    """Serve sessions until SIGTERM or SIGINT, then let running ones end within the drain time;
    a second signal ends the process at once.

    `connected` is told on every change whether it is registered and takes sessions. Raises
    CoachError when the worker fails.
    """
    panic.guard()
    setup = Setup(settings, prompt, await asyncio.to_thread(load_detector), rehearsal, metrics)
    server = CoachServer(settings, connected)
    stop = stop_signal()
    async with _livekit(settings) as livekit, asyncio.TaskGroup() as group:
        server.rtc_session(
            functools.partial(_entry, setup),
            agent_name=AGENT_NAME,
            on_request=functools.partial(_answer, server, livekit),
        )
        running = group.create_task(_run(server))
        await asyncio.wait(
            [running, group.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED
        )
        setup.draining.set()
        connected(False)
        if drain_seconds:
            with contextlib.suppress(TimeoutError):
                await server.drain(drain_seconds)
        await server.aclose()
        stop.set()


async def _entry(setup: Setup, job: JobContext) -> None:
    setup.metrics.jobs.inc()
    try:
        await run_session(setup, job)
    except (rtc.ConnectError, api.TwirpError, aiohttp.ClientError, TimeoutError) as failure:
        log.warning("Session not begun", extra={"error": type(failure).__name__})
        job.shutdown("not begun")


async def _run(server: AgentServer) -> None:
    try:
        await server.run()
    except RuntimeError:
        raise CoachError(
            "the worker lost LiveKit", "check LIVEKIT_URL and that the server runs"
        ) from None
