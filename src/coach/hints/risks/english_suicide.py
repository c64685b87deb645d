"""English: suicide, spoken of plainly or in passing, and the parts that other rules share."""

from coach.hints.risks.build import patterns

PARTS = {
    "no_more": "anymore|any more|any longer|much longer|no more",
    "dont": (
        "don't|do not|dont|didn't|did not|no longer|never|not sure (if |that )?i|"
        "don't know (if|that|whether) i"
    ),
    "want": "(really |even |just |ever )*(want|wanted|wanna|like)( to)?",
    "wish": (
        "(want|wants|wanted|wanna|wish(ed)? (i could|i'd|to|for)|i'd rather|would rather|rather|"
        "hope(d)? (i|to|that i)|hoping (i|to)|ready|going|gonna|plan|planning|planned|decided|need|"
        "love|like|think|thinking|thought|fantasi\\w+|dream|dreaming|dreamed|consider\\w*|tempted|"
        "feel like|easier|better|nice|best|okay|fine|prefer|imagin\\w+|obsess\\w+|ways?)"
        "( (to|of|about|on|if i|that i|i'd|i|just|maybe|simply|really|only|could|would|should|"
        "might|be|being|have|get|been|to go|never|not|didn't|don't))*"
    ),
    "them": ("him|her|them|someone|somebody|people|everyone|my \\w+|the (baby|kids|children)"),
    "all": (
        "everyone|everybody|they|people|you|the world|it|things|(my|the) (family|kids|children|"
        "husband|wife|parents|mother|son|daughter|friends)"
    ),
    "think": (
        "think|thinking|thought|thoughts|dream|dreaming|dreamed|fantasi\\w+|obsess\\w+|imagin\\w+"
    ),
}

SUICIDE = patterns(
    r"""
    (kill|killing|killed|hang|hanging|shoot|shooting|drown|drowning|off|offing) myself(?! (of|out|
        laughing))
    (take|taking|end|ending|took) my (own )?life
    (commit|committing|attempt|attempted|attempting|consider|considering|contemplat\w+|
        planning) suicide
    <think>( \w+)? (of|about|on) (a |my |committing |attempting )?(own )?(suicide|death|
        dying)\b(?! (of|in the))
    (i'm|i am|im|i|feel|feeling|felt|been|being|really|very|actively|passively|still|so|bit|
        little) suicidal
    suicidal (thoughts?|feelings?|ideation|urges?|part|ideas?|again)
    (want|wanted|wants|wanna|ready|rather|wish i could|like|hope i|
        deserve) (to )?(just )?(really )?(die|be dead)\b(?! (than|of|from|on that|laughing|inside|
        down|out))
    (better off|rather be|wish i (was|were)|wish i'd be|want to be) dead
    wish(ed)? (that )?i (had never been|was never|were never|hadn't been|wasn't|had not been) born
    wish(ed)? (that )?i (could|would|might|can) (just )?(die|not wake|never wake|go to sleep and|
        fall asleep and)
    wish(ed)? (that )?i (wouldn't|didn't|don't|hadn't|never|didn't have to|
        would not)( have to)? w[ao]ke
    wish(ed)? (that )?i (wasn't|weren't|was not) (here|alive|around)\b(?! (today|at|in|with|when|
        for))
    w[ao]ke up (this morning |today )?and wish\w* (that )?i (hadn't|didn't)
    (hope|hoping|pray|praying) (that )?i (just )?(don't|won't|never|do not|will not) wake up
    (go to (sleep|bed)|fall asleep|close my eyes) and (just )?(never|not|
        don't) (ever )?(have to )?(wake|open)
    if i (just )?(didn't|don't|never|wouldn't) (ever )?w[ao]ke up
    (never|not) (wake|waking) up (again|anymore|tomorrow)
    (don't|do not|never) want to wake up( <no_more>| tomorrow| again| in the morning)?$
    <dont> <want> (be alive|exist|keep living|continue living|be on this (planet|earth)|
        be in this world)\b
    <dont> <want> live( <no_more>| like this| this way| with (this|the) pain| with myself| at all|
        $)(?! (with|in|at|here|by|near))
    <dont> <want> go on( living| <no_more>| like this)?$
    (don't|do not|dont|no longer) <want> be (here|around)( <no_more>| at all)$
    (don't|do not|dont|no longer) <want> be here$
    (can't|cannot|can not|couldn't|cant) (go on|keep going|keep living|carry on|
        live)( living)?( like this$| this way$| <no_more>| with (myself|the pain|this pain)|$)
    (don't|do not|dont) (think|know|believe|see) (how |if |that |whether )?(i can|i could|i'll|to|
        i) (possibly )?(go on|keep going|keep living|carry on|make it through (tonight|
        this))( <no_more>| like this|$)
    (end|ending|finish|finishing) (it all|everything|this life|things for good)
    (want|wanted|<think> (of|about)|ready|how|ways?|feel like|tempted) (to )?(just )?(end|
        ending) it( all)?$
    (want|wanted|wish|need|wanting) (it all|everything|life|the pain|all of it|all this) (to |
        would )(just )?(be over|end)\b(?! (by|soon so))
    (want|wish) it (to |would )(just |all )*(be over|end)$
    <all>('d| would|'ll| will| might| could| must)? (all |probably |just |only )*(be|is|are|
        do)( \w+)? (better|happier|easier|fine|relieved)( off)? (without me|if i (was|were|wasn't|
        weren't|died|disappeared|just|didn't)|when i'm gone|once i'm gone)
    (better off|easier|happier) (without me|if i (wasn't|weren't|was not) (here|around)|if i (was|
        were) (gone|dead))
    (if|whether) (anyone|anybody)( would|'d)( even| really| actually)? (care|notice|
        miss me)( \w+)? if i
    (bottle|stash|box|pack|jar|handful)s? of (\w+ )?(pills|tablets)\b(?! (for my|from the doctor))
    (nobody|no one|noone|no-one)( would|'d| will|'ll)( even| really)? (care|notice|miss me|
        even know|cry)( \w+)? if i('m| am| was| were)? (just |suddenly )?(gone|dead|not here|
        not around|disappeared|died)
    (nobody|no one|noone|no-one)( would|'d| will|'ll)( even| really)? miss me
    (don't|do not|dont|wouldn't|doesn't) (really |even )?(care|mind|matter) (if|whether) (i (live|
        die|lived|died|wake up|woke up|get hit|got hit|was dead|were dead|don't wake|didn't wake)|
        (a|the) (\w+) hit me)
    (nothing|not anything|anything|a reason|no reason|any reason|reasons|no point|any point|
        the point|point)[ ](left )?(for me )?(in |of |to |for )?(me )?(to )?(live( for)?|living|
        be(ing)? alive|stay(ing)? alive|life|going on|go on|carry(ing)? on|exist(ing)?|
        be(ing)? here)(?! (in|at|today|with|this))\b
    nothing left for me( here)?$
    life (isn't|is not|ain't|just isn't|not|'s not) worth (it|living)
    (not|isn't|hardly) worth living
    tired of (living|being alive|life|existing)
    (disappear|vanish) (forever|for good|completely|and never|and not come|off the face|from (the|
        this) (earth|world))
    (not be|not being|won't be|will not be|wont be|'ll not be) (here|around|alive) (much longer|
        anymore|any more|next (week|month|year)|tomorrow|soon|for (christmas|my birthday))
    (won't|will not|wont) (have to|need to) (worry about|deal with|put up with|
        look after) me( <no_more>| soon)
    (won't|will not) be a (burden|problem) (to \w+ )?<no_more>
    (given|giving|gave)( away)? (all )?(of )?my (\w+ )?(things|stuff|possessions|
        belongings)( away)?
    (wrote|written|writing|leave|left) (\w+ )?(a |the |my |my own )?(goodbye|farewell|
        suicide) (letters?|notes?)
    (said|saying|say) (all )?my (last |final )?goodbyes
    (jump|jumping|jumped|step|stepping|throw\w* myself|driv\w+|steer\w*|swerv\w*|walk|
        walking)( myself)?( the car| my car)?[ ](off|from|in front of|into|under) (a |the |my |
        that |an )?(\w+ )?(bridge|roof|balcony|train|traffic|truck|bus|cliff|oncoming \w+|tree|
        tracks|river)\b
    (standing|stood|sitting|sat|stand|sit) on (the|a) (roof|ledge|bridge|railing|
        windowsill)\b(?! (of the (car|world)|bar|terrace))
    (don't|do not|doesn't) care what happens to me
    where i'm going i (won't|don't)|where i'm going$
    we should (all )?(just )?go together
    (let|letting) go of the (wheel|steering wheel|railing|rope)
    (swallow\w*|sav\w+( up)?|stockpil\w*|enough|hoard\w*|collect\w*|count\w*) (all )?(of )?(my |
        the |those |these )?(\w+ )?(pills|tablets|medication|meds)\b
    (take|taking|took) (all|too many|a lot|a handful|the whole|a bottle)( of)?( my| the|
        [ ]those)?( \w+)? (pills|tablets|medication|bottle)
    (have|got|'ve got|has|keep|keeping|bought|hid|hidden) (a |the |some |
        enough )?(loaded )?(pills|rope|gun|razor|blades?)[ ](ready|in my (drawer|room|car|bag)|
        hidden|saved|and|last|yesterday|today|just in case|beside|next to)
    \boverdos(e|ed|ing)\b
    (have|got|made|making|had) (a |the )?plan (to (end|kill|die|do it)|for how|how to do it|ready)
    (tried|try|trying|attempted) to (kill myself|end my life|end it( all)?$|take my (own )?life)
    how i('d| would|'m going to) do it\b
    if i (died|was gone|disappeared|wasn't here|weren't here|was dead)( \w+)? (nobody|no one|
        none of them|they wouldn't|they'd)( would)?
    sleep forever\b
    (can't|cannot|don't|no longer|not) (really )?(see|have|imagine) (a|any|my) (future|
        tomorrow)( for (me|myself))?$
    no (future|hope) (left )?for me\b
    no (reason|point) to (keep (going|trying)|go on|get up anymore|be here|carry on)
    <think>( \w+)? (of|about|on) (jumping|not existing|not being here|ending things|checking out|
        being dead|crashing)\b(?! with)
    crash(ing)? (my|the) car (into|on purpose|and)
    how many (pills|tablets|meds)\b
    (do|done) something (stupid|bad|awful|terrible)? ?to myself\b|(might|going to|could|
        afraid i'll|scared i'll) do something stupid
    (this|it)('ll| will) all be over soon
    <all>('d| would|'ll| will) (all )?be (so much |much )?better off$
    (the )?world (doesn't|does not) need me|better place without me
    (don't|do not) deserve to (live|be alive|be here|exist)|shouldn't (be alive|exist|
        have been born)
    done with (life|living|this life|being alive)
    (once|when|after) i'm (gone|dead|not here anymore|no longer here)$
    join (him|her|them|my \w+) (in (heaven|death)|on the other side|up there)
    (bought|got|found|have) (a |my |the )?(gun|rope|razor blades?)$
    put an end to (it|it all|everything|my life|all this|myself)$
    (ways|methods|how) to (die|end (it|my life)|kill myself|commit suicide)
    (can't|cannot) promise (that )?i('ll| will) be (here|alive|around)
    not exist(ing)?( <no_more>)?$
    <wish> (die|dead|dying)\b(?! (than|of (shame|embarrassment|laughter|boredom|hunger|thirst)|
        from|on that|laughing|inside|down|out|in (his|her|their)|battery|plants?))
    <wish> (w[ao]ke up (again|tomorrow|anymore)|not wak(e|ing) up|exist|hit by (a|an|the) (car|
        bus|truck|train|lorry)|run over|killed)\b(?! (early|earlier|in))
    (rather|prefer to|better to|easier to|nice to|want to|wish to) not (wake|exist|be here|
        be alive|live|go on)
    <wish> (end|ending|finish) (it|myself|things|all this)( all)?( tonight| now| today| soon|
        [ ]here| once and for all| for good)?$
    (lost|lose|losing|no|don't have|haven't got|haven't|without|out of|lack|any|not have) (any |
        all |the |my |much )*(reason|will|strength|desire|energy|purpose|wish|motivation|
        point)( left)? (to|in|for) (live|living|life|go on|going on|be here|be alive|being alive|
        keep going|keep living|carry on|exist)
    (had enough of|sick of|fed up with|over|through with|finished with) (life|living|being alive|
        this life|existing)
    (can't|cannot|don't want to) do (life|living)
    what (is there|do i have|have i got)( left)? to live for
    (can't|cannot|don't|couldn't) (really |even )?(see|imagine|picture) myself (being )?(alive|
        here|around|living|old|at (thirty|forty|fifty|thirty))
    wish(ed)? (that )?(i'd|i had|i was|i were) never (been )?born
    (razor|razors|blades?|razor blades?|pills|rope|gun|knife) (by|under|beside|near|next to|
        in) my (bed|pillow|drawer|nightstand|room)
    (easier|better|nicer?|simpler|best|relief)( just| to| if i| for everyone)* (not|never|n't|
        didn't|wasn't)( to| just)? (be here|being here|be alive|being alive|exist|wake up|
        be around|here|around)\b(?! (today|for|in|at(?! all)|when))
    """,
    **PARTS,
)
