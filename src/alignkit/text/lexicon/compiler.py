"""From the dictionaries that the package `jamdict-data` carries to the compact file that `Lexicon` reads.

The dictionaries are JMdict, JMnedict and KANJIDIC2 of the Electronic Dictionary Research and Development Group
(https://www.edrdg.org/edrdg/licence.html, CC BY-SA 4.0). What is kept of them: of a word, the stems of the words of its
English glosses; of a name, its romanised forms; of a kanji, its romanised readings.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import defaultdict
from contextlib import closing
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from alignkit.text.romaji import fold_romaji, romanise
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.progress import Progress

HEADLINE_TERMS: Final = "headline_terms.tsv"
SCHEMA: Final = """
    CREATE TABLE words (term TEXT PRIMARY KEY, stems TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE names (term TEXT PRIMARY KEY, romaji TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE kanji (term TEXT PRIMARY KEY, readings TEXT NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = 2;
"""

_BATCH: Final = 20_000
_STEPS: Final = 5
_MOST_STEMS: Final = 60
_REMEMBERED: Final = 1 << 18
_IN_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^]]*\]")
_SHORT_KANA: Final = re.compile("[\u3041-\u3096ー]{1,2}")
_NOUN_ENDINGS: Final = str.maketrans("うくぐすつぬぶむる", "いきぎしちにびみり")
_PROPER_NAMES: Final = frozenset({"place", "surname", "unclass", "fem", "given", "person", "masc", "station"})

_WORDS: Final = """
    SELECT Kanji.text, SenseGloss.text FROM Kanji
        JOIN Sense ON Sense.idseq = Kanji.idseq JOIN SenseGloss ON SenseGloss.sid = Sense.ID
"""
# Kana alone are a word's own spelling where it has no other, or where the dictionary says that it is usual.
_KANA_WORDS: Final = """
    SELECT Kana.text, SenseGloss.text FROM Kana
        JOIN Sense ON Sense.idseq = Kana.idseq JOIN SenseGloss ON SenseGloss.sid = Sense.ID
        WHERE NOT EXISTS (SELECT 1 FROM Kanji WHERE Kanji.idseq = Kana.idseq)
            OR Sense.ID IN (SELECT sid FROM misc WHERE text = 'word usually written using kana alone')
"""
_NAMES: Final = """
    SELECT COALESCE(NEKanji.text, NEKana.text), NETransGloss.text, NETransType.text FROM NETranslation
        JOIN NETransGloss ON NETransGloss.tid = NETranslation.ID
        LEFT JOIN NETransType ON NETransType.tid = NETranslation.ID
        LEFT JOIN NEKanji ON NEKanji.idseq = NETranslation.idseq
        LEFT JOIN NEKana ON NEKana.idseq = NETranslation.idseq AND NEKanji.idseq IS NULL
"""
# Readings from Chinese, Japanese readings, and those that only names have.
_KANJI: Final = """
    SELECT character.literal, reading.value FROM character
        JOIN rm_group ON rm_group.cid = character.ID JOIN reading ON reading.gid = rm_group.ID
        WHERE reading.r_type IN ('ja_on', 'ja_kun')
    UNION SELECT character.literal, nanori.value FROM character JOIN nanori ON nanori.cid = character.ID
"""


def compile_lexicon(dictionaries: Path, target: Path, progress: Progress) -> None:
    """Compile the dictionaries, and our own terms of headlines, into a file.

    Args:
        dictionaries: The SQLite file of `jamdict-data`.
        target: The file to write; must not exist.
        progress: Told of each step.

    Raises:
        sqlite3.Error: A file cannot be read or written.
    """
    words: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    with closing(sqlite3.connect(f"{dictionaries.as_uri()}?mode=ro&immutable=1", uri=True)) as source:
        progress("lexicon", 0, _STEPS)
        for term, gloss in (*source.execute(_WORDS), *source.execute(_KANA_WORDS)):
            words[term].update(_stems(_IN_BRACKETS.sub(" ", gloss)))
        progress("lexicon", 1, _STEPS)
        _add_names(source, words, names)
        progress("lexicon", 2, _STEPS)
        kanji = _kanji_readings(source)
    progress("lexicon", 3, _STEPS)
    for term, glosses in read_headline_terms():
        words[term].update(stem for gloss in glosses for stem in _stems(gloss))
    with closing(sqlite3.connect(target)) as connection, connection:
        connection.executescript(SCHEMA)
        progress("lexicon", 4, _STEPS)
        connection.executemany("INSERT INTO words VALUES (?, ?)", _rows(words))
        connection.executemany("INSERT INTO names VALUES (?, ?)", _rows(names))
        rows = ((character, " ".join(sorted(found))) for character, found in sorted(kanji.items()) if found)
        connection.executemany("INSERT INTO kanji VALUES (?, ?)", rows)
    progress("lexicon", _STEPS, _STEPS)


def read_headline_terms() -> Iterator[tuple[str, list[str]]]:
    """Give our own terms of headlines, each with the English that stands for it."""
    text = resources.files("alignkit.text.lexicon").joinpath(HEADLINE_TERMS).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            term, glosses = line.split("\t")
            yield term, glosses.split("; ")


def _add_names(source: sqlite3.Connection, words: dict[str, set[str]], names: dict[str, set[str]]) -> None:
    """Take people and places for names, and organisations, works and products, which are translated, for words."""
    for term, gloss, kind in source.execute(_NAMES):
        if term is None:
            continue
        plain = _IN_BRACKETS.sub(" ", gloss)
        if kind is None or kind in _PROPER_NAMES:
            names[term].update(filter(None, map(fold_romaji, plain.split())))
        else:
            words[term].update(_stems(plain))


def _kanji_readings(source: sqlite3.Connection) -> dict[str, set[str]]:
    """Give the readings of each kanji, romanised.

    Of 'かがや.く', whose end is written in kana, there are 'kagaya', 'kagayaku', and 'kagayaki', which is a noun of it.
    """
    readings: dict[str, set[str]] = defaultdict(set)
    for character, kana in source.execute(_KANJI):
        stem, _, ending = kana.replace("-", "").partition(".")
        forms = {stem, stem + ending, stem + ending[:-1] + ending[-1:].translate(_NOUN_ENDINGS)}
        readings[character].update(filter(None, map(romanise, forms)))
    return readings


def _rows(entries: dict[str, set[str]]) -> Iterable[tuple[str, str]]:
    """Give the rows of a table, terms in half-width small letters as words of headlines are looked up."""
    by_form: dict[str, set[str]] = defaultdict(set)
    for term, found in entries.items():
        by_form[unicodedata.normalize("NFKC", term).lower()] |= found
    for form in sorted(by_form):
        if by_form[form] and not _SHORT_KANA.fullmatch(form):
            yield form, " ".join(sorted(by_form[form])[:_MOST_STEMS])


@lru_cache(maxsize=_REMEMBERED)
def _stems(gloss: str) -> tuple[str, ...]:
    return tuple(token.lemma for token in tokenise([gloss], "en")[0] if token.is_content)
