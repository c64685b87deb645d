"""A bad network between this machine and itself: what goes to FAR comes back as from there.

Root alone may make one; in a network namespace of its own it disturbs nobody.
"""

import asyncio
import contextlib
import fcntl
import os
import random
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

NEAR, FAR = "198.18.77.1", "198.18.77.2"
DEVICE = "bad0"
WAYS = (
    f"ip address add {NEAR}/30 dev {DEVICE}",
    f"ip link set {DEVICE} up",
    "ip rule add pref 10 lookup local",
    "ip rule del pref 0",
    f"ip rule add pref 5 iif lo to {NEAR} type blackhole",
)
"""What comes by the tunnel is taken in; what is sent to NEAR itself would go past it, and isn't."""
TUNNEL = "/dev/net/tun"
SET_INTERFACE, PLAIN_IP = 0x400454CA, 0x1001
PACKET = 65_535


@dataclass
class BadLink:
    """`loss` is the share of packets that are dropped, `delay_s` what the others take one way;
    those from and to the `spared` ports have a good network of their own.
    """

    descriptor: int
    loss: float = 0.0
    delay_s: float = 0.0
    passed: int = 0
    dropped: int = 0
    spared: frozenset[int] = frozenset()
    _chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311

    def carry(self) -> None:
        """Take what waits; a callback of the loop."""
        try:
            packet = os.read(self.descriptor, PACKET)
        except BlockingIOError:
            return
        if packet[0] >> 4 != 4:
            return
        back = packet[:12] + packet[16:20] + packet[12:16] + packet[20:]
        if self.spared.intersection(_ports(packet)):
            os.write(self.descriptor, back)
        elif self._chance.random() < self.loss:
            self.dropped += 1
        else:
            self.passed += 1
            asyncio.get_running_loop().call_later(self.delay_s, self._write, back)

    def _write(self, packet: bytes) -> None:
        """A packet that is still under way when the link ends is lost."""
        with contextlib.suppress(OSError):
            os.write(self.descriptor, packet)


def _ports(packet: bytes) -> tuple[int, int]:
    """From which and to which, in UDP as in TCP."""
    source, target = struct.unpack_from("!HH", packet, 4 * (packet[0] & 15))
    return source, target


@contextmanager
def bad_link() -> Iterator[BadLink]:
    """Good until it is told otherwise. Raises OSError where no tunnel may be made."""
    descriptor = os.open(TUNNEL, os.O_RDWR | os.O_NONBLOCK)
    try:
        request = struct.pack("16sH22x", DEVICE.encode(), PLAIN_IP)
        fcntl.ioctl(descriptor, SET_INTERFACE, request)
        for command in WAYS:
            subprocess.run(command.split(), check=True, capture_output=True)
        link = BadLink(descriptor)
        asyncio.get_running_loop().add_reader(descriptor, link.carry)
        yield link
    finally:
        asyncio.get_running_loop().remove_reader(descriptor)
        os.close(descriptor)
