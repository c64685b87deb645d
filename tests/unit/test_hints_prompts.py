from pathlib import Path

import pytest

from coach.hints.prompts import MAX_CHARACTERS, PromptError, check, load

pytestmark = pytest.mark.unit

PROMPTS = Path(__file__).parents[2] / "prompts"
HEAD = "---\nname: x\ntitle: X\n---\n"


def test_front_matter_and_text() -> None:
    prompt = load(
        "---\nname: mi\ntitle: T\nsections: [suggestion]\nlimits: {suggestion: 9}\n---\nHi"
    )
    assert (prompt.name, prompt.title, prompt.body) == ("mi", "T", "Hi")
    assert prompt.sections == ("suggestion",)
    assert prompt.limits.suggestion == 9
    assert prompt.limits.follow_up == 14


def test_plain_text_takes_every_default() -> None:
    prompt = load("You are kind.\n--- not a header")
    assert prompt.name == "custom"
    assert prompt.sections == ("summary", "suggestion", "follow_up", "reminder")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no text"),
        (HEAD, "no text"),
        ("x" * (MAX_CHARACTERS + 1), "are allowed"),
        ("---\nname: x\nHi", "not closed"),
        ("---\n{\n---\nHi", "not valid YAML"),
        ("---\n- a\n---\nHi", "key: value"),
        ("---\nnane: x\n---\nHi", "did you mean name"),
        ("---\nname: [x]\n---\nHi", "one line"),
        ("---\nsections: []\n---\nHi", "must be a list"),
        ("---\nsections: [advice]\n---\nHi", "unknown section advice"),
        ("---\nsections: [summary]\n---\nHi", "suggestion or follow_up"),
        ("---\nlimits: 3\n---\nHi", "name: number"),
        ("---\nlimits: {sugestion: 3}\n---\nHi", "did you mean suggestion"),
        ("---\nlimits: {suggestion: many}\n---\nHi", "whole number"),
        ("---\nlimits: {suggestion: true}\n---\nHi", "whole number"),
        ("---\nlimits: {suggestion: 0}\n---\nHi", "from 1 to 60"),
    ],
)
def test_a_bad_prompt_says_why(text: str, reason: str) -> None:
    with pytest.raises(PromptError, match=reason):
        load(text)


def test_a_kept_file_must_say_its_name() -> None:
    with pytest.raises(PromptError, match="front matter is missing"):
        check("Just text")
    with pytest.raises(PromptError, match="lacks title"):
        check("---\nname: x\n---\nText")


@pytest.mark.parametrize("path", sorted(PROMPTS.glob("*.md")), ids=lambda path: path.stem)
def test_every_prompt_of_ours_is_valid(path: Path) -> None:
    assert check(path.read_text(encoding="utf-8")).name == path.stem
