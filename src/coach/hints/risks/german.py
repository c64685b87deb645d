"""German."""

from coach.hints.risks.build import Wordings, patterns
from coach.hints.wordlists import one_of

WORDINGS = Wordings(
    risks={
        "suicide": patterns(
            r"""
            (mich|mir) (selbst |einfach )?(umbringen|umzubringen|umbringe|das leben (zu )?nehmen|
                (zu )?töten|erhängen|etwas an(zu)?tun|was an(zu)?tun)
            bringe? mich um\b
            selbstmord(gedanken|gefährdet)|suizid(al\w*|gedanken)
            (an|über) (selbstmord|suizid)
            (will|möchte|wollte|würde|wäre|wünsch\w*)( ich)?( mir)?( einfach| nur| nur noch|
                [ ]am liebsten| lieber| gern| gerne)*[ ](zu )?(sterben|tot sein|tot)\b
            (will|möchte|mag|kann|wollte|mehr)( ich)?( einfach| so)* (nicht mehr|
                nicht länger)( so)* (leben|da sein|weiterleben|aufwachen|hier sein|existieren|
                weitermachen)\b(?! (mit|bei|in|wie er|wie sie))
            (keine lust|keine kraft|keinen grund|keinen sinn|nicht wert)( mehr)? (zu leben|
                weiterzuleben|im leben|zum leben)
            (wozu|warum|wofür) (ich )?(überhaupt |eigentlich |noch )*(leben|lebe|weiterleben)
            (nicht mehr|nie mehr|nie wieder) auf(zu)?wachen
            (ohne mich|wenn ich (tot|weg|nicht mehr da) (bin|wäre|wär))( \w+){0,4} besser
            besser( dran)? (ohne mich|wenn ich (tot|weg|nicht mehr da))
            (allem|meinem leben|dem ganzen) ein ende (zu )?(setzen|machen|bereiten)
            (leben|das alles) (hat|macht) (für mich )?keinen sinn( mehr)?
            (mir|mich) (etwas|was) an(tue|getan)
            (wäre|ist) (\w+ )?(besser|leichter|einfacher),? wenn ich (nicht mehr (da|hier|
                am leben)|tot|weg) (wäre|bin)
            wünschte,?( ich)? (ich )?(wäre|wär) tot|wünschte ich (wäre|wär) (tot|nie geboren|
                nicht mehr da)
            wenn ich (einfach )?nicht mehr da wäre
            lebensmüde|leben (ist )?nicht (mehr )?lebenswert
            (tabletten|pillen) (zu )?(schlucken|gesammelt|gehortet)
            (von der brücke|vom dach|vor (den|einen) zug) (zu )?(spring\w*|werf\w*|stürz\w*)
            (abschiedsbrief|abschiedsbriefe)
            """
        ),
        "self_harm": patterns(
            r"""
            (ritze|ritzen|geritzt|schneide|verletze) mich( selbst| wieder| immer)*
            (mich|mir) (wieder |selbst )*(geritzt|zu ritzen|ritzen|selbst (zu )?verletzen)
            mich selbst (zu )?verletz\w*
            """
        ),
        "harm_to_others": patterns(
            r"""
            (will|möchte|werde) (ihn|jemanden|meinen \w+|meine \w+) (umbringen|töten|erstechen|
                verletzen)
            angst( davor)?( dass ich)? (ihn|meinem kind|meinem baby|jemandem|ihr|
                ihm) (etwas antue|weh tue|was antue)
            """
        ),
        "danger": patterns(
            r"""
            (schlägt|verprügelt|würgt|bedroht)( er| sie)? mich
            (hat )?mich (gestern|wieder|letzte nacht|heute) (geschlagen|verprügelt|gewürgt|
                bedroht)
            (zu hause|daheim) nicht sicher|nicht sicher (zu hause|daheim)
            """
        ),
    },
    hinted=patterns(
        r"""
        (kann|halte?|ertrage?) (das |es |einfach )*nicht mehr
        (will|möchte)( einfach| nur)* (verschwinden|weg sein)
        kein(en)? ausweg
        will( einfach)? nicht mehr$
        hoffnungslos
        (nur )?(eine )?last für (alle|meine|andere|euch)
        was soll das alles|hat (doch )?alles keinen sinn
        """
    ),
    denied=one_of(r"nicht, nie, niemals, kein\w*, ohne, nicht vor, würde mir nie, würde nie"),
    affirmed=one_of(r"kann nicht aufhören, nicht nur, weiß nicht, warum nicht, wieso nicht"),
)
