"""A release archive: fetched, checked against the release's checksums, unpacked."""

import asyncio
import contextlib
import hashlib
import http.client
import platform
import shutil
import tarfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError
from coach.livekit_server.binary import Binary, place
from coach.livekit_server.layout import BINARY_NAME, Layout

RELEASE_URL = "https://github.com/livekit/livekit/releases/download"

TIMEOUT_SECONDS = 5.0
CHUNK_BYTES = 1 << 18
CHECKSUMS_BYTES = 1 << 16
ARCHIVE_BYTES = 300_000_000
PROGRESS_STEP = 10

_ARCHITECTURES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_ARCHITECTURES["armv7l"] = "armv7"


@dataclass(frozen=True, slots=True)
class Machine:
    """What an archive has to fit, in the words of `uname`."""

    system: str
    architecture: str

    @classmethod
    def this(cls) -> "Machine":
        """The machine that we run on."""
        return cls(platform.system(), platform.machine())

    def archive(self, version: str) -> str:
        """The archive's name. Raises CoachError for a platform that none is released for."""
        architecture = _ARCHITECTURES.get(self.architecture.lower())
        if self.system != "Linux" or architecture is None:
            raise CoachError(
                f"no livekit-server archive is released for {self.system} {self.architecture}",
                "install it with Homebrew or Go, or set LIVEKIT_URL to a server elsewhere",
            )
        return f"livekit_{version}_linux_{architecture}.tar.gz"


async def install_release(
    layout: Layout,
    version: str,
    report: Callable[[str], None],
    *,
    release_url: str = RELEASE_URL,
    machine: Machine | None = None,
) -> Binary:
    """Install from the release archive of this version.

    Raises CoachError when it can't be reached, does not match its checksum, or doesn't run here;
    nothing is left behind then.
    """
    name = (machine or Machine.this()).archive(version)
    folder_url = f"{release_url.rstrip('/')}/v{version}"
    layout.make()
    with layout.scratch() as folder:
        archive = folder / "archive.tar.gz"
        expected = checksum(await _fetch_text(f"{folder_url}/checksums.txt"), name)
        await _download(f"{folder_url}/{name}", archive, report, f"livekit-server {version}")
        if await asyncio.to_thread(sha256, archive) != expected:
            raise CoachError(
                f"{name} does not match its checksum; it was refused and removed",
                "try again; if it stays so, the download is being changed on its way",
            )
        return await place(await asyncio.to_thread(unpack, archive, folder), layout)


def unpack(archive: Path, folder: Path) -> Path:
    """Write the one program of the archive into the folder.

    Raises CoachError unless exactly one plain file of that name is in it.
    """
    target = folder / BINARY_NAME
    try:
        with tarfile.open(archive, "r:gz") as tar:
            members = [m for m in tar if m.name == BINARY_NAME and m.isreg()]
            source = tar.extractfile(members[0]) if len(members) == 1 else None
            if source is not None:
                with source, target.open("wb") as file:
                    shutil.copyfileobj(source, file)
                return target
    except (tarfile.TarError, EOFError, OSError):
        raise CoachError(f"{archive.name} is not a whole archive", "download it again") from None
    raise CoachError(
        f"{archive.name} does not hold exactly one {BINARY_NAME}",
        "take the archive that is released for this platform",
    )


def checksum(checksums: str, name: str) -> str:
    """The SHA-256 that this list gives for a file. Raises CoachError when it has none."""
    for line in checksums.splitlines():
        digest, _, file_name = line.partition("  ")
        if file_name.strip() == name:
            return digest.strip().lower()
    raise CoachError(
        f"the release lists no checksum for {name}",
        "choose a version that is released for this platform",
    )


def sha256(path: Path) -> str:
    """The file's digest, in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def _fetch_text(url: str) -> str:
    with contextlib.closing(await _open(url)) as response:
        content = await asyncio.to_thread(response.read, CHECKSUMS_BYTES)
    return str(content, "utf-8", "replace")


async def _download(url: str, target: Path, report: Callable[[str], None], what: str) -> None:
    with contextlib.closing(await _open(url)) as response, target.open("wb") as file:
        total = int(response.headers.get("Content-Length") or 0)
        done, shown = 0, -PROGRESS_STEP
        while chunk := await _read(response, url):
            done += file.write(chunk)
            if done > ARCHIVE_BYTES:
                raise _unreachable(url, "the file is too large to be right")
            percent = done * 100 // max(total, done)
            if percent >= shown + PROGRESS_STEP or shown < percent == 100:
                shown = percent
                report(f"Downloading {what}: {percent} % of {max(total, done) / 1e6:.0f} MB")
        if done < total:
            raise _unreachable(url, "the download broke off")


async def _open(url: str) -> http.client.HTTPResponse:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS * 2):
            response: http.client.HTTPResponse = await asyncio.to_thread(
                urllib.request.urlopen,
                url,
                timeout=TIMEOUT_SECONDS,
            )
            return response
    except urllib.error.HTTPError as error:
        error.close()
        raise _unreachable(url, f"status {error.code}") from None
    except urllib.error.URLError as error:
        raise _unreachable(url, str(error.reason)) from None
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(url, type(error).__name__) from None


async def _read(response: http.client.HTTPResponse, url: str) -> bytes:
    try:
        return await asyncio.to_thread(response.read, CHUNK_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(url, type(error).__name__) from None


def _unreachable(url: str, reason: str) -> CoachError:
    return CoachError(
        f"{url} can't be fetched: {reason}", "check the network, or install from a file with --from"
    )
