"""The stage collect for sources that are files: from them to the table `headlines`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from alignkit.collect.headlines import HeadlineBuilder, check_languages
from alignkit.collect.inputs import inputs_of
from alignkit.collect.record import Reject
from alignkit.config import CollectSettings
from alignkit.errors import InputError
from alignkit.progress import silent
from alignkit.schema import HEADLINES, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import polars as pl

    from alignkit.collect.inputs import Input
    from alignkit.collect.sources import FileSource
    from alignkit.progress import Progress


@dataclass(frozen=True)
class Collected:
    """What the stage collect gives.

    Attributes:
        headlines: The table `alignkit.schema.HEADLINES`.
        rejects: What could not be read, in the order it was met.
    """

    headlines: pl.DataFrame
    rejects: list[Reject]


def collect_headlines(
    sources: Sequence[FileSource],
    *,
    folder: Path,
    settings: CollectSettings | None = None,
    strict: bool = False,
    both_languages: bool = True,
    progress: Progress = silent,
) -> Collected:
    """Read all headlines of all sources that are files.

    Args:
        sources: Where headlines come from.
        folder: What the sources' paths are relative to.
        settings: How headlines are read.
        strict: Whether to stop at the first thing that cannot be read.
        both_languages: Whether there must be a headline in each.
        progress: Told of each file.

    Raises:
        InputError: A file is not there or cannot be used at all, a language has no headline, or `strict` and
            something could not be read.
    """
    settings = settings or CollectSettings()
    builder = HeadlineBuilder(timezone=settings.timezone, max_characters=settings.max_characters)
    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    inputs = [each for source in sources for each in inputs_of(source, folder)]
    for done, each in enumerate(inputs):
        progress("reading", done, len(inputs))
        input_rows, input_rejects = _read(each, builder, strict=strict)
        rows += input_rows
        rejects += input_rejects
    progress("reading", len(inputs), len(inputs))
    if both_languages:
        _require_both_languages(rows, rejects, [each.place.name for each in inputs])
    return Collected(HEADLINES.validate(HEADLINES.frame(rows)), rejects)


def _read(each: Input, builder: HeadlineBuilder, *, strict: bool) -> tuple[list[dict[str, object]], list[Reject]]:
    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    for item in each.read():
        if isinstance(item, Reject):
            rejects.append(item)
        else:
            row, left_out = builder.build(each.name, item, collector=each.source.kind, defaults=each.defaults)
            rows += [row] if row is not None else []
            rejects += left_out
        if strict and rejects:
            raise _as_error(rejects[0], each.place)
    if not rows and not rejects:
        rejects.append(Reject(None, "is empty", dropped="file"))
        if strict:
            raise _as_error(rejects[0], each.place)
    check_languages(each.place, rows)
    return rows, [replace(reject, file=each.name) for reject in rejects]


def _as_error(reject: Reject, path: Path) -> InputError:
    problem = reject.reason if reject.value is None else f"{reject.reason}: {reject.value}"
    return InputError(problem, path=path, row=reject.row, column=reject.column)


def _require_both_languages(rows: Sequence[dict[str, object]], rejects: Sequence[Reject], names: Sequence[str]) -> None:
    counts: dict[str, int] = {lang: sum(row["lang"] == lang for row in rows) for lang in LANGUAGES}
    missing = [name for lang, name in (("en", "English"), ("ja", "Japanese")) if not counts[lang]]
    if not missing:
        return
    where = ", ".join(names)
    found = f"{counts['en']:,} English and {counts['ja']:,} Japanese"
    problem = f"no {' and no '.join(missing)} headline: {found} were read from {where}"
    if rejects:
        problem += f" ({len(rejects):,} rejected, the first: {rejects[0]})"
    raise InputError(problem)
