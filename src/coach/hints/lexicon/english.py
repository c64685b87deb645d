"""English."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

ENGLISH = Lexicon(
    code="en",
    common=vocabulary(
        """the and of to a in is it that i you he she we they was were for on are with as my me
        this have had not but be at so what there from just don't it's i'm like do can if when
        then about been his her them your some would could really because how who did has won't
        that's there's i've isn't doesn't didn't can't im dont no an or which will all up out
        more"""
    ),
    filler=starred(
        """um*, uh*, er, erm, hm*, mm*, mhm, mm-hm*, uh-huh, ah, oh, huh, yeah, yep, yup, yes,
        no, nope, nah, ok, okay, right, sure, exactly, absolutely, definitely, true, indeed,
        i see, got it, makes sense, well, so, like, you know, i mean, anyway, alright, all right,
        of course, great, cool, nice, wow, good, fine, i think so, i guess, i guess so,
        i suppose, maybe, hi, hello, hey, thanks, thank you, please, sorry, that's right,
        that's true, that's it, kind of, sort of, basically, let's see, let me see, fair enough,
        no worries, really, i don't know, dunno, not sure, i'm not sure"""
    ),
    strong=starred(
        """part of me, parts of me, a part, this part, that part, the part, one part,
        another part, other part, some part, parts, protector*, exile*, firefighter*, inner *,
        critic, critical voice, a voice, voices, the voice, that voice, this voice,
        perfectionist, pleaser, people-pleaser, caretaker, achiever, saboteur, judge,
        little girl, little boy, little one, younger me, younger self, young one, younger one,
        wounded, something in me, something inside, somewhere inside, inside me, inside of me,
        deep inside, deep down, as if, wall, knot, lump, armor, armour, shield, mask, guard,
        guards, guarding, monster, shadow, shadows, dark place, black hole, fog, cage, blended,
        blending, afraid, scare*, scary, fear*, terrif*, terror, panic*, anxi*, worr*, nervous*,
        dread*, frighten*, overwhelm*, stress*, sad, sadder, sadness, griev*, grief, heartbr*,
        cry, cried, cries, crying, tears, teary, weep*, sob, sobb*, hurt*, pain, painful, ache*,
        aching, lonel*, alone, isolat*, abandon*, reject*, unlov*, asham*, shame*, guilt*,
        embarrass*, humiliat*, worthless*, useless, not enough, never enough, good enough, fail*,
        stupid, idiot*, lazy, ridiculous, pathetic, hate, hated, hates, hating, angr*, anger,
        furious*, fury, rage, raging, resent*, bitter*, frustrat*, irritat*, jealous*, envy,
        envious, disgust*, numb*, empty, emptiness, hollow, frozen, froze, freeze*, freezing up,
        shut down, shuts down, shutting down, stuck, trapped, tense, tension, tight*, heavy,
        heaviness, pressure, exhaust*, drained, draining, burned out, burnt out, burnout,
        hopeless*, helpless*, powerless*, despair*, torn, doubt*, insecur*, vulnerab*, invisible,
        unseen, unheard, misunderst*, judged, judging, judgment, judgement, criticis*, criticiz*,
        blame*, blaming, betray*, protect*, unsafe, calm*, relie*, compassion*, tender*, gentl*,
        soften*, opening up, opens up, peace*, longing, yearn*, trauma*, abus*, yell*, shout*,
        scream*, slammed, punish*, bull*ed, bully*, ignored, ignores, ignoring, dismissed,
        dismisses, disappoint*, depress*, suffer*, struggl*, coping, cope, withdraw*, hide,
        hides, hiding, run away, running away, disappear*, ashes, ambivalen*, chest, stomach,
        belly, throat, gut, jaw, heart, breathe, breathing, breath, shak*, trembl*, clench*,
        nausea*, sweat*, racing, my body, in my head, goosebumps, i keep *, can't stop,
        couldn't stop, i always, i never, i wish, if only, what if, why do i, when i was a kid,
        when i was little, when i was young*, when i was a child, years old, as a child,
        as a kid, growing up, childhood, supposed to, have to be, i have to, i should,
        i shouldn't, should have, should've, i need to, i can't, i couldn't, i just can't,
        no matter, let * down, give up, giving up, gave up, walk away, walked out, walked away,
        let go, letting go, push away, pushed away, pushes away, pull away, pulled away, on edge,
        at war, two sides, both sides, on the one hand, on the other hand, fed up, sick of,
        tired of, too much for me, falling apart, fell apart, break down, broke down,
        breaking down, uncomfortable, awkward, awful, terribl*, horribl*, unbearable, sick to my,
        i wished, don't deserve, deserve*, belong*, unworthy, not worth, imposter, impostor,
        perfect"""
    ),
    mild=starred(
        """feel, feels, feeling, feelings, felt, emotion*, mother, mom, mum, mommy, mummy, mama,
        father, dad, daddy, papa, parent, parents, sister, brother, wife, husband, boyfriend,
        girlfriend, ex, ex-wife, ex-husband, partner, son, daughter, grandmother, grandma,
        grandfather, grandpa, boss, manager, colleague*, coworker*, family, friend, friends,
        friendship, relationship, marriage, always, never, nobody, no one, everyone, everybody,
        everything, nothing, anymore, any more, too much, so much, every time, each time,
        all the time, all my life, whole life, my life, forever, miss, misses, missed, missing,
        care about, cares, love, loved, loves, loving, trust*, hope*, hoping, need, needs,
        needed, want to, wants to, wanted to, safe*, happy, happier, proud, grateful, curious*,
        tired, mad, lost, losing, lose, upset, annoy*, confus*, weird, strange, hard, difficult,
        tough, divorc*, fight*, fought, argu*, died, dying, dies, death, dead, funeral, leave me,
        left me, leaving, fired, laid off, quit*, broke up, break up, breakup, moved out,
        hospital, drunk, drinking, drink, alcohol, sober, cut down, cut back, cigarette*, smoke,
        medication*, health*, relaps*, smoking, cravings, craving, urge*, habit*, self, realis*,
        realiz*, notic*, remember*, remind*, memory, memories, inside, small, tiny, young,
        younger, warm*, cold, dark*, light*, weight, carry*, carrie*, control*, let, told me,
        tells me, telling me, said to me, says i, said i, myself, keep, keeps, kept, suddenly,
        somehow, pretend*, avoid*, used to, don't want, didn't want, but i, even though, afraid,
        enough, wrong, fault, mistake*, work, job, change*, changing, decide*, decision, silent,
        silence, quiet, voice, night, sleep, awake, thoughts, thinking about, wonder*, guess,
        part, stand up, stay, stays, out of place, left out, face, sense, curl*, shrink*, shrank,
        sink*, sank, burn*, explod*, push*, pull*"""
    ),
    chat=starred(
        """weather, rain, rained, raining, rainy, sunny, sunshine, snow, snowed, snowing,
        degrees, forecast, traffic, parking, wifi, wi-fi, internet, broadband, connection,
        reception, audio, camera, webcam, microphone, mic, headphones, headset, earphones,
        speaker, speakers, browser, zoom, link, mute, muted, unmute, lagging, laggy, battery,
        charger, your background, hear me, see me, can you hear, can you see, i can hear you,
        i can see you, see you, sound check, test test, good to see you, nice to see you,
        nice to meet you, lovely to see you, great to see you, how are you, how're you,
        how about you, and you, and yourself, how's it going, how is it going, how have you been,
        how was your, how did your, what's up, good morning, good afternoon, good evening,
        happy to be here, thanks for, thank you for, thanks so much, thank you so much,
        thanks again, bye, goodbye, see you next, take care, have a good, have a nice,
        have a great, have a lovely, talk soon, talk next, next time, next session, same time,
        appointment*, schedul*, reschedul*, calendar, what time, o'clock, half past,
        quarter past, invoice, football, soccer, basketball, baseball, tennis, the game,
        the match, playoff*, netflix, tv series, new season, episode, vacation, flight*, airport,
        barbecue, bbq, recipe, cup of tea, cup of coffee, doorbell, parcel, delivery, groceries,
        supermarket, on sale, ticket*, haircut, plug it, plug them, let me just get,
        let me close, let me move, let me get, let me grab, let me turn, where were we,
        do you want me to, shall i, should i start, should i begin, shall we, can i ask you,
        can we start, could you repeat, say that again, say it again, what was the question,
        what did you say, what do you mean, didn't catch, did you get, did you see,
        did you watch, have you seen"""
    ),
    everyday=starred(
        """weekend, dog, dogs, cat, puppy, kitten, bus, bike, birthday, party, kitchen,
        neighbour*, neighbor*, screen, laptop, music, song, store, shop, shopping, bought, buy,
        sale, price, ate, cake, pizza, sandwich, cook, cooked, cooking, bake, baked, baking,
        restaurant*, lunch, dinner, breakfast, coffee, tea, wine, movie*, film, tv, series,
        holiday, holidays, hotel, beach, concert*, festival, garden, plants, gym, town, travel*,
        tidy, clean*, laundry, couch, furniture, delivered, sofa, ikea, fridge, dishwasher,
        washing machine, plumber, repair*, fixed, fixing, garage, tyre, tire, renovat*, paint,
        painted, lake, hike, hiking, hiked, camping, mountains, park, swim*, ski, skiing,
        marathon, team, score, election, the news, headline*, homework, school run,
        pick up the kids, vegetables, tomatoes, soup, bread, snacks, glass of water, sip,
        drink of, playlist, podcast, app, update, updated, install*, keyboard, charger, lamp,
        curtain*, running late, on time, chair, noise, next week, by the way, funny, haha*,
        minutes"""
    ),
    hold=starred(
        """give me a moment, give me a minute, give me a second, give me a sec,
        give me some time, give it a moment, need a moment, need a minute, need a second,
        need a sec, need some time, need a break, need some quiet, need some silence,
        need some space, take a moment, take a minute, take a second, take a breath,
        take some time, a moment please, one moment, just a moment, just a minute, just a second,
        just a sec, one second, one sec, hold on, hang on, wait a second, wait a minute,
        wait a moment, let me sit with, let me just sit with, let me just feel, let me feel,
        let me stay with, let me just stay, let me breathe, let me just breathe, let me check,
        let me listen, let me just listen, let me think, let me be with, let me just be,
        let me ask it, let me ask them, let me look, sit with that, sit with this, sit with it,
        stay with that for, stay with this for, stay with it for, be with it for,
        be with this for, be quiet for, be silent for, just sit for, can we just sit, can we sit,
        can we pause, can we stop, let's pause, sit in silence, in silence for, going inside,
        go inside, turning inward, turn inward, close my eyes, closing my eyes, just breathe,
        just breathing, breathing for, don't want to talk, don't feel like talking, can't talk,
        don't want advice, no advice, please just listen, just listen, don't say anything"""
    ),
    tears=starred(
        """[crying], i'm crying, i am crying, start crying, starting to cry, going to cry,
        gonna cry, about to cry, can't stop crying, why i'm crying, sorry i'm crying,
        i'm tearing up, tearing up, tears coming, tears are, these tears, the tears,
        need a tissue, get a tissue, tissues, tissue, sobbing, sobs, sniff, sniffs, sniffles,
        sniffling, weeping"""
    ),
    unfinished=vocabulary(
        """and but because or the a an my your his their our of with if when while is was were
        i'm it's that's there's i he she they we who which as than from into very every cause cuz
        um uh until since although though unless i've i'd i'll it'll whose whether"""
    ),
)
