import pytest
from tests.support.hints import WORDS, Driver

from coach.hints.events import HintNowAsked, NoteSegment, ReportStatus, Segment, StartDraft
from coach.hints.guard import doubt

pytestmark = pytest.mark.unit


def segment(text: str, seconds: float = 2.0, **figures: float) -> Segment:
    return Segment(1, text, 10.0, 10.0 + seconds, **figures)


@pytest.mark.parametrize(
    ("heard", "rule"),
    [
        (segment(WORDS, 5.0), ""),
        (segment(WORDS, 5.0, no_speech_prob=0.02, avg_logprob=-0.2, compression_ratio=1.4), ""),
        (segment(""), "empty"),
        (segment("...  "), "no_words"),
        (segment("[Music]"), "no_words"),
        (segment("[crying]"), ""),
        (segment("Thank you for watching!"), "phantom_phrase"),
        (segment("Untertitel der Amara.org-Community"), "phantom_phrase"),
        (segment("Sous-titres réalisés par la communauté"), "phantom_phrase"),
        (segment("¡Gracias por ver el video!"), "phantom_phrase"),
        (segment("ご視聴ありがとうございました"), "phantom_phrase"),
        (segment("Thank you.", no_speech_prob=0.4), "phantom_phrase"),
        (segment("Thank you.", no_speech_prob=0.01, avg_logprob=-0.1), ""),
        (segment(WORDS, 5.0, no_speech_prob=0.7), "no_speech"),
        (segment(WORDS, 5.0, avg_logprob=-1.2), "low_confidence"),
        (segment(WORDS, 5.0, no_speech_prob=0.45, avg_logprob=-0.8), "low_confidence"),
        (segment(WORDS, 5.0, compression_ratio=2.9), "repetition"),
        (segment("I feel I feel I feel I feel I feel", 5.0), "repetition"),
        (segment(WORDS, 0.5), "too_fast"),
        (segment("I was there.", 0.8, energy_db=-58.0), "faint"),
    ],
)
def test_doubt(heard: Segment, rule: str) -> None:
    assert doubt(heard) == rule


def test_doubtful_text_is_noted_and_makes_no_hint() -> None:
    coach = Driver()
    coach.say(WORDS, start=1.0, end=5.0, no_speech_prob=0.9)
    coach.wait(20.0)
    [note] = coach.all(NoteSegment)
    assert (note.text, note.doubt) == (WORDS, "no_speech")
    assert coach.all(StartDraft) == []
    assert ReportStatus("listening", "unclear_speech") in coach.all(ReportStatus)


def test_doubtful_text_is_not_even_in_a_request_that_was_asked_for() -> None:
    coach = Driver()
    coach.say("The guard is tired of standing there.", start=1.0, end=5.0)
    coach.say("I hate everybody here.", start=6.5, end=8.0, avg_logprob=-1.4)
    coach.send(HintNowAsked("r"), 9.0)
    request = coach.all(StartDraft)[-1].messages[-1].text
    assert "guard is tired" in request
    assert "hate everybody" not in request


def test_a_sigh_that_is_taken_for_words_does_not_cost_the_hint() -> None:
    coach = Driver()
    coach.say(WORDS, start=1.0, end=5.0)
    coach.say("Thank you.", start=5.9, end=6.4, no_speech_prob=0.8)
    coach.answer(at=8.5)
    assert len(coach.shown()) == 1
