"""Where the managed server keeps its files."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coach.errors import CoachError

BINARY_NAME = "livekit-server"


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of the managed server below one COACH_HOME."""

    home: Path

    @property
    def root(self) -> Path:
        """Everything of the managed server, and nothing else."""
        return self.home / "livekit"

    @property
    def binaries(self) -> Path:
        """One folder per installed version."""
        return self.root / "bin"

    def binary(self, version: str) -> Path:
        """The installed program of this version; it need not exist."""
        return self.binaries / version / BINARY_NAME

    @property
    def config(self) -> Path:
        """The server's own configuration, written at each start."""
        return self.root / "livekit.yaml"

    @property
    def reach(self) -> Path:
        """Who can reach the server, as it was chosen last."""
        return self.root / "reach.json"

    @property
    def keys(self) -> Path:
        """API key and secret of this installation, mode 0600."""
        return self.root / "keys.yaml"

    @property
    def record(self) -> Path:
        """Which processes were started last; proves nothing until they are probed."""
        return self.root / "server.json"

    @property
    def lock(self) -> Path:
        """Held while installing, starting and stopping."""
        return self.root / "lock"

    @property
    def log(self) -> Path:
        """What the server prints; older ones end in .1 to .5."""
        return self.root / "livekit.log"

    def make(self) -> None:
        """Create the folder, readable by its owner alone. Raises CoachError when it can't be."""
        with self.writing():
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder beside the others for the time of the block; with the care of `writing`."""
        with self.writing(), tempfile.TemporaryDirectory(dir=self.root, prefix="new-") as folder:
            yield Path(folder)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Turn what the disk refuses inside the block into a CoachError."""
        try:
            yield
        except OSError as error:
            raise CoachError(
                f"{error.filename or self.root} can't be written: {error.strerror}",
                f"make room and rights in {self.home}, or set COACH_HOME to another folder",
            ) from None
