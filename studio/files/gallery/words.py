"""Words of prompts, so that any of them is found: also one or two characters of a script that has no spaces.

SQLite's own tokenizers take a Chinese sentence for one word (``unicode61``), or find nothing shorter than three
characters (``trigram``). So the words are cut here: every character of such a script is one, and a run of them in a
query is a phrase. Words are then letters and digits alone, which ``unicode61`` leaves whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_TERMS: Final = 32
"""Of a query; a text with more is most likely a prompt that was pasted, and its first words find it."""

_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # radicals
    (0x3005, 0x3007),  # marks of repetition, and zero
    (0x3040, 0x31FF),  # kana, bopomofo
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Chinese characters
    (0xF900, 0xFAFF),
)
_BASIC: Final = 0xFFFF
_TERM: Final = re.compile(r'(?P<sign>-?)(?P<part>negative:)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.IGNORECASE)
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„«»「」『』", '"'))


@dataclass(frozen=True)
class Term:
    """One thing that a query asks for. ``match`` is what FTS5 is asked, or "" where the ``text`` has no words: then
    it is looked for letter by letter. ``is_unwanted`` for what must not be there."""

    text: str
    match: str
    is_unwanted: bool


def indexed(text: str) -> str:
    """A text as FTS5 is given it: its words with spaces between."""
    return " ".join(words(text))


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case; characters of scripts without spaces one by one, and signs by their number."""
    run = ""
    for letter in unicodedata.normalize("NFKC", text).casefold():
        is_alone = _stands_alone(letter)
        if not is_alone and (letter.isalnum() or (run and unicodedata.category(letter)[0] == "M")):
            run += letter
            continue
        if run:
            yield run
            run = ""
        if is_alone:
            yield letter if letter.isalnum() and ord(letter) <= _BASIC else f"x{ord(letter):x}"
    if run:
        yield run


def terms(query: str) -> tuple[Term, ...]:
    """What a person typed, term by term, all of which are to be met.

    A word finds words that begin with it, a number only itself, since seeds are long. What stands in quotation marks is
    found as it stands; a minus before a term keeps pictures out, and ``negative:`` looks in negative prompts instead.
    """
    found = (_term(match) for match in _TERM.finditer(query.translate(_QUOTES)))
    return tuple(term for term in found if term is not None)[:MOST_TERMS]


def _term(match: re.Match[str]) -> Term | None:
    text = match["phrase"] if match["phrase"] is not None else match["word"] or ""
    if not text.strip():
        return None
    columns = "negative" if match["part"] else "{prompt names}"
    return Term(text, _asked(text, columns, is_begun=match["phrase"] is None), bool(match["sign"]))


def _asked(text: str, columns: str, *, is_begun: bool) -> str:
    parts = tuple(words(text))
    if not parts:
        return ""
    more = " *" if is_begun and not (_stands_alone(parts[-1][0]) or parts[-1].isdigit()) else ""
    return f'{columns} : "{" ".join(parts)}"{more}'


def _stands_alone(letter: str) -> bool:
    number = ord(letter)
    if number > _BASIC:
        return letter.isalnum() or unicodedata.category(letter) == "So"
    return any(first <= number <= last for first, last in _UNSPACED) or unicodedata.category(letter) == "So"
