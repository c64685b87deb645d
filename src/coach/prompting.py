"""The prompt that the settings name, read and checked."""

from pathlib import Path

from coach import assets
from coach.errors import CoachError
from coach.hints.prompts import Prompt, load
from coach.settings import Settings

DEFAULT = "ifs.md"
_REMEDY = "give SYSTEM_PROMPT the text, or SYSTEM_PROMPT_FILE a Markdown file with text in it"


def load_prompt(settings: Settings) -> Prompt:
    """The text of SYSTEM_PROMPT, else SYSTEM_PROMPT_FILE, else the default practice.

    Raises CoachError when the file is missing, unreadable or empty, or the form is wrong.
    """
    if settings.system_prompt is not None:
        return _parse(settings.system_prompt.replace("\\n", "\n"), "SYSTEM_PROMPT")
    path = settings.system_prompt_file or assets.prompts() / DEFAULT
    return _parse(_read(path), str(path))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CoachError(f"the prompt file {path} does not exist", _REMEDY) from None
    except (OSError, UnicodeDecodeError):
        raise CoachError(f"the prompt file {path} can't be read as text", _REMEDY) from None


def _parse(text: str, source: str) -> Prompt:
    if not text.strip():
        raise CoachError(f"the prompt in {source} is empty", _REMEDY)
    try:
        return load(text)
    except ValueError as error:
        raise CoachError(
            f"the prompt in {source} is not usable: {error}", "run: coach prompts check"
        ) from None
