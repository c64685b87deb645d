"""Where sessions run: in threads of the worker, or each in a process of its own.

Threads share the worker's setup. A process makes its own from a blueprint, and tells the worker
what it counts; LiveKit's library starts it, gives it one session, and ends it.
"""

import contextlib
import functools
import logging
import multiprocessing
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.util import Finalize

import aiohttp
from livekit import api, rtc
from livekit.agents import JobContext, JobExecutorType, JobProcess

from coach import logs
from coach.hints.prompts import Prompt
from coach.metrics import WorkerMetrics, exposition
from coach.settings import Settings
from coach.worker import panic
from coach.worker.entry import run_session
from coach.worker.setup import Flag, Setup, prepare
from coach.worker.tally import Teller
from coach.worker.traces import tracing

log = logging.getLogger("coach.worker")

_SETUP = "setup"


@dataclass(frozen=True)
class Executor:
    """`prepare` runs once in each thread or process, before its session is there."""

    kind: JobExecutorType
    prepare: Callable[[JobProcess], None]


@dataclass(frozen=True)
class Blueprint:
    """What the process of a session needs for its setup, in a form that can be sent to it."""

    settings: Settings
    prompt: Prompt
    rehearsal: bool
    draining: Flag
    figures: socket.socket


def threads(setup: Setup) -> Executor:
    """Every session with this setup."""
    return Executor(JobExecutorType.THREAD, functools.partial(_share, setup))


def processes(blueprint: Blueprint) -> Executor:
    """Every session with a setup of its own."""
    return Executor(JobExecutorType.PROCESS, functools.partial(_furnish, blueprint))


def shared_flag() -> Flag:
    """One that the worker's processes see set, too."""
    return multiprocessing.get_context("forkserver").Event()


async def entry(job: JobContext) -> None:
    """The job's entry point."""
    setup: Setup = job.proc.userdata[_SETUP]
    setup.metrics.jobs.inc()
    try:
        await run_session(setup, job)
    except (rtc.ConnectError, api.TwirpError, aiohttp.ClientError, TimeoutError) as failure:
        log.warning("Session not begun", extra={"error": type(failure).__name__})
        job.shutdown("not begun")


def _share(setup: Setup, process: JobProcess) -> None:
    process.userdata[_SETUP] = setup


def _furnish(blueprint: Blueprint, process: JobProcess) -> None:
    """Its standard output is the worker's, which speaks to its own parent there: a process that
    outlives the worker must not keep that open. What is to be told last, is as the process ends.
    """
    os.dup2(2, 1)
    panic.guard()
    prepare()
    logs.name_sessions()
    metrics, ending = WorkerMetrics(), contextlib.ExitStack()
    read = functools.partial(exposition, metrics)
    ending.callback(Teller(blueprint.figures, os.getpid(), read).end)
    tracer = ending.enter_context(tracing(blueprint.settings))
    Finalize(None, ending.close, exitpriority=0)
    process.userdata[_SETUP] = Setup(
        blueprint.settings,
        blueprint.prompt,
        blueprint.rehearsal,
        metrics,
        blueprint.draining,
        tracer,
    )
