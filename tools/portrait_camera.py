"""A camera for a headless Chromium: the drawn portrait as a file of raw video."""

from pathlib import Path

import numpy as np
from tests.support.picture import GREY, HEIGHT, RUST, WIDTH, portrait

LUMA = (0.299, 0.587, 0.114)


def write_camera(target: Path) -> Path:
    """Two frames in YUV4MPEG2, for --use-file-for-fake-video-capture."""
    image = portrait(GREY, RUST)
    luma = image @ np.array(LUMA)
    small = image[::2, ::2]
    small_luma = luma[::2, ::2]
    blue = 128 + (small[:, :, 2] - small_luma) * 0.564
    red = 128 + (small[:, :, 0] - small_luma) * 0.713
    planes = [16 + luma * 219 / 255, blue, red]
    frame = b"FRAME\n" + b"".join(
        plane.clip(16, 240).astype(np.uint8).tobytes() for plane in planes
    )
    head = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg\n".encode()
    target.write_bytes(head + frame * 2)
    return target
