"""`coach replay`, `coach eval` and `coach prompts`: the hint engine without a room."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from coach import assets
from coach.errors import CoachError
from coach.evaluation import report
from coach.evaluation.files import practice_prompt, read_session, session_files
from coach.hints.prompts import PromptError, check
from coach.hints.replay import Replayed, ReplayedHint, replay, scripted
from coach.hints.scoring import score
from coach.hints.sessions import Session
from coach.settings import load

BEGIN, END = "<!-- made by: coach eval -->", "<!-- end -->"

prompts_app = typer.Typer(
    help="The prompts of the practices.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Model = Annotated[str, typer.Option("--model", help="Ask this model instead of the script.")]


def replay_files(
    files: Annotated[
        list[Path], typer.Argument(help="Session files (*.session.json) or recordings (*.wav).")
    ],
    *,
    as_json: AsJson = False,
    model: Model = "",
) -> None:
    """Run sessions or recordings through the hint engine: what it would have shown, and when."""
    outcomes = [_outcome(path, model) for path in files]
    if as_json:
        _print_json([_replay_json(session, replayed) for session, replayed in outcomes])
        return
    for session, replayed in outcomes:
        typer.echo("\n".join(_replay_lines(session, replayed)))


def evaluate(
    folder: Annotated[Path, typer.Argument(help="A folder of labelled sessions.")],
    *,
    as_json: AsJson = False,
    report_file: Annotated[
        Path | None, typer.Option("--report", help="Write the table into this Markdown file.")
    ] = None,
    model: Model = "",
) -> None:
    """Score the hint engine on labelled sessions; exit 1 when a threshold is not kept."""
    sessions = [read_session(path) for path in session_files(folder)]
    scores = {
        f"{session.id}": score(session, _replay(session, model)) for session in _named(sessions)
    }
    evaluation = report.as_json(scores)
    if as_json:
        _print_json(evaluation)
    else:
        typer.echo("\n".join(report.as_lines(evaluation)))
    if report_file is not None:
        _write_report(report_file, report.as_table(evaluation))
    if not evaluation["passed"]:
        raise CoachError(
            f"the thresholds are not kept: {', '.join(evaluation['failed'])}",
            "coach replay FILE shows what came when in a session",
        )


@prompts_app.command("check")
def check_prompts(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Prompt files; all of ours when none is named.")
    ] = None,
) -> None:
    """Check that prompt files can be used."""
    paths = files or sorted(assets.prompts().glob("*.md"))
    problems = [f"{path}: {problem}" for path in paths if (problem := _problem(path))]
    if problems:
        raise CoachError("; ".join(problems), "docs/evaluation.md shows the form of a prompt")
    for path in paths:
        prompt = check(path.read_text(encoding="utf-8"))
        typer.echo(f"ok  {prompt.name}: {prompt.title} ({', '.join(prompt.sections)})")


def _problem(path: Path) -> str:
    try:
        check(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return "can't be read as text"
    except PromptError as error:
        return str(error)
    return ""


def _outcome(path: Path, model: str) -> tuple[Session, Replayed]:
    if path.suffix.lower() != ".wav":
        session = read_session(path)
        return session, _replay(session, model)
    from coach.evaluation.recording import replay_recording

    settings = load()
    if model:
        settings = settings.model_copy(update={"llm_model": model})
    return asyncio.run(replay_recording(path, settings, practice_prompt("ifs")))


def _replay(session: Session, model: str) -> Replayed:
    prompt = practice_prompt(session.practice)
    if not model:
        return replay(session, prompt, scripted(session))
    from coach.evaluation.model import asked

    return replay(session, prompt, asked(model, load()))


def _named(sessions: list[Session]) -> list[Session]:
    """The sessions, if each has a name of its own."""
    names = [session.id for session in sessions]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise CoachError(f"several sessions are called {twice[0]}", "give each an id of its own")
    return sessions


def _replay_json(session: Session, replayed: Replayed) -> dict[str, Any]:
    return {
        "id": session.id,
        "hints": [_hint_json(hint) for hint in replayed.hints],
        "dropped": [{"at": round(at, 3), "rule": rule} for at, rule in replayed.drops],
        "status": [{"at": round(at, 3), "status": status} for at, status in replayed.status],
        "unanswered": [{"at": round(at, 3), "reason": why} for at, why in replayed.unanswered],
        "model_calls": replayed.model_calls,
        "score": report.figures(score(session, replayed)),
    }


def _hint_json(hint: ReplayedHint) -> dict[str, Any]:
    return {
        "seq": hint.seq,
        "card": hint.card,
        "at": round(hint.at, 3),
        "heard": round(hint.heard, 3),
        "asked": hint.asked,
        "cut": hint.cut,
        "sections": [
            {"section": section, "index": index, "text": text}
            for (section, index), text in hint.sections.items()
        ],
    }


def _replay_lines(session: Session, replayed: Replayed) -> list[str]:
    entries = [(item.start, f"    partner  {item.text}") for item in session.speech]
    entries += [(at, f"    {deed}") for at, deed in session.events]
    entries += [(at, f"    status   {status}") for at, status in replayed.status]
    entries += [(at, f"    dropped  {rule}") for at, rule in replayed.drops]
    entries += [(at, f"    no hint  {reason}") for at, reason in replayed.unanswered]
    entries += [(hint.at, _hint_lines(hint)) for hint in replayed.hints]
    lines = [f"{at:8.2f}{text}" for at, text in sorted(entries, key=lambda entry: entry[0])]
    return [f"session {session.id}", *lines]


def _hint_lines(hint: ReplayedHint) -> str:
    texts = [f"\n{'':12}{section}: {text}" for (section, _), text in hint.sections.items()]
    return f"  ▸ {hint.card} {hint.seq}{' (cut)' if hint.cut else ''}{''.join(texts)}"


def _write_report(path: Path, table: str) -> None:
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else f"{BEGIN}\n{END}\n"
        before, begun, rest = text.partition(BEGIN)
        _, ended, after = rest.partition(END)
        if not begun or not ended:
            raise CoachError(
                f"{path} has no place for the table", f"put the lines {BEGIN} and {END} into it"
            )
        path.write_text(f"{before}{BEGIN}\n\n{table}\n{END}{after}", encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise CoachError(f"{path} can't be written", "check the folder and its rights") from None


def _print_json(data: object) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
