"""Session files and the prompts of their practices, read from disk."""

import json
from pathlib import Path

from coach import assets
from coach.errors import CoachError
from coach.hints.prompts import Prompt, PromptError, load
from coach.hints.sessions import Session, SessionError, read

SUFFIX = ".session.json"


def session_files(folder: Path) -> list[Path]:
    """Every session file below `folder`, by name; a session file itself stands for itself.

    Raises CoachError when there is none.
    """
    if folder.is_file():
        return [folder]
    files = sorted(folder.rglob(f"*{SUFFIX}")) if folder.is_dir() else []
    if not files:
        raise CoachError(
            f"there is no session in {folder}", f"name a folder that holds *{SUFFIX} files"
        )
    return files


def read_session(path: Path) -> Session:
    """The session in `path`.

    Raises CoachError that names the file and what is wrong with it.
    """
    try:
        return read(json.loads(path.read_text(encoding="utf-8")), path.name.removesuffix(SUFFIX))
    except FileNotFoundError:
        raise CoachError(f"{path} does not exist", f"name a *{SUFFIX} file") from None
    except (OSError, UnicodeDecodeError):
        raise CoachError(f"{path} can't be read as text", f"name a *{SUFFIX} file") from None
    except json.JSONDecodeError as error:
        raise CoachError(
            f"{path} is not valid JSON: {error.msg} in line {error.lineno}", "correct that line"
        ) from None
    except SessionError as error:
        raise CoachError(f"{path}: {error}", "docs/evaluation.md shows the form") from None


def practice_prompt(practice: str) -> Prompt:
    """The prompt of a practice; the default one for a practice that has none.

    Raises CoachError when our own prompt file is damaged.
    """
    path = assets.prompts() / f"{Path(practice).name}.md"
    if not path.is_file():
        path = assets.prompts() / "ifs.md"
    try:
        return load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, PromptError) as error:
        raise CoachError(
            f"the prompt {path} is not usable: {error}", "run: coach prompts check"
        ) from None
