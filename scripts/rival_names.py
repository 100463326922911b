"""The names of an English sentence, and others of their kind."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from rival_words import LONGEST_ACRONYM, Place, any_of, drawn, like, lists

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Mapping, Sequence


class Known(NamedTuple):
    """What a listed name is: its list, its row and which column of the row is exchanged for it."""

    group: str
    row: int
    column: int


PEOPLE_AND_PLACES: Final = {
    "person": ("japanese_surnames", "other_surnames"),
    "place": ("japanese_places", "other_places"),
}
GROUPS: Final = (
    "countries",
    "japanese_places",
    "other_places",
    "companies",
    "teams",
    "bodies",
    "offices",
    "parties",
    "japanese_surnames",
    "other_surnames",
    "japanese_given_names",
    "other_given_names",
)
SYLLABLE: Final = (
    "(?:(?:kk?|s?sh|ss?|t?ch|t?ts|tt?|pp?|[kgnhbpmr]y|[gznhbpmrwyjfd])?[aiueo]h?|n(?![aiueoy])|m(?=[bpm]))"
)
LATIN_JAPANESE: Final = re.compile(rf"(?=[A-Z])(?i:{SYLLABLE}{{3,12}})")
NOT_HEPBURN: Final = re.compile("si|ti|tu|hu|di|du|zi|we|wi|wu|ye|yi", re.IGNORECASE)
LEAST_VOWELS: Final = 3


def name_places(text: str, chooser: random.Random) -> Iterator[Place]:
    """Find names: those that are listed, and those that their form or their surroundings give away."""
    spans: dict[str, list[tuple[int, int]]] = {}
    known: dict[str, Known] = {}
    taken: set[int] = set()
    for span, what in (*listed_names(text), *unlisted_names(text)):
        if taken.isdisjoint(range(*span)):
            taken.update(range(*span))
            surface = text[slice(*span)]
            spans.setdefault(surface, []).append(span)
            known.setdefault(surface, what)
    for surface, found in spans.items():
        group, row, column = known[surface]
        rows = [other for place, other in enumerate(lists("names")[group]) if place != row]
        choices = drawn([other[column] for other in rows], chooser, text)
        yield Place(tuple(found), [like(choice, surface) for choice in choices])


def listed_names(text: str) -> Iterator[tuple[tuple[int, int], Known]]:
    """Give the listed names of a text, in title case or capitals."""
    pattern, known = listed()
    for match in pattern.finditer(text):
        yield match.span(), known[match[0]]


@cache
def listed() -> tuple[re.Pattern[str], Mapping[str, Known]]:
    """Give the pattern of all listed names, and what each is; a name of two lists is what the first says."""
    known: dict[str, Known] = {}
    for group in GROUPS:
        for row, forms in enumerate(lists("names")[group]):
            for place, form in enumerate(forms):
                what = Known(group, row, 1 if group == "countries" and place == 1 else 0)
                known.setdefault(form, what)
                if len(form) > LONGEST_ACRONYM:
                    known.setdefault(form.upper(), what)
    return re.compile(rf"(?<!\w){any_of(known)}(?!\w)"), known


def unlisted_names(text: str) -> Iterator[tuple[tuple[int, int], Known]]:
    """Give names that are in no list: behind a title or a first name, before an age, or spelled as Japanese ones are."""
    for kind, only_japanese, pattern in surroundings():
        for match in pattern.finditer(text):
            japanese = is_japanese(match["x"])
            if japanese or not only_japanese:
                yield match.span("x"), Known(PEOPLE_AND_PLACES[kind][0 if japanese else 1], -1, 0)


@cache
def surroundings() -> Sequence[tuple[Literal["person", "place"], bool, re.Pattern[str]]]:
    """Give the patterns of names: whose, and whether only of those spelled as Japanese ones. The first that fits is right."""
    names = lists("names")
    first_names = [row[0] for row in (*names["japanese_given_names"], *names["other_given_names"])]
    name = rf"(?!{any_of(names['no_names'])}\b)(?P<x>[A-Z][a-z]{{2,20}})"
    return (
        ("person", False, re.compile(rf"\b{any_of(names['titles'])} (?:{any_of(first_names)} )?{name}\b")),
        ("person", False, re.compile(rf"\b{any_of(first_names)} {name}\b")),
        ("person", False, re.compile(rf"\b{name} \([0-9]{{2}}\)")),
        ("place", True, re.compile(rf"\b{any_of(names['place_prepositions'])} {name}\b")),
        ("place", True, re.compile(rf"\b{name} {any_of(names['place_heads'])}\b")),
        ("person", True, re.compile(rf"\b{name}\b")),
    )


def is_japanese(word: str) -> bool:
    """Tell whether a word is spelled as Japanese names are in Latin letters, and no English word is known that is, too."""
    vowels = sum(character in "aiueo" for character in word.lower())
    return (
        vowels >= LEAST_VOWELS
        and LATIN_JAPANESE.fullmatch(word) is not None
        and NOT_HEPBURN.search(word) is None
        and word not in lists("names")["not_japanese"]
    )
