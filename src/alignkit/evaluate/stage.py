"""The whole evaluation: systems in, scores, comparisons and warnings out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.agreement import HumanScores, agreements
from alignkit.evaluate.cautions import cautions
from alignkit.evaluate.comparing import compare
from alignkit.evaluate.dataset_set import read_dataset
from alignkit.evaluate.fidelity import measure_fidelity
from alignkit.evaluate.fidelity.form import FormLimits
from alignkit.evaluate.metrics import METRICS, parse_metrics
from alignkit.evaluate.protocol import parse_protocol
from alignkit.evaluate.references import ReferenceStudy, scores_by_count
from alignkit.evaluate.result import Evaluation, MetricResult
from alignkit.evaluate.settings import EvaluationSettings
from alignkit.evaluate.slices import slices
from alignkit.evaluate.statistics import extract
from alignkit.evaluate.systems import SystemOutput, check_systems, read_systems
from alignkit.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignkit.evaluate.statistics import Statistics
    from alignkit.evaluate.testset import EvaluationSet
    from alignkit.progress import Progress


def evaluate(
    test_set: EvaluationSet | Path | str,
    systems: Mapping[str, Sequence[str]] | Iterable[SystemOutput | Path | str],
    settings: EvaluationSettings | None = None,
    *,
    imported: Sequence[Statistics] = (),
    human: HumanScores | None = None,
    progress: Progress = silent,
) -> Evaluation:
    """Score MT systems, and tell which of them differ by more than chance.

    Args:
        test_set: What they are scored on, or the folder of a dataset whose split 'test' it is.
        systems: Outputs by the systems' names; or files, folders or patterns as `read_systems` takes them.
        settings: How they are scored and compared.
        imported: Metrics that were computed elsewhere, for all segments of the set.
        human: What people gave the systems, to compare the metrics with.
        progress: Is told how far the work has come.

    Raises:
        InputError: An output is missing, too many or given twice, or no segment has enough references.
        UsageError: A metric or the protocol is not known, or there is none.
        MissingExtraError: sacrebleu is not installed.
    """
    settings = settings or EvaluationSettings()
    whole = read_dataset(Path(test_set)) if isinstance(test_set, Path | str) else test_set
    outputs = _outputs(systems, whole)
    protocol = parse_protocol(settings.protocol)
    places = protocol.keeps(whole.reference_counts.tolist())
    kept = whole.take(places)
    outputs = [replace(system, outputs=tuple(system.outputs[place] for place in places)) for system in outputs]
    result = Evaluation(
        test_set=kept,
        systems=tuple(outputs),
        protocol=protocol,
        settings=settings,
        metrics=(),
        left_out=len(whole.segments) - len(places),
    )
    statistics = _scored(result, progress) + [_taken(one, places, result) for one in imported]
    if not statistics:
        raise UsageError("is missing", column="--metrics", remedy=f"Name one of: {', '.join(METRICS)}.")
    result = replace(result, metrics=tuple(_compared(one, result, progress) for one in statistics))
    if human is not None:
        judged = HumanScores(human.systems, None if human.segments is None else human.segments[:, places])
        result = replace(result, agreement=tuple(found for one in statistics for found in agreements(one, judged)))
    if settings.fidelity:
        limits = FormLimits(title=settings.title_limit)
        result = replace(result, fidelity=measure_fidelity(kept, result.systems, limits, progress=progress))
    result = replace(result, slices=slices(kept, statistics, result.fidelity))
    return replace(result, warnings=tuple(cautions(result)))


def _outputs(
    systems: Mapping[str, Sequence[str]] | Iterable[SystemOutput | Path | str], test_set: EvaluationSet
) -> list[SystemOutput]:
    if isinstance(systems, Mapping):
        given = [SystemOutput(name, tuple(outputs)) for name, outputs in systems.items()]
        return check_systems(given, test_set)
    found = []
    for system in systems:
        found += [system] if isinstance(system, SystemOutput) else read_systems([str(system)], test_set)
    return check_systems(found, test_set)


def _scored(result: Evaluation, progress: Progress) -> list[Statistics]:
    settings, test_set = result.settings, result.test_set
    draws = result.protocol.draw(test_set.references, draws=settings.draws, seed=settings.seed)
    texts = [system.outputs for system in result.systems]
    metrics = parse_metrics(settings.metrics)
    found = []
    for done, metric in enumerate(metrics, 1):
        found.append(extract(metric, texts, draws, test_set.target_language, settings.tokenize))
        progress("scoring", done, len(metrics))
    return found


def _compared(statistics: Statistics, result: Evaluation, progress: Progress) -> MetricResult:
    test_set, settings = result.test_set, result.settings
    names = [system.name for system in result.systems]
    advance = partial(progress, statistics.label)
    scores, comparisons = compare(statistics, names, test_set.story_codes, settings, advance)
    counts = test_set.reference_counts
    several = np.unique(counts).size > 1
    study = ReferenceStudy(
        test_set.references, [system.outputs for system in result.systems], test_set.target_language, settings
    )
    studied = METRICS.get(statistics.name) if settings.study_references else None
    return MetricResult(
        statistics=statistics,
        scores=scores,
        comparisons=comparisons,
        by_count=scores_by_count(statistics, counts) if several else (),
        worth=() if studied is None else study.worth(studied),
        ceiling=None if studied is None else study.ceiling(studied),
    )


def _taken(statistics: Statistics, places: Sequence[int], result: Evaluation) -> Statistics:
    """Give the statistics of a metric from elsewhere for the segments that are kept."""
    systems, segments = statistics.values.shape[1:3]
    if (systems, segments) != (len(result.systems), len(places) + result.left_out):
        problem = f"{statistics.name} has scores for {systems:,} systems and {segments:,} segments"
        raise InputError(problem, remedy="Give scores for every segment of every system.")
    values = statistics.values[:, :, list(places)]
    return replace(statistics, values=values, scores=statistics.formula(values.sum(2)))
