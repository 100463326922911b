"""Cues in English: phrases of stems, and the negations in their clause."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.polarity.reading import Found, Subjects, Word, cues_of, turn
from alignkit.text.polarity.tables import Entry, between, listed_words, merged, negations, neutral_phrases, subjects
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignkit.text.polarity.model import Cue
    from alignkit.text.tokens import Token

_HYPHEN: Final = "-"
_NUMBER: Final = "#"
_NOT: Final = "not"
_ARTICLES: Final = frozenset({"a", "an", "the"})
_YEN: Final = "yen"
_SCALES: Final = frozenset({".", "mil", "bil", "tril", "million", "billion", "trillion", "hundred", "thousand"})
_FORWARD: Final = 5
"""How many words after a negation its target begins, at most: 'no sign of a recovery'."""
_BACKWARD: Final = 3
"""How many words before it its target ends, at most: 'deal was not reached'."""
_NEAR: Final = 5
"""How far a subject is from what it does, at most."""


class _Phrases(NamedTuple):
    """The phrases of the tables.

    Attributes:
        by_surface: Those that are looked up in their very form.
        by_stem: Those that are looked up by the stems of their words.
        longest: How many words the longest has, by its first word in either form.
    """

    by_surface: dict[str, Entry]
    by_stem: dict[str, Entry]
    longest: dict[str, int]


def read_english(folded: list[str]) -> Iterator[list[Cue]]:
    """Read the cues of English texts, as `alignkit.text.polarity.read_cues` says.

    Args:
        folded: The texts as `alignkit.text.quantities.folding.fold` gives them.
    """
    for text, tokens in zip(folded, tokenise(folded, "en"), strict=True):
        words = _words(text, tokens)
        found = list(_find(words))
        if not found:
            yield []
            continue
        clauses = _clauses(words)
        _negate(found, clauses)
        yield cues_of(words, found, partial(_subject_near, _subjects(words), clauses))


def _words(text: str, tokens: Iterable[Token]) -> list[Word]:
    """Give the words; a hyphen inside a word only parts it, and every n't is a 'not'."""
    words = []
    for token in tokens:
        start, end, surface = token.start, token.end, text[token.start : token.end]
        if surface in _ARTICLES or (
            surface == _HYPHEN and text[max(start - 1, 0) : start].strip() and text[end : end + 1].strip()
        ):
            continue
        if surface.endswith("n't") or surface == "cannot":
            words.append(Word(start, end, _NOT, _NOT))
        else:
            words.append(Word(start, end, surface, _NUMBER if token.kind == "number" else token.lemma))
    return words


def _find(words: list[Word]) -> Iterator[Found]:
    """Find the phrases, the longest at each place."""
    phrases = _phrases()
    at = 0
    while at < len(words):
        phrase, count = _longest_at(at, words, phrases)
        if phrase is not None:
            yield phrase
        at += count


def _longest_at(at: int, words: list[Word], phrases: _Phrases) -> tuple[Found | None, int]:
    """Give the longest phrase at a place and how many words it takes; a number that ends it is not in its span."""
    word, longest = words[at], phrases.longest
    most = max(longest.get(word.key, 0), longest.get(word.surface, 0))
    for count in range(min(most, len(words) - at), 0, -1):
        these = words[at : at + count]
        entry = phrases.by_surface.get(_joined(these)) or phrases.by_stem.get(" ".join(other.key for other in these))
        if entry is not None:
            return Found(at, at + count - (count > 1 and these[-1].key == _NUMBER), entry), count
    return None, 1


def _joined(words: list[Word]) -> str:
    return " ".join(word.key if word.key == _NUMBER else word.surface for word in words)


def _clauses(words: list[Word]) -> list[int]:
    """Give the clause of each word, counted from 0; what ends one belongs to the next."""
    breaks = between("en")
    clauses, clause = [], 0
    for word in words:
        clause += word.surface in breaks or not (word.surface[0].isalnum() or word.surface[0] in "'$%")
        clauses.append(clause)
    return clauses


def _negate(found: list[Found], clauses: list[int]) -> None:
    """Apply each negation to the next phrase of its clause, or else to the one before, as its reach allows."""
    telling = [phrase for phrase in found if phrase.entry.meanings or phrase.entry.reach]
    for place, negation in enumerate(telling):
        if not negation.negates:
            continue
        clause, reach = clauses[negation.first], negation.entry.reach
        following = telling[place + 1] if reach != "backward" and place + 1 < len(telling) else None
        earlier = telling[place - 1] if reach != "forward" and place else None
        if following and clauses[following.first] == clause and following.first - negation.beyond < _FORWARD:
            turn(negation, following)
        elif earlier and clauses[earlier.first] == clause and negation.first - earlier.beyond < _BACKWARD:
            turn(negation, earlier)


def _subjects(words: list[Word]) -> Subjects:
    named = subjects("en")
    return Subjects(
        (place, named[word.surface])
        for place, word in enumerate(words)
        if word.surface in named and not (word.surface == _YEN and _is_amount(words, place))
    )


def _subject_near(around: Subjects, clauses: list[int], first: int, beyond: int) -> str:
    """Give the concept of the nearest subject in the same clause, before or after; '' where there is none."""
    best, concept = _NEAR + 1, ""
    for subject in around.around(beyond):
        if subject is not None and clauses[subject[0]] == clauses[first]:
            distance = max(first - subject[0], subject[0] - beyond + 1)
            if distance < best:
                best, concept = distance, subject[1]
    return concept


def _is_amount(words: list[Word], place: int) -> bool:
    return place > 0 and (words[place - 1].key == _NUMBER or words[place - 1].surface in _SCALES)


@cache
def _phrases() -> _Phrases:
    listed = list(listed_words("en"))
    exact = merged(((_surfaces(item.word), item.meaning) for item in listed if item.mark == "="), ())
    neutral = {_surfaces(phrase): Entry() for phrase in neutral_phrases("en")}
    by_stem = merged(
        ((_stems(item.word), item.meaning) for item in listed if item.mark != "="),
        ((_stems(word), reach) for word, reach in negations("en")),
    )
    longest: dict[str, int] = {}
    for phrase in (*exact, *neutral, *by_stem):
        first, count = phrase.split(" ", 1)[0], phrase.count(" ") + 1
        longest[first] = max(longest.get(first, 0), count)
    return _Phrases(exact | neutral, by_stem, longest)


def _surfaces(phrase: str) -> str:
    return _joined(_table_words(phrase))


def _stems(phrase: str) -> str:
    return " ".join(word.key for word in _table_words(phrase))


def _table_words(phrase: str) -> list[Word]:
    return _words(phrase, tokenise([phrase], "en")[0])
