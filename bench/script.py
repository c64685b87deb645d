"""What the partner says in the benchmark, and what the model answers."""

from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.support.speech import Utterance, utterances

_SPOKEN = (
    "partner-father",
    "partner-critic",
    "partner-lonely",
    "partner-angry",
    "partner-work",
)

_SUMMARIES = """Fear comes up when a father's voice gets loud.
The critic says never good enough, and their chest tightens.
Lonely at night, a young part wants company.
Anger came up yesterday, and shame followed quickly behind it.
A protector stays busy, so that sadness is out of reach.
Something freezes whenever shouting begins at home.
Being judged from within shows up as tightness around the heart.
Longing for someone who stays comes with the evening.
Fury rose at work and then turned against themselves.
A tireless helper guards them from grief.
The memory of raised voices still makes them shrink.
Harsh words inside leave hardly any room to breathe.
Darkness brings an old ache of being left by everybody.
Two feelings are here, rage first and embarrassment after.
Staying occupied has been the safest way around old pain.
Fear of a parent is alive in this moment.
Perfection is demanded by a stern inner judge.
A small one waits at the window.
The boss touched a sore place, and guilt came after the heat.
Rest feels risky, since sorrow might arrive.
Loud sounds carry them back to the childhood kitchen.
Their breath gets short when the judging voice is near.
Sleep is hard while loneliness sits beside the bed.
Fury protected their dignity before regret walked in.
Busyness stands at the door and keeps mourning outside.
A frightened child hides from thunder in the hallway.
Nothing ever satisfies the inner examiner.
Company is missed most after the lights go out.
Heat rose in the meeting and left a bitter taste.
Endless tasks form a wall between them and tears.""".splitlines()

_SUGGESTIONS = """Invite them to sense where the fear sits in their body.
Help them get a little distance from the critic.
Ask whether the young one knows that they are here.
See if both feelings can be heard in turn.
Let the protector know its effort is appreciated.
Slow down and stay with the freezing for a breath.
Wonder together how old this tightness is.
Offer space to listen to the longing without fixing it.
Check how they feel toward the furious one now.
Thank the helper before going anywhere near grief.
Give the shrinking one time to be seen.
Suggest a hand on the chest while listening.
Ask the ache what it would like them to know.
Name both visitors and welcome each of them.
Wait until the guard agrees to go further.
Notice together what happens in the shoulders.
Find out how long the judge has had this job.
Invite a picture of the small one at the window.
Let guilt speak after the heat has settled.
Ask what resting could cost, in its own words.
Bring attention to the feet on the floor first.
Breathe with them until the voice is less near.
Explore what loneliness hopes for tonight.
Honour what fury was protecting yesterday.
Ask permission at the door before meeting the sorrow.
Let the hidden child set the speed.
Be curious about the examiner's own worry.
Stay close to the missing, gently and quietly.
Follow the heat to where it begins.
Ask the wall how tall it has to be.""".splitlines()

_FOLLOW_UPS = """Where do you notice that now? | What does it want you to know?
How close is it? | What happens as you breathe with it?
How does it look to you? | What would help it to relax a little?""".splitlines()


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that the partner says; `spoken_s` is its length without the silence around it."""

    path: Path
    text: str
    spoken_s: float
    answer: str


def turns(count: int) -> list[Turn]:
    """So many turns: the utterances over and over, an answer of its own for each.

    Raises ValueError for more turns than there are answers.
    """
    if count > len(_SUMMARIES):
        raise ValueError(f"at most {len(_SUMMARIES)} turns a side")
    spoken = islice(cycle(spoken_texts()), count)
    return [
        Turn(said.path, said.text, said.seconds - said.lead_s - said.trail_s, _answer(number))
        for number, said in enumerate(spoken)
    ]


def next_answer(request: str) -> str:
    """The model's answer to a request that tells which hints were given already: each session
    gets one answer after the other, over and over.
    """
    given = [request.rfind(suggestion) for suggestion in _SUGGESTIONS]
    last = max(given)
    return _answer((given.index(last) + 1) % len(given) if last >= 0 else 0)


def spoken_texts() -> list[Utterance]:
    """Every utterance that a turn can be."""
    known = utterances()
    return [known[name] for name in _SPOKEN]


def _answer(number: int) -> str:
    return (
        f"SUMMARY: {_SUMMARIES[number]}\n"
        f"SUGGESTION: {_SUGGESTIONS[number]}\n"
        f"FOLLOW-UP: {_FOLLOW_UPS[number % len(_FOLLOW_UPS)]}"
    )
