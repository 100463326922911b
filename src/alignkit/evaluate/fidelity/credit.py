"""Whether the credit of a headline survives: the mark that names its agency."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from alignkit.evaluate.fidelity.model import Finding, Span
from alignkit.text.data import read_rows
from alignkit.text.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.evaluate.fidelity.reading import Reading


class Credit(NamedTuple):
    """An agency as a headline credits it: the mark as it stands there, and the agency's Japanese short form."""

    mark: str
    agency: str


def credit_of(texts: Sequence[str]) -> list[Credit | None]:
    """Give the credit that each text bears, or None."""
    marks = [next(iter(found.of_kind("credit")), None) for found in normalise(texts)]
    return [None if mark is None else Credit(mark, _agency(mark)) for mark in marks]


def check_credit(source: Reading, output: Reading, references: Sequence[Reading]) -> Finding:
    """Compare credits; a reference that leaves the credit out excuses the output for leaving it out."""
    if source.credit is None:
        return Finding("absent")
    if output.credit is None:
        excused = any(reference.credit is None for reference in references)
        return Finding("absent") if excused else Finding("missing", source=(_span(source),))
    if output.credit.agency == source.credit.agency:
        return Finding("agree")
    supported = any(reference.credit and reference.credit.agency == output.credit.agency for reference in references)
    return Finding("agree") if supported else Finding("conflict", source=(_span(source),), output=(_span(output),))


def _span(reading: Reading) -> Span:
    mark = reading.credit.mark if reading.credit else ""
    # A mark in other characters than the text's is in the text as a whole.
    start = max(reading.text.find(mark), 0)
    return Span(start, start + len(mark) if mark in reading.text else len(reading.text), mark)


def _agency(mark: str) -> str:
    return next((agency for form, agency in _agencies() if form in mark), mark)


@cache
def _agencies() -> tuple[tuple[str, str], ...]:
    """Give each form of each agency's name with its Japanese short form, the longest first."""
    forms = [
        (form, row[0].partition("|")[0])
        for row in read_rows("agencies.tsv")
        for cell in row[:2]
        for form in cell.split("|")
    ]
    return tuple(sorted(forms, key=lambda item: (-len(item[0]), item[0])))
