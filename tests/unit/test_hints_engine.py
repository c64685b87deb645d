import pytest
from tests.support.hints import HINT, WORDS, Driver

from coach.hints.config import PastTurn, Resume
from coach.hints.events import (
    AnswerHintNow,
    CancelDraft,
    CloseHint,
    DraftDelta,
    HintNowAsked,
    ReportStatus,
    SpeechStarted,
    SpeechStopped,
    StartDraft,
)

pytestmark = pytest.mark.unit


def test_speech_becomes_a_turn_a_draft_and_a_card() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.answer(at=5.9)
    coach.wait(20.0)
    [(at, card)] = coach.shown()
    assert (at, card.seq, card.turn_id, card.heard) == (6.2, 1, "s-t1", 5.0)
    assert coach.texts("follow_up") == ["What does the guard protect?"]
    [closed] = coach.all(CloseHint)
    assert (closed.stt_ms, closed.llm_first_ms, closed.total_ms) == (500, 400, 1200)


def test_the_draft_starts_before_the_pause_has_held() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0, stt_s=0.5)
    assert coach.done[-2][0] == 5.5
    assert len(coach.all(StartDraft)) == 1


def test_a_draft_is_discarded_when_the_partner_goes_on() -> None:
    coach = Driver()
    coach.say("There is a part of me", start=1.0, end=3.0)
    coach.say("that never lets anybody in.", start=3.9, end=6.0)
    assert coach.all(CancelDraft)[0].draft_id == 1
    coach.answer(at=7.9)
    coach.wait(15.0)
    assert len(coach.shown()) == 1
    assert "There is a part of me that never lets anybody in." in (
        coach.all(StartDraft)[-1].messages[-1].text
    )


def test_a_hint_on_the_screen_is_finished_while_the_partner_speaks_on() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.send(DraftDelta(1, "SUMMARY: The guard keeps"), 6.5)
    coach.send(SpeechStarted(), 7.0)
    coach.answer(" everyone out.\nSUGGESTION: Wait.", at=7.5)
    assert coach.texts("summary") == ["The guard keeps everyone out."]
    assert len(coach.all(CloseHint)) == 1


def test_words_during_a_hint_are_in_the_next_request() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.answer(at=6.5)
    coach.say("And I feel so tired of that guard today.", start=7.0, end=9.0)
    coach.say("It never sleeps, it makes me lonely.", start=30.0, end=33.0)
    request = coach.all(StartDraft)[-1].messages[-1].text
    assert request.index("so tired") < request.index("never sleeps")
    assert "Ask how they feel toward the guard." in request


def test_reminders_come_with_the_first_three_hints_only() -> None:
    coach = Driver()
    for number in range(4):
        start = number * 60.0
        coach.say(f"{WORDS} It is number {number}.", start=start, end=start + 5)
        topics = ("guard", "wall", "judge", "child")
        coach.answer(HINT.replace("guard", topics[number]), at=start + 6)
        coach.wait(start + 30)
    assert len(coach.shown()) == 4
    assert len(coach.texts("reminder")) == 3


def test_an_answer_of_thinking_makes_no_card() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.answer("(coach is thinking…)", at=6.5)
    coach.wait(10.0)
    assert coach.shown() == []
    assert coach.all(ReportStatus)[-1] == ReportStatus("thinking", "nothing_to_add")


def test_thinking_inside_a_section_is_left_out() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.answer("SUMMARY: (coach is thinking…)\nSUGGESTION: Wait with them.\n", at=6.5)
    assert coach.texts("summary") == []
    assert coach.texts("suggestion") == ["Wait with them."]


def test_hint_now_without_a_word_heard_says_so() -> None:
    coach = Driver()
    coach.send(HintNowAsked("r1"), 1.0)
    assert coach.all(AnswerHintNow) == [AnswerHintNow("r1", None, "nothing_heard")]


def test_a_restored_engine_goes_on_counting_and_knows_the_session() -> None:
    turns = (PastTurn(1, "My critic is loud."), PastTurn(2, "It has my father's voice."))
    coach = Driver(resume=Resume(last_seq=7, hints_shown=5, turns=turns, hints=("Ask it.",)))
    assert coach.engine.last_seq == 7
    coach.say(start=1.0, end=5.0)
    coach.answer(at=6.0)
    coach.wait(10.0)
    [(_, card)] = coach.shown()
    assert (card.seq, card.turn_id) == (8, "s-t3")
    assert coach.texts("reminder") == []
    request = coach.all(StartDraft)[0].messages[-1].text
    assert "My critic is loud." in request
    assert "Ask it." in request


def test_the_partners_silence_alone_calls_nobody() -> None:
    coach = Driver()
    coach.send(SpeechStarted(), 1.0)
    coach.send(SpeechStopped(1.1), 1.2)
    coach.wait(600.0)
    assert coach.all(StartDraft) == []
    assert coach.all(ReportStatus)[-1] == ReportStatus("listening", "long_silence")


@pytest.mark.parametrize("stt_s", [0.5, 3.2, 4.5])
def test_a_slow_recogniser_is_no_reason_to_hold_a_first_hint_back(stt_s: float) -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0, stt_s=stt_s)
    coach.answer(at=5.0 + stt_s + 0.4)
    coach.wait(20.0)
    assert len(coach.shown()) == 1


def test_it_is_at_rest_only_while_nothing_is_said_heard_written_or_due() -> None:
    coach = Driver()
    assert coach.engine.at_rest
    coach.send(SpeechStarted(), 1.0)
    assert not coach.engine.at_rest, "the partner speaks"
    coach.say(start=1.0, end=5.0)
    assert not coach.engine.at_rest, "a hint is being written"
    coach.send(DraftDelta(1, "SUMMARY: The guard keeps"), 6.5)
    assert not coach.engine.at_rest, "a hint is on its way to the screen"
    coach.answer(" everyone out.\nSUGGESTION: Wait.", at=7.5)
    assert coach.engine.at_rest
