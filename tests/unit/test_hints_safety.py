import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.hints import WORDS, Driver

from coach.hints.config import EngineConfig
from coach.hints.events import DraftFailed, OpenHint, ShowSection, SpeechStarted
from coach.hints.safety import card, scan

pytestmark = pytest.mark.unit

CORPUS = json.loads(
    (Path(__file__).parents[1] / "evaluation" / "safety.json").read_text(encoding="utf-8")
)
RISK = "Sometimes I think about killing myself."


def safety_cards(coach: Driver) -> list[OpenHint]:
    return [action for _, action in coach.shown() if action.card == "safety"]


def test_the_scan_on_the_labelled_corpus(tell: Callable[[str], None]) -> None:
    hits = [text for text in CORPUS["risk"] if scan(text)]
    false = [text for text in CORPUS["no_risk"] if scan(text)]
    precision = len(hits) / (len(hits) + len(false))
    recall = len(hits) / len(CORPUS["risk"])
    tell(f"safety scan: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.97, false
    assert recall >= 0.97, set(CORPUS["risk"]) - set(hits)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("I want to die.", ["suicide"]),
        ("I don't want to die.", []),
        ("I don't want to die, but I can't keep living like this.", ["suicide"]),
        ("I can't stop thinking about killing myself.", ["suicide"]),
        ("They asked me whether I was suicidal.", []),
        ("I've been cutting myself again.", ["self_harm"]),
        ("I'm afraid I'll hurt my baby.", ["harm_to_others"]),
        ("He hit me again last night.", ["danger"]),
        ("He hit me when I was six.", []),
        ("I’m such a burden to everyone. I just want to disappear.", ["suicide"]),
        ("I just want to disappear.", []),
    ],
)
def test_rules_and_negation(text: str, rules: list[str]) -> None:
    assert [risk.rule for risk in scan(text)] == rules


def test_the_card_quotes_the_words_and_leaves_the_judgement() -> None:
    lines = dict(card(scan(RISK)[0], "en"))
    assert "killing myself" in lines["summary"]
    assert "you judge" in lines["suggestion"]
    assert lines["follow_up"].endswith("?")


def test_nothing_holds_the_card_back() -> None:
    coach = Driver(EngineConfig(pace="quiet"))
    coach.say(start=1.0, end=5.0)
    coach.answer(at=6.5)
    for start in (8.0, 12.0):
        coach.say(RISK, start=start, end=start + 2)
    assert [at for at, card in coach.shown() if card.card == "safety"] == [10.5, 14.5]


def test_the_card_comes_while_the_partner_speaks_on() -> None:
    coach = Driver()
    coach.send(SpeechStarted(), 1.0)
    coach.say(RISK, start=1.0, end=4.0)
    coach.send(SpeechStarted())
    assert len(safety_cards(coach)) == 1


def test_the_card_needs_no_model() -> None:
    coach = Driver()
    coach.say(start=1.0, end=5.0)
    coach.send(DraftFailed(1, "llm_unreachable"), 5.8)
    coach.say(RISK, start=9.0, end=12.0)
    assert len(safety_cards(coach)) == 1


def test_one_card_for_a_stretch_of_speech() -> None:
    coach = Driver()
    coach.say(RISK, start=1.0, end=4.0)
    coach.say("I mean it, I want to kill myself.", start=4.4, end=6.0)
    assert len(safety_cards(coach)) == 1


def test_words_across_two_segments_are_joined() -> None:
    coach = Driver()
    coach.say("I don't want to be", start=1.0, end=3.0)
    coach.say("here anymore.", start=3.4, end=4.0)
    assert len(safety_cards(coach)) == 1


def test_invented_text_raises_no_card_but_mumbled_words_do() -> None:
    coach = Driver()
    coach.say(RISK, start=1.0, end=3.0, no_speech_prob=0.9, avg_logprob=-1.2)
    assert safety_cards(coach) == []
    coach.say(RISK, start=10.0, end=13.0, no_speech_prob=0.2, avg_logprob=-1.1)
    assert len(safety_cards(coach)) == 1


def test_no_ordinary_hint_on_words_of_risk() -> None:
    coach = Driver()
    coach.say(f"{WORDS} {RISK}", start=1.0, end=9.0)
    coach.wait(30.0)
    assert [card.card for _, card in coach.shown()] == ["safety"]


def test_the_card_speaks_the_facilitators_language() -> None:
    coach = Driver(EngineConfig(language="de"))
    coach.say("Ich will nicht mehr leben.", start=1.0, end=3.0)
    texts = [action.text for action in coach.all(ShowSection)]
    assert any(text.startswith("Gehört:") for text in texts)


def test_cards_of_safety_leave_the_budget_to_the_hints() -> None:
    coach = Driver(EngineConfig(pace="quiet"))
    for number in range(6):
        coach.say(RISK, start=number * 10.0, end=number * 10.0 + 3)
    coach.say(start=110.0, end=114.0)
    coach.answer(at=115.5)
    assert [card.card for _, card in coach.shown()] == ["safety"] * 6 + ["hint"]
