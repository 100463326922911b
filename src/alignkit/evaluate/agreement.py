"""How well metrics agree with people: rank correlation of systems, and pairwise accuracy on segments."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy.stats import kendalltau, pearsonr

from alignkit.errors import InputError
from alignkit.evaluate.imported import finite
from alignkit.evaluate.text_rows import read_text_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

    from alignkit.evaluate.formulas import FloatArray
    from alignkit.evaluate.statistics import Statistics

_MISSING: Final = "None"
_LEAST_SYSTEMS: Final = 2


@dataclass(frozen=True)
class HumanScores:
    """What people gave systems; higher is better.

    Attributes:
        systems: Each system's score; nan where people gave none.
        segments: (systems, segments): each output's score; nan where people gave none; None if there are none.
    """

    systems: FloatArray
    segments: FloatArray | None = None


@dataclass(frozen=True)
class Agreement:
    """How well a metric agrees with people.

    Attributes:
        metric: The metric.
        level: 'system', or 'segment': outputs of different systems for the same segment.
        pairs: How many pairs were compared.
        kendall: Kendall's tau-b.
        accuracy: The share of pairs that the metric orders, or ties, as people do.
        epsilon: The difference up to which the metric's scores were taken for tied; 0 between systems.
        pearson: Pearson's correlation; None on segments.
    """

    metric: str
    level: Literal["system", "segment"]
    pairs: int
    kendall: float
    accuracy: float
    epsilon: float
    pearson: float | None = None


def read_human_scores(path: Path, systems: Sequence[str], segments: int) -> HumanScores:
    """Read human scores in mt-metrics-eval's format: lines of 'system score', 'None' where there is none.

    With one line for each system they are of systems; with one for each segment of each system, in order, of segments.

    Raises:
        InputError: It cannot be read, or a system does not have one line, or one for each segment.
    """
    found: dict[str, list[float]] = {name: [] for name in systems}
    for row, line in enumerate(read_text_lines(path), 1):
        fields = line.split()
        if len(fields) != 2:  # noqa: PLR2004 - a system and a score
            raise InputError("is not 'system score'", path=path, row=row, value=line)
        if fields[0] in found:
            found[fields[0]].append(math.nan if fields[1] == _MISSING else finite(fields[1], path, row))
    for name, values in found.items():
        if len(values) not in {1, segments} or len(values) != len(found[systems[0]]):
            problem = f"has {len(values):,} scores for {name}"
            raise InputError(problem, path=path, remedy=f"Give each system one, or {segments:,} for its segments.")
    scores = np.array([found[name] for name in systems], dtype=np.float64)
    if scores.shape[1] == 1 and segments != 1:
        return HumanScores(scores[:, 0])
    given = ~np.isnan(scores)
    means = np.divide(
        np.where(given, scores, 0).sum(1), given.sum(1), out=np.full(len(scores), np.nan), where=given.any(1)
    )
    return HumanScores(means, scores)


def agreements(statistics: Statistics, human: HumanScores) -> list[Agreement]:
    """Compare a metric with people, on systems and, where there are human scores of them, on segments."""
    sign = 1.0 if statistics.higher_is_better else -1.0
    found = []
    judged = ~np.isnan(human.systems)
    if judged.sum() >= _LEAST_SYSTEMS:
        found.append(_of_systems(statistics.name, sign * statistics.scores.mean(0)[judged], human.systems[judged]))
    if human.segments is not None and (pairs := _pairs(sign * statistics.segment_scores, human.segments)).size:
        metric, people, weights = pairs
        accuracy, epsilon = calibrated_accuracy(metric, people, weights)
        level: Final = "segment"
        found.append(Agreement(statistics.name, level, len(metric), _tau_b(metric, people), accuracy, epsilon))
    return found


def calibrated_accuracy(metric: FloatArray, human: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Give pairwise accuracy with ties, and the tie threshold that makes it largest (Deutsch et al., 2023, section 5).

    Args:
        metric: The difference of the metric's scores for each pair of outputs.
        human: The difference of people's.
        weights: What each pair counts for; they add up to 1.

    Returns:
        The accuracy, and the largest difference of the metric's scores that is taken for a tie.
    """
    order = np.argsort(np.abs(metric), kind="stable")
    sizes = np.abs(metric[order])
    tied = np.where(human[order] == 0, weights[order], 0.0)
    ordered = np.where((np.sign(metric) == np.sign(human))[order] & (human[order] != 0), weights[order], 0.0)
    # With the first n pairs taken for ties; a threshold has to take all pairs of the same size or none.
    accuracy = np.concatenate([[0.0], np.cumsum(tied)]) + ordered.sum() - np.concatenate([[0.0], np.cumsum(ordered)])
    thresholds = np.concatenate([[-1.0], sizes])
    possible = np.append(thresholds[1:] > thresholds[:-1], True)
    possible[0] = not len(sizes) or sizes[0] > 0
    best = int(np.argmax(np.where(possible, accuracy, -1.0)))
    return float(accuracy[best]), max(0.0, float(thresholds[best]))


def _of_systems(name: str, metric: FloatArray, human: FloatArray) -> Agreement:
    first, second = np.triu_indices(len(metric), k=1)
    same = np.sign(metric[first] - metric[second]) == np.sign(human[first] - human[second])
    constant = np.ptp(metric) == 0 or np.ptp(human) == 0
    return Agreement(
        metric=name,
        level="system",
        pairs=len(first),
        kendall=0.0 if constant else float(kendalltau(metric, human).statistic),
        accuracy=float(same.mean()),
        epsilon=0.0,
        pearson=0.0 if constant else float(pearsonr(metric, human).statistic),
    )


def _pairs(metric: FloatArray, human: FloatArray) -> npt.NDArray[np.float64]:
    """Give the differences of both for each pair of systems on each segment, and its weight: each segment counts alike."""
    first, second = np.triu_indices(len(metric), k=1)
    people = human[first] - human[second]
    judged = ~np.isnan(people)
    of_segment = judged.sum(0)
    weights = np.divide(1.0, of_segment, out=np.zeros(len(of_segment)), where=of_segment > 0)
    weights /= max(1, (of_segment > 0).sum())
    return np.stack(
        [(metric[first] - metric[second])[judged], people[judged], np.broadcast_to(weights, judged.shape)[judged]]
    )


def _tau_b(metric: FloatArray, human: FloatArray) -> float:
    """Give Kendall's tau-b over pairs of outputs for the same segment, pooled."""
    agree = np.sign(metric) * np.sign(human)
    ordered = math.sqrt(float((metric != 0).sum()) * float((human != 0).sum()))
    return float(agree.sum()) / ordered if ordered else 0.0
