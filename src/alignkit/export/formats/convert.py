"""From one format to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignkit.errors import SchemaError, UsageError
from alignkit.export.formats.model import WriteSettings
from alignkit.export.formats.registry import exporter_for, exporter_named
from alignkit.export.formats.sources import find_source
from alignkit.progress import silent
from alignkit.storage import write_json_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from alignkit.export.formats.model import ExportReport
    from alignkit.export.formats.sources import Source
    from alignkit.export.splits import Split
    from alignkit.progress import Progress


@dataclass(frozen=True)
class Conversion:
    """What a conversion made.

    Attributes:
        format_name: The format that was written.
        files: The files that hold the table.
        report: What became of its rows.
        rejects_file: Where the rejects are written, one a line as JSON; None if there are none.
    """

    format_name: str
    files: tuple[Path, ...]
    report: ExportReport
    rejects_file: Path | None


def convert(
    source: Path,
    target: Path,
    *,
    format_name: str | None = None,
    split: Split | None = None,
    settings: WriteSettings | None = None,
    force: bool = False,
    progress: Progress = silent,
) -> Conversion:
    """Write a table in another format.

    What the format cannot hold is written beside the target, as TARGET.rejects.jsonl.

    Args:
        source: A file of a readable format, a build's folder, or a dataset's.
        target: The file to write.
        format_name: The format to write; None to tell by the target's name.
        split: Of a dataset, the one split to read.
        settings: What is asked of the file.
        force: Whether files that are there are replaced.
        progress: Told how far it is, where that is known.

    Raises:
        UsageError: The format is not known, or does not do what is asked; or there is such a file already.
        InputError: The source cannot be read.
        SchemaError: What is read is no such table.
        StageError: The target cannot be written.
    """
    settings = settings or WriteSettings()
    exporter = exporter_for(target) if format_name is None else exporter_named(format_name)
    if settings.bom and not exporter.takes_bom:
        raise UsageError(f"the format {exporter.name} has no byte order mark", remedy="csv and tsv may have one.")
    files = exporter.outputs(target)
    rejects_file = target.with_name(f"{target.name}.rejects.jsonl")
    _check_targets((*files, rejects_file), force=force)
    found = find_source(source, split)
    try:
        report = exporter.write(_watched(found, progress), target, settings=settings)
    except SchemaError as error:
        raise _naming(source, error) from None
    if report.rejects:
        write_json_lines((reject.as_dict() | {"file": str(source)} for reject in report.rejects), rejects_file)
    else:
        rejects_file.unlink(missing_ok=True)
    return Conversion(exporter.name, files, report, rejects_file if report.rejects else None)


def _check_targets(files: tuple[Path, ...], *, force: bool) -> None:
    for file in files:
        if file.is_dir():
            raise UsageError("is a folder, not a file", path=file, remedy="Name a file in it.")
        if file.exists() and not force:
            raise UsageError("is there already", path=file, remedy="Name another file, or replace it with --force.")


def _watched(source: Source, progress: Progress) -> Iterator[pl.DataFrame]:
    """Give a source's frames on, and tell of their rows."""
    total = source.count()
    done = 0
    for frame in source.frames():
        yield frame
        done += frame.height
        if total:
            progress("writing", done, total)


def _naming(source: Path, error: SchemaError) -> SchemaError:
    """Give an error with the file it comes from, where only the table is named."""
    path = error.path if error.path and not error.path.startswith("table ") else source
    return SchemaError(
        error.problem, path=path, row=error.row, column=error.column, value=error.value, remedy=error.remedy
    )
