"""Whether the numbers and dates of a headline survive."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from alignkit.align.facts import is_date
from alignkit.evaluate.fidelity.model import Finding, Span
from alignkit.text.quantities import compare_quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.text.quantities import Quantity

_REMEMBERED: Final = 1 << 16


class _Compared(NamedTuple):
    """Two texts' quantities, the second's against the first's: pairs that match and that conflict, and what is left over."""

    matched: tuple[tuple[int, int], ...]
    conflicting: tuple[tuple[int, int], ...]
    first_left: tuple[int, ...]
    second_left: tuple[int, ...]


def check_quantities(source: Reading, output: Reading, references: Sequence[Reading], *, dates: bool) -> Finding:
    """Compare numbers, or dates and times.

    It is a conflict if source and output contradict each other in a number that no reference has, or if the output has
    in the place of a number of every reference another one that the source does not have. A number is missing if the
    output has none for it though every reference does.

    Args:
        source: The source.
        output: The output.
        references: The references; without any, the source alone decides.
        dates: Whether to compare dates and times, or else numbers.
    """
    own, theirs, olds = output.facts.quantities, source.facts.quantities, [one.facts.quantities for one in references]
    found = _compare(source, output)
    by_reference = [_compare(reference, output) for reference in references]
    said = {j for _, j in found.matched}
    supported = {j for compared in by_reference for _, j in compared.matched}
    wrong = [(i, j) for i, j in found.conflicting if is_date(own[j]) == dates and j not in supported]
    if wrong:
        return Finding("conflict", _spans(theirs, (i for i, _ in wrong)), _spans(own, (j for _, j in wrong)))
    swaps = [_swapped(old, own, compared, said, dates=dates) for old, compared in zip(olds, by_reference, strict=True)]
    if swaps and all(added for _, added in swaps):
        lost, added = swaps[0]
        return Finding("conflict", output=_spans(own, added), reference=_spans(olds[0], lost))
    kept_by_all = _kept_by_all(source, references)
    gone = [i for i in found.first_left if theirs[i].certain and is_date(theirs[i]) == dates and i in kept_by_all]
    if gone:
        return Finding("missing", source=_spans(theirs, gone))
    return Finding("agree" if any(is_date(own[j]) == dates for j in said) else "absent")


def _swapped(
    old: Sequence[Quantity], own: Sequence[Quantity], compared: _Compared, said: set[int], *, dates: bool
) -> tuple[list[int], list[int]]:
    """Give the places of quantities of a reference that are lost, and of those that stand there instead; both or none."""
    lost = [i for i in compared.first_left if old[i].certain and is_date(old[i]) == dates]
    added = [j for j in compared.second_left if own[j].certain and is_date(own[j]) == dates and j not in said]
    if lost and added:
        return lost, added
    pairs = [(i, j) for i, j in compared.conflicting if is_date(own[j]) == dates and j not in said]
    return [i for i, _ in pairs], [j for _, j in pairs]


def _kept_by_all(source: Reading, references: Sequence[Reading]) -> set[int]:
    """Give the places of the source's quantities that every reference has."""
    kept = set(range(len(source.facts.quantities)))
    for reference in references:
        kept &= {i for i, _ in _compare(source, reference).matched}
    return kept


@lru_cache(maxsize=_REMEMBERED)
def _compare_texts(first: tuple[Quantity, ...], second: tuple[Quantity, ...]) -> _Compared:
    found = compare_quantities(first, second)
    return _Compared(found.matched, found.conflicting, found.en_left, found.ja_left)


def _compare(first: Reading, second: Reading) -> _Compared:
    """Compare two texts, of two languages or of one; the English one comes first where there are two."""
    if (first.lang, second.lang) != ("ja", "en"):
        return _compare_texts(tuple(first.facts.quantities), tuple(second.facts.quantities))
    found = _compare_texts(tuple(second.facts.quantities), tuple(first.facts.quantities))
    return _Compared(_turned(found.matched), _turned(found.conflicting), found.second_left, found.first_left)


def _turned(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((j, i) for i, j in pairs)


def _spans(quantities: Sequence[Quantity], places: Iterable[int]) -> tuple[Span, ...]:
    chosen = (quantities[place] for place in sorted(set(places)))
    return tuple(Span(one.start, one.end, one.text) for one in chosen)
