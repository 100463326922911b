"""What can be checked in a headline - numbers, dates, names, and which way the news goes - and whether two agree in it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from alignkit.text.names import compare_names, read_names
from alignkit.text.negation import count_negations
from alignkit.text.polarity import compare_cues, read_cues
from alignkit.text.quantities import compare_quantities, read_quantities
from alignkit.text.turns import compare_turns, read_turns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.schema import Language, Verdict
    from alignkit.text.names import Name, NameCheck
    from alignkit.text.polarity import Cue, PolarityCheck
    from alignkit.text.quantities import Quantity, QuantityCheck
    from alignkit.text.turns import Turn, TurnCheck

DATE_KINDS: Final = frozenset({"day", "month", "year", "years", "weekday", "time"})
"""The kinds of quantities that are dates and times; all others are numbers."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be checked in one headline.

    Attributes:
        quantities: Its numbers, dates and times.
        names: Its names.
        cues: What says which way its news goes.
        turns: The periods that it tells by their distance from now.
        negations: How many negations it has.
    """

    quantities: Sequence[Quantity]
    names: Sequence[Name]
    cues: Sequence[Cue]
    turns: Sequence[Turn]
    negations: int


@dataclass(frozen=True, slots=True)
class Checks:
    """Whether what can be checked agrees: 'absent' where one of the headlines has nothing to compare."""

    numbers: Verdict
    dates: Verdict
    names: Verdict
    polarity: Verdict


_TEXTS_REMEMBERED: Final = 1 << 15
_READ: Final[dict[Language, dict[str, Facts]]] = {"en": {}, "ja": {}}

CHECKS: Final = tuple(field.name for field in fields(Checks))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of two headlines' facts.

    Attributes:
        quantities: Which numbers, dates and times agree and which conflict.
        names: The same of names.
        cues: The same of cues.
        turns: The same of turns; they are hints to the score and have no part in the verdicts.
        more_negations: How many more negations the English headline has; below 0 where the Japanese one has more.
        checks: The verdicts.
    """

    quantities: QuantityCheck
    names: NameCheck
    cues: PolarityCheck
    turns: TurnCheck
    more_negations: int
    checks: Checks


def read_facts(texts: Sequence[str], lang: Language) -> list[Facts]:
    """Read what can be checked in headlines proper; what was read lately is remembered."""
    known = _READ[lang]
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if len(known) + len(new) > _TEXTS_REMEMBERED:
        known.clear()
        new = list(dict.fromkeys(texts))
    known.update(
        (text, Facts(read_quantities(text, lang), names, cues, read_turns(text, lang), count_negations(text, lang)))
        for text, names, cues in zip(new, read_names(new, lang), read_cues(new, lang), strict=True)
    )
    return [known[text] for text in texts]


def compare_facts(en: Facts, ja: Facts) -> Comparison:
    """Compare the facts of an English and of a Japanese headline."""
    quantities = compare_quantities(en.quantities, ja.quantities)
    names = compare_names(en.names, ja.names)
    cues = compare_cues(en.cues, ja.cues)
    checks = Checks(
        numbers=_verdict(en, quantities, dates=False),
        dates=_verdict(en, quantities, dates=True),
        names=names.verdict,
        polarity=cues.verdict,
    )
    turns = compare_turns(en.turns, ja.turns)
    return Comparison(quantities, names, cues, turns, en.negations - ja.negations, checks)


def is_date(quantity: Quantity) -> bool:
    """Tell whether a quantity is a date or a time."""
    return quantity.kind in DATE_KINDS


def _verdict(en: Facts, check: QuantityCheck, *, dates: bool) -> Verdict:
    """Give the verdict on numbers, or on dates, of a check of both."""
    if any(is_date(en.quantities[place]) == dates for place, _ in check.conflicting):
        return "conflict"
    return "agree" if any(is_date(en.quantities[place]) == dates for place, _ in check.matched) else "absent"
