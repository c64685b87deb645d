"""English."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.risks.english_suicide import PARTS, SUICIDE
from coach.hints.wordlists import one_of

SELF_HARM = patterns(
    r"""
    (cut|cutting|burn|burning|harm|harming) myself\b(?! (some|off|a |short|shaving|on (a|the)|out|
        cooking|while|with(a|the) (kitchen|bread)|in the kitchen|down|loose|open|cooking|making))
    (want|wanted|going|need|urge|urges|like|<think> (of|about)|scared i'll|afraid i'll|
        afraid i might|might|keep|kept|been|started|again|stop) (to |of )?hurt(ing)? myself
    self[- ]?harm(ing|ed)?\b
    burn(ed|t|ing)? myself (with (a |my )?(cigarette|lighter|iron)|on purpose|again)
    (scratch\w*|cut|cutting) my (own )?(arms?|wrists?|legs?|thighs?|skin)\b
    """,
    **PARTS,
)
HARM_TO_OTHERS = patterns(
    r"""
    (want|wanted|going|gonna|wants|feel like|'ll|will|might|planning|plan|<think> (of|about)|
        ready) (to )?(actually |really )?(kill|killing|murder|stab|stabbing|shoot|shooting|
        strangle|choke|hurt|hurting|beat up) (other )?<them>\b(?! (feelings?|pride|chances|time|
        mood|off guard))(?<!my time)(?<!my feelings)
    (afraid|scared|worried|fear|terrified) (that )?(i'll|i'm going to|i will|i might|i could|
        i may|i'd) (really |actually )?(hurt|kill|harm|hit|
        do something to) <them>\b(?! (feelings?|pride))
    (afraid|scared|worried) (of )?what i('ll| might| could| would|'d) do to (him|her|them|my \w+|
        the (baby|kids|children))
    """,
    **PARTS,
)
DANGER = patterns(
    r"""
    (he|she|they|my (husband|wife|partner|boyfriend|girlfriend|father|dad|mother|mum|mom|son|
        brother|ex|stepdad))('s| is|'s been| has been| keeps| still| started| always)? (hits|
        hitting|beats|beating|chokes|choking|strangl\w+|kicks|kicking|punches|punching|rapes|
        raping|threatens|threatening) me\b
    (he|she|they|my \w+) (hit|beat|choked|strangled|punched|raped|attacked|threatened|grabbed|
        kicked|slapped) me[ ](again|up (again|yesterday|last)|yesterday|last (night|week|weekend)|
        this (morning|week)|today|tonight|by the throat|on (monday|tuesday|wednesday|thursday|
        friday|saturday|sunday))
    (he|she|they|husband|wife|partner|boyfriend|girlfriend|ex|father|brother)('ll| will| might|
        's going to| is going to| wants to|threaten\w* to| said he'd| said he would|
        [ ]tried to) (kill|hurt|rape|shoot|stab|strangle) me\b(?! (feelings|if|inside|for))
    threaten\w* to (kill|hurt|shoot|stab) (me|us|himself|herself|the kids)
    (not|don't feel|isn't|never|don't|doesn't feel) (feel )?safe (at home|in my (own )?(home|
        house)|in this house|around(him|her)|in the house|to go home|going home)
    (afraid|scared|terrified) (to go|of going) home
    (was|been|got) (raped|sexually (assaulted|abused)) (last|yesterday|this|on|again)
    (keeps|keep|has been|started) touching me\b
    (held|holds|pulled|pulls|put|puts) a (knife|gun) (to|on|at)\b
    lock(s|ed) me (in|inside)\b
    (says|said) (he|she|they)('ll|'d| will| would) (kill|hurt|find) me\b
    (put|had|has|puts|got|with) (his|her|their) hands (around|on|round) my (throat|neck)
    (don't|not|didn't|never|doesn't) feel safe (with|around|near) (him|her|my (husband|wife|
        partner|boyfriend|girlfriend|father|dad|mother|mum|mom|brother|son|ex|stepdad|uncle))
    touch(ed|es|ing) me (and i said no|without|while i|when i (was asleep|said no)|again|there)
    forced (himself|herself) on me|(he|she|they) forced me to (have sex|sleep|touch)
    """,
    **PARTS,
)
HINTED = patterns(
    r"""
    (can't|cannot|cant) (do|take|handle|bear|stand) (this|it|any of this|any of it) <no_more>
    (want|wish i could|like) (to )?(just )?(disappear|vanish|stop existing|not exist)$
    no way out\b
    what('s| is) (even )?the point( <no_more>| of (it all|anything|trying|any of (it|this)))?$
    (there's|there is|see) (no|any|a) point( in (anything|trying)| <no_more>| to anything)?$
    (a |such a |just a |only a |nothing but a )burden
    nothing (matters|is ever going to|will ever)
    hopeless
    (give|given|giving) up on (everything|life|myself)
    (make|want|need) (it|the pain|everything|all of it|this) (to )?(all |just )*stop
    (so |just )?tired of (everything|fighting|trying|all of it|it all)
    (never|not) (ever )?(going to |gonna )?(get|getting) (any )?better
    (nobody|no one) (would|will) (even )?(notice|care)
    wr(ote|itten) (a |the |my )?(notes?|letters?) (to|for) my (family|kids|children|parents|
        mother|wife|husband|son|daughter)
    (no|any|lost all|lost) hope( left| <no_more>|$)
    nothing to look forward to
    i'm (so |just )?done( with (everything|it all|all of it|people))?$
    i (just )?(want to )?give up$
    end of my rope
    can't (fight|keep doing|go through) (it|this|anymore)
    what's the use
    i want out$
    (nobody|no one) needs me
    wr(itten|ote|iting) my will
    said goodbye to
    (don't|can't) see a way (forward|out)
    wish (it|everything) (would|was) (stop|over)
    just want peace
    (don't|do not) belong (here|anywhere|in this world)
    make it (all )?go away
    (no|any|the) point( <no_more>)?$
    i have a plan$
    (drove|went|walked|walk|stood|standing|been|go) (\w+ ){0,2}(to|at|on|by|over) the (bridge|
        cliff|tracks|rooftop)
    just stood there
    wr(ote|iting|itten) (\w+ )?letters to (everyone|everybody|my \w+|all)
    my affairs
    so (that )?(nobody|no one|they|you)( will| won't| don't| doesn't|'ll)? ha(s|ve) to
    """,
    **PARTS,
)
WORDINGS = Wordings(
    risks={
        "suicide": SUICIDE,
        "self_harm": SELF_HARM,
        "harm_to_others": HARM_TO_OTHERS,
        "danger": DANGER,
    },
    hinted=HINTED,
    denied=one_of(
        r"""not, never, don't, doesn't, didn't, dont, won't, wouldn't, isn't, wasn't, aren't,
        haven't, hasn't, hadn't, can't, couldn't, shouldn't, without, neither, nor, cannot, ain't,
        denied, far from, stopped, stop, nobody, none, no(?= $),
        no (thoughts?|plans?|intention|desire|wish|urges?|need|way|reason)"""
    ),
    affirmed=one_of(
        r"""(can't|cannot|couldn't|can not) (stop|help|quit|not|get rid of|shake),
        (don't|do not) know (if|whether|how|why|that), not (just|only|even sure|sure),
        why (not|shouldn't i|don't i), never (stop\w*|not), not a day, nothing (stops|keeps),
        don't see why i shouldn't, (don't|do not) care, not (that )?(afraid|scared),
        haven't (stopped|slept)"""
    ),
)
