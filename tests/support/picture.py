"""A picture for a test person's camera or screen: a calm portrait, drawn here."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
from livekit import rtc
from livekit.rtc import TrackSource
from numpy.typing import NDArray
from tests.support.clients import RtcPerson

WIDTH, HEIGHT = 640, 360
EVERY_S = 0.2

Pixels = NDArray[np.float64]
Colour = tuple[int, int, int]

WALL_TOP, WALL_FOOT = (226, 217, 202), (190, 179, 160)
SKIN, SHADE, LINE = (214, 176, 150), (194, 154, 128), (120, 78, 62)
BROWN, GREY, TEAL, RUST = (84, 67, 56), (126, 122, 118), (74, 108, 105), (158, 98, 72)


def portrait(hair: Colour = BROWN, jumper: Colour = TEAL) -> Pixels:
    """Head and shoulders before a plain wall: rows, columns, red-green-blue."""
    down = np.linspace(0.0, 1.0, HEIGHT)[:, None, None]
    wall = np.array(WALL_TOP) * (1 - down) + np.array(WALL_FOOT) * down
    image = np.repeat(wall, WIDTH, axis=1)
    _ellipse(image, (0.5, 0.44), (0.19, 0.27), hair)
    _ellipse(image, (0.5, 1.06), (0.36, 0.38), jumper)
    _ellipse(image, (0.5, 0.67), (0.07, 0.12), SHADE)
    _ellipse(image, (0.5, 0.47), (0.14, 0.2), SKIN)
    for centre, radius in (((0.445, 0.45), (0.024, 0.006)), ((0.555, 0.45), (0.024, 0.006))):
        _ellipse(image, centre, radius, LINE)
    _ellipse(image, (0.5, 0.575), (0.034, 0.007), LINE)
    return image


def _ellipse(
    image: Pixels, centre: tuple[float, float], radius: tuple[float, float], colour: Colour
) -> None:
    """Centre and radii in parts of the height, from the middle of the width."""
    height, width, _ = image.shape
    rows, columns = np.mgrid[0:height, 0:width]
    across = (columns - width / 2) / height + 0.5 - centre[0]
    along = rows / height - centre[1]
    distance = np.hypot(across / radius[0], along / radius[1])
    inside = np.clip((1 - distance) * min(radius) * height / 2, 0, 1)[:, :, None]
    image[:] = image * (1 - inside) + np.array(colour) * inside


@asynccontextmanager
async def picture(
    person: RtcPerson, source: TrackSource.ValueType = TrackSource.SOURCE_CAMERA
) -> AsyncIterator[None]:
    """Meanwhile the room sees this person's camera, or another source."""
    shown = rtc.VideoSource(WIDTH, HEIGHT)
    track = rtc.LocalVideoTrack.create_video_track("picture", shown)
    options = rtc.TrackPublishOptions(source=source, simulcast=False)
    publication = await person.room.local_participant.publish_track(track, options)
    showing = asyncio.create_task(_show(shown))
    try:
        yield
    finally:
        showing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await showing
        await person.room.local_participant.unpublish_track(publication.sid)
        await shown.aclose()


async def _show(shown: rtc.VideoSource) -> None:
    image = np.dstack([portrait(), np.full((HEIGHT, WIDTH), 255)]).astype(np.uint8)
    frame = rtc.VideoFrame(WIDTH, HEIGHT, rtc.VideoBufferType.RGBA, image.tobytes())
    while True:
        shown.capture_frame(frame)
        await asyncio.sleep(EVERY_S)
