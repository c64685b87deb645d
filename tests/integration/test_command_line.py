"""Every failure of the command line is one line of what and one line of what to do."""

import socket
from pathlib import Path

import pytest
from tests.support.coach import free_port, run_coach

pytestmark = pytest.mark.integration

LIVEKIT = {
    "livekit_url": "ws://127.0.0.1:1",
    "livekit_api_key": "key",
    "livekit_api_secret": "s" * 40,
}
COMPLETE = LIVEKIT | {"openai_api_key": "sk-test"}


def refused(tmp_path: Path, *command: str, **environment: str) -> str:
    done = run_coach(tmp_path, *command, environment=environment)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line]
    assert [line.split(":")[0] for line in lines] == ["error", "hint"], done.stderr
    return done.stderr


def test_start_without_a_provider_key(tmp_path: Path) -> None:
    assert "OPENAI_API_KEY is not set" in refused(tmp_path, "start", **LIVEKIT)


def test_start_without_livekit(tmp_path: Path) -> None:
    said = refused(tmp_path, "start", openai_api_key="sk-test")
    assert "LIVEKIT_URL" in said
    assert "LIVEKIT_API_SECRET" in said


def test_malformed_url(tmp_path: Path) -> None:
    assert "LIVEKIT_URL" in refused(tmp_path, "start", livekit_url="localhost:7880")


def test_unknown_setting_is_named_with_its_nearest(tmp_path: Path) -> None:
    (tmp_path / ".agent.env").write_text("LIVKIT_URL=ws://127.0.0.1:7880\n")
    said = refused(tmp_path, "dev")
    assert "LIVKIT_URL" in said
    assert "did you mean LIVEKIT_URL?" in said


def test_prompt_file_missing(tmp_path: Path) -> None:
    said = refused(tmp_path, "start", **COMPLETE, system_prompt_file="nowhere.md")
    assert "nowhere.md does not exist" in said


def test_prompt_file_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text(" \n")
    assert "is empty" in refused(tmp_path, "start", **COMPLETE, system_prompt_file="empty.md")


def test_port_taken_names_the_holder(tmp_path: Path) -> None:
    port = free_port()
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", port))
        holder.listen()
        said = refused(tmp_path, "dev", **COMPLETE, coach_port=str(port))
    assert f"port {port} is taken by " in said
    assert "COACH_PORT" in said


def test_home_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = refused(tmp_path, "dev", **COMPLETE, coach_home=str(tmp_path / "file" / "home"))
    assert "COACH_HOME" in said


def test_usage_errors_exit_2(tmp_path: Path) -> None:
    for command in (["fly"], ["start", "--only", "everything"], ["dev", "--port", "1"]):
        assert run_coach(tmp_path, *command).returncode == 2


@pytest.mark.parametrize("command", [[], ["livekit"], ["dev"], ["start"]])
def test_help_is_there_for_every_command(tmp_path: Path, command: list[str]) -> None:
    done = run_coach(tmp_path, *command, "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout


PUBLIC = {"coach_public_url": "https://coach.example.org"}


def test_start_does_not_serve_a_public_address_without_a_sign_in(tmp_path: Path) -> None:
    for command in (["start"], ["start", "--only", "web"]):
        said = refused(tmp_path, *command, **COMPLETE, **PUBLIC)
        assert "nobody has to sign in" in said
        assert "COACH_ACCESS_KEY" in said


def test_start_does_not_send_keys_in_clear(tmp_path: Path) -> None:
    address = {"coach_public_url": "http://coach.example.org", "coach_access_key": "k" * 16}
    assert "clear text" in refused(tmp_path, "start", **COMPLETE, **address)


def test_a_short_access_key_and_an_unlisted_provider_are_refused(tmp_path: Path) -> None:
    assert "COACH_ACCESS_KEY" in refused(tmp_path, "start", **COMPLETE, coach_access_key="short")
    said = refused(tmp_path, "start", **COMPLETE, supabase_url="https://x.supabase.co")
    assert "COACH_FACILITATORS" in said


def test_a_supabase_that_could_send_no_link_is_refused(tmp_path: Path) -> None:
    supabase = {"supabase_url": "https://x.supabase.co", "coach_facilitators": "anna@example.org"}
    said = refused(tmp_path, "start", **COMPLETE, **supabase)
    assert "SUPABASE_PUBLISHABLE_KEY is missing" in said


def test_a_notice_that_nobody_would_see_is_refused(tmp_path: Path) -> None:
    said = refused(tmp_path, "sessions", "notify", "s-x", "x" * 201, **LIVEKIT)
    assert "a notice has 1 to 200 characters; this one has 201" in said
    assert "no such open session" in refused(tmp_path, "sessions", "notify", "s-x", "Hi", **LIVEKIT)
