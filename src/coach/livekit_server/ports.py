"""The three ports of a server: moved when taken, and who holds one that is."""

import contextlib
import socket
from dataclasses import dataclass

import psutil

PREFERRED = 7880
SPREAD = 10
ATTEMPTS = 20
LOOPBACK = "127.0.0.1"
EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Ports:
    """HTTP and WebSocket, media over TCP, media over UDP."""

    http: int
    tcp: int
    udp: int

    @classmethod
    def beside(cls, http: int) -> "Ports":
        """The server's customary three: one after the other."""
        return cls(http, http + 1, http + 2)

    def free(self) -> bool:
        """Whether nothing listens on any of the three."""
        return (
            _bindable(self.http, LOOPBACK, socket.SOCK_STREAM)
            and _bindable(self.tcp, EVERYWHERE, socket.SOCK_STREAM)
            and _bindable(self.udp, LOOPBACK, socket.SOCK_DGRAM)
        )


def near(preferred: int) -> Ports | None:
    """The preferred ports or the next free ones above, None when there are none."""
    for step in range(ATTEMPTS):
        ports = Ports.beside(preferred + step * SPREAD)
        if ports.free():
            return ports
    return None


def anywhere() -> Ports:
    """Any three free ports."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as http,
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp,
    ):
        http.bind((LOOPBACK, 0))
        tcp.bind((EVERYWHERE, 0))
        udp.bind((LOOPBACK, 0))
        return Ports(http.getsockname()[1], tcp.getsockname()[1], udp.getsockname()[1])


def holder(ports: Ports) -> str:
    """What holds one of these ports, such as `port 7880 is held by nginx (pid 12)`.

    A program that this user may not look into stays unnamed.
    """
    for port in (ports.http, ports.tcp, ports.udp):
        found = _holding(port)
        if found is not None:
            return f"port {port} is held by {found}"
    return f"one of the ports {ports.http}, {ports.tcp}, {ports.udp} is held by another program"


def _holding(port: int) -> str | None:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if port in _listening(process):
                return f"{process.name()} (pid {process.pid})"
    return None


def _listening(process: psutil.Process) -> set[int]:
    return {
        connection.laddr.port
        for connection in process.net_connections("inet")
        if connection.laddr
        and (connection.status == psutil.CONN_LISTEN or connection.type == socket.SOCK_DGRAM)
    }


def _bindable(port: int, host: str, kind: socket.SocketKind) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind == socket.SOCK_STREAM:
            # as Go's listeners do, else the remains of closed connections count as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
