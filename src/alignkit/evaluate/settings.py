"""What an evaluation is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from alignkit.errors import UsageError

TESTS: Final = ("randomisation", "bootstrap")
"""What tells systems apart: approximate randomisation, or paired bootstrap resampling."""

SACREBLEU_SEED: Final = 12345
"""The seed that sacrebleu draws from, if it is not told another."""


@dataclass(frozen=True)
class EvaluationSettings:
    """How systems are scored and compared.

    Attributes:
        metrics: The metrics of sacrebleu, see `alignkit.evaluate.metrics.METRICS`.
        protocol: Which references are used: 'all', 'one' or 'k=N'.
        draws: How often references are drawn where the protocol leaves a choice.
        tokenize: A tokenizer of sacrebleu for BLEU; None for the target language's.
        resamples: Bootstrap resamples, for intervals and one of the two tests.
        trials: Trials of approximate randomisation.
        seed: What all draws follow from.
        level: Below which corrected p-value two systems are told apart; intervals leave out the same share.
        test: Which of `TESTS` tells systems apart.
        study_references: Whether to find out what several references are worth and how well a reprint scores itself.
        fidelity: Whether to find out which facts survive, and what is wrong with outputs' form.
        title_limit: The most characters that an output may have as a title; None for any number.
    """

    metrics: tuple[str, ...] = ("bleu", "chrf")
    protocol: str = "all"
    draws: int = 10
    tokenize: str | None = None
    resamples: int = 1_000
    trials: int = 10_000
    seed: int = SACREBLEU_SEED
    level: float = 0.05
    test: str = "randomisation"
    study_references: bool = True
    fidelity: bool = True
    title_limit: int | None = None

    def __post_init__(self) -> None:
        """Check the numbers.

        Raises:
            UsageError: One makes no sense.
        """
        for name in ("draws", "resamples", "trials"):
            if getattr(self, name) < 1:
                raise UsageError("is less than 1", column=f"--{name}", value=getattr(self, name))
        if self.title_limit is not None and self.title_limit < 1:
            raise UsageError("is less than 1", column="--title-limit", value=self.title_limit)
        if self.seed < 0:
            raise UsageError("is less than 0", column="--seed", value=self.seed)
        if not 0 < self.level < 1:
            raise UsageError("is not between 0 and 1", column="--level", value=self.level)
        if self.test not in TESTS:
            raise UsageError("is no test", column="--test", value=self.test, remedy=f"Known: {', '.join(TESTS)}.")
