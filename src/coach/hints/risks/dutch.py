"""Dutch."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.wordlists import one_of

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (wil|wilde|wou)( ik)?( gewoon| echt)* niet meer (leven|verder|hier zijn|wakker worden|
                bestaan)
            (wil|wilde|wou)( ik)?( gewoon| liever)* (dood|sterven)\b
            zelfmoord(gedachten|neigingen)|aan zelfmoord
            mezelf (iets aandoen|iets aan te doen|van kant maken|doden|ophangen)
            een einde? aan mijn leven
            beter af zonder mij
            """
        ),
        "self_harm": patterns(
            r"""
            mezelf (snijden|pijn doen|pijn te doen)|snijd mezelf
            """
        ),
        "danger": patterns(
            r"""
            (slaat|bedreigt)( hij| zij)? me\b
            """
        ),
    },
    hinted=patterns(
        r"""
        (kan|trek|hou) (het |dit )?niet meer( vol)?
        (wil|wou) verdwijnen
        hopeloos
        """
    ),
    denied=one_of("niet, nooit, geen, zonder"),
    affirmed=one_of("kan niet stoppen, niet alleen, weet niet of"),
)
