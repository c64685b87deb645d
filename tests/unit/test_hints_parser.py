import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.hints.parser import MAX_CHARACTERS, Piece, SectionParser, is_thinking

pytestmark = pytest.mark.unit

PLAIN = (
    "SUMMARY: Part of you wants to hide.\n"
    "SUGGESTION: Ask where they notice it.\n"
    "FOLLOW-UP: Where do you feel it? | What does it want?\n"
    "REMINDER: You don't have to fix anything."
)
EXPECTED = [
    ("summary", 0, "Part of you wants to hide."),
    ("suggestion", 0, "Ask where they notice it."),
    ("follow_up", 0, "Where do you feel it?"),
    ("follow_up", 1, "What does it want?"),
    ("reminder", 0, "You don't have to fix anything."),
]


def parse(text: str, *sizes: int) -> list[Piece]:
    parser = SectionParser()
    start = 0
    for size in sizes:
        parser.feed(text[start : start + size])
        parser.pieces()
        start += size
    parser.feed(text[start:])
    parser.end()
    return parser.pieces()


def sections(text: str) -> list[tuple[str, int, str]]:
    pieces = parse(text)
    assert all(piece.done for piece in pieces)
    return [(piece.section, piece.index, piece.text) for piece in pieces]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\n\n") + "\n\n",
        PLAIN.replace("SUMMARY", "Summary").replace("FOLLOW-UP", "follow-up"),
        PLAIN.replace("FOLLOW-UP", "FOLLOW UP"),
        PLAIN.replace("FOLLOW-UP", "Followups"),
        PLAIN.replace("FOLLOW-UP", "FOLLOW‑UP"),
        PLAIN.replace("SUMMARY:", "**SUMMARY:**").replace("SUGGESTION:", "**Suggestion**:"),
        PLAIN.replace("SUMMARY:", "## Summary\n\n").replace("SUGGESTION:", "### Suggestion\n"),
        PLAIN.replace("SUMMARY:", "1. SUMMARY:").replace("SUGGESTION:", "- SUGGESTION:"),
        PLAIN.replace("SUMMARY:", "SUMMARY:"),
        PLAIN.replace(" | ", "\nFOLLOW-UP: "),
        PLAIN.replace(" | ", "\nFOLLOW-UP 2: ").replace("FOLLOW-UP:", "FOLLOW-UP 1:", 1),
        PLAIN.replace(" | ", "\n- ").replace("FOLLOW-UP: ", "FOLLOW-UP:\n- "),
        PLAIN.replace(" | ", "\n2) ").replace("FOLLOW-UP: ", "Follow-up questions:\n1) "),
        PLAIN.replace("\n", " "),
        "Sure, here is a hint for you.\n\n" + PLAIN + "\n\nI hope this helps!",
        PLAIN.replace("wants to hide", "*wants* to `hide`"),
        PLAIN.replace("wants to hide.", "wants\nto hide."),
        PLAIN.replace("Ask where they notice it.", '"Ask where they notice it."'),
        PLAIN + "\nSUMMARY: A second one.\nSUGGESTION: Ignore it.",
    ],
)
def test_small_deviations_are_understood(text: str) -> None:
    assert sections(text) == EXPECTED


def test_sections_come_in_the_order_of_the_answer() -> None:
    text = "FOLLOW-UP: What now?\nSUGGESTION: Wait.\nSUMMARY: They are torn."
    assert [name for name, _, _ in sections(text)] == ["follow_up", "suggestion", "summary"]


def test_at_most_three_follow_ups() -> None:
    assert [text for _, _, text in sections("FOLLOW-UP: a? | b? | c? | d? | e?")] == [
        "a?",
        "b?",
        "c?",
    ]


def test_a_quoted_label_opens_no_section() -> None:
    text = 'SUMMARY: You said "SUGGESTION: hang up" and laughed.'
    assert sections(text) == [("summary", 0, 'You said "SUGGESTION: hang up" and laughed.')]


@pytest.mark.parametrize("text", ["", "   \n\n", "I feel that you should relax.", "{}", "SUMMARY:"])
def test_text_without_sections_gives_none(text: str) -> None:
    assert sections(text) == []


@pytest.mark.parametrize(
    "text", ["(coach is thinking…)", "(coach is thinking...)", "**(Coach is thinking…)**\n"]
)
def test_thinking_is_recognised(text: str) -> None:
    assert is_thinking(text)
    assert sections(text) == []


def test_twenty_kilobytes_of_nonsense_stay_bounded() -> None:
    pieces = parse("SUMMARY: " + "blah " * 4000)
    assert len(pieces) == 1
    assert len(pieces[0].text) <= MAX_CHARACTERS


fragments = st.sampled_from(
    [*["SUMMARY:", "|FOLLOW-UP", "SUGGESTION", "REMINDER"], "\n", "\n\n", "**", "- ", "1. ", '"']
) | st.text(alphabet="aBé .?:|*\n漢", max_size=12)
answers = st.lists(fragments, max_size=25).map("".join) | st.just(PLAIN)


@settings(deadline=None)
@given(answers, st.lists(st.integers(1, 30), max_size=40))
def test_any_chunking_gives_the_same_sections(text: str, sizes: list[int]) -> None:
    assert parse(text, *sizes) == parse(text)


@settings(deadline=None)
@given(answers)
def test_what_is_done_never_changes(text: str) -> None:
    parser = SectionParser()
    done: list[Piece] = []
    for letter in text:
        parser.feed(letter)
        now_done = [piece for piece in parser.pieces() if piece.done]
        assert now_done[: len(done)] == done
        done = now_done


@settings(deadline=None)
@given(answers)
def test_a_growing_section_only_grows(text: str) -> None:
    parser = SectionParser()
    before = ""
    for letter in text:
        parser.feed(letter)
        pieces = parser.pieces()
        growing = pieces[-1].text if pieces and not pieces[-1].done else ""
        if before and growing:
            assert growing.startswith(before) or len(pieces) > 1
        before = growing
