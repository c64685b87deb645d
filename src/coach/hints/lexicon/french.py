"""French."""

from coach.hints.lexicon.build import Lexicon
from coach.hints.wordlists import starred, vocabulary

FRENCH = Lexicon(
    code="fr",
    common=vocabulary(
        """le la les un une des de du et à en je tu il elle on nous vous ils elles ne pas que qui
        est suis était ai as avait avec pour dans sur mon ma mes ce cette ça c'est j'ai se me te
        mais ou où plus très bien tout rien même comme quand si y son sa ses au aux d'un d'une
        qu'il qu'elle qu'on n'ai n'est s'est m'a parce fait être hier ici chez toi moi"""
    ),
    filler=starred(
        """euh*, hum, hmm, mm*, mhm, ah, oh, ben, bah, oui, ouais, non, d'accord, ok, okay,
        voilà, exactement, exact, c'est ça, c'est vrai, bien sûr, bon, bien, alors, donc, enfin,
        du coup, tu vois, vous voyez, tu sais, en fait, quoi, genre, bonjour, salut, merci,
        s'il te plaît, s'il vous plaît, peut-être, je ne sais pas, je sais pas, sais pas,
        je suppose, tout à fait, je comprends, je vois, absolument, vraiment, super, très bien"""
    ),
    strong=starred(
        """une partie, partie de moi, parties de moi, cette partie, la partie, autre partie,
        parties, en moi, à l'intérieur, au fond de moi, intérieur*, voix, critique*, protect*,
        gardien*, petite fille, petit garçon, enfant intérieur, mur, nœud, noeud, boule,
        carapace, armure, masque, ombre, brouillard, cage, peur*, effray*, effroi, terrifi*,
        terreur, panique*, anxi*, angoiss*, inqui*, nerveu*, submerg*, débord*, stress*, triste*,
        tristesse, deuil, chagrin, pleur*, larmes, bless*, douleur, mal au, fait mal, souffr*,
        seul, seule, solitude, isol*, abandon*, rejet*, honte, honteu*, culpabil*, coupable,
        humili*, nul, nulle, inutile, pas assez, jamais assez, pas à la hauteur, échec, échou*,
        raté, stupide, hais, déteste*, haine, colère, furieu*, rage, énerv*, rancune, amer*,
        frustr*, irrit*, jalou*, envie de disparaître, dégoût, vide, engourdi*, figé*, gel*,
        paralys*, bloqu*, coincé*, piég*, tendu*, tension, serr*, lourd*, poids, pression,
        épuis*, à bout, désespoir, désespér*, impuissan*, déchiré*, dout*, insécur*, invisible,
        incompris*, jug*, reproch*, trahi*, soulag*, compassion, calme, tendresse, douceur,
        traumat*, abus*, crie, criait, crié, crier, hurl*, puni*, ignor*, déçu*, décept*, dépr*,
        cache*, cacher, fuir, m'enfuir, disparaître, poitrine, ventre, estomac, gorge, mâchoire,
        cœur, coeur, respir*, trembl*, corps, dans ma tête, quand j'étais petit*,
        quand j'étais enfant, enfance, enfant, je devrais, je dois, il faut que je, j'arrive pas,
        n'arrive pas, je n'arrive, je ne peux pas, je peux pas, je n'ai pas pu, comme si,
        abandonner, lâcher prise, d'un côté, de l'autre côté, marre, en vouloir, en veux,
        à la hauteur, élève la voix, vidé*, plus d'énergie, à plat, soldat"""
    ),
    mild=starred(
        """sens, ressens, ressent*, senti, sentir, sentais, sentiment*, émotion*, mère, maman,
        père, papa, parents, sœur, soeur, frère, femme, mari, copain, copine, compagn*, fils,
        fille, grand-mère, grand-père, chef, cheffe, patron*, collègue*, famille, ami, amie,
        amis, relation, couple, mariage, toujours, jamais, personne, tout le monde, tout, rien,
        ne plus, trop, tellement, chaque fois, tout le temps, toute ma vie, ma vie, manque,
        amour, aime, aimé*, confiance, espoir, espère, besoin, sécurité, heureu*, fier, fière,
        reconnaissan*, fatigué*, perdu*, perdre, difficile, dur, divorc*, disput*, mort, morte,
        décédé*, licenci*, quitté*, hôpital, boire, habitude, remarque*, souvien*, souvenir*,
        rappel*, soudain, quelque chose, petit, petite, jeune, sombre, m'a dit, me dit, disait,
        moi-même, veux, voulais, même si, faute, erreur*, travail, chang*, décid*, silence, nuit,
        dormir, pensées, pense"""
    ),
    chat=starred(
        """météo, il fait beau, fait beau, fait froid, fait chaud, beau temps, pluie, pleut, plu,
        soleil, neige, degrés, embouteillage*, circulation, parking, wifi, internet, connexion,
        le son, caméra, micro, casque, écouteurs, ordinateur, zoom, lien, batterie, tu m'entends,
        vous m'entendez, tu me vois, vous me voyez, je t'entends, je te vois, ça va,
        comment ça va, comment vas-tu, comment allez-vous, bonjour, bonsoir, bonne journée,
        bonne soirée, content* de te voir, ravi*, merci beaucoup, merci pour, au revoir,
        à bientôt, à plus, à la prochaine, semaine prochaine, prochaine fois, rendez-vous,
        calendrier, agenda, quelle heure, heures, facture, foot, football, match, film, série,
        netflix, vacances, vol, aéroport, hôtel, plage, recette, cuisin*, pizza, restaurant,
        déjeuner, dîner, petit-déjeuner, café, thé, courses, supermarché, colis, sonnette,
        sonne à la porte, concert, billets, je commence, on commence, tu peux répéter,
        vous pouvez répéter, c'était quoi la question, jardin, barbecue, on se voit, bouchons,
        pour le retard"""
    ),
    everyday=starred(
        """week-end, weekend, chien, chat, voiture, bus, train, vélo, anniversaire, fête,
        cuisine, maison, voisin*, téléphone, portable, écran, livre, musique, achet*, manger,
        mangé, gâteau, ville, voyage, minutes, au fait"""
    ),
    hold=starred(
        """un moment, un instant, une minute, une seconde, attends, attendez, laisse-moi,
        laissez-moi, donne-moi, donnez-moi, j'ai besoin d'un moment, besoin d'une pause,
        besoin de temps, faire une pause, rester avec ça, rester avec, en silence,
        fermer les yeux, ferme les yeux, juste respirer, pas parler, pas envie de parler,
        pas de conseil, pas de conseils, juste écouter, écoute juste"""
    ),
    tears=starred(
        """[pleure], [pleurs], je pleure, vais pleurer, envie de pleurer, arrête pas de pleurer,
        les larmes, désolée de pleurer, désolé de pleurer, mouchoir*, sanglot*,
        m'arrêter de pleurer, arrêter de pleurer, pas de pleurer"""
    ),
    unfinished=vocabulary(
        """et mais parce que qu' ou le la les un une mon ma mes de du des avec pour si quand
        comme est je il elle on qui très euh"""
    ),
)
