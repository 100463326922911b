"""The names in English headlines: what the tables know, and what capital letters give away.

In a headline that writes every word with a capital, and at the beginning of a sentence, a capital alone says nothing: there
a word that no table knows is of the kind 'other', which only its partner in the other language can confirm.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.data import read_words
from alignkit.text.names.folding import fold, plain
from alignkit.text.names.forms import is_romaji, latin_keys
from alignkit.text.names.model import Name, NameKind, keyed
from alignkit.text.names.tables import EnglishForm, english_forms, read_word_list
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEAST_NAME: Final = 2
_LONGEST_ACRONYM: Final = 6
_LEAST_WORDS_OF_A_STYLE: Final = 3
_MOST_LOWER_CASE_IN_TITLE_CASE: Final = 0.15
_WORDS_OF_A_FULL_NAME: Final = (2, 3)


class _Word(NamedTuple):
    """A word of a headline: its span, itself, its form without marks and capitals, and whether it carries meaning."""

    start: int
    end: int
    surface: str
    plain: str
    is_content: bool

    @property
    def is_capitalised(self) -> bool:
        return self.surface[0].isupper()

    @property
    def is_acronym(self) -> bool:
        letters = self.surface.replace(".", "")
        return _LEAST_NAME <= len(letters) <= _LONGEST_ACRONYM and letters.isalpha() and letters.isupper()


class _Style(NamedTuple):
    """How a headline uses capitals: for every word, for every letter."""

    title_case: bool
    all_capitals: bool


def read_english(texts: Sequence[str]) -> list[list[Name]]:
    """Read the names that English texts name; see `alignkit.text.names.read_names`."""
    folded = [fold(text) for text in texts]
    return [
        list(_names(text, [_word(form, token.start, token.end, token.is_content) for token in tokens]))
        for text, form, tokens in zip(texts, folded, tokenise(folded, "en"), strict=True)
    ]


def _word(text: str, start: int, end: int, is_content: bool) -> _Word:  # noqa: FBT001 - as the token has it
    surface = text[start:end]
    return _Word(start, end, surface, plain(surface), is_content)


def _names(text: str, words: list[_Word]) -> Iterator[Name]:
    style = _style(words)
    titled = False
    at = 0
    while at < len(words):
        form = _form_at(words, at, style)
        if form is not None:
            end = at + len(form.words)
            if form.term.keys:
                yield _name(text, words[at:end], form.term.kind, form.term.keys | _own_keys(words[at:end], form))
            titled = form.term.kind == "office"
        elif _is_title(words[at]):
            end, titled = at + 1, True
        elif _may_be_name(words[at], style):
            end = _end_of_run(words, at, style)
            kind = "person" if titled else _kind(words, at, end, style)
            yield _name(text, words[at:end], kind, _keys(words[at:end], style))
            titled = False
        else:
            end = at + 1
            titled = titled and words[at].surface == "."
        at = end


def _style(words: list[_Word]) -> _Style:
    content = [word for word in words if word.is_content and word.surface[0].isalpha()]
    lower = sum(not word.is_capitalised for word in content)
    if len(content) < _LEAST_WORDS_OF_A_STYLE:
        return _Style(title_case=False, all_capitals=False)
    return _Style(
        title_case=lower <= _MOST_LOWER_CASE_IN_TITLE_CASE * len(content),
        all_capitals=all(word.surface.isupper() for word in content),
    )


def _form_at(words: list[_Word], at: int, style: _Style) -> EnglishForm | None:
    """Find the longest form of the tables that begins at a word."""
    for form in english_forms().get(words[at].plain, ()):
        end = at + len(form.words)
        if end <= len(words) and all(
            _is_written_as(word, needed, style) for word, needed in zip(words[at:end], form.words, strict=True)
        ):
            return form
    return None


def _is_written_as(word: _Word, needed: str, style: _Style) -> bool:
    """Tell whether a word is the word of a form: in capitals, capitalised, or in any case, as the form has it."""
    if word.plain != plain(needed):
        return False
    if needed.isupper() and len(needed) > 1:
        return word.surface.isupper() and not (style.all_capitals and word.plain in _function_words())
    return word.is_capitalised or not needed[0].isupper()


def _own_keys(words: list[_Word], form: EnglishForm) -> frozenset[str]:
    """Give the keys that a form of the tables has as a word: a place may be a person's name or a team's."""
    if len(words) > 1 or form.term.kind == "office" or not words[0].is_capitalised:
        return frozenset()
    if words[0].is_acronym and form.words[0].isupper():
        return frozenset(keyed("acronym", [words[0].plain.replace(".", "")]))
    return latin_keys(words[0].plain) if form.term.kind != "country" else frozenset()


def _may_be_name(word: _Word, style: _Style) -> bool:
    if not (word.is_capitalised and word.is_content and len(word.surface) >= _LEAST_NAME):
        return False
    if style.all_capitals and word.plain in _function_words():
        return False
    return word.surface[0].isalpha() and word.plain not in read_word_list("english_not_names.txt")


def _end_of_run(words: list[_Word], at: int, style: _Style) -> int:
    """Find where a name of several words ends; in Title Case every word stands alone."""
    end = at + 1
    if style.title_case or words[at].is_acronym:
        return end
    while (
        end < len(words)
        and words[end].start == words[end - 1].end + 1
        and _may_be_name(words[end], style)
        and not words[end].is_acronym
        and _form_at(words, end, style) is None
    ):
        end += 1
    return end


def _kind(words: list[_Word], at: int, end: int, style: _Style) -> NameKind:
    """Tell what a capitalised word is that no title precedes.

    It is a person where it looks Japanese, or where a capital counts and two or three words could be a full name.
    """
    run = words[at:end]
    if all(is_romaji(word.plain) for word in run):
        return "person"
    if style.title_case or len(run) not in _WORDS_OF_A_FULL_NAME:
        return "other"
    not_people = read_word_list("english_not_people.txt")
    return "other" if any(word.plain in not_people or word.is_acronym for word in run) else "person"


def _keys(words: Iterable[_Word], style: _Style) -> frozenset[str]:
    keys: set[str] = set()
    for word in words:
        if word.is_acronym and not style.all_capitals:
            keys |= keyed("acronym", [word.plain.replace(".", "")])
        keys |= latin_keys(word.plain)
    return frozenset(keys)


def _is_title(word: _Word) -> bool:
    """Tell whether a word, with a full stop after it or not, is a title before a name."""
    titles = read_word_list("english_titles.txt")
    return word.plain in titles or f"{word.plain}." in titles


@cache
def _function_words() -> frozenset[str]:
    return frozenset(read_words("english_function_words.txt"))


def _name(text: str, words: Sequence[_Word], kind: NameKind, keys: frozenset[str]) -> Name:
    start, end = words[0].start, words[-1].end
    return Name(start, end, text[start:end], kind, keys)
