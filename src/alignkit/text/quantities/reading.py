"""What both readers are made of: the place at which a number stands, and the quantity made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from alignkit.text.quantities.model import Approximation, Kind, Quantity

if TYPE_CHECKING:
    from alignkit.text.quantities.numerals import Numeral
    from alignkit.text.quantities.tables import Unit


@dataclass(slots=True)
class Site:
    """A numeral and where it stands.

    Attributes:
        text: The text as given.
        folded: The text as `alignkit.text.quantities.folding.fold` gives it, of the same length.
        start: Where the numeral begins.
        end: Where it ends.
        numeral: Its value.
        certain: Whether it is certainly a number.
        approximate: Which way the words around it open it.
    """

    text: str
    folded: str
    start: int
    end: int
    numeral: Numeral
    certain: bool = True
    approximate: Approximation = ""

    def quantity(self, kind: str, unit: str, end: int, numeral: Numeral | None = None, *, start: int = -1) -> Quantity:
        """Make the quantity that ends at `end`, with the site's own value unless another is given."""
        value = numeral or self.numeral
        begin = self.start if start < 0 else start
        return Quantity(
            start=begin,
            end=end,
            text=self.text[begin:end],
            kind=cast("Kind", kind),
            unit=unit,
            low=value.low,
            high=value.high,
            precision=value.precision,
            approximate=self.approximate,
            certain=self.certain,
        )


def word_quantity(text: str, start: int, end: int, word: Unit) -> Quantity:
    """Make a quantity of a word that is one without a number."""
    certain = word.kind in {"month", "weekday", "time"}
    return Quantity(
        start, end, text[start:end], cast("Kind", word.kind), word.unit, word.factor, word.factor, 1.0, certain=certain
    )


def is_named(folded: str, start: int, names: tuple[tuple[str, int], ...]) -> bool:
    """Tell whether one of these names stands where its numeral would begin at `start`."""
    return any(offset <= start and folded.startswith(name, start - offset) for name, offset in names)
