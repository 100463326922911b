"""Files written whole or not at all, and what tells whether they changed.

Everything is written beside its place under a temporary name and moved there when it is complete, so that a run that is
killed leaves either what was there before or what is there after. What a killed run left under temporary names is
removed by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.errors import InputError, SchemaError, StageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alignkit.schema import Table

_TEMPORARY_PREFIX: Final = ".alignkit-tmp-"


@contextmanager
def replacing_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; what was written there takes its place when the block ends well.

    Raises:
        StageError: The file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = _temporary_beside(path)
    except OSError as error:
        raise StageError(f"cannot be written ({error.strerror or error})", path=path) from None
    try:
        yield temporary
        _flush_to_disk(temporary)
        temporary.replace(path)
    except OSError as error:
        raise StageError(f"cannot be written ({error.strerror or error})", path=path) from None
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder beside `path`; it takes its place, old content and all, when the block ends well.

    Raises:
        StageError: The folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX, dir=path.parent))
        temporary.chmod(0o777 & ~_umask())
    except OSError as error:
        raise StageError(f"cannot be written ({error.strerror or error})", path=path) from None
    old = temporary.with_name(f"{temporary.name}-old")
    try:
        yield temporary
        if path.exists():
            path.rename(old)
        temporary.rename(path)
    except OSError as error:
        raise StageError(f"cannot be written ({error.strerror or error})", path=path) from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what runs that were killed left in a folder under temporary names."""
    for path in folder.glob(f"{_TEMPORARY_PREFIX}*"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as Parquet."""
    with replacing_file(path) as temporary:
        frame.write_parquet(temporary)


def read_table(table: Table, path: Path) -> pl.DataFrame:
    """Read a table from Parquet and check it.

    Raises:
        InputError: The file is not there or is no Parquet file.
        SchemaError: It is not this table.
    """
    try:
        frame = pl.read_parquet(path)
    except FileNotFoundError:
        raise InputError("does not exist", path=path) from None
    except (OSError, pl.exceptions.PolarsError) as error:
        raise SchemaError(f"is not a Parquet file that can be read ({error})", path=path) from None
    return table.validate(frame, path=path)


def write_json_lines(rows: Iterable[Mapping[str, object]], path: Path) -> None:
    """Write rows as JSON Lines, in UTF-8 with nothing escaped that need not be."""
    with replacing_file(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def write_json(value: object, path: Path) -> None:
    """Write one JSON document for people to read."""
    with replacing_file(path) as temporary:
        temporary.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def file_hash(path: Path) -> str:
    """Give the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def folder_hash(folder: Path) -> str:
    """Give the sha256 over the names and hashes of a folder's files, but Python's caches, in hexadecimal."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != "__pycache__")
    listing = [(path.relative_to(folder).as_posix(), file_hash(path)) for path in files]
    return hashlib.sha256(json.dumps(listing).encode()).hexdigest()


def _temporary_beside(path: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=_TEMPORARY_PREFIX, dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    temporary.chmod(0o666 & ~_umask())
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _flush_to_disk(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())
