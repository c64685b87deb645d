"""Settings: one source of truth, and slips that are named."""

import re
from pathlib import Path

import pytest

from coach.errors import CoachError
from coach.settings import Settings, load

pytestmark = pytest.mark.unit

EXAMPLE = Path(__file__).parents[2] / ".agent.env.example"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def write(text: str) -> Path:
    file = Path(".agent.env")
    file.write_text(text)
    return file


def test_defaults_are_the_documented_ones() -> None:
    settings = load()
    assert settings.stt_model == "whisper-1"
    assert settings.llm_model == "gpt-4o-mini"
    assert (settings.partner_id, settings.facilitator_id) == ("partner", "facilitator")
    assert settings.coach_room == "no-bad-parts"
    assert settings.coach_port == 8080


def test_agent_env_is_read_and_dot_env_never() -> None:
    write("LLM_MODEL=from-agent-env\n")
    Path(".env").write_text("LLM_MODEL=from-dot-env\nSTT_MODEL=from-dot-env\n")
    settings = load()
    assert settings.llm_model == "from-agent-env"
    assert settings.stt_model == "whisper-1"


def test_home_is_a_whole_path_however_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    for written in ("here/home", "~/home"):
        monkeypatch.setenv("COACH_HOME", written)
        home = load().coach_home
        assert home.is_absolute()
        assert "~" not in home.parts


def test_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    write("COACH_PORT=9000\n")
    monkeypatch.setenv("COACH_PORT", "9001")
    assert load().coach_port == 9001


def test_unknown_key_is_named_with_its_nearest() -> None:
    write("OPENAI_APIKEY=x\n")
    with pytest.raises(CoachError) as caught:
        load()
    assert "OPENAI_APIKEY" in caught.value.message
    assert "OPENAI_API_KEY" in caught.value.hint


def test_unknown_variables_of_the_environment_are_none_of_our_business(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_APIKEY", "x")
    assert load().openai_api_key is None


@pytest.mark.parametrize(
    "line",
    [
        "LIVEKIT_URL=localhost:7880",
        "LIVEKIT_URL=ws://",
        "OPENAI_BASE_URL=ftp://example.org",
        "COACH_PORT=eighty",
        "COACH_PORT=70000",
        "PARTNER_ID=a b",
        "COACH_ROOM=../etc",
        "PARTNER_ID=facilitator",
    ],
)
def test_bad_values_are_one_error_that_names_the_key(line: str) -> None:
    write(line)
    with pytest.raises(CoachError) as caught:
        load()
    assert line.split("=")[0] in caught.value.message
    assert "\n" not in caught.value.message + caught.value.hint


def test_secrets_show_in_no_form() -> None:
    write("OPENAI_API_KEY=sk-very-secret\nLIVEKIT_API_SECRET=also-secret\n")
    shown = repr(load()) + str(load().model_dump_json())
    assert "secret" not in shown.replace("livekit_api_secret", "")


def test_a_bad_secret_is_not_repeated_in_the_error() -> None:
    write("COACH_PORT=sk-pasted-into-the-wrong-line\n")
    with pytest.raises(CoachError) as caught:
        load()
    assert "sk-pasted" not in caught.value.message


def test_a_file_that_is_no_text_is_an_error_and_not_a_crash() -> None:
    Path(".agent.env").write_bytes(b"\xff\xfe\x00LLM_MODEL")
    with pytest.raises(CoachError):
        load()


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    write("OPENAI_API_KEY=sk-1\nCOACH_PORT=9000\nLIVEKIT_URL=ws://127.0.0.1:7880\n")
    parent = load()
    Path(".agent.env").unlink()
    for name, value in parent.environment().items():
        monkeypatch.setenv(name, value)
    assert load() == parent


def test_the_example_documents_every_key_and_no_other() -> None:
    documented = set(re.findall(r"^# ([A-Z_]+)=", EXAMPLE.read_text(), re.MULTILINE))
    assert documented == {name.upper() for name in Settings.model_fields}
