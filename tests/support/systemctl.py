"""A service manager for tests: runs what a user unit says, as `systemctl --user` would."""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path


def main() -> None:
    """`systemctl --user daemon-reload | enable --now UNIT | disable --now UNIT`."""
    _, user, verb, *rest = sys.argv
    assert user == "--user", sys.argv
    units = Path(os.environ["XDG_CONFIG_HOME"]) / "systemd" / "user"
    state = units.parent / "pids.json"
    pids: dict[str, int] = json.loads(state.read_text()) if state.exists() else {}
    if verb == "enable":
        pids[rest[1]] = start(units / rest[1])
    elif verb == "disable":
        os.kill(pids.pop(rest[1]), signal.SIGTERM)
    state.write_text(json.dumps(pids))


def start(unit: Path) -> int:
    """Run ExecStart with Environment; returns the pid."""
    settings = [line.partition("=") for line in unit.read_text().splitlines() if "=" in line]
    environment = dict(
        shlex.split(value)[0].split("=", 1) for name, _, value in settings if name == "Environment"
    )
    (line,) = [value for name, _, value in settings if name == "ExecStart"]
    command = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]
    with (unit.parent / "journal").open("ab") as journal:
        return subprocess.Popen(
            command,
            env={"HOME": os.environ["HOME"], **environment},
            stdin=subprocess.DEVNULL,
            stdout=journal,
            stderr=journal,
            start_new_session=True,
        ).pid


if __name__ == "__main__":
    main()
