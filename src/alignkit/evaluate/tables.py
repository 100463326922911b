"""An evaluation as small tables of text, for a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignkit.evaluate.fidelity.tables import fact_cells, form_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignkit.evaluate.clusters import Standing
    from alignkit.evaluate.references import Ceiling, CountRow
    from alignkit.evaluate.result import Evaluation, MetricResult

_FEW_PAIRS: Final = 6
_LEAST_P: Final = 0.001


@dataclass(frozen=True)
class TextTable:
    """A table of text.

    Attributes:
        title: What it shows; empty for the first.
        columns: The names of its columns.
        rows: Its rows.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def text_tables(evaluation: Evaluation) -> Iterator[TextTable]:
    """Give the tables that sum an evaluation up, the scores first."""
    yield _scores(evaluation)
    names = [system.name for system in evaluation.systems]
    if len(names) > 1 and len(evaluation.metrics[0].comparisons) <= _FEW_PAIRS:
        yield _pairs(evaluation)
    by_count = [(metric, metric.by_count) for metric in evaluation.metrics if metric.by_count]
    if by_count:
        yield _counts("by number of references", names, by_count)
    worth = [(metric, metric.worth) for metric in evaluation.metrics if metric.worth]
    if worth:
        yield _counts("what references are worth: the same segments with so many", names, worth)
    ceilings = [(metric, metric.ceiling) for metric in evaluation.metrics if metric.ceiling is not None]
    if ceilings:
        yield _ceilings(names, ceilings)
    if evaluation.agreement:
        yield _agreement(evaluation)
    if evaluation.fidelity is not None:
        yield TextTable(
            "facts kept, of those that can be checked (in conflict, missing)", *fact_cells(evaluation.fidelity)
        )
        yield TextTable("form: segments with a fault", *form_cells(evaluation.fidelity))


def signature_lines(evaluation: Evaluation) -> list[str]:
    """Give what has to be said with the scores: each metric's signature, and our own."""
    signatures = [f"{metric.statistics.label}|{metric.statistics.signature}" for metric in evaluation.metrics]
    return [*signatures, evaluation.signature]


def _scores(evaluation: Evaluation) -> TextTable:
    """Give a row for each system, the best by the first metric first, with a line between its clusters."""
    columns = ["system"]
    for metric in evaluation.metrics:
        columns += [f"{metric.statistics.label} {_arrow(metric)}", "", "cluster"]
    by_name = [{score.system: score for score in metric.scores} for metric in evaluation.metrics]
    rows: list[tuple[str, ...]] = []
    cluster = 1
    for first in evaluation.metrics[0].ranked():
        if first.standing.cluster != cluster:
            cluster = first.standing.cluster
            rows.append(("",) * len(columns))
        row = [first.system]
        for scores in by_name:
            score = scores[first.system]
            row += [f"{score.score:.2f}", f"[{score.low:.2f}, {score.high:.2f}]", _standing(score.standing)]
        rows.append(tuple(row))
    return TextTable("", tuple(columns), tuple(rows))


def _standing(standing: Standing) -> str:
    best, worst = standing.best_rank, standing.worst_rank
    return f"{standing.cluster} ({best})" if best == worst else f"{standing.cluster} ({best}-{worst})"


def _pairs(evaluation: Evaluation) -> TextTable:
    test = evaluation.settings.test
    rows = [
        (
            f"{pair.first} - {pair.second}",
            metric.statistics.label,
            f"{pair.difference:+.2f}",
            f"[{pair.low:+.2f}, {pair.high:+.2f}]",
            *map(_p_value, (getattr(pair, f"p_{test}"), getattr(pair, f"holm_{test}"))),
            "yes" if pair.told_apart else "no",
        )
        for metric in evaluation.metrics
        for pair in metric.comparisons
    ]
    columns = ("pair", "metric", "difference", "", "p", "p (Holm)", "told apart")
    return TextTable(f"pairs, by {test}", columns, tuple(rows))


def _counts(title: str, names: Sequence[str], found: Sequence[tuple[MetricResult, tuple[CountRow, ...]]]) -> TextTable:
    """Give a column for each metric and number of references, headed by the number, and a row for each system."""
    columns = [(f"{metric.statistics.label}, {row.references}", row) for metric, rows in found for row in rows]
    sizes = ("segments", *(f"{row.segments:,}" for _, row in columns))
    rows = [(name, *(f"{row.scores[place]:.2f}" for _, row in columns)) for place, name in enumerate(names)]
    return TextTable(title, ("system", *(head for head, _ in columns)), (sizes, *rows))


def _ceilings(names: Sequence[str], found: Sequence[tuple[MetricResult, Ceiling]]) -> TextTable:
    sizes = ("segments", *(f"{ceiling.segments:,}" for _, ceiling in found))
    people = ("reprints", *(f"{ceiling.people:.2f}" for _, ceiling in found))
    rows = [(name, *(f"{ceiling.scores[place]:.2f}" for _, ceiling in found)) for place, name in enumerate(names)]
    title = "people: each reprint against the others of its story, and the systems against the same"
    return TextTable(title, ("system", *(metric.statistics.label for metric, _ in found)), (sizes, people, *rows))


def _agreement(evaluation: Evaluation) -> TextTable:
    rows = [
        (
            found.metric,
            found.level,
            f"{found.pairs:,}",
            f"{found.kendall:.3f}",
            f"{found.accuracy:.3f}",
            f"{found.epsilon:.3g}",
            "" if found.pearson is None else f"{found.pearson:.3f}",
        )
        for found in evaluation.agreement
    ]
    columns = ("metric", "level", "pairs", "Kendall", "accuracy", "tie below", "Pearson")
    return TextTable("agreement with people", columns, tuple(rows))


def _arrow(metric: MetricResult) -> str:
    return "↑" if metric.statistics.higher_is_better else "↓"


def _p_value(value: float) -> str:
    return "<0.001" if value < _LEAST_P else f"{value:.3f}"
