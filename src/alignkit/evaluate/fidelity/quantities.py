"""Whether the numbers and dates of a headline survive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.align.facts import is_date
from alignkit.evaluate.fidelity.model import Finding, Span
from alignkit.evaluate.fidelity.periods import turned_periods
from alignkit.evaluate.fidelity.quantity_pairs import compare_readings
from alignkit.evaluate.fidelity.swaps import swapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.evaluate.fidelity.swaps import Swap
    from alignkit.text.quantities import Quantity


def check_quantities(source: Reading, output: Reading, references: Sequence[Reading], *, dates: bool) -> Finding:
    """Compare numbers, or dates and times.

    It is a conflict if source and output contradict each other in a number that no reference has, or if the output has
    in the place of a number of every reference another one that the source does not have. In that, a number that only
    resembles the reference's is another one, figures that no rule reads count too, and of dates so do periods told by
    their distance from now ('next year'). A number is missing if the output has none for it though every reference does.

    Args:
        source: The source.
        output: The output.
        references: The references; without any, the source alone decides.
        dates: Whether to compare dates and times, or else numbers.
    """
    own, theirs = output.facts.quantities, source.facts.quantities
    found = compare_readings(source, output)
    said = {j for _, j in found.matched}
    supported = {j for reference in references for _, j in compare_readings(reference, output).matched}
    wrong = [(i, j) for i, j in found.conflicting if is_date(own[j]) == dates and j not in supported]
    if wrong:
        return Finding("conflict", _spans(theirs, (i for i, _ in wrong)), _spans(own, (j for _, j in wrong)))
    swaps = [_swapped(source, output, reference, dates=dates) for reference in references]
    if swaps and all(added for _, added in swaps):
        lost, added = swaps[0]
        return Finding("conflict", output=added, reference=lost)
    kept_by_all = _kept_by_all(source, references)
    gone = [i for i in found.first_left if theirs[i].certain and is_date(theirs[i]) == dates and i in kept_by_all]
    if gone:
        return Finding("missing", source=_spans(theirs, gone))
    return Finding("agree" if any(is_date(own[j]) == dates for j in said) else "absent")


def _swapped(source: Reading, output: Reading, reference: Reading, *, dates: bool) -> Swap:
    """Give what is swapped, or what the two contradict each other in though the source says nothing of it."""
    lost, added = swapped(source, output, reference, dates=dates)
    if added:
        return lost, added
    if dates and (periods := turned_periods(source, output, reference))[1]:
        return periods
    old, own = reference.facts.quantities, output.facts.quantities
    said = {j for _, j in compare_readings(source, output).matched}
    found = compare_readings(reference, output).conflicting
    pairs = [(i, j) for i, j in found if is_date(own[j]) == dates and j not in said]
    return _spans(old, (i for i, _ in pairs)), _spans(own, (j for _, j in pairs))


def _kept_by_all(source: Reading, references: Sequence[Reading]) -> set[int]:
    """Give the places of the source's quantities that every reference has."""
    kept = set(range(len(source.facts.quantities)))
    for reference in references:
        kept &= {i for i, _ in compare_readings(source, reference).matched}
    return kept


def _spans(quantities: Sequence[Quantity], places: Iterable[int]) -> tuple[Span, ...]:
    chosen = (quantities[place] for place in sorted(set(places)))
    return tuple(Span(one.start, one.end, one.text) for one in chosen)
