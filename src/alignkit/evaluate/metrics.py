"""The metrics that sacrebleu computes: which there are, and what each takes from a segment.

Nothing is scored here by rules of our own. From sacrebleu come the statistics of each segment, the score and the
signature, so that all three are what its command line gives for the same files and settings.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignkit.errors import MissingExtraError, UsageError
from alignkit.evaluate import formulas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignkit.evaluate.formulas import FloatArray, Formula
    from alignkit.evaluate.protocol import Streams

_WORDS_OF: Final = {"ja": "ja-mecab", "zh": "zh", "ko": "ko-mecab"}
"""The tokenizer that sacrebleu itself has for a language; all others are split by '13a'."""
_WITHOUT_SPACES: Final = frozenset({"ja", "zh"})


@dataclass(frozen=True)
class Metric:
    """A metric of sacrebleu.

    Attributes:
        name: What it is asked for by.
        label: What sacrebleu calls it.
        kind: Its class in sacrebleu.
        formula: From summed statistics to a corpus's score.
        segment_formula: From a segment's statistics to its score.
        higher_is_better: Whether a better system has a higher score.
        options: What its class is told, besides what depends on the language.
    """

    name: str
    label: str
    kind: str
    formula: Formula
    segment_formula: Formula
    higher_is_better: bool = True
    options: tuple[tuple[str, int], ...] = ()


METRICS: Final = {
    metric.name: metric
    for metric in (
        Metric("bleu", "BLEU", "BLEU", formulas.bleu, formulas.sentence_bleu),
        Metric("chrf", "chrF2", "CHRF", formulas.chrf, formulas.chrf),
        Metric("chrf++", "chrF2++", "CHRF", formulas.chrf, formulas.chrf, options=(("word_order", 2),)),
        Metric("ter", "TER", "TER", formulas.ter, formulas.ter, higher_is_better=False),
    )
}


class Scorer:
    """A metric with the references that it scores against.

    Args:
        metric: The metric.
        streams: The references.
        language: The target language, which chooses BLEU's tokenizer and how TER splits words.
        tokenize: A tokenizer of sacrebleu for BLEU, in place of the language's.

    Raises:
        MissingExtraError: sacrebleu, or what its tokenizer needs, is not installed.
        UsageError: The tokenizer is not known.
    """

    def __init__(self, metric: Metric, streams: Streams, language: str, tokenize: str | None = None) -> None:
        self._scorer = _sacrebleu(metric, language, tokenize, streams)

    @property
    def signature(self) -> str:
        """What sacrebleu says of how it scored."""
        return str(self._scorer.get_signature().format())

    def statistics(self, outputs: Sequence[str]) -> FloatArray:
        """Give the sufficient statistics of each segment: (segments, statistics)."""
        # There is no public way to them; `sacrebleu.significance`, which needs the same, takes this one.
        return np.array(self._scorer._extract_corpus_statistics(outputs, None), dtype=np.float64)  # noqa: SLF001

    def score(self, statistics: FloatArray) -> float:
        """Give the corpus's score, from the statistics of its segments."""
        sums = statistics.sum(0)
        # sacrebleu has counts as whole numbers, but for TER's mean length of references.
        exact = [int(value) if value.is_integer() else value for value in sums.tolist()]
        return float(self._scorer._compute_score_from_stats(exact).score)  # noqa: SLF001 - as above


def parse_metrics(names: Sequence[str]) -> list[Metric]:
    """Give metrics by their names, each once.

    Raises:
        UsageError: One is not known, or is there twice.
    """
    for name in names:
        if name not in METRICS:
            remedy = f"Known: {', '.join(METRICS)}. Scores of others can be given with --scores or --metric-cmd."
            raise UsageError("is no metric", column="--metrics", value=name, remedy=remedy)
        if names.count(name) > 1:
            raise UsageError("is there twice", column="--metrics", value=name)
    return [METRICS[name] for name in names]


def unsuited(metric: Metric, language: str) -> str | None:
    """Say why a metric tells little about a language, if it does."""
    if metric.name == "chrf++" and language in _WITHOUT_SPACES:
        return f"chrF2++ counts words between spaces, which {language} does not write: chrF2 says as much."
    return None


def _sacrebleu(metric: Metric, language: str, tokenize: str | None, streams: Streams) -> Any:  # noqa: ANN401 - without types of use
    try:
        kinds = importlib.import_module("sacrebleu.metrics")
    except ModuleNotFoundError:
        raise MissingExtraError("sacrebleu", extra="evaluate", purpose="scoring with BLEU, chrF or TER") from None
    options: dict[str, Any] = dict(metric.options)
    if metric.kind == "BLEU":
        options |= {"tokenize": _tokenizer(kinds.BLEU, language, tokenize), "force": True}
    if metric.kind == "TER" and language in _WITHOUT_SPACES:
        # Without these a Japanese text would be one word.
        options |= {"normalized": True, "asian_support": True}
    try:
        return getattr(kinds, metric.kind)(references=streams, **options)
    except (ImportError, RuntimeError) as error:
        if "tokenize" not in options:
            raise
        raise _no_tokenizer(str(options["tokenize"]), error) from None


def _tokenizer(bleu: Any, language: str, tokenize: str | None) -> str:  # noqa: ANN401 - a class of sacrebleu
    chosen = tokenize or _WORDS_OF.get(language, "13a")
    if chosen not in bleu.TOKENIZERS:
        known = ", ".join(sorted(bleu.TOKENIZERS))
        raise UsageError("is no tokenizer of sacrebleu", column="--tokenize", value=chosen, remedy=f"Known: {known}.")
    return chosen


def _no_tokenizer(name: str, error: Exception) -> Exception:
    purpose = f"splitting text by {name!r}"
    if name == "ja-mecab":
        return MissingExtraError("mecab-python3", extra="evaluate", purpose=purpose)
    package = "sacrebleu[ko]" if name == "ko-mecab" else "sentencepiece"
    remedy = f"Install what it needs with: pip install '{package}'; or choose another with --tokenize."
    return UsageError(f"{purpose} is not possible ({str(error).strip().splitlines()[0]})", remedy=remedy)
