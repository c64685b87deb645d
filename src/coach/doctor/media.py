"""A call between two test clients: sound and data both ways, over every way that is open."""

import asyncio
import ipaddress
import secrets
import time
from urllib.parse import urlsplit

from livekit import rtc

from coach.doctor.caller import Caller, two_callers
from coach.doctor.case import Case
from coach.doctor.finding import Finding, failed, passed, warned
from coach.doctor.greeting import greeting
from coach.doctor.rooms import fresh_room

CALL_SECONDS = 15.0
RELAY_SECONDS = 12.0
TRANSPORTS = (
    "open the server's rtc ports, UDP and TCP, and set rtc.node_ip to where clients reach it"
)
NEEDS_TCP = "open the TCP port of the server's rtc.tcp_port (7881) for networks that block UDP"


async def media(case: Case) -> Finding:
    """Sound goes both ways, by UDP unless something is in its way."""
    try:
        async with (
            asyncio.timeout(CALL_SECONDS),
            fresh_room(case.server) as room,
            two_callers(room) as callers,
        ):
            await _talk(*callers)
            ways = {await caller.way() for caller in callers}
    except (TimeoutError, rtc.ConnectError):
        return failed("no sound gets through between two test clients", TRANSPORTS)
    if ways != {"udp"}:
        return warned(
            f"sound goes both ways, but over {' and '.join(sorted(ways))}: UDP is blocked",
            "open the UDP ports of the server's rtc section",
        )
    return passed("sound goes both ways between two test clients, over UDP")


async def media_tcp(case: Case) -> Finding:
    """Sound goes both ways when the server makes both clients use TCP."""
    try:
        async with (
            asyncio.timeout(CALL_SECONDS),
            fresh_room(case.server) as room,
            two_callers(room) as callers,
        ):
            await asyncio.gather(*(caller.over_tcp() for caller in callers))
            await _talk(*callers)
            ways = {await caller.way() for caller in callers}
    except (TimeoutError, rtc.ConnectError):
        return warned("no sound gets through over TCP", NEEDS_TCP)
    if any(way == "udp" for way in ways):
        return warned("TCP could not be forced: the server kept to UDP", NEEDS_TCP)
    return passed(f"sound goes both ways over {' and '.join(sorted(ways)).upper()} too")


async def data(case: Case) -> Finding:
    """A data packet comes back from the other client unchanged."""
    payload = secrets.token_bytes(200)
    try:
        async with (
            asyncio.timeout(CALL_SECONDS),
            fresh_room(case.server) as room,
            two_callers(room) as (one, other),
        ):
            began = time.monotonic()
            await one.send(payload, other.identity)
            await other.send(await other.receive(), one.identity)
            back = await one.receive()
    except (TimeoutError, rtc.ConnectError):
        return failed("data packets do not arrive", TRANSPORTS)
    if back != payload:
        return failed("a data packet came back changed", TRANSPORTS)
    return passed(f"a data packet is there and back in {(time.monotonic() - began) * 1000:.0f} ms")


async def turn(case: Case) -> Finding:
    """A relay for networks that let nothing else through: does it work, is one needed?"""
    async with fresh_room(case.server) as room:
        found = await greeting(room)
        urls = [url for server in found.ice_servers for url in server.urls]
        relays = [url for url in urls if url.startswith(("turn:", "turns:"))]
        if relays:
            return await _relay(case, relays)
    if _is_here(case.server.url):
        return passed("no relay is configured, and none is needed on one machine")
    return warned(
        "no relay: people behind strict firewalls can't join",
        "ours: coach livekit expose ADDRESS --turn; else the server's turn section",
    )


async def _relay(case: Case, relays: list[str]) -> Finding:
    try:
        async with (
            asyncio.timeout(RELAY_SECONDS),
            fresh_room(case.server) as room,
            two_callers(room, relayed=True) as callers,
        ):
            await _talk(*callers)
    except (TimeoutError, rtc.ConnectError):
        return failed(
            f"the server names {relays[0]}, and no sound gets through it",
            "open the ports of the server's turn section, and check its domain and certificate",
        )
    return passed(f"sound goes both ways through {relays[0]}")


async def _talk(one: Caller, other: Caller) -> None:
    await asyncio.gather(one.publish_tone(), other.publish_tone())
    await asyncio.gather(one.hear(), other.hear())


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
