"""Calls to LiveKit about what may be gone by now."""

from collections.abc import Awaitable

from livekit import api


async def tolerate_absence(call: Awaitable[object]) -> None:
    """Wait for the call; that what it is about isn't there is no error. Raises other TwirpErrors
    and aiohttp.ClientError.
    """
    try:
        await call
    except api.TwirpError as error:
        if error.code != api.TwirpErrorCode.NOT_FOUND:
            raise
