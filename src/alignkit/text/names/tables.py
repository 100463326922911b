"""The tables of names beside this file, and what Babel has of CLDR, each loaded when it is first needed."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.names.folding import plain
from alignkit.text.romaji import fold_romaji
from alignkit.text.tokens import tokenise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignkit.schema import Language
    from alignkit.text.names.model import NameKind

NOT_A_NAME: Final = "!"
"""How the key of a row begins that holds what only looks like a name."""

_NONE: Final = "-"
_IN_PARENTHESES: Final = re.compile(r"^(?P<before>.*?) *\((?P<within>[^)]*)\)$")
# Where a form is in several, the first counts.
_TABLES: Final[tuple[tuple[str, NameKind, str], ...]] = (
    ("organisations.tsv", "organisation", "org"),
    ("offices.tsv", "office", "office"),
    ("places.tsv", "place", "place"),
    ("countries.tsv", "country", "country"),
)
# Regions of CLDR that are no country.
_NOT_COUNTRIES: Final = frozenset({"EU", "EZ", "QO", "UM", "UN", "XA", "XB", "ZZ"})


class Term(NamedTuple):
    """What a form of a table stands for."""

    kind: NameKind
    keys: frozenset[str]


class EnglishForm(NamedTuple):
    """An English form: its words, with a capital where the text must have one, and what it stands for."""

    words: tuple[str, ...]
    term: Term


def read_table(name: str) -> list[list[str]]:
    """Give the rows of a table."""
    return [line.split("\t") for line in _lines(name)]


@cache
def read_word_list(name: str) -> frozenset[str]:
    """Give the lines of a list of words."""
    return frozenset(_lines(name))


@cache
def japanese_terms() -> dict[str, Term]:
    """Give what Japanese forms stand for."""
    return _merged("ja")


@cache
def japanese_lengths() -> dict[str, tuple[int, ...]]:
    """Give, by their first character, how long Japanese forms are, the longest first."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for form in japanese_terms():
        lengths[form[0]].add(len(form))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


@cache
def english_forms() -> dict[str, tuple[EnglishForm, ...]]:
    """Give English forms by their first word, as `plain` writes it; of forms that begin alike the longest comes first."""
    found: dict[str, list[EnglishForm]] = defaultdict(list)
    for form, term in _merged("en").items():
        words = tuple(form[token.start : token.end] for token in tokenise([form], "en")[0])
        found[plain(words[0])].append(EnglishForm(words, term))
    return {first: tuple(sorted(forms, key=lambda form: -len(form.words))) for first, forms in found.items()}


@cache
def country_abbreviations() -> dict[str, tuple[str, bool]]:
    """Give the kanji that stand for countries: the code, and whether it is common enough to do so alone."""
    return {
        abbreviation.rstrip("?"): (code, not abbreviation.endswith("?"))
        for code, _, _, abbreviations in read_table("countries.tsv")
        for abbreviation in _forms(abbreviations)
    }


@cache
def continental_surnames() -> dict[str, tuple[str, ...]]:
    """Give how English writes Chinese and Korean surnames of one character, as `fold_romaji` folds it."""
    return {
        surname: tuple(fold_romaji(spelling) for spelling in spellings.split(" "))
        for surname, spellings in read_table("continental_surnames.tsv")
    }


@cache
def prefectures_of() -> dict[str, frozenset[str]]:
    """Give the prefectures that a place lies in, by its key; a place that is not there lies in none, or in several."""
    found = {f"place:{code}": frozenset({code}) for code, *_ in read_table("prefectures.tsv")}
    for key, _, _, codes in read_table("places.tsv"):
        if _forms(codes):
            found[f"place:{key}"] = frozenset(_forms(codes))
    return found


def _merged(lang: Language) -> dict[str, Term]:
    """Bring together what one form stands for in several rows; of different kinds the first row's counts."""
    merged: dict[str, Term] = {}
    for form, term in _all_terms(lang):
        known = merged.get(form)
        if known is None:
            merged[form] = term
        elif known.kind == term.kind:
            merged[form] = Term(known.kind, known.keys | term.keys)
    return merged


def _all_terms(lang: Language) -> Iterator[tuple[str, Term]]:
    yield from _prefecture_terms(lang)
    column = 1 if lang == "en" else 2
    for table, kind, prefix in _TABLES:
        for row in read_table(table):
            keys = frozenset() if row[0].startswith(NOT_A_NAME) else frozenset({f"{prefix}:{row[0]}"})
            for form in _forms(row[column]):
                yield form, Term(kind, keys)
    yield from _cldr_countries(lang)
    yield from _cldr_cities(lang)


def _prefecture_terms(lang: Language) -> Iterator[tuple[str, Term]]:
    """Give the prefectures with and without what they are; without it, the name may be a person's or a city's, too."""
    for code, romaji, kanji in read_table("prefectures.tsv"):
        key = f"place:{code}"
        either = Term("place", frozenset({key, f"romaji:{plain(_forms(romaji)[0])}"}))
        if lang == "ja":
            yield kanji, Term("place", frozenset({key}))
            yield kanji if kanji == "北海道" else kanji[:-1], either
        else:
            for form in _forms(romaji):
                yield form, either


def _cldr_countries(lang: Language) -> Iterator[tuple[str, Term]]:
    from babel import Locale  # noqa: PLC0415 - a tenth of a second, only where names are read

    for code, name in Locale(lang).territories.items():
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES:  # noqa: PLR2004 - others are continents
            term = Term("country", frozenset({f"country:{code}"}))
            yield from ((form, term) for form in _spellings(name))


def _cldr_cities(lang: Language) -> Iterator[tuple[str, Term]]:
    """Give the cities that time zones are named after."""
    from babel import Locale  # noqa: PLC0415

    english = Locale("en").time_zones
    for zone, japanese in Locale("ja").time_zones.items():
        # In English a city is given only where it is not what the zone is called.
        city = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if "city" in japanese and "," not in city:
            term = Term("place", frozenset({f"place:{plain(city).replace(' ', '-')}"}))
            yield from ((form, term) for form in _spellings(city if lang == "en" else japanese["city"]))


def _spellings(name: str) -> Iterator[str]:
    """Give a name of CLDR's as headlines write it: 'Myanmar (Burma)' is either, '&' is 'and'."""
    match = _IN_PARENTHESES.match(name)
    for part in (match["before"], match["within"]) if match else (name,):
        yield part.strip()
        if "&" in part:
            yield part.replace("&", "and")
        if part.startswith("St. "):
            yield part.replace("St. ", "Saint ")


def _forms(cell: str) -> list[str]:
    return [] if cell == _NONE else cell.split("; ")


def _lines(name: str) -> Iterator[str]:
    content = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in content.splitlines() if line and not line.startswith("#"))
