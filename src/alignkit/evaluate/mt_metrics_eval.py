"""An evaluation in the folders and files of mt-metrics-eval, which the WMT metrics tasks use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from alignkit.evaluate.result import Evaluation

NO_REFERENCE: Final = "[No translation supplied]"
"""What stands for a reference that a segment does not have."""

_LINE_BREAKS: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_NOT_IN_NAMES: Final = re.compile(r"[^\w+.-]+")
_DOMAIN: Final = "news"


def write_mt_metrics_eval(evaluation: Evaluation, folder: Path) -> None:
    """Write sources, documents, references, outputs and scores, as mt-metrics-eval lays them out.

    The n-th references of all segments are the reference 'refn'. Stories are documents. Scores of metrics that count
    errors change their sign: in this format more is better. A metric's reference is 'all' if it saw all, else 'some'.

    Args:
        evaluation: The evaluation.
        folder: An empty folder.
    """
    for name, lines in _files(evaluation):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(f"{_LINE_BREAKS.sub(' ', line)}\n" for line in lines)
        path.write_text(text, encoding="utf-8", newline="\n")


def _files(evaluation: Evaluation) -> Iterator[tuple[str, Iterable[str]]]:
    test_set = evaluation.test_set
    pair = f"{test_set.source_language}-{test_set.target_language}"
    yield f"sources/{pair}.txt", [segment.source for segment in test_set.segments]
    yield f"documents/{pair}.docs", [f"{_DOMAIN}\t{_name(segment.story)}" for segment in test_set.segments]
    for place in range(int(test_set.reference_counts.max())):
        texts = [texts[place] if place < len(texts) else NO_REFERENCE for texts in test_set.references]
        yield f"references/{pair}.ref{place + 1}.txt", texts
    for system in evaluation.systems:
        yield f"system-outputs/{pair}/{_name(system.name)}.txt", system.outputs
    names = [_name(system.name) for system in evaluation.systems]
    used = "all" if evaluation.protocol.used is None else "some"
    for metric in evaluation.metrics:
        statistics = metric.statistics
        sign = 1 if statistics.higher_is_better else -1
        stem = f"metric-scores/{pair}/{_name(statistics.label)}-{used}"
        of_segments = zip(names, (sign * statistics.segment_scores).tolist(), strict=True)
        yield f"{stem}.seg.score", [f"{name}\t{score!r}" for name, scores in of_segments for score in scores]
        of_systems = zip(names, metric.scores, strict=True)
        yield f"{stem}.sys.score", [f"{name}\t{sign * score.score!r}" for name, score in of_systems]


def _name(text: str) -> str:
    return _NOT_IN_NAMES.sub("_", text)
