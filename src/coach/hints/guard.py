"""Text that the recogniser invented: named, so that it makes no hint and stands marked."""

import re
import unicodedata

from coach.hints import words
from coach.hints.events import Segment
from coach.hints.wordlists import listed

_NO_SPEECH, _SURELY_NO_SPEECH = 0.6, 0.8
_UNSURE = -1.0
_HALF_NO_SPEECH, _HALF_UNSURE = 0.4, -0.7
_COMPRESSION = 2.4
_QUIET_DB = -50.0
_SHORT_S = 3.0
_LETTERS_A_SECOND = 45.0

# What recognisers write on silence, breath and music, whatever was said.
_ALWAYS = re.compile(
    r"amara\.?org|subtitles? (?:by|provided|created|made|edited)|captions? (?:by|provided)|"
    r"transcri(?:bed|ption) (?:by|outsourcing)|(?:thanks?|thank you)(?: \w+){0,3} for watching|"
    r"for watching (?:this|the|my) video|(?:please |don't forget to )?(?:like and )?subscribe\b|"
    r"like and subscribe|see you in the next (?:video|one|episode)|www\.\w+|\w+\.(?:com|org|net)\b|"
    r"all rights reserved|copyright|untertitel(?:ung)? (?:der|des|von|im|bei)|"
    r"vielen dank fürs? zuschauen|danke fürs? zuschauen|bis zum nächsten (?:mal|video)|"
    r"swr \d{4}|zdf|sous-?titr\w* (?:réalis|par|st|fr|soci)|merci d'avoir regardé|"
    r"abonnez-vous|subt[ií]tulos (?:por|realizados|de|en)|gracias por ver|suscr[ií]b\w*|"
    r"sottotitoli (?:e|a cura|creati)|grazie per aver guardato|legendas? (?:pela|por)|"
    r"obrigad[oa] por assistir|inscreva-se|ondertitel\w* (?:door|ingediend)|"
    r"bedankt voor het kijken|napisy stworzone|dzięki za oglądanie|продолжение следует|"
    r"субтитры|спасибо за просмотр|ご視聴|ありがとうございました|谢谢(?:大家)?(?:的)?(?:观看|收看)|"
    r"請不吝點贊|字幕|시청해 ?주셔서|mbc 뉴스"
)
# What they write as well, but people do say: doubted only where little was heard.
_SOMETIMES = listed(
    """thank you, thank you very much, thank you so much, thanks, thanks a lot, bye, bye bye,
    goodbye, you, the end, so, okay, ok, oh, hmm, uh, please, i'm sorry, good night,
    see you next time, see you, music, applause, laughter, silence, blank_audio, danke,
    vielen dank, danke schön, tschüss, das war's, gracias, muchas gracias, adiós, merci,
    merci beaucoup, au revoir, grazie, grazie mille, ciao, obrigado, obrigada, tchau, dank je,
    dank je wel, doei"""
)
_CRYING = re.compile(r"cry|cries|sob|weep|sniff|tear|wein|schluchz|llor|pleur|sanglot|piang|chor")
_SOUND = re.compile(r"^[\s.…♪♫*]*$|^[\[(*♪][^\])]*[\])*♪]?$")


def doubt(segment: Segment) -> str:
    """The rule by which the segment's text is taken for invented; empty when it is trusted.

    Tags of crying are trusted: they say something about the person, not about the machine.
    """
    text = " ".join(unicodedata.normalize("NFC", segment.text).replace("’", "'").lower().split())
    if not text:
        return "empty"
    if _ALWAYS.search(text) and len(text) < 120:
        return "phantom_phrase"
    if _figures_doubt(segment):
        return _figures_doubt(segment)
    if _SOUND.match(text) and not _CRYING.search(text):
        return "no_words"
    if _loops(text):
        return "repetition"
    if _too_much(segment, text):
        return "too_fast"
    return _small_doubt(segment, text)


def surely_invented(segment: Segment) -> bool:
    """Whether not even words of danger are to be believed: doubt alone does not silence those."""
    rule = doubt(segment)
    if rule in ("empty", "no_words", "phantom_phrase"):
        return True
    silent, sure = segment.no_speech_prob or 0.0, segment.avg_logprob
    return silent >= _SURELY_NO_SPEECH or (
        silent >= _NO_SPEECH and (sure is None or sure <= _HALF_UNSURE)
    )


def _figures_doubt(segment: Segment) -> str:
    silent = segment.no_speech_prob or 0.0
    sure = segment.avg_logprob or 0.0
    if silent >= _NO_SPEECH:
        return "no_speech"
    if sure <= _UNSURE or (silent >= _HALF_NO_SPEECH and sure <= _HALF_UNSURE):
        return "low_confidence"
    if segment.compression_ratio is not None and segment.compression_ratio >= _COMPRESSION:
        return "repetition"
    return ""


def _loops(text: str) -> bool:
    """Whether most of the text is one short phrase over and over."""
    said = words.words(text)
    for size in (1, 2, 3, 4, 5, 6):
        repeats = sum(
            said[i : i + size] == said[i + size : i + 2 * size] for i in range(len(said) - size)
        )
        if repeats >= 3 * size and repeats * 3 >= 2 * len(said) and len(said) >= 6:
            return True
    return False


def _too_much(segment: Segment, text: str) -> bool:
    """Whether there is more text than a person could have said in that time."""
    return len(text) >= 20 and len(text) > _LETTERS_A_SECOND * (segment.ended - segment.started)


def _small_doubt(segment: Segment, text: str) -> str:
    """Doubts that count only for little or faint sound."""
    short = segment.ended - segment.started <= _SHORT_S
    faint = segment.energy_db is not None and segment.energy_db <= _QUIET_DB
    if faint and short:
        return "faint"
    hinted = (segment.no_speech_prob or 0.0) >= 0.3 or (segment.avg_logprob or 0.0) <= -0.6
    if (hinted or faint) and re.sub(r"[^\w' ]", "", text).strip() in _SOMETIMES:
        return "phantom_phrase"
    return ""
