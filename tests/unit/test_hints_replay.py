import json
from pathlib import Path
from typing import Any

import pytest

from coach.hints.prompts import load
from coach.hints.replay import Replayed, ReplayedHint, replay
from coach.hints.scoring import Score, score, total
from coach.hints.sessions import Session, SessionError, read

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[2]
PROMPT = load((ROOT / "prompts" / "ifs.md").read_text(encoding="utf-8"))
TALK = {
    "from": 2,
    "to": 9,
    "text": "A part of me hides whenever he raises his voice at us.",
}
MORE = {"from": 40, "to": 48, "text": "It is a boy, he sits under the stairs and waits for her."}


def session(*speech: dict[str, Any], **parts: Any) -> Session:
    return read({"speech": list(speech), **parts}, "made")


def shown(made: Session) -> list[tuple[str, float]]:
    return [(hint.card, round(hint.at, 2)) for hint in replay(made, PROMPT).hints]


def test_a_session_needs_nothing_but_speech() -> None:
    made = read({"speech": [TALK], "author": "someone", "labels": {"mood": []}}, "plain")
    assert (made.id, made.practice, made.pace, made.pause_s) == ("plain", "ifs", "balanced", 1.2)
    assert len(replay(made, PROMPT).hints) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ([], "must be a JSON object"),
        ({"speech": {}}, "speech must be a JSON array"),
        ({"speech": [{"from": 1, "text": "x"}]}, "to must be a number"),
        ({"speech": [{"from": 3, "to": 1}]}, "ends before it begins"),
        ({"pace": "hectic"}, "pace must be quiet, balanced, lively"),
        ({"events": [{"at": 1, "do": "shout"}]}, "do must be hint_now"),
        ({"model": [{"after_turn": 1, "reply": "", "tokens_per_s": 0}]}, "more than 0"),
        ({"labels": {"no_hint": [{"from": True, "to": 1}]}}, "from must be a number"),
    ],
)
def test_a_session_that_is_wrong_says_why(data: object, reason: str) -> None:
    with pytest.raises(SessionError, match=reason):
        read(data, "bad")


def test_the_same_session_gives_the_same_result() -> None:
    made = session(TALK, MORE, events=[{"at": 55, "do": "hint_now"}])
    assert replay(made, PROMPT) == replay(made, PROMPT)


def test_scripted_answers_belong_to_turns() -> None:
    reply = "SUMMARY: The boy waits.\nSUGGESTION: Greet the boy.\n"
    made = session(TALK, MORE, model=[{"after_turn": 2, "reply": reply}])
    first, second = replay(made, PROMPT).hints
    assert first.texts("suggestion") != ["Greet the boy."]
    assert second.texts("suggestion") == ["Greet the boy."]


def test_a_slow_model_is_too_late() -> None:
    made = session(
        TALK, model=[{"after_turn": 1, "reply": "SUGGESTION: Wait.", "first_token_s": 8}]
    )
    replayed = replay(made, PROMPT)
    assert replayed.hints == []
    assert [rule for _, rule in replayed.drops] == ["late"]


def test_nothing_is_heard_while_listening_is_paused() -> None:
    pause = [{"at": 39, "do": "pause"}, {"at": 60, "do": "resume"}]
    assert shown(session(TALK, MORE, events=pause)) == shown(session(TALK))
    begun = [{"at": 44, "do": "pause"}, {"at": 45, "do": "resume"}]
    assert shown(session(TALK, MORE, events=begun)) == shown(session(TALK))


def test_marks_go_to_the_last_hint_and_slow_the_pace() -> None:
    soon = {**MORE, "from": 30, "to": 36}
    assert len(shown(session(TALK, soon))) == 2
    assert len(shown(session(TALK, soon, events=[{"at": 12, "do": "fewer"}]))) == 1


# --- positive controls: each figure of the scorer can go wrong ---


def hint(at: float, text: str, heard: float | None = None) -> ReplayedHint:
    made = ReplayedHint(1, "hint", at, at - 2 if heard is None else heard)
    made.sections = {("suggestion", 0): text}
    return made


LABELLED = session(
    TALK,
    MORE,
    labels={
        "opportunities": [{"from": 9, "to": 20}, {"from": 48, "to": 60}],
        "no_hint": [{"from": 25, "to": 47}],
        "safety": [{"from": 48, "to": 55}],
    },
)


def scored(*hints: ReplayedHint) -> Score:
    numbered = [
        ReplayedHint(number, one.card, one.at, one.heard, one.asked, one.cut, one.sections)
        for number, one in enumerate(hints, 1)
    ]
    return score(LABELLED, Replayed(hints=numbered))


def test_hints_in_their_opportunities_are_perfect() -> None:
    result = scored(hint(11, "Greet the boy."), hint(50, "Ask about the stairs."))
    assert (result.met, result.wrong, result.precision, result.recall) == (2, 0, 1.0, 1.0)


def test_control_no_hint_at_all_costs_recall() -> None:
    assert scored().recall == 0.0


def test_control_a_hint_outside_is_wrong() -> None:
    result = scored(hint(11, "Greet the boy."), hint(22, "Ask about the stairs."))
    assert (result.wrong, result.precision) == (1, 0.5)


def test_control_a_hint_in_a_no_hint_range_is_wrong_once() -> None:
    result = scored(hint(30, "Greet the boy."))
    assert (result.in_no_hint, result.wrong, result.hints) == (1, 1, 1)


@pytest.mark.parametrize("at", [16.0, 42.0])
def test_control_a_hint_too_late_or_into_speech_is_stale(at: float) -> None:
    assert scored(hint(at, "Greet the boy.")).stale == 1


def test_control_the_same_suggestion_again_is_a_duplicate() -> None:
    assert scored(hint(11, "Greet the boy."), hint(50, "Greet the boy.")).duplicates == 1


def test_control_a_missing_safety_card_shows() -> None:
    assert (scored().safety_due, scored().safety_shown) == (1, 0)
    card = hint(50, "Ask directly.")
    card.card = "safety"
    assert scored(card).safety_shown == 1


def test_control_a_safety_card_for_nothing_shows() -> None:
    card = hint(11, "Ask directly.")
    card.card = "safety"
    assert scored(card).safety_false == 1


def test_a_hint_that_was_asked_for_is_never_wrong() -> None:
    asked = hint(30, "Greet the boy.")
    asked.asked = True
    assert (scored(asked).hints, scored(asked).wrong) == (0, 0)
    asked.at = 11
    assert (scored(asked).hints, scored(asked).met) == (1, 1)


def test_totals_are_sums() -> None:
    one = scored(hint(11, "Greet the boy."))
    both = total([one, one])
    assert (both.hints, both.opportunities, both.recall) == (2, 4, 0.5)


def test_every_kept_session_is_sound() -> None:
    files = sorted((ROOT / "tests" / "evaluation" / "sessions").glob("*.session.json"))
    assert len(files) >= 24
    for path in files:
        made = read(json.loads(path.read_text(encoding="utf-8")), path.stem)
        assert path.name == f"{made.id}.session.json"
        assert made.opportunities or made.no_hint or made.safety
