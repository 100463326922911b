"""Which numbers of a reference are not in an output, and which others are there instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignkit.align.facts import is_date
from alignkit.evaluate.fidelity.figures import unread_figures, unread_values, values_of
from alignkit.evaluate.fidelity.model import Span
from alignkit.evaluate.fidelity.quantity_pairs import compare_readings, matched_among
from alignkit.text.quantities.agreement import agree
from alignkit.text.quantities.comparability import Relation, compare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.text.quantities import Quantity

Swap = tuple[tuple[Span, ...], tuple[Span, ...]]
"""What is lost, and what is there instead; both or none."""

_NO_RANGES: Final = frozenset({"score", "intensity"})


def swapped(source: Reading, output: Reading, reference: Reading, *, dates: bool) -> Swap:
    """Give the numbers of a reference that are lost, and those that are in the output instead.

    Both are of one language, so that more can be asked of them than that they agree: a range must have the same ends, and
    what is 'about' a number is no other one. An output's number is not instead of another if the source says it, and says
    it for no other number of the output that the reference has, too. Figures that are not read count as they stand.

    Args:
        source: The source.
        output: The output.
        reference: The reference.
        dates: Whether to look at dates and times, or else at numbers.
    """
    old, own = reference.facts.quantities, output.facts.quantities
    lost, added, kept = _left(reference, output)
    lost = [i for i in lost if is_date(old[i]) == dates]
    added = [j for j in added if is_date(own[j]) == dates]
    # What no rule reads is no date.
    lost_figures, added_figures = ((), ()) if dates else _figures(source, output, reference)
    if not (lost or lost_figures) or not (added or added_figures):
        return (), ()
    said = _said(source, output, kept, added)
    added = [j for j in added if j not in said]
    gone = (*_spans(old, lost), *lost_figures)
    come = (*_spans(own, added), *added_figures)
    return (gone, come) if gone and come else ((), ())


def _left(reference: Reading, output: Reading) -> tuple[list[int], list[int], list[int]]:
    """Give the places of what only the reference has, of what only the output has, and of what the output has of both."""
    old, own = reference.facts.quantities, output.facts.quantities
    compared = compare_readings(reference, output)
    same = [(i, j) for i, j in compared.matched if _is_same(old[i], own[j])]
    ours, theirs = {i for i, _ in same}, {j for _, j in same}
    lost = [i for i in range(len(old)) if i not in ours and _tells(old[i])]
    added = []
    for j, quantity in enumerate(own):
        if j in theirs:
            continue
        other = next((i for i in lost if _is_same(old[i], quantity) or _is_of_value(old[i], quantity)), None)
        if other is not None:
            lost.remove(other)
            theirs.add(j)
        elif _tells(quantity):
            added.append(j)
    return lost, added, sorted(theirs)


def _tells(quantity: Quantity) -> bool:
    """Tell whether a quantity cannot have come or gone by itself."""
    return quantity.certain or quantity.kind == "multiple"


def _is_same(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are the same at both ends, whatever words open them."""
    if (one.kind, one.unit, one.low, one.high) == (other.kind, other.unit, other.low, other.high):
        return True
    compared = compare(one, other)
    if not (one.certain and other.certain) or _NO_RANGES & {one.kind, other.kind}:
        return agree(one, other, compared)
    if compared.relation == Relation.NONE:
        return False
    ends = ((_at(one, one.low), _at(other, other.low)), (_at(one, one.high), _at(other, other.high)))
    return all(agree(ours, theirs, compare(ours, theirs)) for ours, theirs in ends)


def _at(quantity: Quantity, value: float) -> Quantity:
    return replace(quantity, low=value, high=value, approximate="")


def _is_of_value(one: Quantity, other: Quantity) -> bool:
    """Tell whether two quantities are one number, whatever it is of: 7件 and 7棟."""
    return (one.low, one.high) == (other.low, other.high)


def _said(source: Reading, output: Reading, kept: Sequence[int], added: Sequence[int]) -> set[int]:
    """Give the places of added quantities that the source says beside those that are kept."""
    theirs, own = source.facts.quantities, output.facts.quantities
    taken = {i for i, _ in matched_among(source, output, range(len(theirs)), kept)}
    free = [i for i in range(len(theirs)) if i not in taken]
    said = {j for i, j in matched_among(source, output, free, added) if _is_same(theirs[i], own[j])}
    unread = unread_values(source)
    return said | {j for j in added if own[j].low in unread}


def _figures(source: Reading, output: Reading, reference: Reading) -> Swap:
    """Give the figures that no rule reads that are lost, and those that are there instead."""
    gone, come = unread_figures(reference), unread_figures(output)
    ours = values_of(output) if gone else set()
    lost = [figure for figure in gone if figure.value not in ours]
    known = values_of(reference) | values_of(source) if come else set()
    added = [figure for figure in come if figure.value not in known]
    return (
        tuple(Span(one.start, one.end, reference.text[one.start : one.end]) for one in lost),
        tuple(Span(one.start, one.end, output.text[one.start : one.end]) for one in added),
    )


def _spans(quantities: Sequence[Quantity], places: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(quantities[place].start, quantities[place].end, quantities[place].text) for place in places)
