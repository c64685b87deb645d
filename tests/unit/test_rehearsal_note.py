"""The rehearsal's note holds what was named, in the form that the product reads."""

import pytest

from coach.hints import summary
from coach.hints.summary import GivenHint
from coach.rehearsal import note_writer

pytestmark = pytest.mark.unit

TURNS = [
    "There is a part of me that feels really scared when my father raises his voice.",
    "I notice a critic in me who says that I am never good enough.",
]


def written(turns: list[str], hints: list[GivenHint]) -> dict[summary.Heading, list[str]]:
    messages = [
        {"role": one.role, "content": one.text} for one in summary.request(turns, hints, "en")
    ]
    assert note_writer.is_wanted(messages)
    return summary.parse(note_writer.note(messages)).items


def test_parts_feelings_and_used_hints_are_named() -> None:
    items = written(TURNS, [GivenHint("Stay with the critic.", "used"), GivenHint("Wait.", "")])
    assert any("father" in theme for theme in items["themes"])
    assert any("critic" in part for part in items["parts"])
    assert items["helped"] == ["Stay with the critic."]
    assert "never good enough" in items["open"][0]


def test_small_talk_makes_an_almost_empty_note() -> None:
    items = written(["Can you hear me?"], [])
    assert items["parts"] == items["helped"] == []
