"""sacrebleu's way from summed statistics to a score, for any number of sums at once.

What a system's score is comes from sacrebleu itself. These are for the thousands of resampled sums, and give the same
as sacrebleu's `compute_bleu`, `_compute_f_score` and `TER` for each (tests hold them against each other).

Each function takes an array whose last axis has the statistics in sacrebleu's order, and gives one without that axis.
"""

from __future__ import annotations

from typing import Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]

_ORDERS: Final = 4
_BETA_SQUARED: Final = 4.0


class Formula(Protocol):
    """A function from summed statistics to scores."""

    def __call__(self, sums: FloatArray, /) -> FloatArray:
        """Give the score of each row of sums."""


def bleu(sums: FloatArray) -> FloatArray:
    """Give BLEU (Papineni et al., 2002) with exponential smoothing, as of a corpus.

    Args:
        sums: Output length, reference length, 4 counts of n-grams that match, 4 counts of n-grams.
    """
    return _bleu(sums, effective_order=False)


def sentence_bleu(sums: FloatArray) -> FloatArray:
    """Give BLEU over the orders that a sentence is long enough for, as `sacrebleu --sentence-level`."""
    return _bleu(sums, effective_order=True)


def chrf(sums: FloatArray) -> FloatArray:
    """Give chrF (Popović, 2015) or chrF++ with beta 2, averaged over the orders that both texts are long enough for.

    Args:
        sums: For each order the n-grams of the output, of the reference, and of both.
    """
    of_output, of_reference, of_both = (sums[..., part::3] for part in range(3))
    counted = (of_output > 0) & (of_reference > 0)
    orders = np.maximum(counted.sum(-1), 1)
    precision = np.divide(of_both, of_output, out=np.zeros_like(of_both), where=counted).sum(-1) / orders
    recall = np.divide(of_both, of_reference, out=np.zeros_like(of_both), where=counted).sum(-1) / orders
    weighted = _BETA_SQUARED * precision + recall
    product = (1 + _BETA_SQUARED) * precision * recall
    scores: FloatArray = np.divide(100 * product, weighted, out=np.zeros_like(product), where=weighted > 0)
    return scores


def ter(sums: FloatArray) -> FloatArray:
    """Give TER (Snover et al., 2006).

    Args:
        sums: The number of edits, and the references' mean length.
    """
    edits, length = sums[..., 0], sums[..., 1]
    of_nothing = np.where(edits > 0, 100.0, 0.0)
    return np.divide(100 * edits, length, out=of_nothing, where=length > 0)


def mean(sums: FloatArray) -> FloatArray:
    """Give the mean of segments' scores.

    Args:
        sums: The sum of the scores, and their number.
    """
    return np.divide(sums[..., 0], sums[..., 1], out=np.zeros_like(sums[..., 0]), where=sums[..., 1] > 0)


def _bleu(sums: FloatArray, *, effective_order: bool) -> FloatArray:
    length, reference_length = sums[..., 0], sums[..., 1]
    matches, totals = sums[..., 2 : 2 + _ORDERS], sums[..., 2 + _ORDERS :]
    # Each order without a match halves what an order without a match counts for.
    halvings = np.cumsum(matches == 0, axis=-1)
    smoothed = np.where(matches > 0, matches, 0.5**halvings)
    possible = totals > 0
    logs = np.log(np.divide(100 * smoothed, totals, out=np.ones_like(totals), where=possible))
    orders = np.maximum(possible.sum(-1), 1) if effective_order else _ORDERS
    ratio = np.divide(reference_length, length, out=np.ones_like(length), where=length > 0)
    penalty = np.where(length < reference_length, np.exp(1 - ratio), 1.0)
    scores = penalty * np.exp(np.where(possible, logs, 0.0).sum(-1) / orders)
    counts = matches.any(-1) & (effective_order | possible.all(-1))
    return np.where(counts, scores, 0.0)
