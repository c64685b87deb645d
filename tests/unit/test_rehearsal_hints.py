from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.hints.context import Context, Occasion
from coach.hints.parser import Piece, SectionParser, is_thinking
from coach.hints.prompts import load
from coach.rehearsal.hint_writer import asked, hint
from coach.rehearsal.reflection import shortened, turned

pytestmark = pytest.mark.unit

FATHER = "There is a part of me that feels really scared when my father raises his voice."


def request(said: str, *lines: str) -> list[dict[str, Any]]:
    system = "\n".join(("SUMMARY: one sentence", "SUGGESTION: one sentence", *lines))
    return [{"role": "system", "content": system}, {"role": "user", "content": said}]


def answer(said: str, *lines: str) -> str:
    return hint(asked(request(said, *lines)))


def pieces(text: str) -> list[Piece]:
    parser = SectionParser()
    parser.feed(text)
    parser.end()
    return parser.pieces()


def test_a_hint_has_the_form_that_the_model_is_asked_for() -> None:
    text = answer(FATHER, "REMINDER: one sentence")
    assert [line.partition(":")[0] for line in text.splitlines()] == [
        "SUMMARY",
        "SUGGESTION",
        "FOLLOW-UP",
        "REMINDER",
    ]
    found = pieces(text)
    assert [(piece.section, piece.index) for piece in found] == [
        ("summary", 0),
        ("suggestion", 0),
        ("follow_up", 0),
        ("follow_up", 1),
        ("reminder", 0),
    ]
    assert all(piece.done for piece in found)


def test_a_reminder_comes_only_when_asked_for() -> None:
    assert "REMINDER" not in answer(FATHER)


@pytest.mark.parametrize(
    ("said", "given_back"),
    [
        (FATHER, "There is a part of you that feels really scared when your father raises his"),
        (
            "I was so angry, and then I felt ashamed.",
            "You were so angry, and then you felt ashamed",
        ),
        ("And then I feel guilty about it.", "A part of you feels guilty about it"),
        ("I am worthless.", "A part of you feels worthless"),
        ("A part of me wants to trust you.", "A part of you wants to trust me"),
        ("My husband doesn't listen to me.", "Your husband doesn't listen to you"),
    ],
)
def test_the_summary_is_what_the_partner_said(said: str, given_back: str) -> None:
    assert pieces(answer(said))[0].text.startswith(given_back)


@pytest.mark.parametrize(
    ("said", "taken_up"),
    [
        (FATHER, "the part that feels scared"),
        ("There is a critic in me that never rests.", "the critic"),
        ("I felt so ashamed yesterday.", "ashamed|shame"),
        ("My chest gets tight.", "chest"),
        ("My boss wants everything at once.", "boss"),
        ("I want to run away.", "run away"),
    ],
)
def test_suggestion_and_questions_take_up_the_partners_words(said: str, taken_up: str) -> None:
    for piece in pieces(answer(said)):
        if piece.section != "summary":
            assert any(word in piece.text.lower() for word in taken_up.split("|")), piece


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Hello, can you hear me?",
        "Okay. Yes. Thank you.",
        "He is angry.",
        "I am not angry.",
        "I bought a small house.",
        "I want to kill myself.",
    ],
)
def test_it_is_thinking_when_there_is_nothing_that_rules_should_take_up(said: str) -> None:
    assert answer(said) == "(coach is thinking…)"


def test_the_same_words_give_the_same_hint_and_a_shown_one_is_not_repeated() -> None:
    first = answer(FATHER)
    assert first == answer(FATHER)
    suggestion = pieces(first)[1].text
    again = answer(f'Hints already given:\n"{suggestion}"\nThe partner just said:\n"{FATHER}"')
    assert pieces(again)[1].text != suggestion


def test_it_answers_the_present_turn_of_the_request_that_the_engine_makes() -> None:
    context = Context()
    context.add_turn("My chest gets tight.")
    context.add_hint("Stay with the chest.")
    prompt = load("Listen to the partner.")
    occasion = Occasion(FATHER, "English", prompt.sections, urgent=False)
    messages = [
        {"role": message.role, "content": message.text}
        for message in context.messages(prompt, occasion)
    ]
    text = hint(asked(messages))
    assert "your father raises his voice" in text
    assert "chest" not in text
    assert "REMINDER:" in text


@given(st.text(max_size=400))
def test_any_words_give_a_whole_hint_or_none(said: str) -> None:
    text = hint(asked(request(said, "REMINDER: one sentence")))
    assert is_thinking(text) or [piece.section for piece in pieces(text)] == [
        "summary",
        "suggestion",
        "follow_up",
        "follow_up",
        "reminder",
    ]


TRADE = ("i", "me", "my", "you", "part", "and", "because", "feels", "angry", "that", ",")


@given(st.lists(st.sampled_from(TRADE)))
def test_words_of_the_trade_in_any_order_give_a_whole_hint_or_none(said: list[str]) -> None:
    text = answer(" ".join(said))
    assert is_thinking(text) or len(pieces(text)) == 4


def test_speakers_are_turned() -> None:
    said = "but I'm sure you said that I hurt myself"
    assert turned(said) == "you're sure I said that you hurt yourself"


def test_shortening_keeps_whole_clauses() -> None:
    said = "I feel sad, when I see her, because she never had any time for me"
    assert shortened(said, 8) == "I feel sad, when I see her"
    assert shortened("one two three four five", 3) == "one two three"
