"""Which periods told by their distance from now are others in an output than in a reference: 'last year' for 'this year'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignkit.evaluate.fidelity.model import Span
from alignkit.text.turns import compare_turns

if TYPE_CHECKING:
    from alignkit.evaluate.fidelity.reading import Reading
    from alignkit.evaluate.fidelity.swaps import Swap
    from alignkit.text.turns import Turn, TurnCheck


def turned_periods(source: Reading, output: Reading, reference: Reading) -> Swap:
    """Give the periods of a reference that are others in the output, and those others; none that the source says.

    Args:
        source: The source.
        output: The output.
        reference: The reference.
    """
    pairs = compare_turns(reference.facts.turns, output.facts.turns).conflicting
    if not pairs:
        return (), ()
    said = _said(source, output)
    wrong = [(i, j) for i, j in pairs if j not in said]
    return (
        tuple(_span(reference, reference.facts.turns[i]) for i, _ in wrong),
        tuple(_span(output, output.facts.turns[j]) for _, j in wrong),
    )


def _said(source: Reading, output: Reading) -> set[int]:
    """Give the places of the output's turns that the source has, too."""
    if output.lang == "ja":
        return {j for _, j in _compare(source, output).matched}
    return {i for i, _ in _compare(output, source).matched}


def _compare(en: Reading, ja: Reading) -> TurnCheck:
    return compare_turns(en.facts.turns, ja.facts.turns)


def _span(reading: Reading, turn: Turn) -> Span:
    return Span(turn.start, turn.end, reading.text[turn.start : turn.end])
