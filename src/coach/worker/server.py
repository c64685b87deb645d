"""The worker: registered with LiveKit, one job a session."""

import asyncio
import contextlib
import functools
import logging
import math
import socket
import threading
import time
from collections.abc import Callable

import aiohttp
from livekit import api
from livekit.agents import AgentServer, AssignmentTimeoutError, JobRequest, WorkerPermissions

from coach.errors import CoachError
from coach.hints.prompts import Prompt
from coach.protocol import AGENT_NAME, ATTRIBUTE_STATE
from coach.settings import Settings
from coach.stopping import stop_signal
from coach.worker import panic
from coach.worker.executor import (
    Blueprint,
    Executor,
    entry,
    processes,
    shared_flag,
    threads,
)
from coach.worker.fence import take_over
from coach.worker.setup import Flag, Setup, prepare
from coach.worker.tally import Tally
from coach.worker.tidying import tidy_until_spent
from coach.worker.traces import tracing

log = logging.getLogger("coach.worker")

START_SECONDS = 30.0
JOB_END_SECONDS = 5.0
ANSWER_SECONDS = 2.0
"""LiveKit waits three seconds for a worker to take a job."""
SERVER_TARGET_LOAD = 0.7
"""LiveKit (1.13.5, by default) sends no job to a worker that reports as much."""
CONNECT_RETRIES = 1_000_000
LOOK_SECONDS = 1.0
SLEPT_SECONDS = 15.0
PERMISSIONS = WorkerPermissions(
    can_publish=False, can_subscribe=True, can_publish_data=True, can_update_metadata=True
)


class CoachServer(AgentServer):
    """An AgentServer that tells when it is connected to LiveKit and when no longer. `taken` counts
    the sessions that it has accepted so far.
    """

    def __init__(
        self, settings: Settings, executor: Executor, connected: Callable[[bool], None]
    ) -> None:
        super().__init__(
            job_executor_type=executor.kind,
            setup_fnc=executor.prepare,
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
        self.taken = 0

    def sessions(self) -> int:
        """How many it has now."""
        return len(self.active_jobs)

    def is_full(self) -> bool:
        """Whether it has as many sessions as it takes."""
        return self.sessions() >= self._most

    def _fullness(self) -> float:
        """Sessions of this worker over the most it takes, on the server's scale: a busy machine
        still gets its coach.
        """
        return min(1.0, SERVER_TARGET_LOAD * self.sessions() / self._most)

    async def _run_ws(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        log.info("Connected to LiveKit server")
        self._connected(True)
        watching = asyncio.create_task(_cut_after_sleep(ws))
        try:
            await super()._run_ws(ws)
        finally:
            watching.cancel()
            self._connected(False)


async def _cut_after_sleep(ws: aiohttp.ClientWebSocketResponse) -> None:
    """A machine that was suspended finds its connection dead, and would notice after most of a
    minute only: until then it takes no session.
    """
    slept = 0.0
    while slept < SLEPT_SECONDS:
        before = time.time()
        await asyncio.sleep(LOOK_SECONDS)
        slept = time.time() - before
    log.warning("This machine slept; connecting to LiveKit anew")
    with contextlib.suppress(OSError):
        ws.get_extra_info("socket").shutdown(socket.SHUT_RDWR)


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
    if await _accept(request):
        server.taken += 1


async def _accept(request: JobRequest) -> bool:
    try:
        await request.accept(
            identity=AGENT_NAME,
            name="Silent Coach",
            attributes={ATTRIBUTE_STATE: "waiting_for_consent"},
        )
    except AssignmentTimeoutError:
        log.warning("Job withdrawn before it was taken")
        return False
    return True


async def run_worker(
    settings: Settings,
    prompt: Prompt,
    *,
    rehearsal: bool,
    drain_seconds: int,
    connected: Callable[[bool], None],
    figures: Tally,
    most: float = math.inf,
) -> None:
    """Serve sessions until SIGTERM or SIGINT, then let running ones end within the drain time;
    a second signal ends the process at once. It ends by itself, too, once it has held `most`
    sessions and nobody is in one.

    `connected` is told on every change whether it is registered and takes sessions. Raises
    CoachError when the worker fails.
    """
    panic.guard()
    with contextlib.ExitStack() as stack:
        if settings.coach_executor == "thread":
            prepare()
            draining: Flag = threading.Event()
            tracer = stack.enter_context(tracing(settings))
            setup = Setup(settings, prompt, rehearsal, figures.metrics, draining, tracer)
            executor = threads(setup)
        else:
            draining = shared_flag()
            told = stack.enter_context(figures.listening())
            executor = processes(Blueprint(settings, prompt, rehearsal, draining, told))
        server = CoachServer(settings, executor, connected)
        async with _livekit(settings) as livekit:
            await _serve(server, livekit, draining, connected, drain_seconds, most)


async def _serve(
    server: CoachServer,
    livekit: api.LiveKitAPI,
    draining: Flag,
    connected: Callable[[bool], None],
    drain_seconds: int,
    most: float,
) -> None:
    async with asyncio.TaskGroup() as group:
        answer = functools.partial(_answer, server, livekit)
        server.rtc_session(entry, agent_name=AGENT_NAME, on_request=answer)
        running = group.create_task(_run(server))
        stopped = group.create_task(stop_signal().wait())
        spent = group.create_task(tidy_until_spent(lambda: server.taken, server.sessions, most))
        await asyncio.wait([running, stopped, spent], return_when=asyncio.FIRST_COMPLETED)
        draining.set()
        connected(False)
        if drain_seconds:
            with contextlib.suppress(TimeoutError):
                await server.drain(drain_seconds)
        await server.aclose()
        for aside in (stopped, spent):
            aside.cancel()


async def _run(server: AgentServer) -> None:
    try:
        await server.run()
    except RuntimeError:
        raise CoachError(
            "the worker lost LiveKit", "check LIVEKIT_URL and that the server runs"
        ) from None
