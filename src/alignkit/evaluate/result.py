"""What an evaluation found, as data: for tables, for a machine, and for further checks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

import alignkit

if TYPE_CHECKING:
    from alignkit.evaluate.agreement import Agreement
    from alignkit.evaluate.clusters import Standing
    from alignkit.evaluate.fidelity.model import Fidelity
    from alignkit.evaluate.protocol import Protocol
    from alignkit.evaluate.references import Ceiling, CountRow
    from alignkit.evaluate.settings import EvaluationSettings
    from alignkit.evaluate.slices import Slice
    from alignkit.evaluate.statistics import Statistics
    from alignkit.evaluate.systems import SystemOutput
    from alignkit.evaluate.testset import EvaluationSet


@dataclass(frozen=True)
class SystemScore:
    """A system's score by a metric.

    Attributes:
        system: The system.
        score: Its score, the mean over draws of references.
        low: The lower bound of its bootstrap interval.
        high: The upper bound.
        spread: The standard deviation over draws of references; None if there was one draw.
        standing: Its cluster and ranks.
    """

    system: str
    score: float
    low: float
    high: float
    spread: float | None
    standing: Standing


@dataclass(frozen=True)
class Comparison:
    """Two systems by a metric.

    Attributes:
        first: The one that was given first.
        second: The other.
        difference: The first's score less the second's.
        low: The lower bound of the difference's bootstrap interval.
        high: The upper bound.
        wins: The share of resamples on which the first is the better one.
        p_randomisation: The p-value by approximate randomisation, two-sided.
        p_bootstrap: The p-value by paired bootstrap resampling, as sacrebleu has it.
        holm_randomisation: The former, corrected for all pairs.
        holm_bootstrap: The latter, corrected for all pairs.
        told_apart: Whether the difference is beyond chance by the test that was chosen, after correction.
    """

    first: str
    second: str
    difference: float
    low: float
    high: float
    wins: float
    p_randomisation: float
    p_bootstrap: float
    holm_randomisation: float
    holm_bootstrap: float
    told_apart: bool


@dataclass(frozen=True)
class MetricResult:
    """All that was found by a metric.

    Attributes:
        statistics: What each segment adds to each system's score.
        scores: Each system's score, in the order in which systems were given.
        comparisons: All pairs of systems.
        by_count: Scores by how many references segments have; empty if all have as many.
        worth: Scores of the same segments with 1, 2, … references; empty if there are too few with two.
        ceiling: How well reprints do against each other; None if it cannot be told.
    """

    statistics: Statistics
    scores: tuple[SystemScore, ...]
    comparisons: tuple[Comparison, ...]
    by_count: tuple[CountRow, ...] = ()
    worth: tuple[CountRow, ...] = ()
    ceiling: Ceiling | None = None

    def ranked(self) -> list[SystemScore]:
        """Give the scores, the best first."""
        sign = -1 if self.statistics.higher_is_better else 1
        return sorted(self.scores, key=lambda score: sign * score.score)

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values."""
        statistics = self.statistics
        names = [score.system for score in self.scores]
        return {
            "name": statistics.name,
            "label": statistics.label,
            "signature": statistics.signature,
            "higher_is_better": statistics.higher_is_better,
            "systems": [_flat(score) for score in self.scores],
            "comparisons": [asdict(comparison) for comparison in self.comparisons],
            "by_reference_count": [_named(row, names) for row in self.by_count],
            "references_worth": [_named(row, names) for row in self.worth],
            "ceiling": None if self.ceiling is None else _named(self.ceiling, names),
        }


@dataclass(frozen=True)
class Evaluation:
    """Systems, what they were scored on, and how they did.

    Attributes:
        test_set: The segments that were scored: those with as many references as the protocol asks for.
        systems: The systems with their outputs for these segments.
        protocol: Which references were used.
        settings: How systems were scored and compared.
        metrics: What was found by each metric.
        agreement: How well the metrics agree with people, if human scores were given.
        fidelity: What became of facts and form; None if it was not asked for.
        slices: The results on parts of the set.
        left_out: How many segments have fewer references than the protocol asks for.
        warnings: What is to be known before the scores are believed, a sentence each.
    """

    test_set: EvaluationSet
    systems: tuple[SystemOutput, ...]
    protocol: Protocol
    settings: EvaluationSettings
    metrics: tuple[MetricResult, ...]
    agreement: tuple[Agreement, ...] = ()
    fidelity: Fidelity | None = None
    slices: tuple[Slice, ...] = ()
    left_out: int = 0
    warnings: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """What was done beyond what each metric's own signature says, in the same form."""
        draws = {metric.statistics.values.shape[0] for metric in self.metrics}
        parts = {
            "refs": self.protocol,
            "draws": max(draws, default=1),
            "segments": len(self.test_set.segments),
            "stories": self.test_set.stories,
            "bs": self.settings.resamples,
            "ar": self.settings.trials,
            "seed": self.settings.seed,
            "data": self.test_set.fingerprint,
            "version": alignkit.__version__,
        }
        return "|".join(["alignkit", *(f"{key}:{value}" for key, value in parts.items())])

    def segment_table(self) -> pl.DataFrame:
        """Give a row for each output: id, story_id, system, source, hypothesis, references, and a column for each metric."""
        segments = self.test_set.segments
        frames = [
            pl.DataFrame(
                {
                    "id": [segment.id for segment in segments],
                    "story_id": [segment.story for segment in segments],
                    "system": [system.name] * len(segments),
                    "source": [segment.source for segment in segments],
                    "hypothesis": system.outputs,
                    "references": self.test_set.references,
                    **{metric.statistics.label: metric.statistics.segment_scores[place] for metric in self.metrics},
                },
                schema_overrides={"references": pl.List(pl.String)},
            )
            for place, system in enumerate(self.systems)
        ]
        return pl.concat(frames)

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain values, without the segments."""
        return {
            "signature": self.signature,
            "test_set": {
                "name": self.test_set.name,
                "source_language": self.test_set.source_language,
                "target_language": self.test_set.target_language,
                "segments": len(self.test_set.segments),
                "stories": self.test_set.stories,
                "left_out": self.left_out,
                "fingerprint": self.test_set.fingerprint,
            },
            "protocol": str(self.protocol),
            "settings": asdict(self.settings),
            "systems": [system.name for system in self.systems],
            "metrics": [metric.as_dict() for metric in self.metrics],
            "agreement": [asdict(agreement) for agreement in self.agreement],
            "fidelity": None if self.fidelity is None else self.fidelity.as_dict(),
            "slices": [one.as_dict([system.name for system in self.systems]) for one in self.slices],
            "warnings": list(self.warnings),
        }


def _flat(score: SystemScore) -> dict[str, Any]:
    values: dict[str, Any] = asdict(score)
    standing: dict[str, Any] = values.pop("standing")
    return values | standing


def _named(row: CountRow | Ceiling, names: list[str]) -> dict[str, Any]:
    return asdict(row) | {"scores": dict(zip(names, row.scores, strict=True))}
