"""Who can reach the server: this machine alone, or others at one address."""

import ipaddress
import json
import socket
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import psutil

from coach.errors import CoachError
from coach.livekit_server.ports import LOOPBACK

LAN = "lan"
TAILSCALE = "tailscale"
TAILSCALE_NETWORK = ipaddress.ip_network("100.64.0.0/10")
TURN_UDP_PORT = 3478
TURN_TLS_PORT = 443
"""Where LiveKit sends its clients for TURN over TLS, whatever port is configured."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A relay for networks that block direct media: over UDP, and with a certificate over TLS."""

    domain: str | None = None
    certificate: str | None = None
    key: str | None = None

    def settings(self, address: str) -> dict[str, Any]:
        """The server's `turn` section."""
        private = ipaddress.ip_address(address).is_private
        return {
            "enabled": True,
            "udp_port": TURN_UDP_PORT,
            "bind_addresses": [bindable(address)],
            # its own media address is the one that the relay has to reach
            **({"allow_restricted_peer_cidrs": [f"{address}/32"]} if private else {}),
            **self._over_tls(),
        }

    def _over_tls(self) -> dict[str, Any]:
        if self.domain is None:
            return {}
        return {
            "domain": self.domain,
            "tls_port": TURN_TLS_PORT,
            "cert_file": self.certificate,
            "key_file": self.key,
        }


@dataclass(frozen=True, slots=True)
class Reach:
    """How the server is exposed; `at` is an IPv4 address, `lan` or `tailscale`."""

    at: str = LOOPBACK
    turn: Turn | None = None

    @classmethod
    def read(cls, path: Path) -> Self:
        """What was chosen last; this machine alone when nothing was. Raises CoachError."""
        if not path.exists():
            return cls()
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            turn = content["turn"]
            return cls(content["at"], Turn(**turn) if turn else None)
        except (OSError, ValueError, TypeError, KeyError):
            raise CoachError(f"{path} can't be read", "run: coach livekit expose off") from None

    def write(self, path: Path) -> None:
        """Remember this choice for every later start."""
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(self)), encoding="utf-8")
        part.replace(path)

    def address(self) -> str:
        """The address now. Raises CoachError when this machine has none of that kind."""
        if self.at == LAN:
            return _lan_address()
        if self.at == TAILSCALE:
            return _tailscale_address()
        return _literal(self.at)


def bindable(address: str) -> str:
    """The address itself, or every one when it belongs to a router before this machine."""
    return address if address in own_addresses() else "0.0.0.0"  # noqa: S104 (asked for)


def own_addresses() -> list[str]:
    """The IPv4 addresses of this machine."""
    return [
        entry.address
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family == socket.AF_INET
    ]


def _lan_address() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; asks which address would be used
            address: str = probe.getsockname()[0]
        except OSError:
            address = LOOPBACK
    if address == LOOPBACK:
        raise CoachError("this machine is in no network", "connect it, or name its address")
    return address


def _tailscale_address() -> str:
    for address in own_addresses():
        if ipaddress.ip_address(address) in TAILSCALE_NETWORK:
            return address
    raise CoachError("this machine has no Tailscale address", "run: tailscale up")


def _literal(word: str) -> str:
    try:
        return str(ipaddress.IPv4Address(word))
    except ValueError:
        raise CoachError(
            f"{word} is no IPv4 address", "give an address, or the word lan, tailscale or off"
        ) from None
