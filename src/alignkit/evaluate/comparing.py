"""From statistics to what is said of systems: scores with intervals, pairs with p-values, clusters."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from alignkit.evaluate.clusters import standings
from alignkit.evaluate.result import Comparison, SystemScore
from alignkit.evaluate.significance import (
    bootstrap_scores,
    holm,
    interval,
    paired_bootstrap,
    paired_randomisation,
    win_rates,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from alignkit.evaluate.formulas import FloatArray
    from alignkit.evaluate.settings import EvaluationSettings
    from alignkit.evaluate.significance import Advance
    from alignkit.evaluate.statistics import Statistics


def compare(
    statistics: Statistics,
    names: Sequence[str],
    codes: npt.NDArray[np.int64],
    settings: EvaluationSettings,
    advance: Advance | None = None,
) -> tuple[tuple[SystemScore, ...], tuple[Comparison, ...]]:
    """Score systems and compare all pairs of them.

    Args:
        statistics: The systems' statistics by a metric.
        names: The systems' names.
        codes: The story of each segment, which is drawn as one.
        settings: The resamples, trials, seed, level and test are taken from them.
        advance: Is told how far the longest part of the work has come.
    """
    sums = statistics.by_unit(codes)
    resampled = bootstrap_scores(sums, statistics.formula, resamples=settings.resamples, seed=settings.seed)
    randomised = paired_randomisation(
        sums, statistics.formula, trials=settings.trials, seed=settings.seed, advance=advance
    )
    scores = statistics.scores.mean(0)
    bootstrapped = paired_bootstrap(statistics.formula(sums.sum(2)).mean(0), resampled)
    pairs = list(combinations(range(len(names)), 2))
    p_values = {"randomisation": randomised, "bootstrap": bootstrapped}
    corrected = {test: _corrected(values, pairs) for test, values in p_values.items()}
    told_apart = corrected[settings.test] < settings.level
    wins = win_rates(resampled, higher_is_better=statistics.higher_is_better)
    return _scores(statistics, names, resampled, told_apart, settings.level), tuple(
        Comparison(
            first=names[one],
            second=names[other],
            difference=float(scores[one] - scores[other]),
            low=float(low),
            high=float(high),
            wins=float(wins[one, other]),
            p_randomisation=float(randomised[one, other]),
            p_bootstrap=float(bootstrapped[one, other]),
            holm_randomisation=float(corrected["randomisation"][one, other]),
            holm_bootstrap=float(corrected["bootstrap"][one, other]),
            told_apart=bool(told_apart[one, other]),
        )
        for one, other in pairs
        for low, high in [interval(resampled[:, one] - resampled[:, other], settings.level)]
    )


def _scores(
    statistics: Statistics,
    names: Sequence[str],
    resampled: FloatArray,
    told_apart: npt.NDArray[np.bool_],
    level: float,
) -> tuple[SystemScore, ...]:
    scores = statistics.scores.mean(0)
    low, high = interval(resampled, level)
    several = len(statistics.scores) > 1
    spreads = statistics.scores.std(0, ddof=1).tolist() if several else [None] * len(names)
    places = standings(scores, told_apart, higher_is_better=statistics.higher_is_better)
    rows = zip(names, scores.tolist(), low.tolist(), high.tolist(), spreads, places, strict=True)
    return tuple(SystemScore(*row) for row in rows)


def _corrected(p_values: FloatArray, pairs: Sequence[tuple[int, int]]) -> FloatArray:
    """Correct the p-values of all pairs, and give them as a symmetric matrix again."""
    matrix = np.ones_like(p_values)
    for (one, other), value in zip(pairs, holm(np.array([p_values[pair] for pair in pairs])), strict=True):
        matrix[one, other] = matrix[other, one] = value
    return matrix
