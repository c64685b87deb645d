"""Release archives of livekit-server served on loopback, whole and broken."""

import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROGRAM = b"#!/bin/sh\necho livekit-server version 1.13.5\n"


def archive(path: Path, *members: tuple[str, bytes]) -> Path:
    """Write a gzipped tar of these members, in this order."""
    with tarfile.open(path, "w:gz", compresslevel=1) as tar:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return path


class Releases:
    """A folder that looks like the release page, and its address."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url

    def publish(self, version: str, name: str, *members: tuple[str, bytes]) -> Path:
        """Offer an archive with its checksum; returns the file, to be spoilt."""
        folder = self.folder / f"v{version}"
        folder.mkdir(parents=True, exist_ok=True)
        path = archive(folder / name, *members)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        (folder / "checksums.txt").write_text(f"{digest}  {name}\n{'0' * 64}  other.zip\n")
        return path


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving_releases(folder: Path) -> Iterator[Releases]:
    """Serve the folder until the block ends."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield Releases(folder, f"http://127.0.0.1:{http.server_port}")
        finally:
            http.shutdown()
            thread.join()
