"""Segment scores of metrics that run elsewhere: files of COMET, MetricX and mt-metrics-eval.

COMET and MetricX cannot be installed beside today's `datasets`, so their scores are read. A file has to have a score for
every segment of every system, for the very outputs that are evaluated.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from alignkit.errors import InputError
from alignkit.evaluate.statistics import Statistics, of_segment_scores
from alignkit.evaluate.systems import system_name
from alignkit.evaluate.text_rows import read_rows, read_text_lines, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignkit.evaluate.systems import SystemOutput

_SEGMENT_SCORES: Final = ".seg.score"
_COMET: Final = "COMET"
_METRICX: Final = "MetricX"
_NOT_IN_SIGNATURE: Final = re.compile(r"[:|\s]+")


@dataclass(frozen=True)
class ScoreFile:
    """Scores of one file.

    Attributes:
        metric: The metric's name.
        path: The file.
        scores: The scores of each system's segments, in order.
        lower_is_better: Whether the metric counts errors, as its own authors define it.
    """

    metric: str
    path: Path
    scores: Mapping[str, Sequence[float]]
    lower_is_better: bool = False


def import_scores(
    paths: Iterable[str], systems: Sequence[SystemOutput], lower_is_better: Iterable[str] = ()
) -> list[Statistics]:
    """Read segment scores and give them as statistics of metrics.

    Args:
        paths: Files, or NAME=PATH to give a file's metric a name: JSON of `comet-score --to_json`, JSON Lines of MetricX
            (all systems in one file, or a file each), or METRIC-REF.seg.score of mt-metrics-eval.
        systems: The systems.
        lower_is_better: The names of metrics that count errors; MetricX is known to.

    Raises:
        InputError: A file cannot be read, a score is missing, or it is for another output.
    """
    files: dict[str, list[ScoreFile]] = {}
    for place in paths:
        name, separator, path = place.partition("=")
        file = read_scores(Path(path if separator else place), systems, name if separator else None)
        files.setdefault(file.metric, []).append(file)
    return [_assembled(parts, systems, set(lower_is_better)) for parts in files.values()]


def read_scores(path: Path, systems: Sequence[SystemOutput], name: str | None = None) -> ScoreFile:
    """Read a file of segment scores, by what its name ends in.

    Raises:
        InputError: It cannot be read, a score is missing, or it is for another output.
    """
    if path.name.endswith(_SEGMENT_SCORES):
        metric = name or path.name.removesuffix(_SEGMENT_SCORES).rpartition("-")[0] or path.name.partition(".")[0]
        return ScoreFile(metric, path, _read_seg_score(path, systems))
    if suffix_of(path) == ".json":
        return ScoreFile(name or _COMET, path, _read_comet(path, systems))
    if suffix_of(path) in {".jsonl", ".ndjson"}:
        return ScoreFile(name or _METRICX, path, _read_metricx(path, systems), lower_is_better=True)
    remedy = "Known: COMET's .json, MetricX's .jsonl and mt-metrics-eval's .seg.score."
    raise InputError("is no file of scores that is known by its name", path=path, remedy=remedy)


def finite(value: object, path: Path | str, row: int, column: str | None = None) -> float:
    """Give a score as a number.

    Raises:
        InputError: It is none; a missing score would make a mean of some segments pass for that of all.
    """
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number) or isinstance(value, bool):
        raise InputError("is no score", path=path, row=row, column=column, value=value)
    return number


def _assembled(parts: Sequence[ScoreFile], systems: Sequence[SystemOutput], lower: set[str]) -> Statistics:
    metric = parts[0].metric
    scores: dict[str, Sequence[float]] = {}
    for part in parts:
        for system, values in part.scores.items():
            if system in scores:
                raise InputError(f"has {metric} scores that another file has too", path=part.path, value=system)
            scores[system] = values
    missing = [system.name for system in systems if system.name not in scores]
    if missing:
        raise InputError(f"has no {metric} scores for {', '.join(missing)}", path=parts[0].path)
    files = _NOT_IN_SIGNATURE.sub("-", "+".join(part.path.name for part in parts))
    return of_segment_scores(
        metric,
        f"imported:{files}|agg:mean",
        np.array([scores[system.name] for system in systems], dtype=np.float64),
        higher_is_better=not (any(part.lower_is_better for part in parts) or metric in lower),
    )


def _read_seg_score(path: Path, systems: Sequence[SystemOutput]) -> dict[str, list[float]]:
    scores: dict[str, list[float]] = {}
    wanted = {system.name: len(system.outputs) for system in systems}
    for row, line in enumerate(read_text_lines(path), 1):
        fields = line.split()
        if len(fields) != 2:  # noqa: PLR2004 - a system and a score
            raise InputError("is not 'system score'", path=path, row=row, value=line)
        if fields[0] in wanted:
            scores.setdefault(fields[0], []).append(finite(fields[1], path, row))
    for system, values in scores.items():
        if len(values) != wanted[system]:
            problem = f"has {len(values):,} scores for {system} where there are {wanted[system]:,} segments"
            raise InputError(problem, path=path)
    return scores


def _read_comet(path: Path, systems: Sequence[SystemOutput]) -> dict[str, list[float]]:
    try:
        content = json.loads("\n".join(read_text_lines(path)))
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON ({error})", path=path) from None
    if not isinstance(content, dict) or not all(isinstance(rows, list) for rows in content.values()):
        raise InputError("is not what comet-score --to_json writes: lists of segments by file", path=path)
    scores = {}
    for file, rows in content.items():
        fields = [row if isinstance(row, dict) else {} for row in rows]
        system = _system_of(path, system_name(Path(file)), [row.get("mt") for row in fields], systems)
        if system is not None:
            scores[system] = [finite(row.get(_COMET), path, number, _COMET) for number, row in enumerate(fields, 1)]
    return scores


def _read_metricx(path: Path, systems: Sequence[SystemOutput]) -> dict[str, list[float]]:
    by_system: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for row in read_rows(path):
        by_system.setdefault(str(row.fields.get("system") or system_name(path)), []).append((row.number, row.fields))
    scores = {}
    for name, rows in by_system.items():
        system = _system_of(path, name, [fields.get("hypothesis") for _, fields in rows], systems)
        if system is not None:
            scores[system] = [finite(fields.get("prediction"), path, row, "prediction") for row, fields in rows]
    return scores


def _system_of(path: Path, name: str, texts: Sequence[object], systems: Sequence[SystemOutput]) -> str | None:
    """Find whose outputs texts are, by the name or, where that is not known, by the texts; None if nobody's.

    Raises:
        InputError: They have the name of a system, but are not its outputs.
    """
    given = [_bare(text) for text in texts]
    for system in systems:
        if system.name != name:
            continue
        if len(given) != len(system.outputs):
            problem = f"has {len(given):,} scores for {name} where there are {len(system.outputs):,} segments"
            raise InputError(problem, path=path)
        for row, (text, output) in enumerate(zip(given, system.outputs, strict=True), 1):
            if text is not None and text != _bare(output):
                remedy = f"Score the outputs that are evaluated; here {name} has {output!r}."
                raise InputError(
                    f"is scored for another output of {name}", path=path, row=row, value=text, remedy=remedy
                )
        return name
    return next((system.name for system in systems if given == [_bare(text) for text in system.outputs]), None)


def _bare(text: object) -> str | None:
    return text.strip() if isinstance(text, str) else None
