"""Text files cut into records, some at a time, so that each block can be read by itself and a fault has its row."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final

from alignkit.errors import InputError, SchemaError
from alignkit.export.formats.model import ROWS_AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def records_of(stream: BinaryIO, *, quoted: bool = False) -> Iterator[bytes]:
    """Give a file's records with their line ends, but for blank lines and a byte order mark.

    Args:
        stream: The file.
        quoted: Whether a line end between quotation marks belongs to its record.
    """
    begun: list[bytes] = []
    marks = 0
    for number, line in enumerate(stream):
        text = line.removeprefix(BYTE_ORDER_MARK) if number == 0 else line
        marks += text.count(b'"') if quoted else 0
        if marks % 2:
            begun.append(text)
        elif begun:
            yield b"".join((*begun, text))
            begun = []
        elif text.strip(b"\r\n"):
            yield text
    if begun:
        yield b"".join(begun)


def blocks_of(records: Iterator[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Give records some at a time, with how many came before."""
    passed = 0
    while block := list(islice(records, ROWS_AT_ONCE)):
        yield passed, block
        passed += len(block)


def fault_in(
    path: Path, passed: int, block: list[bytes], check: Callable[[str], str | SchemaError | None], problem: Exception
) -> InputError | SchemaError:
    """Find the first record of a block that cannot be read.

    Args:
        path: The file.
        passed: How many records came before the block.
        block: Records that cannot be read together.
        check: Says what is wrong with one, or None. A `SchemaError` gets its file and row here.
        problem: What is said if there is no such record.
    """
    for row, record in enumerate(block, passed + 1):
        try:
            found = check(record.decode())
        except UnicodeDecodeError:
            found = "has bytes that are not UTF-8"
        if isinstance(found, SchemaError):
            return SchemaError(found.problem, path=path, row=row, column=found.column, value=found.value)
        if found is not None:
            return InputError(found, path=path, row=row, value=record.rstrip(b"\r\n").decode(errors="replace"))
    first_line = str(problem).partition("\n")[0]
    return InputError(f"cannot be read from here on ({first_line})", path=path, row=passed + 1)
