"""French."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.wordlists import one_of

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (me (tuer|suicider|pendre|supprimer|foutre en l'air)|m'ôter la vie)
            (mettre fin à (mes jours|ma vie)|en finir( avec la vie| avec tout)?$)
            (veux|voudrais|voulais|envie de|préfère|préférerais) (juste |simplement )?(mourir|
                crever|être morte?)\b(?! de)
            (pense|penses|pensé|penser|songe|pensées?|idées?) (souvent |parfois )?(au |de |
                à me )?suicid\w*
            suicidaires?\b
            (ne |n')?(veux|peux|voudrais|ai) plus (envie de |la force de )?(vivre|être là|exister|
                continuer à vivre|me réveiller)\b(?! (avec|à|dans|ici|chez|comme))
            ne (plus|jamais|pas) (jamais )?me réveiller
            (seraient|serait|irait|iraient|seront|sera)( \w+)? mieux sans moi
            mieux sans moi
            (plus|pas|aucune?) (de )?raison de vivre
            la vie (ne vaut|n'a plus|vaut pas)|(fatiguée?|marre) de vivre
            (avaler|prendre|avalé) (tous |toutes )?(les|des|mes) (cachets|médicaments|pilules|
                comprimés)
            (sauter|me jeter) (du|d'un|sous|par|de)( le| la| un| une)? (pont|train|métro|fenêtre|
                toit|balcon)
            lettres? d'adieu
            (ne|n') ?plus (exister|être là|vivre)$
            la vie n'a (plus|pas|aucun) (de )?sens
            """
        ),
        "self_harm": patterns(
            r"""
            (me (couper|scarifier|mutiler|faire du mal))\b(?! (les|le|la|du))
            je me (coupe|scarifie|mutile|fais du mal)\b(?! (les|le|la|du))
            """
        ),
        "harm_to_others": patterns(
            r"""
            (veux|vais|voudrais) (le|la|les) (tuer|frapper)\b
            (veux|vais) tuer (quelqu'un|mon|ma)
            peur de (faire du mal à|blesser) (mon|ma|mes|quelqu'un)
            """
        ),
        "danger": patterns(
            r"""
            (il|elle|mon \w+) (me frappe|me bat|me menace)
            m'a (encore )?(frappée?|battue?|menacée?)( hier| encore| cette nuit)
            pas en sécurité (chez moi|à la maison)
            """
        ),
    },
    hinted=patterns(
        r"""
        (j'en peux|en peux|peux) plus$
        (veux|voudrais|envie de) disparaître
        (pas d'|aucune )issue
        à quoi bon
        un (poids|fardeau) pour (tout|mes|ma|les)
        sans espoir|plus d'espoir
        """
    ),
    denied=one_of(r"ne, n'ai, n'ai jamais, jamais, pas, sans, aucune?, n'est pas"),
    affirmed=one_of(
        r"""(ne )?peux pas (m'empêcher|arrêter), pas seulement, (ne )?sais pas (si|comment),
        pourquoi pas"""
    ),
)
