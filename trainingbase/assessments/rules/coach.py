"""What a comment still lacks: what was seen, and what to do next.

The words are in `static/coach.json`; `static/js/coach.js` follows the same steps in the browser,
and a test holds the two together.
"""

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from trainingbase import paths

MISSING = ("short", "praise", "old", "seen", "next")
SENTENCES = re.compile(r"[。！？!?；;.\n]+")
CLAUSES = re.compile(
    r"[。！？!?；;.\n，,：:、]+|但是|但|不过|然而|(?<![a-z])(?:but|however)(?![a-z])"
)
TOKENS = re.compile(r"[㐀-䶿一-鿿]|[a-z][a-z'-]*")


@dataclass(frozen=True)
class Rules:
    """`least` letters in all, `distinct` different ones, `clause` in a clause that says
    something, `sentence` in one that is known again: a character counts one, a word two.
    `comments` are words in the names of items that are comments."""

    least: int
    distinct: int
    clause: int
    sentence: int
    comments: tuple[str, ...]
    praise: tuple[str, ...]
    neutral: tuple[str, ...]
    seen: tuple[str, ...]
    next: tuple[str, ...]


@cache
def rules() -> Rules:
    kept = json.loads((paths.STATIC / "coach.json").read_text(encoding="utf-8"))
    return Rules(**{k: tuple(v) if isinstance(v, list) else v for k, v in kept.items()})


def is_comment(*names: str) -> bool:
    """Whether an item of this name asks for a comment."""
    lower = " ".join(names).lower()
    return any(word in lower for word in rules().comments)


def missing(text: str, own: Collection[str] = ()) -> list[str]:
    """Of `MISSING`, in this order; nothing for a good comment.  `own` are the sums of sentences
    that the same author wrote before."""
    words = rules()
    plain = _plain(text)
    rest = _without(plain, words.praise)
    found = []
    if not _is_long(rest):
        found.append("praise" if _is_long(plain) else "short")
    sums = sums_of(text)
    if sums and all(one in own for one in sums):
        found.append("old")
    said = [_said(one) for one in SENTENCES.split(rest)]
    found += [what for what in ("seen", "next") if not any(what in one for one in said)]
    return found


def _said(sentence: str) -> set[str]:
    """Of seen and next, what this sentence says; what follows on advice belongs to it."""
    said: set[str] = set()
    for clause in map(_Clause, CLAUSES.split(sentence)):
        if clause.advises:
            said.add("next")
        elif clause.tells and "next" not in said:
            said.add("seen")
    return said


def sums_of(text: str) -> list[str]:
    """A sum for each sentence that is long enough to be known again."""
    sentences = [TOKENS.findall(one) for one in SENTENCES.split(_plain(text))]
    return [_sum(one) for one in sentences if _weight(one) >= rules().sentence]


def letters(text: str) -> int:
    return _weight(TOKENS.findall(_plain(text)))


class _Clause:
    """`tells` of something seen; `advises` something to do, and says what."""

    def __init__(self, text: str):
        words = rules()
        rest = _without(text, words.neutral)
        spaced = _spaced(rest)
        enough = _weight(TOKENS.findall(text)) >= words.clause
        self.tells = enough and any(_has(one, text) for one in words.seen)
        advice = [one for one in words.next if _has_in(one, rest, spaced)]
        self.advises = enough and bool(advice)


def _plain(text: str) -> str:
    one_kind = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFKC", one_kind).lower().replace("’", "'")


def _without(text: str, phrases: Collection[str]) -> str:
    for phrase in phrases:
        if phrase.isascii():
            text = re.sub(rf"(?<![a-z]){re.escape(phrase)}(?![a-z])", " ", text)
        else:
            text = text.replace(phrase, " ")
    return text


def _spaced(text: str) -> str:
    """The words of a text between blanks, so that a word is found at its beginning."""
    return " " + " ".join(re.findall(r"[a-z'-]+", text)) + " "


def _has(marker: str, text: str) -> bool:
    return _has_in(marker, text, _spaced(text))


def _has_in(marker: str, text: str, spaced: str) -> bool:
    return f" {marker}" in spaced if marker.isascii() else marker in text


def _weight(tokens: Collection[str]) -> int:
    return sum(2 if token.isascii() else 1 for token in tokens)


def _is_long(text: str) -> bool:
    tokens = TOKENS.findall(text)
    return _weight(tokens) >= rules().least and _weight(set(tokens)) >= rules().distinct


def _sum(tokens: Collection[str]) -> str:
    """FNV-1a of 32 bits over the code points."""
    value = 2166136261
    for letter in " ".join(tokens):
        value = ((value ^ ord(letter)) * 16777619) & 0xFFFFFFFF
    return f"{value:x}"
