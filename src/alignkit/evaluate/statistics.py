"""Sufficient statistics: what each segment adds to a system's score, from which every score and test is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from alignkit.evaluate import formulas
from alignkit.evaluate.metrics import Scorer
from alignkit.evaluate.protocol import as_streams

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from alignkit.evaluate.formulas import FloatArray, Formula
    from alignkit.evaluate.metrics import Metric


@dataclass(frozen=True)
class Statistics:
    """What each segment adds to each system's score by a metric.

    Attributes:
        name: The metric's name.
        label: What the metric is called in tables.
        signature: How it was computed, in the words of whoever computed it.
        higher_is_better: Whether a better system has a higher score.
        values: (draws, systems, segments, statistics). A draw is one choice of references.
        formula: From summed statistics to a score; a system's score is the mean over draws.
        segment_formula: From a segment's statistics to its score.
        scores: (draws, systems): the scores of the whole set, as the metric's own program gives them.
    """

    name: str
    label: str
    signature: str
    higher_is_better: bool
    values: FloatArray
    formula: Formula
    segment_formula: Formula
    scores: FloatArray

    @property
    def segment_scores(self) -> FloatArray:
        """Each system's score on each segment, the mean over draws: (systems, segments)."""
        scores: FloatArray = self.segment_formula(self.values).mean(0)
        return scores

    def score_of(self, segments: npt.NDArray[np.bool_]) -> FloatArray:
        """Give each system's score on some of the segments, the mean over draws."""
        scores: FloatArray = self.formula(self.values[:, :, segments].sum(2)).mean(0)
        return scores

    def by_unit(self, codes: npt.NDArray[np.int64]) -> FloatArray:
        """Add up the segments of each unit: (draws, systems, units, statistics).

        Args:
            codes: The unit of each segment, numbered from 0 without a gap.
        """
        order = np.argsort(codes, kind="stable")
        starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
        return np.add.reduceat(self.values[:, :, order], starts, axis=2)


def extract(
    metric: Metric,
    outputs: Sequence[Sequence[str]],
    draws: Sequence[Sequence[Sequence[str]]],
    language: str,
    tokenize: str | None = None,
) -> Statistics:
    """Compute a metric's statistics with sacrebleu.

    Args:
        metric: The metric.
        outputs: Each system's outputs.
        draws: For each draw the references of each segment.
        language: The target language.
        tokenize: A tokenizer of sacrebleu for BLEU, in place of the language's.
    """
    values, scores = [], []
    for references in draws:
        scorer = Scorer(metric, as_streams(references), language, tokenize)
        of_systems = [scorer.statistics(texts) for texts in outputs]
        values.append(of_systems)
        scores.append([scorer.score(of_system) for of_system in of_systems])
    return Statistics(
        name=metric.name,
        label=metric.label,
        signature=scorer.signature,
        higher_is_better=metric.higher_is_better,
        values=np.array(values, dtype=np.float64),
        formula=metric.formula,
        segment_formula=metric.segment_formula,
        scores=np.array(scores, dtype=np.float64),
    )


def of_segment_scores(name: str, signature: str, scores: FloatArray, *, higher_is_better: bool) -> Statistics:
    """Give the statistics of a metric whose score is the mean of segments' scores.

    Args:
        name: The metric's name.
        signature: Where the scores are from.
        scores: (systems, segments).
        higher_is_better: Whether a better system has a higher score.
    """
    values = np.stack([scores, np.ones_like(scores)], axis=-1)[np.newaxis]
    means = scores.mean(1)[np.newaxis]
    return Statistics(name, name, signature, higher_is_better, values, formulas.mean, formulas.mean, means)
