"""Spanish."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.wordlists import one_of

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (matarme|suicidarme|quitarme la vida|ahorcarme)
            me (quiero|voy a|quisiera) (matar|suicidar|morir)\b(?! de)
            (acabar|terminar) con (mi vida|todo\b)
            (quiero|quisiera|querría|quería|ganas de|prefiero|prefería|preferiría) (solo |
                simplemente )?(morir|morirme|estar muert[ao])\b(?! de)
            (pens\w+|pienso) en (el suicidio|suicidarme|matarme|morir|morirme|quitarme)
            (ideas?|pensamientos?) suicidas?
            (ya )?no (quiero|puedo|quisiera|tengo ganas de) (seguir |más )*(vivir|viviendo|
                estar aquí|existir|despertar\w*|seguir así|seguir adelante)\b(?! (en|con|sol[ao]))
            (no volver a|no) despertar\b
            (estarían|estaría|estarán|vivirían|estaríais|serían)( todos)? (mejor|
                más felices)( todos)? sin mí
            mejor sin mí
            no (tiene|tengo|hay|encuentro) (ningún |ninguna )?(sentido (vivir|seguir|la vida)|
                (razón|motivo|razones|motivos) para(vivir|seguir)|nada por lo que vivir)
            la vida (ya )?no (vale|tiene)|no vale la pena vivir|cansad[ao] de vivir
            (tomarme|tragarme) (todas )?(las|unas|mis) (pastillas|píldoras)
            (tirarme|saltar|lanzarme) (de|desde|por|al|a)( el| la| un| una| las)? (puente|tren|
                balcón|ventana|vías|metro|azotea)
            cartas? de despedida
            (estaría|sería) mejor (muert[ao]|si no (estuviera|existiera|despertara))
            (no|ya no) (le )?(veo|encuentro) (ningún )?sentido a (la vida|vivir|seguir)
            """
        ),
        "self_harm": patterns(
            r"""
            (cortarme|hacerme daño|lastimarme|autolesion\w*)\b(?! (el pelo|las uñas|el cabello))
            me (corto|corté|estoy cortando|hago daño)\b(?! (el|las|con el))
            """
        ),
        "harm_to_others": patterns(
            r"""
            (quiero|voy a) (matarl[oae]s?|hacerle daño|matar a (alguien|mi \w+))
            miedo de hacerle daño a (mi \w+|alguien)
            """
        ),
        "danger": patterns(
            r"""
            me (pega|golpea|amenaza|está pegando)\b
            me (pegó|golpeó|amenazó) (otra vez|ayer|anoche|de nuevo)
            no (estoy|me siento) (a salvo|segur[ao]) en (casa|mi casa)
            """
        ),
    },
    hinted=patterns(
        r"""
        no puedo más
        (quiero|quisiera) desaparecer
        no hay salida|sin salida
        (para qué|qué sentido tiene)
        una carga para (todos|mi|mis|los)
        sin esperanza
        """
    ),
    denied=one_of(r"no, nunca, jamás, sin, tampoco, ni"),
    affirmed=one_of(r"no puedo (dejar|parar), no sólo, no solo, no sé si, por qué no"),
)
