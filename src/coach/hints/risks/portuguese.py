"""Portuguese."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.wordlists import one_of

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (quero|queria|vontade de|prefiro)( só)? (morrer|me matar)\b(?! de)
            (me matar|me suicidar|suicidar-me|matar-me|tirar (a )?minha (própria )?vida|
                pens\w+ em suicídio)
            não (quero|consigo|aguento|tenho vontade de) (mais )?(viver|estar aqui|existir|
                acordar)\b(?! (com|em|na|no))
            acabar com (a minha vida|tudo\b)
            (estariam|ficariam|estaria)( todos)? melhor sem mim|melhor sem mim
            """
        ),
        "self_harm": patterns(
            r"""
            (me cortar|cortar-me|me machucar|me corto)\b(?! (o|a|as))
            """
        ),
        "danger": patterns(
            r"""
            (ele|ela|meu \w+) me (bate|ameaça)\b
            """
        ),
    },
    hinted=patterns(
        r"""
        não aguento mais
        (quero|queria) (sumir|desaparecer)
        sem esperança
        """
    ),
    denied=one_of("não, nunca, jamais, sem, nem"),
    affirmed=one_of("não consigo parar, não só, não sei se"),
)
