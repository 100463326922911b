"""How a file is written whole or not at all, and how one is opened to be read."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

import polars as pl

from alignkit.errors import InputError, StageError
from alignkit.storage import replacing_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path, which becomes the file when the block ends well, whoever writes to it.

    Raises:
        StageError: The file cannot be written: no room, no right, no such place.
    """
    with replacing_file(path) as temporary:
        try:
            yield temporary
        except (pl.exceptions.PolarsError, sqlite3.Error) as error:
            raise StageError(f"cannot be written ({error})", path=path) from error


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """Open a file to be read.

    Raises:
        InputError: It is not there or cannot be read.
    """
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise InputError("does not exist", path=path) from None
    except IsADirectoryError:
        raise InputError("is a folder, not a file", path=path) from None
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror or error})", path=path) from None
