"""Which names are taken out of a unit's headlines, and what stands in their place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, Literal

from alignkit.text.data import read_words
from alignkit.text.names.folding import plain
from alignkit.text.names.tables import read_word_list
from alignkit.text.people.sound import same_name
from alignkit.text.people.tables import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.schema import Language
    from alignkit.text.people import Person

Rule = Literal["crime", "people"]
"""'crime': names in news of crime, courts, accidents and deaths, but for those that a public office stands by; 'people': all."""

PLACEHOLDER: Final = "[NAME]"
"""Short, in letters that both languages write, and in brackets that no headline has around a word: translators copy it."""


class UnitNames:
    """The people whom the headlines of one unit name, and which of them are taken out.

    Args:
        people: The mentions of all its headlines, with their languages.
        rule: What is taken out.

    Attributes:
        hidden: By language, the words of names that are taken out wherever they stand: English ones as `plain` has them.
        kept: By language, the words of names that stay, since a public office stands by them somewhere in the unit.
    """

    def __init__(self, people: Iterable[tuple[Language, Person]], rule: Rule) -> None:
        found = list(people)
        self._takes_all = rule == "people"
        self.kept: dict[Language, frozenset[str]] = {lang: frozenset() for lang in ("en", "ja")}
        if not self._takes_all:
            office = [(lang, person) for lang, person in found if person.standing == "office"]
            self.kept = {lang: _callable(office, lang) for lang in ("en", "ja")}
        hidden = [(lang, person) for lang, person in found if self.hides(person, lang)]
        self.hidden: dict[Language, frozenset[str]] = {
            lang: _callable(hidden, lang) - self.kept[lang] for lang in ("en", "ja")
        }

    def __bool__(self) -> bool:
        return any(self.hidden.values())

    def hides(self, person: Person, lang: Language) -> bool:
        """Tell whether a mention is taken out."""
        if self._takes_all or person.standing == "involved":
            return True
        return person.standing == "plain" and not any(
            self._is_kept(part, lang) for part in (*person.parts, person.text)
        )

    def _is_kept(self, part: str, lang: Language) -> bool:
        if lang == "en":
            return plain(part) in self.kept["en"] or any(same_name(part, name) for name in self.kept["ja"])
        return part in self.kept["ja"] or any(same_name(name, part) for name in self.kept["en"])


def _callable(people: Iterable[tuple[Language, Person]], lang: Language) -> frozenset[str]:
    """Give the words by which people may be called elsewhere, without those that are common words, too."""
    parts = {part for found, person in people if found == lang for part in person.parts}
    return frozenset(parts) if lang == "ja" else frozenset(map(plain, parts)) - _common_english()


@cache
def _common_english() -> frozenset[str]:
    lists = read_word_list("english_not_names.txt") | read_word_list("english_not_people.txt")
    return (
        lists | words("not_people_en.txt") | words("roles_en.txt") | frozenset(read_words("english_function_words.txt"))
    )
