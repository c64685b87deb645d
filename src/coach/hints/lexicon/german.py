"""German."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

GERMAN = Lexicon(
    code="de",
    common=vocabulary(
        """der die das und ich du er sie es wir ihr nicht ein eine einen einem einer ist bin war
        hat habe hatte mit auf für von zu mir mich dir dich sich dass wenn aber auch so wie was
        da dann noch schon nur im am um als bei nach aus vor mein meine meinen meiner kein keine
        doch mal ja nein immer sehr ganz mehr über sind haben kann den dem des oder weil gerade
        hier seit uns kurz heute gestern waren tue"""
    ),
    filler=starred(
        """äh*, öh*, hm*, mhm, mh, aha, ah, oh, ach, ach so, achso, ja, jaja, jo, nein, nee, ne,
        okay, ok, genau, stimmt, richtig, klar, natürlich, gut, schön, super, toll, also, halt,
        eben, naja, na ja, na gut, so, irgendwie, sozusagen, quasi, ich meine, weißt du,
        verstehe, ich verstehe, vielleicht, hallo, hi, hey, danke, bitte, doch, eigentlich,
        das stimmt, ich glaube schon, weiß nicht, weiß ich nicht, ich weiß nicht, keine ahnung,
        absolut, auf jeden fall, wirklich"""
    ),
    strong=starred(
        """teil von mir, teil in mir, teile in mir, ein teil, dieser teil, diesen teil,
        diesem teil, der teil, den teil, dem teil, anteil*, anderer teil, innere*, in mir,
        in meinem innern, tief in, stimme, stimmen, kritiker*, beschützer*, wächter*,
        kind in mir, kleine* mädchen, kleine* junge*, mauer, knoten, kloß, panzer, maske,
        schatten, nebel, käfig, angst, ängst*, furcht, fürchte*, panik*, sorge*, sorgen, nervös,
        überforder*, gestresst, stress, traurig*, trauer*, weine*, geweint, tränen, verletz*,
        schmerz*, weh, weh tut, einsam*, allein*, verlassen, im stich, abgelehnt, ablehn*, scham,
        schäm*, schuld, schuldig*, peinlich*, wertlos*, nutzlos*, nicht genug, nie genug,
        gut genug, versag*, dumm, hass*, hasse, wut, wütend*, zorn*, ärger*, sauer auf,
        enttäusch*, frustr*, eifersüchtig*, neid*, ekel*, taub, leer, leere, erstarr*,
        eingefroren, blockier*, festgefahren, feststecke*, gefangen, angespannt*, anspannung,
        eng, enge, schwer, schwere, druck, erschöpft*, ausgebrannt, hoffnungslos*, hilflos*,
        ohnmächtig, ohnmacht, verzweif*, zerrissen, zweifel*, unsicher*, unsichtbar*, übersehen,
        unverstanden, kritisier*, vorwurf, vorwürfe, verrat*, beschütz*, schützen, schützt,
        erleichter*, mitgefühl, sehnsucht, sehne, trauma*, missbrauch*, anschreien, angeschrien,
        geschrien, schreit, schreie, schrie, bestraf*, ignorier*, niedergeschlagen, verstecke*,
        versteckt, weglaufen, davonlaufen, verschwinde*, brust, bauch, magen, kehle, hals,
        kiefer, herz, atem, atmen, zittern, zittere, zittert, körper, im kopf, immer wieder,
        als ob, als wäre, als würde, als kind, kindheit, ich muss immer, ich sollte,
        ich kann nicht, konnte nicht, ich schaffe, aufgeben, loslassen, zurückziehen,
        ziehe mich zurück, zerreiß*, einerseits, andererseits, nicht mehr kann, halte * aus"""
    ),
    mild=starred(
        """fühl*, gefühl*, spür*, emotion*, mutter, mama, vater, papa, eltern, schwester, bruder,
        frau, mann, freund, freundin, partner, partnerin, sohn, tochter, oma, opa, großmutter,
        großvater, chef, chefin, kollege*, kollegin*, familie, beziehung, ehe, immer, nie,
        niemals, niemand, keiner, jeder, alle, alles, nichts, nicht mehr, zu viel, so viel,
        so sehr, jedes mal, ständig, mein leben, vermiss*, liebe, geliebt, vertrau*, hoffe*,
        hoffnung, brauche*, braucht, sicher, glücklich, stolz, dankbar, müde, verloren, verlier*,
        komisch, schwierig, hart, getrennt, trennung, scheidung, streit*, gestritten, gestorben,
        tod, stirbt, gekündigt, verlassen, krankenhaus, trinken, gewohnheit, merke*, bemerk*,
        erinner*, erinnerung*, plötzlich, irgendwas, etwas, klein, jung, warm, kalt, dunkel,
        gesagt, sagt, sagte, selbst, früher, damals, will, wollte, möchte, müssen, muss, sollte,
        kann, konnte, obwohl, falsch, fehler, arbeit, veränder*, entscheid*, still, ruhig,
        nachts, schlafen, gedanken"""
    ),
    chat=starred(
        """wetter, regen, regnet, geregnet, sonne, sonnig, schnee, schneit, grad, verkehr, stau,
        parkplatz, wlan, internet, verbindung, ton, kamera, mikrofon, mikro, kopfhörer, headset,
        laptop, computer, rechner, zoom, link, stumm, akku, hörst du mich, siehst du mich,
        hören sie mich, sehen sie mich, kannst du mich hören, kannst du mich sehen, wie geht*,
        wie war dein, guten morgen, guten tag, guten abend, schön dich zu sehen, freut mich,
        vielen dank, danke für, danke dir, tschüss, auf wiedersehen, bis bald, bis dann,
        bis nächste, nächste woche, nächstes mal, termin*, kalender, uhrzeit, um wie viel uhr,
        uhr, rechnung, fußball, spiel, film, serie, netflix, urlaub, flug, flughafen, hotel,
        strand, rezept, kochen, gekocht, gebacken, pizza, restaurant, mittagessen, abendessen,
        frühstück, kaffee, tee, einkaufen, supermarkt, paket, klingel, geklingelt, konzert,
        karten, soll ich anfangen, wo waren wir, kannst du das wiederholen, noch mal sagen,
        was meinst du, was war die frage, wochenende war, garten, grillen, gegrillt,
        licht anmachen, mach's gut, und sonst, was macht die, wie läuft"""
    ),
    everyday=starred(
        """wochenende, hund, katze, auto, bus, bahn, zug, fahrrad, geburtstag, party, küche,
        haus, wohnung, nachbar*, handy, telefon, bildschirm, buch, musik, gekauft, kaufen, essen,
        gegessen, kuchen, stadt, reise, besuch*, minuten, geschlafen, putzen, lustig, übrigens"""
    ),
    hold=starred(
        """einen moment, ein moment, moment bitte, moment mal, augenblick, eine minute,
        eine sekunde, gib mir kurz, geben sie mir, gib mir einen, gib mir zeit, brauche kurz,
        brauche einen moment, brauche zeit, brauche eine pause, warte kurz, warte mal,
        lass mich kurz, lass mich spüren, lass mich fühlen, lass mich atmen,
        lass mich dabei bleiben, dabei bleiben, still sein, kurz still, kurz pause, pause machen,
        augen schließen, schließe die augen, nach innen, nur atmen, nicht reden, nicht sprechen,
        keinen rat, keine ratschläge, nur zuhören"""
    ),
    tears=starred(
        """[weint], ich weine, muss weinen, muss gerade weinen, fange an zu weinen,
        nicht aufhören zu weinen, die tränen, tränen kommen, kommen die tränen, taschentuch,
        taschentücher, schluchz*"""
    ),
    unfinished=vocabulary(
        """und aber weil oder der die das ein eine mein meine dass wenn als mit von für ist war
        ich er wir wie ob ähm äh obwohl denn dieser diese dieses"""
    ),
)
