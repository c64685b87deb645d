import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from coach.errors import CoachError
from coach.evaluation.commands import BEGIN, END, evaluate, prompts_app, replay_files

pytestmark = pytest.mark.unit

SESSIONS = Path(__file__).parents[1] / "evaluation" / "sessions"
REPORT = Path(__file__).parents[2] / "docs" / "evaluation.md"
GOOD: dict[str, Any] = {
    "id": "good",
    "speech": [{"from": 2, "to": 9, "text": "There is a part of me that hides from my father."}],
    "labels": {"opportunities": [{"from": 9, "to": 20, "why": "a part"}]},
}


def write(folder: Path, name: str, data: object) -> Path:
    path = folder / f"{name}.session.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_our_sessions_keep_every_threshold(capsys: pytest.CaptureFixture[str]) -> None:
    evaluate(SESSIONS, as_json=True)
    evaluation = json.loads(capsys.readouterr().out)
    assert evaluation["passed"], evaluation["failed"]
    assert len(evaluation["sessions"]) >= 24
    for figure in ("precision", "recall", "stale", "duplicates", "in_no_hint", "hints_per_10_min"):
        assert figure in evaluation["all"]


def test_the_output_is_the_same_to_the_byte(capsys: pytest.CaptureFixture[str]) -> None:
    evaluate(SESSIONS, as_json=True)
    first = capsys.readouterr().out
    evaluate(SESSIONS, as_json=True)
    assert capsys.readouterr().out == first


def test_the_documented_table_is_up_to_date(tmp_path: Path) -> None:
    copy = tmp_path / "evaluation.md"
    copy.write_text(REPORT.read_text(encoding="utf-8"), encoding="utf-8")
    evaluate(SESSIONS, report_file=copy)
    assert copy.read_text(encoding="utf-8") == REPORT.read_text(encoding="utf-8")


def test_a_threshold_that_is_not_kept_fails_the_run(tmp_path: Path) -> None:
    labels = {"no_hint": [{"from": 0, "to": 60, "why": "wrongly labelled"}]}
    write(tmp_path, "bad", {**GOOD, "id": "bad", "labels": labels})
    with pytest.raises(CoachError, match=r"precision ≥ 0\.9.*in_no_hint ≤ 0"):
        evaluate(tmp_path)


def test_a_replay_says_what_came_when(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "good", GOOD)
    replay_files([path])
    assert "▸ hint 1" in capsys.readouterr().out
    replay_files([path], as_json=True)
    [told] = json.loads(capsys.readouterr().out)
    assert told["hints"][0]["seq"] == 1
    assert told["score"]["met"] == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not valid JSON"),
        ("[]", "must be a JSON object"),
        ("\xff", "can't be read as text"),
        (None, "does not exist"),
    ],
)
def test_a_session_file_that_is_wrong(tmp_path: Path, content: str | None, reason: str) -> None:
    path = tmp_path / "x.session.json"
    if content is not None:
        path.write_text(content, encoding="latin-1")
    with pytest.raises(CoachError, match=reason):
        replay_files([path])


def test_a_folder_without_sessions(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="no session"):
        evaluate(tmp_path)


def test_two_sessions_of_one_name(tmp_path: Path) -> None:
    write(tmp_path, "a", GOOD)
    write(tmp_path, "b", GOOD)
    with pytest.raises(CoachError, match="several sessions are called good"):
        evaluate(tmp_path)


def test_the_report_keeps_the_text_around_the_table(tmp_path: Path) -> None:
    write(tmp_path, "good", GOOD)
    path = tmp_path / "report.md"
    path.write_text(f"before\n{BEGIN}\nold table\n{END}\nafter\n", encoding="utf-8")
    evaluate(tmp_path, report_file=path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| good | 1 | 1 | 1 |" in text
    assert "old table" not in text


def test_a_report_without_a_place_for_the_table_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "good", GOOD)
    path = tmp_path / "report.md"
    path.write_text("mine\n", encoding="utf-8")
    with pytest.raises(CoachError, match="no place for the table"):
        evaluate(tmp_path, report_file=path)
    assert path.read_text(encoding="utf-8") == "mine\n"


def test_our_prompts_pass_the_check() -> None:
    result = CliRunner().invoke(prompts_app, [])
    assert result.exit_code == 0, result.output
    assert "ok  ifs:" in result.output


def test_a_prompt_that_is_wrong_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.md"
    path.write_text("---\nname: mine\n---\nHi", encoding="utf-8")
    result = CliRunner().invoke(prompts_app, [str(path)])
    assert isinstance(result.exception, CoachError)
    assert "lacks title" in str(result.exception)
