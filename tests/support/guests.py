"""Many people who join a room at once and leave it at once, as a process of their own.

python -m tests.support.guests URL TOKEN...
"""

import asyncio
import sys

from livekit import rtc


async def come_and_go(url: str, token: str) -> None:
    """One of them."""
    room = rtc.Room()
    await room.connect(url, token)
    await room.disconnect()


async def main(url: str, *tokens: str) -> None:
    await asyncio.gather(*(come_and_go(url, token) for token in tokens))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
