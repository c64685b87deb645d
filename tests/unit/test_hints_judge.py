import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.hints.judge import Judge, Judgement
from coach.hints.turns import Turn

pytestmark = pytest.mark.unit

TURNS = json.loads(
    (Path(__file__).parents[1] / "evaluation" / "turns.json").read_text(encoding="utf-8")
)


def turn(text: str, start: float = 0.0) -> Turn:
    made = Turn(1, start, start + 5, start + 5)
    made.parts = [text]
    return made


def judge(text: str) -> Judgement:
    return Judge().judge(turn(text))


def test_the_judgement_on_the_labelled_turns(tell: Callable[[str], None]) -> None:
    worth = [text for text in TURNS["worth"] if not judge(text).reason]
    quiet = TURNS["small_talk"] + TURNS["leave_alone"]
    wrong = [text for text in quiet if not judge(text).reason]
    recall = len(worth) / len(TURNS["worth"])
    precision = len(worth) / (len(worth) + len(wrong))
    tell(f"turns worth a hint: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.95, wrong
    assert recall >= 0.95, set(TURNS["worth"]) - set(worth)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Yeah, exactly, mm-hm.", "back_channel"),
        ("The traffic was terrible and now it's raining, how was your weekend?", "small_talk"),
        ("It was on a Tuesday, I think, around four.", "too_little"),
        (
            "There is a part that is scared. Let me just sit with it for a moment.",
            "asked_for_quiet",
        ),
        ("I… I can't… I'm sorry…", "tears"),
        ("[sobbing]", "tears"),
        ("There is a part of me that is scared of my father.", ""),
        ("Jest we mnie taka część, która ciągle boi się, że zawiedzie wszystkich.", ""),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    assert judge(text).reason == reason


@pytest.mark.parametrize(
    "text", ["I feel so sad because", "And then, um,", "It's like…", "Ich will aber"]
)
def test_words_that_go_on(text: str) -> None:
    assert judge(text).unfinished


def test_where_full_stops_are_set_words_without_one_go_on() -> None:
    assert judge("I was relieved. Because he can't hurt anybody now, this little").unfinished
    listener = Judge()
    before = turn("I went to see him.")
    listener.remember(before, listener.judge(before))
    assert listener.judge(turn("I feel so sad", start=30.0)).unfinished


def test_tears_that_belong_to_the_story_are_not_in_the_way() -> None:
    told = "I watched a woman weeping at the counter. The girl held her. I paid. I went home. "
    assert judge(told + "I would give anything to be held like that.").reason == ""
    assert judge("I paid. I went home. And now I'm crying.").reason == "tears"


@pytest.mark.parametrize("text", ["I feel so sad.", "I feel so sad", "She said no."])
def test_words_that_are_complete(text: str) -> None:
    assert not judge(text).unfinished


def test_after_tears_short_words_are_left_alone_until_a_composed_turn() -> None:
    judge = Judge()
    crying = turn("I'm crying, sorry.")
    judge.remember(crying, judge.judge(crying))
    assert judge.judge(turn("My chest hurts so much.", start=10.0)).reason == "tears"
    composed = turn("There is a little girl in me who waited for him every day.", start=20.0)
    assert judge.judge(composed).reason == ""


def test_once_the_talk_is_deep_plain_words_weigh_more() -> None:
    judge = Judge()
    assert judge.judge(turn("It says, don't leave me.")).reason == "too_little"
    deep = turn("There is a part of me that is scared of my father.")
    judge.remember(deep, judge.judge(deep))
    assert judge.judge(turn("It says, don't leave me, it knows me.", start=30.0)).reason == ""
