"""Which quantities of two texts are the same, whichever languages the texts are in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.text.quantities import compare_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.text.quantities import Quantity

_REMEMBERED: Final = 1 << 16
# An output is compared with its source and its references several times, and then no more.
_OF_ONE_OUTPUT: Final = 1 << 6


class Pairs(NamedTuple):
    """Two texts' quantities, the second's against the first's: pairs that match and that conflict, and what is left over."""

    matched: tuple[tuple[int, int], ...]
    conflicting: tuple[tuple[int, int], ...]
    first_left: tuple[int, ...]
    second_left: tuple[int, ...]


@lru_cache(maxsize=_OF_ONE_OUTPUT)
def compare_readings(first: Reading, second: Reading) -> Pairs:
    """Compare the quantities of two texts, of two languages or of one."""
    ours, theirs = tuple(first.facts.quantities), tuple(second.facts.quantities)
    if not (ours and theirs):
        return Pairs((), (), tuple(range(len(ours))), tuple(range(len(theirs))))
    return _compare(ours, theirs, turned=(first.lang, second.lang) == ("ja", "en"))


def matched_among(
    first: Reading, second: Reading, ours: Sequence[int], theirs: Sequence[int]
) -> Sequence[tuple[int, int]]:
    """Give the pairs that match if some quantities of either text are all that it has."""
    if not (ours and theirs):
        return []
    chosen = tuple(first.facts.quantities[i] for i in ours)
    others = tuple(second.facts.quantities[j] for j in theirs)
    pairs = _compare(chosen, others, turned=(first.lang, second.lang) == ("ja", "en"))
    return [(ours[i], theirs[j]) for i, j in pairs.matched]


@lru_cache(maxsize=_REMEMBERED)
def _compare(first: tuple[Quantity, ...], second: tuple[Quantity, ...], *, turned: bool) -> Pairs:
    """Compare quantities; the English ones come first where there are two languages."""
    if turned:
        found = compare_quantities(second, first)
        return Pairs(_turned(found.matched), _turned(found.conflicting), found.ja_left, found.en_left)
    found = compare_quantities(first, second)
    return Pairs(found.matched, found.conflicting, found.en_left, found.ja_left)


def _turned(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((j, i) for i, j in pairs)
