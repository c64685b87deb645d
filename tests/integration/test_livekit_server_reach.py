"""The server for other machines: one address, and a relay."""

import asyncio
import os
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest
from livekit import api, rtc
from tests.support.livekit import livekit, running_livekit
from typer.testing import CliRunner

from coach.errors import CoachError
from coach.livekit_server import Endpoint, ports, server
from coach.livekit_server.commands import app
from coach.livekit_server.config import endpoint
from coach.livekit_server.health import healthy
from coach.livekit_server.layout import Layout
from coach.livekit_server.processes import Record
from coach.livekit_server.reach import LAN, TURN_TLS_PORT, TURN_UDP_PORT, Reach, Turn

pytestmark = pytest.mark.integration

SECONDS = 20


@pytest.fixture
def layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Layout:
    layout = Layout(tmp_path)
    layout.make()
    monkeypatch.setenv("COACH_HOME", str(tmp_path))
    return layout


@pytest.fixture
def address() -> str:
    try:
        return Reach(LAN).address()
    except CoachError:
        pytest.skip("this machine is in no network")


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=turn.example.com"
    done = subprocess.run(
        [*command.split(), "-keyout", str(key), "-out", str(cert)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return cert, key


def expose(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["expose", *words])
    assert result.exit_code == code, result.output
    return result.output


@asynccontextmanager
async def joined(at: Endpoint, url: str, name: str, *, relay: bool) -> AsyncIterator[rtc.Room]:
    token = (
        api.AccessToken(at.api_key, at.api_secret.get_secret_value())
        .with_identity(name)
        .with_grants(api.VideoGrants(room_join=True, room="talk"))
        .to_jwt()
    )
    kind = rtc.IceTransportType.TRANSPORT_RELAY if relay else rtc.IceTransportType.TRANSPORT_ALL
    room = rtc.Room()
    options = rtc.RoomOptions(rtc_config=rtc.RtcConfiguration(ice_transport_type=kind))
    async with asyncio.timeout(SECONDS):
        await room.connect(url, token, options)
    try:
        yield room
    finally:
        await room.disconnect()


async def message_passes(at: Endpoint, urls: tuple[str, str], *, relay: bool) -> None:
    async with (
        joined(at, urls[0], "one", relay=relay) as one,
        joined(at, urls[1], "two", relay=relay) as two,
    ):
        heard = asyncio.get_running_loop().create_future()
        two.on("data_received", lambda packet: heard.set_result(packet.data))
        async with asyncio.timeout(SECONDS):
            await one.local_participant.publish_data(b"hello", destination_identities=["two"])
            assert await heard == b"hello"


def listening(layout: Layout) -> set[tuple[str, int]]:
    record = Record.read(layout.record)
    assert record is not None
    found = psutil.Process(record.server.pid).net_connections("inet4")
    return {(connection.laddr.ip, connection.laddr.port) for connection in found}


async def test_others_reach_it_at_one_address(layout: Layout, address: str) -> None:
    said = expose("lan")
    assert f"every machine that reaches {address}" in said
    assert "wss" in said
    with running_livekit(layout.home) as at:
        port = int(at.url.rsplit(":", 1)[1])
        assert {ip for ip, p in listening(layout) if p == port} == {"127.0.0.1", address}
        far = f"ws://{address}:{port}"
        await message_passes(at, (at.url, far), relay=False)
    expose("off")
    with running_livekit(layout.home) as at:
        assert {ip for ip, _ in listening(layout)} == {"127.0.0.1"}


async def test_media_goes_through_the_relay(layout: Layout, address: str) -> None:
    expose(address, "--turn")
    with running_livekit(layout.home) as at:
        assert (address, TURN_UDP_PORT) in listening(layout)
        await message_passes(at, (at.url, at.url), relay=True)


async def test_there_is_no_relay_unless_asked_for(layout: Layout, address: str) -> None:
    expose(address)
    with running_livekit(layout.home) as at:
        assert TURN_UDP_PORT not in {port for _, port in listening(layout)}
        with pytest.raises((rtc.ConnectError, TimeoutError)):
            async with asyncio.timeout(4):
                await message_passes(at, (at.url, at.url), relay=True)


def test_the_relay_shows_the_certificate(
    layout: Layout, address: str, certificate: tuple[Path, Path]
) -> None:
    if os.geteuid() != 0:
        pytest.skip(f"port {TURN_TLS_PORT} needs root")
    cert, key = certificate
    files = ("--turn-cert", str(cert), "--turn-key", str(key))
    expose(address, "--turn-domain", "turn.example.com", *files)
    with running_livekit(layout.home):
        shown = ssl.get_server_certificate((address, TURN_TLS_PORT), timeout=SECONDS)
        assert shown.strip() == cert.read_text().strip()


def test_an_address_before_this_machine_binds_everywhere(layout: Layout, address: str) -> None:
    expose("203.0.113.9")
    with running_livekit(layout.home) as at:
        port = int(at.url.rsplit(":", 1)[1])
        assert healthy(port, address)
        assert at.url.startswith("ws://127.0.0.1:")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["somewhere"], "somewhere is no IPv4 address"),
        (["127.0.0.1", "--turn"], "a relay on this machine alone has no use"),
        (
            ["1.2.3.4", "--turn-domain", "d", "--turn-cert", "/no", "--turn-key", "/no"],
            "there is no file /no",
        ),
    ],
)
def test_bad_choices_are_refused(layout: Layout, words: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["expose", *words])
    assert isinstance(result.exception, CoachError)
    assert result.exception.message == message
    assert not layout.reach.exists()


def test_half_a_certificate_is_a_usage_error(layout: Layout) -> None:
    assert "belong together" in expose("lan", "--turn-domain", "turn.example.com", code=2)


def test_tailscale_is_asked_for_where_it_is_missing(layout: Layout) -> None:
    if any(socket.inet_aton(a)[0] == 100 for a in _addresses()):
        pytest.skip("this machine may be in a Tailscale network")
    with pytest.raises(CoachError, match="no Tailscale address"):
        Reach("tailscale").address()


def _addresses() -> Iterator[str]:
    for entries in psutil.net_if_addrs().values():
        yield from (entry.address for entry in entries if entry.family == socket.AF_INET)


def test_the_choice_outlives_the_program(layout: Layout) -> None:
    chosen = Reach("lan", Turn("turn.example.com", "/cert", "/key"))
    chosen.write(layout.reach)
    assert Reach.read(layout.reach) == chosen
    layout.reach.write_text("[]")
    with pytest.raises(CoachError, match=r"reach\.json can't be read"):
        server.start(layout, livekit(), print, port=0, owned=True)
    assert endpoint(layout, ports.anywhere()).url.startswith("ws://127.0.0.1:")
