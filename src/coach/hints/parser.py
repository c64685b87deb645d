"""The model's text becomes sections, while it is still coming in."""

import re
from dataclasses import dataclass

from coach.hints.events import Section

MAX_CHARACTERS = 4000
"""What a parser reads of one answer; the rest is ignored."""
MAX_FOLLOW_UPS = 3

_NAMES: tuple[tuple[Section, str], ...] = (
    ("summary", r"SUMMARY"),
    ("suggestion", r"SUGGESTIONS?"),
    ("follow_up", r"FOLLOW[\s_\-‐‑–]?UPS?(?:[ ]QUESTIONS?)?"),
    ("reminder", r"REMINDERS?"),
)
_ANY_NAME = "|".join(f"(?P<{section}>{pattern})" for section, pattern in _NAMES)
_NUMBER = r"(?:[ ]?\(?\d\)?)?"
_OPENING = r"[\s>#*_`\-•]*(?:\d{1,2}[.)])?[\s*_`]*"
_AT_START = re.compile(
    rf"{_OPENING}(?:{_ANY_NAME}){_NUMBER}[\s*_`]*(?:[:：]|\s[–—-]\s|$)[*_`]*", re.IGNORECASE
)
# Inside a line only capitals count, and not after a quotation mark: quoted speech is no label.
_INSIDE = re.compile(rf"(?<=[\s.!?…|*])[*_]*(?:{_ANY_NAME}){_NUMBER}[*_]*[:：][*_]*")
_BARE_LABELS = ("SUMMARY", "SUGGESTIONS", "FOLLOWUPSQUESTIONS", "FOLLOWUPQUESTIONS", "REMINDERS")
_LABEL_BEGUN = re.compile(r"\s[*_]*[A-Z][A-Z\-‐‑–_ ]{0,20}\d?[*_]*$")
_BULLET = re.compile(r"^\s*(?:[-•*–]|\d{1,2}[.)])\s+")
_SENTENCE_ENDED = re.compile(r"[.!?…。！？][\"'”’»)*_]*\s*$")
_WORDED = re.compile(r"\w")
_MARKUP = re.compile(r"[*`]+|(?<!\w)_+|_+(?!\w)")
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "'": "'", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Piece:
    """One section as far as it is known; `index` counts follow-ups from 0."""

    section: Section
    index: int
    text: str
    done: bool


class SectionParser:
    """Reads one answer in chunks of any size; the same text gives the same pieces."""

    def __init__(self) -> None:
        self._text = ""
        self._ended = False

    def feed(self, chunk: str) -> None:
        """Take more of the answer; what exceeds MAX_CHARACTERS is ignored."""
        self._text += chunk[: MAX_CHARACTERS - len(self._text)]

    def end(self) -> None:
        """The answer is complete."""
        self._ended = True

    def pieces(self) -> list[Piece]:
        """The sections so far, in the order of the answer; a text not done may still grow."""
        return _Reading(self._text, ended=self._ended).pieces


def is_thinking(text: str) -> bool:
    """Whether `text` only says that the coach has nothing useful to say."""
    return re.sub(r"[\W_]+", "", text).lower() in ("coachisthinking", "thecoachisthinking")


class _Reading:
    """One pass over the lines of an answer."""

    def __init__(self, text: str, *, ended: bool) -> None:
        self.pieces: list[Piece] = []
        self._open: Section | None = None
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        for line in lines[:-1]:
            self._line(line, complete=True)
        self._line(lines[-1], complete=ended)
        if ended:
            self._close()

    def _line(self, line: str, *, complete: bool) -> None:
        if not complete and _may_become_label(line):
            return
        chunks = _labelled(line)
        for number, (section, text) in enumerate(chunks, 1):
            whole = complete or number < len(chunks)
            if section is None:
                self._continue(text, complete=whole)
            else:
                self._close()
                self._begin(section, text, complete=whole)

    def _begin(self, section: Section, text: str, *, complete: bool) -> None:
        taken = [piece for piece in self.pieces if piece.section == section]
        self._open = None
        if taken and (section != "follow_up" or len(taken) >= MAX_FOLLOW_UPS):
            return
        self._open = section
        self._add(section, text, complete=complete)

    def _add(self, section: Section, text: str, *, complete: bool) -> None:
        parts = re.split(r"[|｜]", text) if section == "follow_up" else [text]
        for number, part in enumerate(parts):
            last = number == len(parts) - 1
            shown = _clean(part) if complete or not last else _clean(_settled(part))
            done = not last or (complete and bool(_SENTENCE_ENDED.search(part)))
            self._append(section, shown, done=done)

    def _append(self, section: Section, text: str, *, done: bool) -> None:
        index = sum(piece.section == section for piece in self.pieces)
        if _WORDED.search(text) and index < (MAX_FOLLOW_UPS if section == "follow_up" else 1):
            text = _unquoted(text) if done else text
            self.pieces.append(Piece(section, index, text, done))

    def _continue(self, line: str, *, complete: bool) -> None:
        """A line without a label belongs to the open section only if that still lacks words."""
        if self._open is None or not line.strip():
            return
        last = self.pieces[-1] if self.pieces else None
        mine = last is not None and last.section == self._open
        if self._open == "follow_up" and _BULLET.match(line) and mine:
            self._close_last()
            self._add("follow_up", _BULLET.sub("", line), complete=complete)
        elif last is None or not mine:
            self._add(self._open, _BULLET.sub("", line), complete=complete)
        elif not last.done and line.lstrip()[0].islower():
            self._extend(last, line, complete=complete)
        else:
            self._close()

    def _extend(self, last: Piece, line: str, *, complete: bool) -> None:
        more = _clean(line if complete else _settled(line))
        text = f"{last.text} {more}".strip()
        done = complete and bool(_SENTENCE_ENDED.search(line))
        self.pieces[-1] = Piece(last.section, last.index, text, done)

    def _close_last(self) -> None:
        if self.pieces and not self.pieces[-1].done:
            last = self.pieces[-1]
            self.pieces[-1] = Piece(last.section, last.index, _unquoted(last.text), True)

    def _close(self) -> None:
        if self._open is not None:
            self._close_last()
        self._open = None


def _may_become_label(line: str) -> bool:
    """Whether an unfinished line, as short as this, could still turn into a label."""
    name = re.sub(r"[\W\d_]+", "", line).upper()
    return any(label.startswith(name) for label in _BARE_LABELS)


def _labelled(line: str) -> list[tuple[Section | None, str]]:
    """The line cut at its labels; text before the first label stands under None."""
    start = _AT_START.match(line)
    labels = [start] if start else []
    labels += list(_INSIDE.finditer(line, start.end() if start else 0))
    bounds = [label.start() for label in labels[1 if start else 0 :]] + [len(line)]
    found: list[tuple[Section | None, str]] = []
    if not start:
        found.append((None, line[: bounds[0]]))
    begins = [label.end() for label in labels]
    ends = bounds if start else bounds[1:]
    for label, begin, end in zip(labels, begins, ends, strict=True):
        found.append((_section(label), line[begin:end]))
    return found


def _section(label: re.Match[str]) -> Section:
    return next(section for section, _ in _NAMES if label[section])


def _settled(text: str) -> str:
    """`text` without its last, perhaps unfinished word, and without what may become a label."""
    whole = text[: len(text) - len(text.split(" ")[-1])]
    return _LABEL_BEGUN.sub("", " " + whole.rstrip())


def _clean(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())


def _unquoted(text: str) -> str:
    closing = _QUOTES.get(text[:1])
    inner = text[1:-1]
    if closing and len(text) > 2 and text.endswith(closing) and closing not in inner:
        return inner
    return text
