"""Cues in Japanese: words as analysed, and the negations behind and before them."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.polarity.reading import Found, Subjects, Word, cues_of, turn
from alignkit.text.polarity.tables import Entry, between, listed_words, merged, negations, neutral_phrases, subjects
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.text.polarity.model import Cue
    from alignkit.text.tokens import Token

_LONGEST: Final = 6
"""How many words a phrase has, at most."""
_ACROSS: Final = 7
"""How many words a negation reaches across, at most: 合意には至らず."""
_NEAR: Final = 6
"""How far before what it does a subject is, at most."""
_CLOSE: Final = 2
"""Within how many words behind it a subject begins, at most: 減少する人口."""
_NUMBER: Final = "#"
_SUFFIX: Final = "~"


class _Phrases(NamedTuple):
    """The phrases of the tables.

    Attributes:
        entries: By the phrase with its last word in dictionary form; '#' and '~' before it are as in the tables.
        initials: The characters that they begin with.
    """

    entries: dict[str, Entry]
    initials: frozenset[str]


def read_japanese(folded: list[str]) -> Iterator[list[Cue]]:
    """Read the cues of Japanese texts, as `alignkit.text.polarity.read_cues` says.

    Args:
        folded: The texts as `alignkit.text.quantities.folding.fold` gives them.
    """
    for text, tokens in zip(folded, tokenise(folded, "ja"), strict=True):
        found = list(_find(text, tokens))
        if not found:
            yield []
            continue
        words = [Word(token.start, token.end, text[token.start : token.end], token.lemma) for token in tokens]
        _negate(found, words)
        yield cues_of(words, found, partial(_subject_near, _subjects(words, tokens)))


def _find(text: str, tokens: tuple[Token, ...]) -> Iterator[Found]:
    """Find the phrases, the longest at each place."""
    entries, initials = _phrases()
    at = 0
    while at < len(tokens):
        start, taken = tokens[at].start, 1
        if text[start] in initials or tokens[at].lemma[0] in initials:
            marks = _marks_at(tokens, at)
            for count in range(min(_LONGEST, len(tokens) - at), 0, -1):
                last = tokens[at + count - 1]
                entry = _look_up(entries, marks, text[start : last.start] + last.lemma, text[start : last.end])
                if entry is not None:
                    yield Found(at, at + count, entry)
                    taken = count
                    break
        at += taken


def _marks_at(tokens: tuple[Token, ...], at: int) -> tuple[str, ...]:
    """Give the marks that what begins here may have in the tables, the narrowest first."""
    if at == 0 or tokens[at - 1].end != tokens[at].start or tokens[at - 1].kind == "function":
        return ("",)
    return (_NUMBER, _SUFFIX, "") if tokens[at - 1].kind == "number" else (_SUFFIX, "")


def _look_up(
    entries: dict[str, Entry], marks: tuple[str, ...], in_dictionary_form: str, as_written: str
) -> Entry | None:
    for mark in marks:
        entry = entries.get(mark + in_dictionary_form) or entries.get(mark + as_written)
        if entry is not None:
            return entry
    return None


def _negate(found: list[Found], words: list[Word]) -> None:
    """Apply each negation to the phrase that it stands directly before, or after with only bridges between."""
    ending = {phrase.beyond: phrase for phrase in found}
    beginning = {phrase.first: phrase for phrase in found}
    # From behind, so that the outer negation of 'ないわけではない' undoes the inner one before that is applied.
    for phrase in reversed(found):
        if not phrase.negates:
            continue
        if phrase.entry.reach == "before":
            target = beginning.get(phrase.beyond)
        else:
            target = _target_before(phrase.first, words, ending)
        if target is not None and (target.entry.meanings or target.entry.reach):
            turn(phrase, target)


def _target_before(first: int, words: list[Word], ending: dict[int, Found]) -> Found | None:
    bridges = between("ja")
    for beyond in range(first, max(first - _ACROSS, 0), -1):
        if beyond in ending:
            return ending[beyond]
        if words[beyond - 1].key not in bridges:
            return None
    return None


def _subjects(words: list[Word], tokens: tuple[Token, ...]) -> Subjects:
    named = subjects("ja")
    return Subjects(
        (place, named[word.surface])
        for place, word in enumerate(words)
        if word.surface in named and not (place and tokens[place - 1].kind == "number")
    )


def _subject_near(around: Subjects, first: int, beyond: int) -> str:
    """Give the concept of the last subject before, or else of one that follows closely; '' where there is none."""
    before, after = around.around(beyond)
    if before is not None and before[0] >= first - _NEAR:
        return before[1]
    return after[1] if after is not None and after[0] < beyond + _CLOSE else ""


@cache
def _phrases() -> _Phrases:
    meant = merged(
        ((item.mark + item.word if item.mark == _SUFFIX else item.word, item.meaning) for item in listed_words("ja")),
        negations("ja"),
    )
    entries = meant | {phrase: Entry() for phrase in neutral_phrases("ja")}
    return _Phrases(entries, frozenset(phrase.lstrip(_NUMBER + _SUFFIX)[0] for phrase in entries))
