from itertools import pairwise

import pytest
from tests.support.hints import HINT, WORDS, Driver

from coach.hints import events
from coach.hints.config import EngineConfig
from coach.hints.events import (
    AnswerHintNow,
    DraftDelta,
    DraftEnded,
    DropHint,
    FeedbackGiven,
    HintNowAsked,
    Pace,
    PaceChosen,
    ReportStatus,
    StartDraft,
    Verdict,
)
from coach.hints.pacing import Pacing

pytestmark = pytest.mark.unit

TOPICS = (
    "guard", "wolf", "judge", "teacher", "mirror", "river", "clown", "soldier", "ghost", "castle",
    "dragon", "sailor", "stone", "needle", "forest", "train", "candle", "shadow", "bear", "mask",
)  # fmt: skip


def talk(coach: Driver, start: float, topic: str = "guard") -> None:
    """A turn on `topic` that is worth a hint, and a model that answers on it when asked."""
    before = len(coach.all(StartDraft))
    coach.say(WORDS.replace("guard", topic), start=start, end=start + 4)
    coach.wait(start + 4.6)
    if len(coach.all(StartDraft)) > before:
        coach.answer(
            f"SUMMARY: The {topic} stands there.\nSUGGESTION: Greet the {topic} kindly.\n"
            f"FOLLOW-UP: What does the {topic} protect?\n"
        )
    coach.wait(start + 8)


@pytest.mark.parametrize(("pace", "gap"), [("quiet", 45.0), ("balanced", 20.0), ("lively", 8.0)])
def test_the_gap_of_each_pace(pace: Pace, gap: float) -> None:
    coach = Driver(EngineConfig(pace=pace))
    for number in range(12):
        talk(coach, number * 10.0, TOPICS[number])
    times = [at for at, _ in coach.shown()]
    assert len(times) > 1
    assert all(later - earlier >= gap for earlier, later in pairwise(times))


def test_the_budget_of_ten_minutes() -> None:
    coach = Driver(EngineConfig(pace="balanced"))
    for number in range(27):
        talk(coach, number * 22.0, f"{TOPICS[number % 20]} {'abcdefg'[number // 4]}{number}")
    assert len([at for at, _ in coach.shown() if at < 600.0]) == 15


def test_a_turn_that_comes_too_soon_is_held_and_says_so() -> None:
    coach = Driver()
    talk(coach, 0.0)
    calls = len(coach.all(StartDraft))
    talk(coach, 9.0, "wolf")
    assert len(coach.shown()) == 1
    assert len(coach.all(StartDraft)) == calls
    assert coach.all(ReportStatus)[-1] == ReportStatus("listening", "held_by_pace")


def test_a_hint_waits_a_moment_for_the_gap() -> None:
    coach = Driver()
    talk(coach, 0.0)
    [(first, _)] = coach.shown()
    talk(coach, first + 20.0 - 4.0 - 2.0, "wolf")
    assert [at for at, _ in coach.shown()] == [first, first + 20.0]


def test_small_talk_asks_no_model() -> None:
    coach = Driver()
    coach.say("Yeah, mm-hm.", start=1.0, end=2.0)
    coach.say("The weather is great here, how was your weekend?", start=5.0, end=8.0)
    coach.wait(20.0)
    assert coach.all(StartDraft) == []
    assert ReportStatus("listening", "small_talk") in coach.all(ReportStatus)


def test_the_same_hint_is_not_shown_twice() -> None:
    coach = Driver()
    for start in (0.0, 30.0):
        coach.say(start=start, end=start + 4)
        coach.answer(at=start + 5)
        coach.wait(start + 15)
    assert len(coach.shown()) == 1
    assert coach.all(DropHint)[-1] == DropHint("duplicate")


def test_a_repeated_suggestion_is_left_out_of_a_new_hint() -> None:
    coach = Driver()
    coach.say(start=0.0, end=4.0)
    coach.answer(at=5.0)
    coach.say("And the wolf in me wants to bite everybody around.", start=40.0, end=44.0)
    coach.answer(HINT.replace("The guard keeps everyone out.", "A wolf wants to bite."), at=45.5)
    coach.wait(60.0)
    assert coach.texts("suggestion") == ["Ask how they feel toward the guard."]


def test_a_hint_that_is_not_ready_in_time_is_dropped() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.wait(11.5)
    assert coach.all(DropHint) == [DropHint("late")]
    assert coach.all(ReportStatus)[-1] == ReportStatus("listening", "late")
    coach.say("And the wolf in me wants to bite everybody around.", start=12.0, end=15.0)
    coach.answer(at=16.5)
    assert len(coach.shown()) == 1


def test_hint_now_overrides_the_pace_and_the_pause() -> None:
    coach = Driver(EngineConfig(pace="quiet"))
    talk(coach, 0.0)
    coach.say("The wolf wants to bite everybody around.", start=9.0, end=12.0)
    coach.send(HintNowAsked("r1"), 12.7)
    coach.answer("SUMMARY: A wolf wants to bite.\nSUGGESTION: Meet the wolf.\n", at=13.0)
    assert coach.all(AnswerHintNow) == [AnswerHintNow("r1", 2, "")]
    assert coach.shown()[-1][0] == 13.0


def test_hint_now_takes_the_draft_that_is_under_way() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.send(HintNowAsked("r1"), 5.6)
    coach.send(HintNowAsked("r2"), 5.7)
    coach.answer(at=5.8)
    assert len(coach.all(StartDraft)) == 1
    assert coach.all(AnswerHintNow) == [AnswerHintNow("r1", 1, ""), AnswerHintNow("r2", 1, "")]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("(coach is thinking…)", "nothing_to_add"),
        ("I can't help.", "no_sections"),
        (None, "llm_slow"),
    ],
)
def test_hint_now_always_answers(reply: str | None, reason: str) -> None:
    coach = Driver()
    coach.say("Okay, so.", start=1.0, end=2.0)
    coach.send(HintNowAsked("r1"), 5.0)
    if reply is not None:
        coach.answer(reply, at=6.0)
    coach.wait(5.0 + EngineConfig().answer_s)
    assert coach.all(AnswerHintNow) == [AnswerHintNow("r1", None, reason)]


def test_marks_change_the_gap_within_bounds() -> None:
    pacing = Pacing("balanced")
    marks: list[Verdict] = ["used"] * 20
    for mark in marks:
        pacing.mark(mark, 0.0)
    assert pacing.gap_s == 15.0
    for mark in ("fewer",) * 20:
        pacing.mark(mark, 0.0)
    assert pacing.gap_s == 80.0
    pacing.choose("quiet")
    assert pacing.gap_s == 45.0


def test_fewer_means_fewer() -> None:
    coach = Driver()
    talk(coach, 0.0)
    coach.send(FeedbackGiven("s-h1", "fewer"))
    for number in range(1, 8):
        talk(coach, number * 10.0, TOPICS[number])
    times = [at for at, _ in coach.shown()]
    assert len(times) == 2
    assert times[1] - times[0] >= 45.0


def test_a_chosen_pace_holds_at_once() -> None:
    coach = Driver()
    talk(coach, 0.0)
    coach.send(PaceChosen("lively"))
    talk(coach, 12.0, "wolf")
    assert coach.engine.pace == "lively"
    assert len(coach.shown()) == 2


def test_a_test_card_costs_no_hint() -> None:
    coach = Driver()
    coach.send(events.TestHintAsked("t1"), 1.0)
    assert coach.all(AnswerHintNow) == [AnswerHintNow("t1", 1, "")]
    assert coach.shown()[0][1].card == "test"
    talk(coach, 2.0)
    assert coach.shown()[-1][1].seq == 2


def test_a_hint_that_may_become_a_repetition_waits_until_it_is_known() -> None:
    coach = Driver()
    for start in (0.0, 30.0):
        coach.say(start=start, end=start + 4)
        coach.wait(start + 5.5)
        draft_id = coach.all(StartDraft)[-1].draft_id
        for place in range(0, len(HINT), 5):
            coach.send(DraftDelta(draft_id, HINT[place : place + 5]))
        coach.send(DraftEnded(draft_id))
        coach.wait(start + 15)
    assert len(coach.shown()) == 1


def test_a_safety_card_keeps_its_distance_but_costs_no_budget() -> None:
    pacing = Pacing("quiet")
    for number in range(6):
        pacing.shown(number * 10.0, budgeted=False)
    assert pacing.next_at(60.0) == 95.0
