"""How much of each headline the other one has words for, by the lexicon.

A Japanese word matches an English one if the one's translations, its reading in Latin letters, or its consonants (for a
name in katakana) are the other's. Words are compared as types, once each, and headlines by products of sparse matrices:
no pair of headlines is looked at on its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from scipy import sparse

from alignkit.text.romaji import fold_romaji, romanise
from alignkit.text.skeleton import kana_skeleton, latin_skeleton
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from alignkit.schema import Language
    from alignkit.text.lexicon.store import Lexicon
    from alignkit.text.tokens import Token

_LONGEST_COMPOUND: Final = 4
_LEAST_ROMAJI: Final = 3
_KATAKANA: Final = re.compile("[\u30a1-\u30fa\u30fc・]{2,}")
_LATIN: Final = re.compile("[A-Za-z0-9.,]+")
_COMPOUND_KINDS: Final = frozenset({"noun", "name", "affix", "number"})
_OF: Final = "の"


class Unit(NamedTuple):
    """A word, or a compound of adjacent Japanese words, of a text.

    Attributes:
        form: What it is looked up by; units of one form are of one type.
        start: Where it begins in the text.
        end: Where it ends.
        words: The first and, exclusive, the last of the text's content words that it is made of.
    """

    form: str
    start: int
    end: int
    words: tuple[int, int]


@dataclass(frozen=True)
class Coverage:
    """How much of each candidate's two headlines is matched.

    Attributes:
        en: float64 of shape (p,), 0 to 1: share of the English headline's words, weighted by their rarity, that a word of
            the Japanese one matches.
        ja: float64 of shape (p,), the same the other way round.
    """

    en: NDArray[np.float64]
    ja: NDArray[np.float64]


class LexicalMatcher:
    """The words of two sets of headlines, and which of them match.

    Args:
        en: n English texts.
        ja: m Japanese texts.
        lexicon: The bilingual lexicon; None to match by readings, consonants and Latin letters alone.
    """

    def __init__(self, en: Sequence[str], ja: Sequence[str], lexicon: Lexicon | None) -> None:
        self._lexicon = lexicon
        self.en_units = [english_units(tokens) for tokens in tokenise(en, "en")]
        self.ja_units = [japanese_units(text, tokens) for text, tokens in zip(ja, tokenise(ja, "ja"), strict=True)]
        self._en_types = _types(self.en_units)
        self._ja_types = _types(self.ja_units)

    @cached_property
    def matches(self) -> sparse.csr_array:
        """Which English types match which Japanese types: bool of shape (English types, Japanese types)."""
        numbers: dict[str, int] = defaultdict(lambda: len(numbers))
        ja_keys = japanese_keys(list(self._ja_types), self._lexicon)
        en = [[numbers[key] for key in english_keys(form)] for form in self._en_types]
        ja = [[numbers[key] for key in ja_keys[form]] for form in self._ja_types]
        return (_incidence(en, len(numbers)) @ _incidence(ja, len(numbers)).T).astype(bool).tocsr()

    @cached_property
    def en_weights(self) -> NDArray[np.float64]:
        """The weight of each English type: the logarithm of how rare it is among the English texts."""
        return _idf(self._en_incidence)

    @cached_property
    def ja_weights(self) -> NDArray[np.float64]:
        """The weight of each Japanese type, likewise."""
        return _idf(self._ja_incidence)

    def weigh(self, units: Iterable[Unit], lang: Language) -> list[float]:
        """Give the weights of units of one language's texts."""
        types, weights = (self._en_types, self.en_weights) if lang == "en" else (self._ja_types, self.ja_weights)
        return [float(weights[types[unit.form]]) for unit in units]

    def matches_of(self, en: int, ja: int) -> Iterator[tuple[Unit, Unit]]:
        """Give the units of an English and of a Japanese text that match, both by their texts' places."""
        typed = [(unit, self._ja_types[unit.form]) for unit in self.ja_units[ja]]
        for en_unit in self.en_units[en]:
            row = self._en_types[en_unit.form]
            types = set(self.matches.indices[self.matches.indptr[row] : self.matches.indptr[row + 1]].tolist())
            yield from ((en_unit, unit) for unit, ja_type in typed if ja_type in types)

    def coverage(self, en_rows: NDArray[np.int64], ja_rows: NDArray[np.int64]) -> Coverage:
        """Give the coverage of candidates.

        Args:
            en_rows: int64 of shape (p,): each candidate's English text.
            ja_rows: int64 of shape (p,): each candidate's Japanese text.
        """
        en_words = self._en_incidence
        en = _share(en_words, self.en_weights, self.matches @ self._ja_incidence.T, en_rows, ja_rows)
        ja_words, ja_weights, holders = self._japanese_words()
        ja = _share(ja_words, ja_weights, holders @ (self.matches.T @ en_words.T), ja_rows, en_rows)
        return Coverage(en=en, ja=ja)

    @cached_property
    def _en_incidence(self) -> sparse.csr_array:
        return _incidence(self._typed(self.en_units, self._en_types), len(self._en_types))

    @cached_property
    def _ja_incidence(self) -> sparse.csr_array:
        return _incidence(self._typed(self.ja_units, self._ja_types), len(self._ja_types))

    @staticmethod
    def _typed(texts: Sequence[Sequence[Unit]], types: Mapping[str, int]) -> list[list[int]]:
        return [[types[unit.form] for unit in units] for units in texts]

    def _japanese_words(self) -> tuple[sparse.csr_array, NDArray[np.float64], sparse.csr_array]:
        """Give the Japanese words with what they are matched by: themselves and the compounds that hold them.

        Words are told apart by what holds them, so that one product says which of them are matched.

        Returns:
            The texts by their words, 0/1; the words' weights; the words by the types that hold them, 0/1.
        """
        numbers: dict[tuple[int, ...], int] = {}
        weights: list[float] = []
        rows: list[list[int]] = []
        for units in self.ja_units:
            row = []
            for place, word in enumerate(words_of(units)):
                holders = {self._ja_types[unit.form] for unit in units if unit.words[0] <= place < unit.words[1]}
                key = (self._ja_types[word.form], *sorted(holders))
                if key not in numbers:
                    numbers[key] = len(numbers)
                    weights.append(float(self.ja_weights[key[0]]))
                row.append(numbers[key])
            rows.append(row)
        holders_of = _incidence([key[1:] for key in numbers], len(self._ja_types))
        return _incidence(rows, len(numbers)), np.array(weights), holders_of


def english_units(tokens: Iterable[Token]) -> list[Unit]:
    """Give an English text's content words."""
    content = [token for token in tokens if token.is_content]
    return [Unit(token.lemma, token.start, token.end, (place, place + 1)) for place, token in enumerate(content)]


def japanese_units(text: str, tokens: Sequence[Token]) -> list[Unit]:
    """Give a Japanese text's content words, and the compounds of adjacent ones, also across の (道の駅)."""
    units: list[Unit] = []
    place = 0
    for at, token in enumerate(tokens):
        if token.is_content:
            units.append(Unit(token.lemma, token.start, token.end, (place, place + 1)))
            units += _longer_units(text, tokens[at : at + _LONGEST_COMPOUND], place)
            place += 1
    return units


def _longer_units(text: str, tokens: Sequence[Token], place: int) -> Iterator[Unit]:
    """Give what begins with the first of some tokens and is looked up as a whole: it as written, and its compounds."""
    first = tokens[0]
    words = 0
    for before, token in zip((None, *tokens), tokens, strict=False):
        inside = token.kind in _COMPOUND_KINDS or token is first
        if before is not None and (token.start != before.end or not (inside or token.lemma == _OF)):
            return
        words += inside
        form = unicodedata.normalize("NFKC", text[first.start : token.end]).lower()
        if inside and form != first.lemma:
            yield Unit(form, first.start, token.end, (place, place + words))


def words_of(units: Iterable[Unit]) -> list[Unit]:
    """Give the content words of a text, in their order, among its units."""
    words: dict[int, Unit] = {}
    for unit in units:
        # Of several units that stand for one word the first is the word as it is in the dictionary.
        if unit.words[1] - unit.words[0] == 1:
            words.setdefault(unit.words[0], unit)
    return [unit for _, unit in sorted(words.items())]


def english_keys(form: str) -> list[str]:
    """Give the keys under which an English word meets Japanese ones: itself, its sound and its consonants."""
    keys = [f"stem {form}"]
    if form.isalpha():
        if len(folded := fold_romaji(form)) >= _LEAST_ROMAJI:
            keys.append(f"sound {folded}")
        if consonants := latin_skeleton(form):
            keys.append(f"consonants {consonants}")
    return keys


def japanese_keys(forms: Sequence[str], lexicon: Lexicon | None) -> Mapping[str, list[str]]:
    """Give the keys under which Japanese words meet English ones, by word."""
    stems = lexicon.stems(forms) if lexicon else {}
    readings = lexicon.readings(forms) if lexicon else {}
    keys: dict[str, list[str]] = {}
    for form in forms:
        found = [f"stem {stem}" for stem in stems.get(form, ())]
        found += [f"sound {sound}" for sound in readings.get(form, ()) if len(sound) >= _LEAST_ROMAJI]
        if _LATIN.fullmatch(form):
            found += [f"stem {token.lemma}" for token in tokenise([form], "en")[0]]
        elif _KATAKANA.fullmatch(form):
            found.append(f"sound {romanise(form)}")
            if consonants := kana_skeleton(form):
                found.append(f"consonants {consonants}")
        keys[form] = found
    return keys


def _types(texts: Iterable[Iterable[Unit]]) -> dict[str, int]:
    types: dict[str, int] = {}
    for units in texts:
        for unit in units:
            types.setdefault(unit.form, len(types))
    return types


def _incidence(rows: Sequence[Sequence[int]], width: int) -> sparse.csr_array:
    """Give the 0/1 matrix of a width whose rows have ones at the columns listed."""
    pointers = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=pointers[1:])
    columns = np.fromiter((column for row in rows for column in row), dtype=np.int64, count=int(pointers[-1]))
    matrix = sparse.csr_array((np.ones(len(columns), dtype=np.float32), columns, pointers), shape=(len(rows), width))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def _idf(words: sparse.csr_array) -> NDArray[np.float64]:
    """Give each column's weight: the logarithm of how rare it is, over the rows at hand."""
    counts = np.asarray(words.sum(axis=0), dtype=np.float64).ravel()
    return np.asarray(np.log1p(words.shape[0] / np.maximum(counts, 1)))


def _share(
    words: sparse.csr_array,
    weights: NDArray[np.float64],
    matched: sparse.csr_array,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Give, for each pair of a row and a column, the weighted share of the row's words that are matched in the column.

    Args:
        words: Texts of one language by their words, 0/1.
        weights: The words' weights.
        matched: Words by texts of the other language: not 0 where the text has a match for the word.
        rows: The rows of `words`.
        columns: The columns of `matched`.
    """
    weighted = words @ sparse.diags_array(weights)
    total = np.asarray(weighted.sum(axis=1)).ravel()[rows]
    product = (weighted @ matched.astype(bool).astype(np.float64)).tocsr()
    # Copies, since scipy wants to write to its indices and arrays from another process are read-only.
    found = np.asarray(product[rows.copy(), columns.copy()]).ravel()
    share: NDArray[np.float64] = np.divide(found, total, out=np.zeros(len(rows)), where=total > 0)
    return np.clip(share, 0.0, 1.0)
