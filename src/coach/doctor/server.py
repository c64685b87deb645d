"""The LiveKit server: does it answer, has it the same time, does it take our key?"""

import time
from email.utils import parsedate_to_datetime

import aiohttp
from livekit import api

from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, skipped, warned
from coach.errors import CoachError
from coach.livekit_server import Endpoint
from coach.running import require_livekit

ASK_SECONDS = 8.0
SKEW_FAILS_SECONDS = 60.0
"""Beyond this LiveKit takes no token: it is not valid yet, or no longer."""
SKEW_WARNS_SECONDS = 10.0
SET_CLOCK = "sudo timedatectl set-ntp true (on macOS: sudo sntp -sS time.apple.com)"


async def livekit(case: Case) -> Finding:
    """Something answers at LIVEKIT_URL, or our own server runs."""
    if case.livekit is None:
        if case.settings.livekit_url is not None:
            require_livekit(case.settings)
        return failed(
            "no LiveKit server runs on this machine and LIVEKIT_URL is not set",
            "coach livekit start (or coach dev, which runs one)",
        )
    await _get(case.livekit)
    kind = "set by LIVEKIT_URL" if case.settings.livekit_url else "the managed server"
    return passed(f"{case.livekit.url} answers ({kind})")


async def clock(case: Case) -> Finding:
    """Tokens are valid only when both clocks agree."""
    headers = await _get(case.server)
    try:
        there = parsedate_to_datetime(headers["Date"]).timestamp()
    except (KeyError, ValueError):
        return skipped("the server does not tell its time")
    skew = time.time() - there
    words = f"this machine's clock is {abs(skew):.0f} s {'ahead of' if skew > 0 else 'behind'}"
    if abs(skew) > SKEW_FAILS_SECONDS:
        return failed(f"{words} the server's: every token is refused", SET_CLOCK)
    if abs(skew) > SKEW_WARNS_SECONDS:
        return warned(f"{words} the server's", SET_CLOCK)
    return passed("same time as the server, to the second or so")


async def key(case: Case) -> Finding:
    """The server takes LIVEKIT_API_KEY and LIVEKIT_API_SECRET."""
    server = case.server
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    secret = server.api_secret.get_secret_value()
    async with api.LiveKitAPI(server.url, server.api_key, secret, timeout=timeout) as livekit_api:
        try:
            await livekit_api.room.list_rooms(api.ListRoomsRequest(names=["-"]))
        except api.TwirpError as error:
            return _refused(case, error)
        except aiohttp.ContentTypeError:
            return _no_livekit(server)
    return passed("key and secret are accepted")


def _refused(case: Case, error: api.TwirpError) -> Finding:
    if error.status in (401, 403):
        return failed(
            f"the server refuses the key ({error.status})",
            "copy LIVEKIT_API_KEY and LIVEKIT_API_SECRET of this server's project again"
            f" into {case.env_file.name}",
        )
    if error.status == 404:
        return _no_livekit(case.server)
    return failed(f"the server fails ({error.status})", "read the server's log: coach livekit logs")


def _no_livekit(server: Endpoint) -> Finding:
    return failed(
        f"what answers at {server.url} is no LiveKit server",
        "set LIVEKIT_URL to the server's own address, such as wss://PROJECT.livekit.cloud",
    )


def http_url(url: str) -> str:
    """The server's address for HTTP requests."""
    return url.replace("ws", "http", 1) if url.startswith("ws") else url


async def _get(server: Endpoint) -> dict[str, str]:
    timeout = aiohttp.ClientTimeout(total=ASK_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as http,
            http.get(http_url(server.url)) as answer,
        ):
            return dict(answer.headers)
    except (aiohttp.ClientError, TimeoutError) as error:
        raise CoachError(f"{server.url} {_trouble(error)}", _mend(server)) from None


def _trouble(error: aiohttp.ClientError | TimeoutError) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "has a name that does not resolve"
        case aiohttp.ClientSSLError():
            return "has no certificate that this machine trusts"
        case aiohttp.ClientConnectorError():
            return "takes no connection"
        case TimeoutError():
            return f"gives no answer within {ASK_SECONDS:.0f} s"
        case _:
            return "gives no sensible answer"


def _mend(server: Endpoint) -> str:
    start = "start the server (ours: coach livekit start)"
    return f"{start}, or correct LIVEKIT_URL; try: curl -v {http_url(server.url)}"
