"""The stage collect: from sources to the table `headlines`."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from alignkit.collect.files import read_file
from alignkit.collect.headlines import HeadlineBuilder, check_languages
from alignkit.collect.record import Reject
from alignkit.collect.wmt import read_wmt
from alignkit.config import CollectSettings, WmtSource
from alignkit.errors import InputError
from alignkit.progress import silent
from alignkit.schema import HEADLINES, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from alignkit.collect.record import Records
    from alignkit.config import Source
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
    sources: Sequence[Source],
    *,
    folder: Path,
    settings: CollectSettings | None = None,
    strict: bool = False,
    progress: Progress = silent,
) -> Collected:
    """Read all headlines of all sources.

    Args:
        sources: Where headlines come from.
        folder: What the sources' paths are relative to.
        settings: How headlines are read.
        strict: Whether to stop at the first thing that cannot be read.
        progress: Told of each file.

    Raises:
        InputError: A file is not there or cannot be used at all, a language has no headline, or `strict` and
            something could not be read.
    """
    settings = settings or CollectSettings()
    builder = HeadlineBuilder(timezone=settings.timezone, max_characters=settings.max_characters)
    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    files = [(source, path) for source in sources for path in source_files(source, folder)]
    for done, (source, path) in enumerate(files):
        progress("reading", done, len(files))
        file_rows, file_rejects = _collect_file(source, path, builder, file=file_label(path, folder), strict=strict)
        rows += file_rows
        rejects += file_rejects
    progress("reading", len(files), len(files))
    _require_both_languages(rows, rejects, [path for _, path in files])
    return Collected(HEADLINES.validate(HEADLINES.frame(rows)), rejects)


def _collect_file(
    source: Source, path: Path, builder: HeadlineBuilder, *, file: str, strict: bool
) -> tuple[list[dict[str, object]], list[Reject]]:
    rows: list[dict[str, object]] = []
    rejects: list[Reject] = []
    for item in _read(source, path):
        if isinstance(item, Reject):
            rejects.append(item)
        else:
            row, left_out = builder.build(file, item, collector=source.kind, defaults=_defaults(source))
            rows += [row] if row is not None else []
            rejects += left_out
        if strict and rejects:
            raise _as_error(rejects[0], path)
    if not rows and not rejects:
        rejects.append(Reject(None, "is empty", dropped="file"))
        if strict:
            raise _as_error(rejects[0], path)
    check_languages(path, rows)
    return rows, [replace(reject, file=file) for reject in rejects]


def source_files(source: Source, folder: Path) -> list[Path]:
    """List the files of a source, sorted.

    Raises:
        InputError: There is none.
    """
    path = folder / source.path
    if path.is_file():
        return [path]
    if not glob.has_magic(source.path):
        raise InputError("is a folder, not a file" if path.is_dir() else "does not exist", path=path)
    found = sorted(Path(match) for match in glob.glob(str(path), recursive=True) if Path(match).is_file())  # noqa: PTH207
    if not found:
        raise InputError("matches no file", path=path)
    return found


def file_label(path: Path, folder: Path) -> str:
    """Give a file's path from the configuration's folder, or its name alone where it lies elsewhere."""
    relative = Path(os.path.relpath(path, folder))
    return path.name if ".." in relative.parts else relative.as_posix()


def _read(source: Source, path: Path) -> Records:
    if isinstance(source, WmtSource):
        return read_wmt(path, source.segments)
    return read_file(
        path,
        file_format=source.format,
        text_column=source.text_column,
        encoding=source.encoding,
        aliases=[source.lang] if source.lang else [],
    )


def _defaults(source: Source) -> dict[str, str | None]:
    return {} if isinstance(source, WmtSource) else {"lang": source.lang, "outlet": source.outlet}


def _as_error(reject: Reject, path: Path) -> InputError:
    problem = reject.reason if reject.value is None else f"{reject.reason}: {reject.value}"
    return InputError(problem, path=path, row=reject.row, column=reject.column)


def _require_both_languages(
    rows: Sequence[dict[str, object]], rejects: Sequence[Reject], files: Sequence[Path]
) -> None:
    counts: dict[str, int] = {lang: sum(row["lang"] == lang for row in rows) for lang in LANGUAGES}
    missing = [name for lang, name in (("en", "English"), ("ja", "Japanese")) if not counts[lang]]
    if not missing:
        return
    where = ", ".join(path.name for path in files)
    found = f"{counts['en']:,} English and {counts['ja']:,} Japanese"
    problem = f"no {' and no '.join(missing)} headline: {found} were read from {where}"
    if rejects:
        problem += f" ({len(rejects):,} rejected, the first: {rejects[0]})"
    raise InputError(problem)
