"""An evaluation as files in a folder."""

from __future__ import annotations

import csv
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from alignkit.errors import StageError
from alignkit.evaluate.fidelity.tables import failure_rows
from alignkit.evaluate.mt_metrics_eval import write_mt_metrics_eval
from alignkit.evaluate.slices import slice_rows
from alignkit.storage import replacing_file, replacing_folder, write_json, write_table

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.evaluate.result import Evaluation

EVALUATION_FILE: Final = "evaluation.json"
SEGMENTS_FILE: Final = "segments.parquet"
SCORES_FILE: Final = "scores.csv"
COMPARISONS_FILE: Final = "comparisons.csv"
FAILURES_FILE: Final = "failures.csv"
SLICES_FILE: Final = "slices.csv"
MT_METRICS_EVAL_FOLDER: Final = "mt-metrics-eval"


def write_evaluation(evaluation: Evaluation, folder: Path) -> None:
    """Write everything that an evaluation found; what is there under the same names is replaced.

    Args:
        evaluation: The evaluation.
        folder: Where to write.

    Raises:
        StageError: The folder or a file in it cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise StageError("is no folder", path=folder)
    write_json(evaluation.as_dict(), folder / EVALUATION_FILE)
    write_table(evaluation.segment_table(), folder / SEGMENTS_FILE)
    scores = [
        {"metric": metric.statistics.label, **row}
        for metric in evaluation.metrics
        for row in metric.as_dict()["systems"]
    ]
    _write_csv(scores, folder / SCORES_FILE)
    pairs = [
        {"metric": metric.statistics.label, **asdict(pair)}
        for metric in evaluation.metrics
        for pair in metric.comparisons
    ]
    _write_csv(pairs, folder / COMPARISONS_FILE)
    if evaluation.fidelity is not None:
        _write_csv(failure_rows(evaluation.fidelity, evaluation.test_set, evaluation.systems), folder / FAILURES_FILE)
    names = [system.name for system in evaluation.systems]
    _write_csv([row for one in evaluation.slices for row in slice_rows(one, names)], folder / SLICES_FILE)
    with replacing_folder(folder / MT_METRICS_EVAL_FOLDER) as temporary:
        write_mt_metrics_eval(evaluation, temporary)


def _write_csv(rows: list[dict[str, object]], path: Path) -> None:
    with replacing_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as stream:
        if rows:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
