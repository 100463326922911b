"""What a name in a headline is, whichever language it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

NameKind = Literal["country", "place", "organisation", "office", "person", "other"]
"""What a name is of. 'person' is certainly a person; 'other' is what may be a name of any kind, or a word that only looks
like a name: it may agree with a name of the other language but never is in conflict with one."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name, where it stands and what it may be called in the other language.

    Attributes:
        start: Where its span begins in the text that was given.
        end: Where its span ends.
        text: The characters of the span.
        kind: What it is of.
        keys: The forms under which it meets its like; two names with a key in common are one name.

    ============ ============================================================ =============================
    key          is                                                           example
    ============ ============================================================ =============================
    country:     ISO 3166 code, or EU                                         country:US
    place:       a prefecture's JIS X 0401 code, or a key of `places.tsv`     place:13, place:sendai
    org:         a key of `organisations.tsv`                                 org:boj
    office:      a key of `offices.tsv`                                       office:prime-minister
    acronym:     capital letters, as both languages write them                acronym:who
    romaji:      a way to read it, as `fold_romaji` writes it                 romaji:makihara
    latin:       a word in Latin letters, without marks                       latin:whitlock
    kana:        a word in katakana                                           kana:ウィットロック
    skeleton:    consonants of a foreign name, `alignkit.text.skeleton`       skeleton:wtrk
    ============ ============================================================ =============================
    """

    start: int
    end: int
    text: str
    kind: NameKind
    keys: frozenset[str]

    def forms(self, key: str) -> list[str]:
        """Give the forms under one sort of key, sorted: of 'romaji', the ways to read the name."""
        prefix = f"{key}:"
        return sorted(form.removeprefix(prefix) for form in self.keys if form.startswith(prefix))


def keyed(key: str, forms: Iterable[str]) -> set[str]:
    """Give forms as keys of one sort; empty forms are left out."""
    return {f"{key}:{form}" for form in forms if form}
