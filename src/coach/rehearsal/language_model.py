"""The recogniser's language model: word trigrams of what partners say in peer sessions."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path

Words = tuple[str, ...]
Counts = dict[Words, Counter[str]]
"""How often each word follows a history of zero, one or two words."""

START, END = "<s>", "</s>"
ORDER = 3
MORE_WORDS_SHARE = 0.03
"""Of the unigram probability, what goes evenly to the words outside the sentences."""

_CONTRACTIONS = (
    (r"\b(do|does|did|was|is|are|have|had|should|could|would) not\b", r"\1n't"),
    (r"\bcan not\b", "can't"),
    (r"\b(i) am\b", r"\1'm"),
    (r"\b(i|they) have (been|always|never)\b", r"\1've \2"),
    (r"\b(it|that|there|he|she) is\b", r"\1's"),
    (r"\b(i|it|he|she) will\b", r"\1'll"),
    (r"\b(i|he|she|they) would\b", r"\1'd"),
)


def sentences() -> list[Words]:
    """The model's sentences: whole, by their clauses, and as people contract them."""
    found = [
        tuple(form.split())
        for line in _lines("partner_speech.txt")
        for clause in _clauses(line)
        for form in {clause, _contracted(clause)}
    ]
    return sorted(found)


def more_words() -> set[str]:
    """Words that may be said and are in no sentence."""
    return {word for line in _lines("more_words.txt") for word in line.split()}


def write(path: Path) -> set[str]:
    """Write the model to `path` in the ARPA format and return its vocabulary."""
    counts = _counted(sentences())
    extra = more_words() - counts[()].keys()
    vocabulary = (counts[()].keys() | extra) - {END}
    path.write_text("\n".join(_arpa(counts, extra)), encoding="ascii")
    return set(vocabulary)


def _lines(name: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath(name).read_text(encoding="ascii")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _clauses(line: str) -> set[str]:
    """The sentence, and each part of it between pauses: what the recogniser gets in one piece."""
    return {line.replace(",", ""), *(part.strip() for part in line.split(","))}


def _contracted(sentence: str) -> str:
    for full, short in _CONTRACTIONS:
        sentence = re.sub(full, short, sentence)
    return sentence


def _counted(corpus: Iterable[Words]) -> Counts:
    counts: Counts = defaultdict(Counter)
    for sentence in corpus:
        padded = (START, *sentence, END)
        for at in range(1, len(padded)):
            for size in range(min(at, ORDER - 1) + 1):
                counts[padded[at - size : at]][padded[at]] += 1
    return counts


def _probability(counts: Counts, history: Words, word: str) -> float:
    """Witten-Bell: a history's own counts, and for what it never saw the shorter history's."""
    seen = counts[history]
    if not history:
        return (1 - MORE_WORDS_SHARE) * seen[word] / seen.total()
    unseen = len(seen)
    shorter = _probability(counts, history[1:], word)
    return (seen[word] + unseen * shorter) / (seen.total() + unseen)


def _backoff(counts: Counts, history: Words) -> float:
    """The log10 weight of the shorter history for words never seen after this one."""
    seen = counts.get(history)
    return math.log10(len(seen) / (seen.total() + len(seen))) if seen else 0.0


def _arpa(counts: Counts, extra: set[str]) -> Iterator[str]:
    orders = [_unigrams(counts, extra), *(_ngrams(counts, size) for size in range(2, ORDER + 1))]
    yield "\\data\\"
    yield from (f"ngram {size}={len(lines)}" for size, lines in enumerate(orders, start=1))
    for size, lines in enumerate(orders, start=1):
        yield f"\n\\{size}-grams:"
        yield from lines
    yield "\n\\end\\\n"


def _unigrams(counts: Counts, extra: set[str]) -> list[str]:
    rare = math.log10(MORE_WORDS_SHARE / len(extra))
    return sorted(
        [f"-99 {START} {_backoff(counts, (START,)):.4f}"]
        + [f"{rare:.4f} {word} 0" for word in extra]
        + _entries(counts, [(word,) for word in counts[()]])
    )


def _ngrams(counts: Counts, size: int) -> list[str]:
    seen = [
        (*history, word)
        for history, words in counts.items()
        if len(history) == size - 1
        for word in words
    ]
    return _entries(counts, sorted(seen))


def _entries(counts: Counts, ngrams: list[Words]) -> list[str]:
    return [
        f"{math.log10(_probability(counts, ngram[:-1], ngram[-1])):.4f} {' '.join(ngram)}"
        + ("" if len(ngram) == ORDER else f" {_backoff(counts, ngram):.4f}")
        for ngram in ngrams
    ]
