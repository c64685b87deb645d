"""Dutch."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

DUTCH = Lexicon(
    code="nl",
    common=vocabulary(
        """de het een en ik je jij hij zij ze wij we niet is ben was heb heeft had met op voor
        van te mij me zich dat als maar ook zo hoe wat er dan nog al mijn geen wel in aan om bij
        naar uit die dit deze heel veel altijd kan wil moet zijn hebben door over hier gisteren
        goed"""
    ),
    filler=starred(
        """eh*, uh*, hm*, mm*, ja, nee, oké, ok, okay, precies, klopt, goed, nou, dus, zeg maar,
        eigenlijk, hallo, hoi, hey, dank je, bedankt, misschien, weet niet, ik weet het niet,
        inderdaad, tuurlijk"""
    ),
    strong=starred(
        """raakt me, raakt mij, raakte me, deel van mij, deel van me, een deel, dat deel, dit deel,
        het deel, ander deel, delen, in mij, van binnen, innerlijk*, stem, stemmen, criticus,
        beschermer*, meisje, jongetje, kind in, muur, knoop, brok, masker, schaduw, bang*,
        angst*, paniek*, zorgen, nerveus,
        overweldig*, stress*, verdriet*, rouw*, huil*, tranen, gekwetst, pijn, eenzaam*, alleen,
        verlaten, afgewezen, afwijz*, schaam*, schaamte, schuld*, waardeloos, nutteloos,
        niet genoeg, goed genoeg, faal*, gefaald, dom, haat, boos*, woede, woedend, gefrustreerd,
        jaloers, leeg*, bevroren, bevries*, vast, gevangen, gespannen, spanning, strak, zwaar,
        druk op, uitgeput, wanhop*, hulpeloos, machteloos, verscheurd, twijfel*, onzeker*,
        onzichtbaar, veroordeel*, verraden, bescherm*, opgelucht, opluchting, mededogen, kalm*,
        trauma*, misbruik*, schreeuw*, gestraft, genegeerd, teleurgesteld, verstop*, weglopen,
        verdwijnen, borst, buik, maag, keel, hart, adem*, tril*, lichaam, alsof, als kind, jeugd,
        ik moet, ik zou moeten, ik kan niet, kon niet"""
    ),
    mild=starred(
        """voel*, gevoel*, emotie*, moeder, mama, vader, papa, ouders, zus, broer, vrouw, man,
        vriend, vriendin, partner, zoon, dochter, oma, opa, baas, collega*, familie, relatie,
        altijd, nooit, niemand, iedereen, alles, niets, niet meer, te veel, zo veel, elke keer,
        mijn leven, mis, liefde, vertrouw*, hoop, nodig, veilig, gelukkig, trots, moe, kwijt,
        moeilijk, scheiding, ruzie, overleden, dood, merk*, herinner*, iets, klein, jong, zei,
        zegt, wil, wilde, werk, verander*, nacht, gedachten"""
    ),
    chat=starred(
        """weer vandaag, regen, regent, zon, zonnig, sneeuw, graden, verkeer, file, wifi,
        internet, verbinding, geluid, camera, microfoon, koptelefoon, laptop, computer, zoom,
        link, hoor je me, zie je me, hoe gaat, hoe is het, goedemorgen, goedemiddag, goedenavond,
        leuk je te zien, dank je wel, tot ziens, tot volgende, doei, volgende week,
        volgende keer, afspraak, agenda, hoe laat, uur, voetbal, wedstrijd, film, serie,
        vakantie, vlucht, hotel, strand, recept, koken, gekookt, pizza, restaurant, lunch,
        avondeten, ontbijt, koffie, thee, boodschappen, pakketje, bel, concert, tuin"""
    ),
    everyday=starred(
        """weekend, hond, kat, auto, bus, trein, fiets, verjaardag, feest, keuken, huis, buren,
        telefoon, scherm, boek, muziek, gekocht, eten, gegeten, stad, reis, minuten"""
    ),
    hold=starred(
        """een moment, momentje, een minuut, een seconde, wacht even, even wachten, geef me even,
        geef me een, heb even, laat me even, bij blijven, in stilte, even stil, ogen dicht,
        ogen sluiten, alleen ademen, niet praten, geen advies, alleen luisteren"""
    ),
    tears=starred(
        """[huilt], ik huil, moet huilen, niet stoppen met huilen, de tranen, zakdoek*, snik*"""
    ),
    unfinished=vocabulary(
        """en maar omdat of de het een mijn dat als met van voor is was ik hij ze we hoe die"""
    ),
)
