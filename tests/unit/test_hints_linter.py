import pytest
from tests.support.hints import Driver

from coach.hints.events import DraftDelta, DropHint, NoteRepair, Section
from coach.hints.linter import growing, lint
from coach.hints.prompts import Limits

pytestmark = pytest.mark.unit

LONG = "Ask them to slow down and notice where in the body it is, and then wait for a while before"


@pytest.mark.parametrize(
    ("section", "text", "kept", "rule"),
    [
        ("suggestion", "Ask how they feel toward it.", "Ask how they feel toward it.", ""),
        ("suggestion", "Wait. " + LONG + " the next one comes.", "Wait.", "too_long"),
        (
            "suggestion",
            f"{LONG} anything else is said at all.",
            "Ask them to slow down and notice where in the body it is.",
            "too_long",
        ),
        ("suggestion", "word " * 30, "", "too_long"),
        ("suggestion", "Tell them to leave him.", "", "advice"),
        ("suggestion", "As an AI, I would wait.", "", "mentions_ai"),
        ("suggestion", "They may have borderline traits; go slow.", "", "diagnosis"),
        ("suggestion", "what the facilitator could do next", "", "echo"),
        ("follow_up", "What does it need?", "What does it need?", ""),
        ("follow_up", "Why do you feel like that?", "", "why"),
        ("follow_up", "And why is that?", "", "why"),
        ("follow_up", "Warum macht dich das traurig?", "", "why"),
        ("follow_up", "¿Por qué te sientes así?", "", "why"),
        ("follow_up", "Have you tried talking to her?", "", "advice"),
        ("follow_up", "You should rest more, right?", "", "advice"),
        ("follow_up", "Is that because your father left?", "", "interpretation"),
        ("follow_up", "Could this be depression?", "", "diagnosis"),
        ("reminder", "You don't have to fix anything.", "You don't have to fix anything.", ""),
    ],
)
def test_rules(section: Section, text: str, kept: str, rule: str) -> None:
    linted = lint(section, text, Limits(), said="")
    assert (linted.text, linted.rule) == (kept, rule)


def test_the_partners_own_word_may_come_back() -> None:
    said = "I call it my depression."
    assert lint("follow_up", "How does the depression look?", Limits(), said).rule == ""


def test_a_summary_is_cut_rather_than_lost() -> None:
    linted = lint("summary", "very " * 40, Limits(), said="")
    assert linted.rule == "too_long"
    assert len(linted.text.split()) == 30


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Part of you is tired", "Part of you is tired"),
        ("You rest as", "You rest"),
        ("As an", ""),
        ("I'm an AI and", ""),
    ],
)
def test_a_growing_summary_shows_nothing_that_may_be_unsaid(text: str, shown: str) -> None:
    assert growing(text, Limits()) == shown


def test_what_is_dropped_is_noted_with_its_rule() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.answer(
        "SUMMARY: The guard is tired.\nSUGGESTION: Wait with them.\n"
        "FOLLOW-UP: Why is it tired? | What does it guard?\n",
        at=6.5,
    )
    assert coach.texts("follow_up") == ["What does it guard?"]
    [note] = coach.all(NoteRepair)
    assert (note.section, note.rule, note.dropped) == ("follow_up", "why", True)


def test_a_hint_of_which_nothing_is_left_does_not_come_up() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.answer("FOLLOW-UP: Why are you sad?\n", at=6.5)
    assert coach.shown() == []
    assert coach.all(DropHint) == [DropHint("why")]


def test_a_summary_that_betrays_the_machine_ends_before_it() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.send(DraftDelta(1, "SUMMARY: The guard is tired. As an AI I"), 6.5)
    coach.answer(" can't say more.\nSUGGESTION: Wait with them.\n")
    assert coach.texts("summary") == ["The guard is tired."]
