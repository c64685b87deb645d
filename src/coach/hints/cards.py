"""Cards whose text is fixed: they need no model."""

from coach.hints.events import Action, CloseHint, OpenHint, Section, ShowSection

TEST_CARD: tuple[tuple[Section, str], ...] = (
    ("summary", "This is a test card: hints reach you."),
    ("suggestion", "Nothing to do. Only you can see this."),
)


def fixed_card(
    opened: OpenHint, lines: tuple[tuple[Section, str], ...], now: float
) -> list[Action]:
    """The actions that bring a whole card up at once."""
    shown = [ShowSection(opened.hint_id, section, text, True) for section, text in lines]
    total_ms = max(0, round((now - opened.heard) * 1000))
    return [opened, *shown, CloseHint(opened.hint_id, 0, 0, total_ms)]
