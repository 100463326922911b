"""Headlines of a store written to a file, a batch at a time, so that memory does not grow with the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, get_args

import polars as pl
from polars.io.plugins import register_io_source

from alignkit.errors import StageError, UsageError
from alignkit.schema import HEADLINES
from alignkit.storage import replacing_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from alignkit.progress import Progress

ExportFormat = Literal["parquet", "jsonl"]

_FORMATS: Final[tuple[ExportFormat, ...]] = get_args(ExportFormat)
EXPORT_BATCH: Final = 20_000
_ROWS_PER_GROUP: Final = 100_000


def format_of_export(path: Path) -> ExportFormat:
    """Tell by a file's name how it is to be written.

    Raises:
        UsageError: By its name it is neither Parquet nor JSON Lines.
    """
    suffix = path.suffix.lower().removeprefix(".")
    for known in _FORMATS:
        if suffix == known:
            return known
    raise UsageError("names no format that is written here", path=path, remedy="End it with .parquet or .jsonl.")


def watched(frames: Iterable[pl.DataFrame], total: int, progress: Progress) -> Iterator[pl.DataFrame]:
    """Give frames on, and tell of their rows."""
    done = 0
    progress("exporting", done, total)
    for frame in frames:
        yield frame
        done += frame.height
        progress("exporting", done, total)


def write_frames(frames: Iterable[pl.DataFrame], path: Path, file_format: ExportFormat) -> None:
    """Write frames of the table `headlines` to one file, whole or not at all.

    Raises:
        StageError: The file cannot be written.
    """
    with replacing_file(path) as temporary:
        try:
            (_write_parquet if file_format == "parquet" else _write_jsonl)(frames, temporary)
        except pl.exceptions.PolarsError as error:
            raise StageError(f"cannot be written ({error})", path=path) from error


def _write_parquet(frames: Iterable[pl.DataFrame], path: Path) -> None:
    failures: list[Exception] = []
    source = register_io_source(_as_source(frames, failures), schema=HEADLINES.schema)
    try:
        source.sink_parquet(path, row_group_size=_ROWS_PER_GROUP)
    except pl.exceptions.PolarsError:
        if failures:
            raise failures[0] from None
        raise


def _as_source(
    frames: Iterable[pl.DataFrame], failures: list[Exception]
) -> Callable[[list[str] | None, pl.Expr | None, int | None, int | None], Iterator[pl.DataFrame]]:
    """Give frames the form of a source of polars, which tells of an exception in it by its words only."""

    def source(
        _columns: list[str] | None, _filter: pl.Expr | None, _rows: int | None, _batch: int | None
    ) -> Iterator[pl.DataFrame]:
        try:
            yield from frames
        except Exception as error:
            failures.append(error)
            raise

    return source


def _write_jsonl(frames: Iterable[pl.DataFrame], path: Path) -> None:
    with path.open("wb") as stream:
        for frame in frames:
            frame.write_ndjson(stream)
