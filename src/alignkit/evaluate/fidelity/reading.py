"""A text as it is read for its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignkit.align.facts import read_facts
from alignkit.evaluate.fidelity.credit import credit_of
from alignkit.evaluate.fidelity.name_words import name_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.align.facts import Facts
    from alignkit.evaluate.fidelity.credit import Credit
    from alignkit.evaluate.fidelity.name_words import NameWord
    from alignkit.schema import Language


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What a text says; it is compared by identity, so that what became of two can be remembered at little cost.

    Attributes:
        text: The text.
        lang: Its language.
        facts: Its numbers, dates, names and cues.
        words: Its names word by word.
        credit: The agency that it names as where it is from, if it does.
    """

    text: str
    lang: Language
    facts: Facts
    words: tuple[NameWord, ...]
    credit: Credit | None


def read_texts(texts: Iterable[str], lang: Language) -> dict[str, Reading]:
    """Read texts, each once; they may be many, and are read together."""
    once = list(dict.fromkeys(texts))
    return {
        text: Reading(text, lang, facts, name_words(text, facts.names, lang), credit)
        for text, facts, credit in zip(once, read_facts(once, lang), credit_of(once), strict=True)
    }
