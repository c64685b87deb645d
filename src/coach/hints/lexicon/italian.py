"""Italian."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

ITALIAN = Lexicon(
    code="it",
    common=vocabulary(
        """il lo la i gli le un una di che e è non in a per con mi ti si sono ho ha hai era io tu
        lui lei ma come più anche se quando perché molto questo questa quello quella del della al
        alla nel nella mio mia c'è sto cosa tutto niente sempre qui da va tre bene"""
    ),
    filler=starred(
        """eh, ehm, mm*, mhm, ah, oh, sì, no, ok, okay, va bene, bene, certo, esatto, giusto,
        allora, cioè, insomma, diciamo, ecco, ciao, grazie, per favore, forse, non so, non lo so,
        capisco, vero, infatti, tipo"""
    ),
    strong=starred(
        """una parte, parte di me, parti di me, questa parte, quella parte, la parte,
        altra parte, dentro di me, dentro, interiore, voce, voci, critic*, protett*, bambin*,
        muro, nodo, corazza, maschera, ombra, paura, spavent*, panico, ansi*, angosci*,
        preoccup*, nervos*, sopraffatt*, stress*, trist*, lutto, piang*, pianto, lacrime, ferit*,
        dolore, male al, sol*tudine, sola, isolat*, abbandon*, rifiut*, vergogn*, colpa,
        colpevole, umili*, inutile, abbastanza, fallit*, falliment*, stupid*, odio, odia, rabbia,
        arrabbi*, furios*, rancore, frustr*, gelos*, invidia, vuot*, congel*, blocc*,
        intrappolat*, tens*, pressione, pesante, peso, esaust*, disper*, impoten*, dubbi*,
        insicur*, invisibil*, giudic*, tradit*, protegg*, sollievo, compassione, calma, traum*,
        abus*, grid*, urla*, punit*, ignor*, delus*, soffr*, nascond*, scappare, sparire, petto,
        stomaco, pancia, gola, cuore, respir*, trem*, corpo, da piccol*, infanzia, dovrei, devo,
        non posso, non riesco, come se"""
    ),
    mild=starred(
        """sento, sentivo, sentito, sentire, emozion*, madre, mamma, padre, papà, genitori,
        sorella, fratello, moglie, marito, compagn*, figlio, figlia, nonna, nonno, capo, colleg*,
        famiglia, amic*, relazione, sempre, mai, nessuno, tutti, tutto, niente, più, troppo,
        così tanto, ogni volta, la mia vita, manca, amore, fiducia, speranza, bisogno, sicur*,
        felice, stanc*, pers*, difficile, divorzi*, litig*, morto, morta, morte, ricord*,
        qualcosa, piccol*, detto, voglio, volevo, lavoro, camb*, notte, pensieri"""
    ),
    chat=starred(
        """tempo oggi, pioggia, piove, sole, neve, traffico, wifi, internet, connessione, audio,
        telecamera, microfono, cuffie, computer, zoom, link, mi senti, mi vedi, ti sento bene,
        ti vedo, come stai, come va, buongiorno, buonasera, piacere, grazie mille, arrivederci,
        a presto, alla prossima, prossima settimana, appuntamento, calendario, che ora, calcio,
        partita, film, serie, vacanz*, volo, albergo, spiaggia, ricetta, cucin*, pizza,
        ristorante, pranzo, cena, colazione, caffè, tè, spesa, pacco, concerto, giardino"""
    ),
    everyday=starred(
        """fine settimana, weekend, cane, gatto, macchina, treno, compleanno, festa, casa,
        vicin*, telefono, schermo, libro, musica, comprat*, mangi*, città, viaggio, minuti"""
    ),
    hold=starred(
        """un momento, un attimo, un minuto, un secondo, aspetta, dammi un,
        ho bisogno di un momento, ho bisogno di tempo, lasciami, restare con, in silenzio,
        chiudere gli occhi, chiudo gli occhi, solo respirare, non voglio parlare,
        non voglio consigli"""
    ),
    tears=starred(
        """[piange], sto piangendo, mi viene da piangere, non riesco a smettere di piangere,
        le lacrime, fazzolett*, singhiozz*"""
    ),
    unfinished=vocabulary(
        """e ma perché o il lo la i gli le un una mio mia di del con per se quando come è io che"""
    ),
)
