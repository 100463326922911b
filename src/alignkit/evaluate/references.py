"""What references do to a score: by how many a segment has, with one more and one less, and when one is scored itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from alignkit.evaluate.protocol import Protocol
from alignkit.evaluate.statistics import extract

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from alignkit.evaluate.metrics import Metric
    from alignkit.evaluate.settings import EvaluationSettings
    from alignkit.evaluate.statistics import Statistics

_MOST_REFERENCES: Final = 5
_LEAST_SEGMENTS: Final = 10
_STUDY_DRAWS: Final = 5


@dataclass(frozen=True)
class CountRow:
    """Scores on the segments that have a number of references.

    Attributes:
        references: The number of references.
        segments: How many segments there are.
        scores: Each system's score.
    """

    references: int
    segments: int
    scores: tuple[float, ...]


@dataclass(frozen=True)
class Ceiling:
    """How well people do by a metric: reprints scored against the other reprints of their stories.

    Every score here is against the same references, in which one wording of each segment is left out in turn, so
    systems can be compared with people.

    Attributes:
        segments: How many segments have two references with different words.
        people: The score of the reprints that are left out.
        scores: Each system's score.
    """

    segments: int
    people: float
    scores: tuple[float, ...]


def scores_by_count(statistics: Statistics, counts: npt.NDArray[np.int64]) -> tuple[CountRow, ...]:
    """Break scores down by how many references the segments have.

    Args:
        statistics: The systems' statistics by a metric.
        counts: How many references each segment has.
    """
    return tuple(
        CountRow(int(count), int((counts == count).sum()), tuple(statistics.score_of(counts == count).tolist()))
        for count in np.unique(counts)
    )


class ReferenceStudy:
    """The segments with several references, and what becomes of scores with some of them.

    References of a segment that have the same words count as one: the second tells a metric nothing.

    Args:
        references: The references of each segment.
        outputs: Each system's outputs.
        language: The target language.
        settings: The seed and the tokenizer are taken from them.
    """

    def __init__(
        self,
        references: Sequence[Sequence[str]],
        outputs: Sequence[Sequence[str]],
        language: str,
        settings: EvaluationSettings,
    ) -> None:
        self._references = [tuple(dict.fromkeys(texts)) for texts in references]
        self._outputs = outputs
        self._language = language
        self._settings = settings

    def worth(self, metric: Metric) -> tuple[CountRow, ...]:
        """Score the same segments with 1, 2, … of their references, up to 5.

        They are those with as many references as at least ten segments have; references are drawn five times.

        Returns:
            A row for each number of references; none if fewer than ten segments have two.
        """
        most = self._most(_LEAST_SEGMENTS)
        places = [place for place, texts in enumerate(self._references) if len(texts) >= most > 1]
        return tuple(self._with(metric, places, used) for used in range(1, most + 1)) if places else ()

    def ceiling(self, metric: Metric) -> Ceiling | None:
        """Score each reprint against the others of its story, and the systems against the same.

        In the n-th of several rounds the n-th reprint of each segment is left out, in a shuffled order; there are as many
        rounds as a segment has reprints, but not more than 5.

        Returns:
            The mean over rounds; None if no segment has two references with different words.
        """
        places = [place for place, texts in enumerate(self._references) if len(texts) > 1]
        if not places:
            return None
        rng = np.random.default_rng(self._settings.seed)
        shuffled = [
            [self._references[place][at] for at in rng.permutation(len(self._references[place]))] for place in places
        ]
        outputs = [[texts[place] for place in places] for texts in self._outputs]
        rounds = []
        for number in range(self._most(1)):
            left_out = [texts[number % len(texts)] for texts in shuffled]
            others = [[text for text in texts if text != out] for texts, out in zip(shuffled, left_out, strict=True)]
            rounds.append(self._extract(metric, [left_out, *outputs], [others]).scores[0])
        people, *systems = np.mean(rounds, axis=0).tolist()
        return Ceiling(len(places), people, tuple(systems))

    def _most(self, segments: int) -> int:
        """Give the largest number of references, up to 5, that at least so many segments have."""
        counts = np.array([len(texts) for texts in self._references])
        return max((used for used in range(1, _MOST_REFERENCES + 1) if (counts >= used).sum() >= segments), default=1)

    def _with(self, metric: Metric, places: Sequence[int], used: int) -> CountRow:
        references = [self._references[place] for place in places]
        draws = Protocol(used).draw(references, draws=_STUDY_DRAWS, seed=self._settings.seed)
        outputs = [[texts[place] for place in places] for texts in self._outputs]
        scores = self._extract(metric, outputs, draws).scores.mean(0)
        return CountRow(used, len(places), tuple(scores.tolist()))

    def _extract(
        self, metric: Metric, outputs: Sequence[Sequence[str]], draws: Sequence[Sequence[Sequence[str]]]
    ) -> Statistics:
        return extract(metric, outputs, draws, self._language, self._settings.tokenize)
