"""Whether two systems differ by more than chance: resampling from sufficient statistics, all systems at once.

What is drawn is a unit: a story with all of its segments, since segments of one story are not independent. Where every
segment is a story, the draws are those of sacrebleu with the same seed, and so are the p-values but for ties: a system
against itself has p = 1 here, and the least p there is in sacrebleu.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from alignkit.evaluate.formulas import FloatArray, Formula

Advance: TypeAlias = "Callable[[int, int], None]"

_BLOCK_NUMBERS: Final = 1 << 21
"""How many numbers a block of resamples may hold, so that memory does not grow with the number of resamples."""
_WORD_BITS: Final = 32
"""numpy draws so many truth values at once; blocks of a multiple of it go on where the one before ended."""
_TIE: Final = 1e-9
"""Scores closer than this are equal: sums in another order differ by less."""


def bootstrap_scores(sums: FloatArray, formula: Formula, *, resamples: int, seed: int) -> FloatArray:
    """Score systems on resamples of the units, drawn with replacement (Koehn, 2004), the same for all systems.

    Args:
        sums: (draws, systems, units, statistics).
        formula: From summed statistics to a score.
        resamples: How many resamples to draw.
        seed: What the draws follow from.

    Returns:
        (resamples, systems): scores, the mean over draws of references.
    """
    draws, systems, units, width = sums.shape
    flat = sums.transpose(2, 0, 1, 3).reshape(units, -1)
    scores = [
        formula((weights @ flat).reshape(-1, draws, systems, width)).mean(1)
        for weights in _resample_weights(units, resamples, seed)
    ]
    return np.concatenate(scores)


def interval(scores: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Give the bounds between which all but a share of resampled scores lie, half of that share on either side.

    They are scores that were drawn, by the rule of sacrebleu, whose half-width is half of their distance.

    Args:
        scores: (resamples, …).
        level: The share that is left out, such as 0.05.
    """
    ordered = np.sort(scores, axis=0)
    lowest = int(len(scores) * level / 2)
    return ordered[lowest], ordered[len(scores) - lowest - 1]


def paired_bootstrap(observed: FloatArray, resampled: FloatArray) -> FloatArray:
    """Give the p-value of each pair of systems by paired bootstrap resampling.

    The statistic is sacrebleu's (and Moses'): how often the absolute difference exceeds its own mean by more than the
    observed difference. It is in effect one-sided, as is Koehn's (2004) share of resamples that the better system wins.

    Args:
        observed: The systems' scores.
        resampled: (resamples, systems).

    Returns:
        (systems, systems), symmetric; 1 on the diagonal and where two never differ.
    """
    count = len(observed)
    p_values = np.ones((count, count))
    for one in range(count):
        differences = np.abs(resampled[:, one, np.newaxis] - resampled)
        beyond = differences - differences.mean(0) > np.abs(observed[one] - observed)
        p_values[one] = (beyond.sum(0) + 1) / (len(resampled) + 1)
        p_values[one, differences.max(0) <= _TIE] = 1.0
    return p_values


def win_rates(resampled: FloatArray, *, higher_is_better: bool) -> FloatArray:
    """Give the share of resamples on which the first of two systems is the better one (Koehn, 2004); a tie is half.

    Args:
        resampled: (resamples, systems).
        higher_is_better: Whether a better system has a higher score.

    Returns:
        (systems, systems).
    """
    sign = 1.0 if higher_is_better else -1.0
    differences = sign * (resampled[:, :, np.newaxis] - resampled[:, np.newaxis, :])
    rates: FloatArray = ((differences > _TIE) + 0.5 * (np.abs(differences) <= _TIE)).mean(0)
    return rates


def paired_randomisation(
    sums: FloatArray, formula: Formula, *, trials: int, seed: int, advance: Advance | None = None
) -> FloatArray:
    """Give the p-value of each pair of systems by approximate randomisation (Riezler & Maxwell, 2005), two-sided.

    In each trial the two systems exchange their outputs for about half of the units, the same for all pairs.

    Args:
        sums: (draws, systems, units, statistics).
        formula: From summed statistics to a score.
        trials: How many trials to make.
        seed: What the trials follow from.
        advance: Is told how many trials of how many are made.

    Returns:
        (systems, systems), symmetric; 1 on the diagonal.
    """
    draws, systems, units, width = sums.shape
    first, second = np.triu_indices(systems, k=1)
    flat = sums.transpose(2, 0, 1, 3).reshape(units, -1)
    whole = sums.sum(2)
    observed = formula(whole).mean(0)
    differences = np.abs(observed[first] - observed[second])
    exceeding = np.zeros(len(first), dtype=np.int64)
    rng = np.random.default_rng(seed)
    block = max(1, _BLOCK_NUMBERS // max(units, draws * len(first) * width) // _WORD_BITS) * _WORD_BITS
    for start in range(0, trials, block):
        keeps = rng.integers(2, size=(min(block, trials - start), units), dtype=bool)
        kept = (keeps.astype(np.float64) @ flat).reshape(-1, draws, systems, width)
        given = whole - kept
        one = formula(kept[:, :, first] + given[:, :, second]).mean(1)
        other = formula(given[:, :, first] + kept[:, :, second]).mean(1)
        exceeding += (np.abs(one - other) >= differences - _TIE).sum(0)
        if advance is not None:
            advance(min(start + block, trials), trials)
    p_values = np.ones((systems, systems))
    p_values[first, second] = p_values[second, first] = (exceeding + 1) / (trials + 1)
    return p_values


def holm(p_values: FloatArray) -> FloatArray:
    """Correct p-values for how many there are (Holm, 1979): each is the least level at which it would be rejected.

    Args:
        p_values: The p-values of one family of tests, one axis.
    """
    count = len(p_values)
    order = np.argsort(p_values, kind="stable")
    stepped = np.maximum.accumulate(p_values[order] * (count - np.arange(count)))
    corrected = np.empty(count)
    corrected[order] = np.minimum(stepped, 1.0)
    return corrected


def _resample_weights(units: int, resamples: int, seed: int) -> Iterator[FloatArray]:
    """Give how often each unit is in each resample, a block of resamples at a time."""
    rng = np.random.default_rng(seed)
    block = max(1, _BLOCK_NUMBERS // units)
    for start in range(0, resamples, block):
        size = min(block, resamples - start)
        drawn: npt.NDArray[np.int64] = rng.choice(units, size=(size, units), replace=True)
        drawn += np.arange(size)[:, np.newaxis] * units
        yield np.bincount(drawn.ravel(), minlength=size * units).reshape(size, units).astype(np.float64)
