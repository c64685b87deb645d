"""Plain, valid hints for sessions that script no answer: each differs from those around it."""

_SUGGESTIONS = (
    "Invite them to find where this shows up in the body.",
    "Ask how they are toward the one that just spoke.",
    "Reflect the last phrase back, slowly, word for word.",
    "Thank the protector for working so long.",
    "Check whether there is room to stay curious.",
    "Ask what it worries would happen otherwise.",
    "Let a silence stand before the next question.",
    "Wonder aloud how old it believes they are.",
    "Ask whether another voice objects to going on.",
    "Offer a slower breath together, eyes open.",
    "Invite a picture, colour or shape for it.",
    "Ask what job it took on, and when.",
    "See if it would step back a little.",
    "Name both sides, and take neither.",
    "Ask for permission before coming closer.",
    "Wait: their gaze suggests they are looking within.",
    "Ask what would make today enough.",
    "Notice the warmth in their tone, simply.",
    "Ask which of these wants attention first.",
    "Invite them to tell it that it is heard.",
    "Stay with the protector; the hurt can wait.",
    "Ask what helps when this gets loud.",
    "Check the pace: faster, slower, or pause?",
    "Mirror the sigh with an unhurried one.",
)
_QUESTIONS = (
    "Where do you sense it right now?",
    "How are you toward it?",
    "What does it want you to know?",
    "What is it afraid of?",
    "How long has it been doing this?",
    "What does it look like, if anything?",
    "What happens as you stay near?",
    "Who does it protect?",
    "What does it need from you?",
    "How does it respond to hearing that?",
    "What shifts when you breathe out?",
    "Which one is closest at this moment?",
    "What would it rather do?",
    "Does it know you are here?",
    "What is that like for you?",
    "Is it all right to go on?",
    "What image comes with it?",
    "What else is there?",
    "How old does it think you are?",
    "What would be a kind distance?",
    "What does the other side say?",
    "How would it know it is safe?",
    "What is the first memory of it?",
    "What do you appreciate about it?",
)
_QUOTED_WORDS = 12


def plain_hint(said: str, number: int) -> str:
    """A hint on the words `said`; neighbouring numbers give different ones."""
    quote = " ".join(said.replace('"', "").split()[-_QUOTED_WORDS:])
    suggestion = _SUGGESTIONS[number % len(_SUGGESTIONS)]
    question = _QUESTIONS[number * 5 % len(_QUESTIONS)]
    return f"SUMMARY: {quote}\nSUGGESTION: {suggestion}\nFOLLOW-UP: {question}\n"
