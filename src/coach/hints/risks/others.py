"""The plainest wordings of languages that are known no better."""

from coach.hints.risks.build import Wordings, patterns

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (?<!nie )(chcę umrzeć|chcę się zabić)|nie chcę już żyć|nie chcę żyć
            (?<!не )(хочу умереть|убить себя|покончить с собой)|не хочу (больше )?жить
            \w*(死にたい|消えてしまいたい|自殺したい)
            \w*(想死|不想活|想自杀)
            \w*(죽고 싶|자살하고 싶)
            (kendimi öldürmek|ölmek istiyorum|artık yaşamak istemiyorum)
            (jag vill inte leva|jag vill dö|ta mitt liv)
            """
        )
    },
    hinted=(),
    denied=None,
)
