"""Where hints are written: one draft at a time, from the model's first word to the closed card."""

from coach.hints.cards import TEST_CARD, fixed_card
from coach.hints.config import EngineConfig, Resume
from coach.hints.context import Context, Occasion
from coach.hints.draft import Draft, ShownCard
from coach.hints.events import (
    Action,
    AnswerHintNow,
    CancelDraft,
    Card,
    CutHint,
    DropHint,
    OpenHint,
    Section,
    StartDraft,
)
from coach.hints.prompts import Prompt
from coach.hints.safety import Risk, card
from coach.hints.screen import Screen
from coach.hints.similarity import Earlier
from coach.hints.turns import Turn


class Desk:
    """Holds the draft in flight, numbers the cards, and remembers what was shown."""

    def __init__(
        self, config: EngineConfig, prompt: Prompt, session: str, context: Context, resume: Resume
    ) -> None:
        self.draft: Draft | None = None
        self.seq = resume.last_seq
        self._config, self._prompt, self._session = config, prompt, session
        self._context = context
        self._earlier = Earlier()
        for text in resume.hints:
            self._earlier.remember("suggestion", text)
        self._hints = resume.hints_shown
        self._drafts = 0

    def ask(self, turn: Turn, now: float, request_id: str | None = None) -> list[Action]:
        """Start a draft on `turn`; with a request it is shown whatever the pace."""
        self._drafts += 1
        sections = self._sections()
        screen = Screen(self._prompt.limits, turn.whole, self._earlier)
        draft = Draft(self._drafts, turn, now, turn.said_until, sections, screen)
        if request_id is not None:
            draft.requests, draft.urgent_since = [request_id], now
        self.draft = draft
        said = turn.text or turn.carried
        occasion = Occasion(said, self._config.language, sections, draft.urgent)
        messages = self._context.messages(self._prompt, occasion)
        return [StartDraft(draft.id, messages, self._config.max_tokens)]

    def request(self, request_id: str, now: float) -> list[Action]:
        """The facilitator asks while a draft is in flight: it becomes the answer."""
        draft = self.draft
        if draft is None:
            return []
        if draft.card:
            return [AnswerHintNow(request_id, draft.card.seq, "")]
        draft.requests.append(request_id)
        if draft.urgent_since is None:
            draft.urgent_since = now
        return []

    def has(self, draft_id: int) -> Draft | None:
        """The draft in flight, if it is the one that is meant."""
        return self.draft if self.draft and self.draft.id == draft_id else None

    def overdue(self, now: float) -> bool:
        """Whether the draft comes too late to help."""
        due = self.due()
        return due is not None and now >= due

    def due(self) -> float | None:
        """When the draft must be on the screen; None when there is none or it is there."""
        if self.draft is None or self.draft.card:
            return None
        if self.draft.urgent_since is not None:
            return self.draft.urgent_since + self._config.answer_s
        return self.draft.heard + self._config.late_s

    def show(self, draft: Draft, now: float, *, allowed: bool) -> list[Action]:
        """Bring to the screen what the draft has, as far as this is the moment."""
        pieces = draft.shown()
        actions: list[Action] = []
        opening = draft.card is None and (allowed or draft.urgent)
        if opening and draft.screen.may_open(pieces):
            actions += self._open(draft, now)
        if draft.card is not None:
            actions += draft.card.update(draft, pieces)
            actions += self._close(draft, draft.card) if draft.ended else []
        return actions

    def emptiness(self) -> str:
        """Why the draft, though complete, can never be shown; empty while it may."""
        draft = self.draft
        if draft is None or not draft.ended or draft.card:
            return ""
        return "" if draft.screen.may_open(draft.shown()) else draft.emptiness()

    def discard(self, reason: str) -> list[Action]:
        """Give up the draft, on the screen or not, and answer those who wait for it."""
        draft, self.draft = self.draft, None
        if draft is None:
            return []
        actions: list[Action] = [] if draft.ended else [CancelDraft(draft.id)]
        if draft.card:
            self._remember(draft.card)
            actions.append(CutHint(draft.card.hint_id))
        else:
            actions.append(DropHint(reason))
        return [*actions, *self._answer(draft, None, reason)]

    def raise_risk(self, risk: Risk, turn_id: str, heard: float, now: float) -> list[Action]:
        """A safety card, at once and whole."""
        opened = self._number(turn_id, heard, "safety")
        return fixed_card(opened, card(risk, self._config.language), now)

    def test(self, request_id: str, now: float) -> list[Action]:
        """A test card through the real channel."""
        opened = self._number("", now, "test")
        answer = AnswerHintNow(request_id, opened.seq, "")
        return [*fixed_card(opened, TEST_CARD, now), answer]

    def _open(self, draft: Draft, now: float) -> list[Action]:
        self._hints += 1
        opened = self._number(f"{self._session}-t{draft.turn.number}", draft.heard, "hint")
        draft.card = ShownCard(opened.hint_id, opened.seq, now)
        return [opened, *self._answer(draft, opened.seq, "")]

    def _close(self, draft: Draft, shown: ShownCard) -> list[Action]:
        self.draft = None
        self._remember(shown)
        return [shown.close(draft)]

    def _remember(self, shown: ShownCard) -> None:
        for (section, _), (text, _) in shown.sections.items():
            self._earlier.remember(section, text)
        told = [text for (section, _), (text, _) in shown.sections.items() if section != "reminder"]
        self._context.add_hint(" ".join(told))

    def _number(self, turn_id: str, heard: float, kind: Card) -> OpenHint:
        self.seq += 1
        return OpenHint(f"{self._session}-h{self.seq}", self.seq, turn_id, heard, kind)

    def _answer(self, draft: Draft, seq: int | None, reason: str) -> list[Action]:
        answers = [AnswerHintNow(request, seq, reason) for request in draft.requests]
        draft.requests = []
        return list(answers)

    def _sections(self) -> tuple[Section, ...]:
        """What the next hint may hold: reminders belong to the first few."""
        reminding = self._hints < self._prompt.limits.reminders
        return tuple(name for name in self._prompt.sections if reminding or name != "reminder")
