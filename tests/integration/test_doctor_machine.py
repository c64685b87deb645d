"""`coach doctor` on what is written, installed and held on this machine: faults found by name."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.support.coach import run_coach
from tests.support.patient import Patient, assert_fault
from typer.testing import CliRunner

from coach import assets
from coach.cli import application
from coach.doctor import installation
from coach.doctor.finding import Outcome
from coach.doctor.hearing import word_error_rate

pytestmark = pytest.mark.integration


@pytest.fixture
def patient(tmp_path: Path, without_settings: None) -> Patient:
    settings = {
        "livekit_url": "ws://127.0.0.1:7880",
        "livekit_api_key": "APIpatient",
        "livekit_api_secret": "a-random-looking-secret-of-forty-letters",
        "openai_api_key": "sk-test",
        "coach_home": str(tmp_path / "home"),
    }
    return Patient(tmp_path, settings)


def test_a_failure_has_its_own_exit_code_and_line(patient: Patient) -> None:
    patient.settings["system_prompt_file"] = "nowhere.md"
    done = run_coach(patient.folder, "doctor", "--only", "prompt", environment=patient.settings)
    assert done.returncode == 1, done.stderr
    assert "fail  prompt          the prompt file nowhere.md does not exist" in done.stdout
    assert "→ give SYSTEM_PROMPT the text" in done.stdout


def test_an_unknown_check_is_a_usage_error() -> None:
    done = CliRunner().invoke(application(), ["doctor", "--only", "kee"])
    assert done.exit_code == 2
    assert "media-tcp" in done.output


# --- settings and files ---


async def test_an_unknown_setting_is_named_and_nothing_else_tried(patient: Patient) -> None:
    finding = await patient.examine("settings", coach_prot="8080")
    assert_fault(finding, "unknown setting COACH_PROT", "did you mean COACH_PORT?")
    assert (await patient.examine("media")).outcome is Outcome.SKIP


async def test_settings_in_the_file_that_nobody_reads(patient: Patient) -> None:
    (patient.folder / ".env").write_text("LIVEKIT_URL=wss://example.livekit.cloud\nOTHER=1\n")
    finding = await patient.examine("settings")
    assert finding.outcome is Outcome.WARN
    assert "LIVEKIT_URL in .env is never read" in finding.reason


async def test_a_file_that_others_can_read(patient: Patient) -> None:
    patient.write()
    patient.env_file.chmod(0o644)
    finding = await patient.examine("file-modes")
    assert_fault(finding, str(patient.env_file), f"chmod go-rwx {patient.env_file}")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"livekit_api_secret": "too-short"}, "LIVEKIT_API_SECRET is weak"),
        ({"livekit_api_key": "devkey"}, "the one of its documentation"),
        ({"openai_api_key": "your-key-here"}, "OPENAI_API_KEY was never filled in"),
    ],
)
async def test_a_weak_secret(patient: Patient, changes: dict[str, str], reason: str) -> None:
    assert_fault(await patient.examine("secrets", **changes), reason, ".agent.env")


async def test_a_prompt_that_is_not_there(patient: Patient) -> None:
    finding = await patient.examine("prompt", system_prompt_file="nowhere.md")
    assert_fault(finding, "nowhere.md does not exist", "SYSTEM_PROMPT_FILE")


# --- what was installed ---


async def test_pages_that_are_not_built(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assets, "pages", lambda: patient.folder / "nowhere")
    assert_fault(await patient.examine("pages"), "not built", "make pages")


async def test_every_built_page_is_looked_for(patient: Patient) -> None:
    built = {file.name for file in assets.pages().glob("*.html")}
    assert set(installation.PAGES) == built
    assert (await patient.examine("pages")).reason == f"{len(built)} pages are built"


async def test_packages_of_different_releases(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        installation, "version", lambda name: "1.7.0" if "openai" in name else "1.8.9"
    )
    finding = await patient.examine("versions")
    assert_fault(finding, "livekit-plugins-openai 1.7.0", "uv sync")


@pytest.fixture
def somebody() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


async def test_a_port_that_another_program_holds(patient: Patient, somebody: int) -> None:
    finding = await patient.examine("port", coach_port=str(somebody))
    assert_fault(finding, f"port {somebody} is held by", "COACH_PORT=")


async def test_a_store_that_cannot_be_written(patient: Patient) -> None:
    (patient.folder / "file").touch()
    finding = await patient.examine("store", coach_home=str(patient.folder / "file" / "home"))
    assert_fault(finding, "can't be written", "COACH_HOME")


async def test_a_store_of_an_older_version(patient: Patient) -> None:
    home = patient.folder / "home"
    home.mkdir()
    with closing(sqlite3.connect(home / "coach.sqlite3")) as old:
        old.execute("CREATE TABLE sessions (id TEXT, room TEXT)")
    finding = await patient.examine("store", coach_home=str(home))
    assert_fault(finding, "the tables of version none", "coach sessions migrate")


def test_word_error_rate() -> None:
    assert word_error_rate("I feel scared", "i feel scared!") == 0
    assert word_error_rate("I feel scared", "I scared") == pytest.approx(1 / 3)
    assert word_error_rate("I feel scared", "I feel so scarred") == pytest.approx(2 / 3)
    assert word_error_rate("I feel", "") == 1
