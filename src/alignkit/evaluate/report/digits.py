"""How many digits of a metric's scores are worth showing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from alignkit.evaluate.result import MetricResult

_SMALL: Final = 2
_DIGITS: Final = 2
_DIGITS_OF_SMALL: Final = 4


def digits_of(metric: MetricResult) -> int:
    """Give how many decimals a metric's scores are shown with: 2, or 4 where they are about 1, as COMET's are."""
    largest = max((abs(score.score) for score in metric.scores), default=0)
    return _DIGITS_OF_SMALL if largest < _SMALL else _DIGITS
