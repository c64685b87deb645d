"""The ports that we listen on: free, or held by ourselves."""

import asyncio
import socket

import aiohttp

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, skipped, warned
from coach.livekit_server.layout import Layout
from coach.livekit_server.status import State, look
from coach.ports import holder_of
from coach.protocol import AGENT_NAME

LOOPBACK = "127.0.0.1"
ASK_SECONDS = 3.0


async def web_port(case: Case) -> Finding:
    """COACH_PORT is free, or a coach serves there."""
    port = case.settings.coach_port
    if _is_free(port):
        return passed(f"port {port} is free for the web app")
    if await _is_ours(port):
        return passed(f"port {port} is held by a coach that runs")
    holder = await asyncio.to_thread(holder_of, port)
    return failed(
        f"port {port} is held{holder or ' by another program'}",
        f"stop that program, or set COACH_PORT={_another(port)} in {case.env_file.name}",
    )


async def livekit_ports(case: Case) -> Finding:
    """The managed server has its ports, or could have them."""
    if case.settings.livekit_url is not None:
        return skipped("LIVEKIT_URL is set: no server of ours is needed here")
    found = await asyncio.to_thread(look, Layout(case.settings.coach_home))
    if found.state is State.FOREIGN:
        return warned(
            f"{found.holder}; our LiveKit server will move to other ports",
            "stop that program, or choose: coach livekit start --port 17880",
        )
    if found.state is State.STOPPED or found.ports is None:
        return passed("the LiveKit server's ports are free")
    return passed(f"the LiveKit server ({found.state}) has port {found.ports.http}")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


async def _is_ours(port: int) -> bool:
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(f"http://{LOOPBACK}:{port}/api/info") as answer,
        ):
            told = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
    return isinstance(told, dict) and told.get("agent_name") == AGENT_NAME


def _another(port: int) -> int:
    return next((other for other in range(port + 1, 65536) if _is_free(other)), 8080)
