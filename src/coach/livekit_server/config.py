"""The server's configuration and keys."""

import secrets
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import SecretStr

from coach.errors import CoachError
from coach.livekit_server.layout import Layout
from coach.livekit_server.ports import LOOPBACK, Ports
from coach.livekit_server.reach import Reach, bindable

SECRET_BYTES = 32
PRIVATE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A LiveKit server and the key that it accepts."""

    url: str
    api_key: str
    api_secret: SecretStr


def endpoint(layout: Layout, ports: Ports) -> Endpoint:
    """Where the server answers on these ports, with this installation's key."""
    key, secret = keys(layout)
    return Endpoint(f"ws://{LOOPBACK}:{ports.http}", key, secret)


def keys(layout: Layout) -> tuple[str, SecretStr]:
    """Key and secret of this installation; made at random the first time."""
    if not layout.keys.exists():
        _write_private(
            layout.keys, {f"API{secrets.token_hex(6)}": secrets.token_urlsafe(SECRET_BYTES)}
        )
    layout.keys.chmod(PRIVATE_MODE)
    try:
        ((key, secret),) = yaml.safe_load(layout.keys.read_text(encoding="utf-8")).items()
    except (OSError, ValueError, AttributeError, yaml.YAMLError):
        raise CoachError(
            f"{layout.keys} does not hold one key",
            "remove that file; the next start makes a new key",
        ) from None
    return str(key), SecretStr(str(secret))


def write_config(layout: Layout, ports: Ports, reach: Reach) -> None:
    """Write the server's configuration. Raises CoachError when the address isn't there now."""
    address = reach.address()
    content: dict[str, object] = {
        "port": ports.http,
        "bind_addresses": _bind(address),
        "key_file": str(layout.keys),
        "rtc": _rtc(address, ports),
    }
    if reach.turn is not None:
        content["turn"] = reach.turn.settings(address)
    _write_private(layout.config, content)


def _bind(address: str) -> list[str]:
    here = bindable(address)
    # loopback is for the coach itself; every address includes it
    return [here] if here != address or address == LOOPBACK else [LOOPBACK, address]


def _rtc(address: str, ports: Ports) -> dict[str, object]:
    return {
        "tcp_port": ports.tcp,
        "udp_port": ports.udp,
        "node_ip": address,
        "enable_loopback_candidate": address == LOOPBACK,
        "use_external_ip": False,
        **({"ips": {"includes": [f"{address}/32"]}} if bindable(address) == address else {}),
    }


def configured_ports(layout: Layout) -> Ports | None:
    """The ports of the last start, None when there was none."""
    try:
        content = yaml.safe_load(layout.config.read_text(encoding="utf-8"))
        rtc = content["rtc"]
        return Ports(int(content["port"]), int(rtc["tcp_port"]), int(rtc["udp_port"]))
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError):
        return None


def configured_address(layout: Layout) -> str | None:
    """Where the last start offered its media, None when there was none."""
    try:
        return str(yaml.safe_load(layout.config.read_text(encoding="utf-8"))["rtc"]["node_ip"])
    except (OSError, ValueError, TypeError, KeyError, yaml.YAMLError):
        return None


def _write_private(path: Path, content: dict[str, object]) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    part.touch(mode=PRIVATE_MODE)
    part.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    part.replace(path)
