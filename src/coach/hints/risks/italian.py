"""Italian."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.wordlists import one_of

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (voglio|vorrei|volevo|voglia di)( solo)? (morire|uccidermi|ammazzarmi|
                farla finita)\b(?! (di|dal))
            (togliermi la vita|suicidarmi|uccidermi|ammazzarmi|pens\w+ al suicidio)
            non (voglio|posso|ho voglia di) più (vivere|esserci|svegliarmi)|non voglio (vivere|
                svegliarmi) più
            (starebbero|sarebbero|starebbe)( tutti)? meglio senza di me|meglio senza di me
            """
        ),
        "self_harm": patterns(
            r"""
            (farmi del male|tagliarmi|mi taglio)\b(?! (i|le|la))
            """
        ),
        "danger": patterns(
            r"""
            mi (picchia|minaccia)\b
            """
        ),
    },
    hinted=patterns(
        r"""
        non ce la faccio più
        (voglio|vorrei) sparire
        senza speranza
        """
    ),
    denied=one_of("non, mai, senza, nessun"),
    affirmed=one_of("non riesco a smettere, non solo, non so se"),
)
