"""What is deployed agrees with what the program reads, and with how long it takes to end."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from coach.running import WORKER_STOP_SECONDS
from coach.settings import Settings

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
KNOWN = {name.upper() for name in Settings.model_fields}
VALUES = {
    "COACH_HOST": "coach.example.org",
    "LIVEKIT_HOST": "livekit.example.org",
    "LIVEKIT_API_KEY": "coach",
    "LIVEKIT_API_SECRET": "s" * 32,
    "DATABASE_PASSWORD": "p" * 24,
    "COACH_ACCESS_KEY": "k" * 24,
    "OPENAI_API_KEY": "sk-example",
    "COACH_STORE_KEYS": "",
}


OWN = {
    "LIVEKIT_URL",
    "COACH_HOME",
    "COACH_PORT",
    "COACH_WORKER_PORT",
    "COACH_PUBLIC_URL",
    "COACH_CLIENT_ADDRESS_HEADER",
    "COACH_DRAIN_SECONDS",
    "DATABASE_URL",
}
"""What compose.yaml sets to fit its other services; docs/operations.md names them."""

FLY = ("fly.toml", "deploy/fly.many.toml")


def fly(file: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / file).read_text())


def compose() -> dict[str, Any]:
    """With the example's variables filled in."""
    text = (ROOT / "deploy" / "compose.yaml").read_text()
    filled = re.sub(r"\$\{(\w+)[^}]*\}", lambda found: VALUES[found[1]], text)
    services: dict[str, Any] = yaml.safe_load(filled)["services"]
    return services


@pytest.mark.parametrize("file", FLY)
def test_fly_sets_what_the_program_reads_and_waits_for_it(file: str) -> None:
    config = fly(file)
    settings = Settings.model_validate({k.lower(): v for k, v in config["env"].items()})
    assert set(config["env"]) <= KNOWN
    assert config["http_service"]["internal_port"] == settings.coach_port
    assert config["kill_timeout"] >= settings.coach_drain_seconds + WORKER_STOP_SECONDS
    assert config["kill_signal"] == "SIGTERM"


def test_fly_runs_and_asks_each_part_by_its_own_port() -> None:
    config = fly("deploy/fly.many.toml")
    commands = {f"coach start --only {part}" for part in ("web", "worker")}
    assert set(config["processes"].values()) == commands
    port = str(config["checks"]["worker"]["port"])
    assert config["env"]["COACH_WORKER_PORT"] == port
    assert (ROOT / "deploy" / config["build"]["dockerfile"]).resolve() == ROOT / "Dockerfile"


def test_fly_lets_the_machine_sleep_and_counts_the_open_pages_that_keep_it_awake() -> None:
    config = fly("fly.toml")
    service = config["http_service"]
    assert (service["auto_stop_machines"], service["auto_start_machines"]) == ("suspend", True)
    assert service["min_machines_running"] == 0
    assert service["concurrency"]["type"] == "requests", "an open page is one that goes on"
    assert "swap_size_mb" not in config, "a machine with swap is stopped instead"
    assert config["vm"][0]["memory"] == "256mb"


@pytest.mark.parametrize("service", ["coach", "worker"])
def test_compose_gives_the_coach_settings_that_it_accepts(service: str) -> None:
    coach = compose()[service]
    assert set(coach["environment"]) <= KNOWN
    settings = Settings.model_validate({k.lower(): v for k, v in coach["environment"].items()})
    assert settings.has_sign_in()
    assert settings.has_provider_keys()
    grace = float(coach["stop_grace_period"].removesuffix("s"))
    assert grace >= settings.coach_drain_seconds + WORKER_STOP_SECONDS


@pytest.mark.parametrize("service", ["coach", "worker"])
def test_every_setting_but_composes_own_reaches_the_container(service: str) -> None:
    coach = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"][service]
    assert coach["env_file"] == ["coach.env"]
    assert "deploy/coach.env" in (ROOT / ".gitignore").read_text().splitlines()
    passed_on = {
        name for name, value in coach["environment"].items() if value.startswith(f"${{{name}")
    }
    hidden = set(coach["environment"]) - passed_on
    assert hidden <= OWN, "a fixed value wins over the file"
    assert OWN < KNOWN


def test_every_variable_of_compose_is_in_its_example() -> None:
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "deploy" / "compose.yaml").read_text()))
    example = (ROOT / "deploy" / "coach.env.example").read_text()
    assert asked == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    unit = tmp_path / "coach.service"
    text = (ROOT / "deploy" / "coach.service").read_text()
    unit.write_text(text.replace("/opt/coach/bin/coach", sys.executable))
    checked = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_image_takes_nothing_that_its_context_leaves_out() -> None:
    kept = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE
    )
    for source in (part for line in copied for part in line.split()):
        assert any(
            Path(source).is_relative_to(name) or Path(name).is_relative_to(source) for name in kept
        ), source
