"""Lines of text files that may come packed: what packs them is told by how they begin, and they are unpacked as they are read."""

from __future__ import annotations

import bz2
import codecs
import gzip
import importlib
import io
import lzma
import zlib
from typing import IO, TYPE_CHECKING, Final, Self, cast
from zipfile import BadZipFile

from alignkit.collect.decoding import detect_encoding, unreadable
from alignkit.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

LONGEST_LINE: Final = 1 << 20
"""The most characters of a line that are kept; a file of one endless line must not fill the memory."""
UNPACKING_ERRORS: Final = (OSError, EOFError, zlib.error, lzma.LZMAError, BadZipFile)
"""What reading a file that is packed, and is damaged or cut, raises."""

_SAMPLE_BYTES: Final = 1 << 20
_GZIP: Final = b"\x1f\x8b"
_BZIP2: Final = b"BZh"
_XZ: Final = b"\xfd7zXZ\x00"
_ZSTANDARD: Final = b"\x28\xb5\x2f\xfd"
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
# How `alignkit.collect.decoding` registers the handler that keeps bytes which the encoding does not allow.
_ESCAPING: Final = "alignkit-escape"


class Lines:
    r"""The lines of a text, without their ends; closed when its `with` block ends.

    Only '\n' and '\r\n' end a line: in parallel text the n-th lines of two files are partners, and a stray '\r' within a
    line would shift all that follow.

    Args:
        stream: The bytes.
        path: The file they are from, for messages.
        encoding: A Python encoding name, or None to find it out.

    Attributes:
        path: That file.
        encoding: The encoding they are read in.

    Raises:
        InputError: The text cannot be read, or its encoding cannot be found out or is unknown.
    """

    def __init__(self, stream: IO[bytes], path: Path, encoding: str | None = None) -> None:
        self.path = path
        buffered = io.BufferedReader(cast("io.RawIOBase", stream), buffer_size=_SAMPLE_BYTES)
        try:
            self.encoding = _known(encoding, path) if encoding else _detected(buffered.peek(), path)
        except UNPACKING_ERRORS as error:
            stream.close()
            raise unreadable(path, error) from None
        except InputError:
            stream.close()
            raise
        self._text = io.TextIOWrapper(buffered, encoding=self.encoding, errors=_ESCAPING, newline="\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._text.close()

    def __iter__(self) -> Iterator[str]:
        """Give the lines; one that is longer than `LONGEST_LINE` is cut to one character more.

        Raises:
            InputError: The file is damaged or cut.
        """
        try:
            while line := self._text.readline(LONGEST_LINE + 1):
                rest = line
                while len(rest) > LONGEST_LINE and not rest.endswith("\n"):
                    rest = self._text.readline(LONGEST_LINE + 1)
                yield line.removesuffix("\n").removesuffix("\r")
        except UNPACKING_ERRORS as error:
            raise unreadable(self.path, error) from None


def open_lines(path: Path, encoding: str | None = None) -> Lines:
    """Open a text that may be packed with gzip, bzip2, xz or, where Python can (from 3.14), Zstandard.

    Args:
        path: The file.
        encoding: A Python encoding name, or None to find it out.

    Raises:
        InputError: It cannot be opened, is packed in another way, or its encoding cannot be found out or is unknown.
    """
    try:
        with path.open("rb") as stream:
            beginning = stream.read(6)
        return Lines(_unpacked(path, beginning), path, encoding)
    except OSError as error:
        raise unreadable(path, error) from None


def is_zip(path: Path) -> bool:
    """Tell whether a file is a zip archive.

    Raises:
        InputError: It cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            return stream.read(4) in _ZIP
    except OSError as error:
        raise unreadable(path, error) from None


def _unpacked(path: Path, beginning: bytes) -> IO[bytes]:
    if beginning.startswith(_GZIP):
        return cast("IO[bytes]", gzip.open(path))
    if beginning.startswith(_BZIP2):
        return bz2.open(path)
    if beginning.startswith(_XZ):
        return lzma.open(path)
    if beginning.startswith(_ZSTANDARD):
        return _open_zstandard(path)
    if beginning.startswith(_ZIP):
        raise InputError("is a zip archive where one text is wanted", path=path, remedy="Give the archive alone.")
    return path.open("rb", buffering=0)


def _open_zstandard(path: Path) -> IO[bytes]:
    try:
        zstd = importlib.import_module("compression.zstd")
    except ModuleNotFoundError:
        remedy = "Unpack it first: zstd -d FILE."
        raise InputError("is packed with Zstandard, which needs Python 3.14", path=path, remedy=remedy) from None
    return cast("IO[bytes]", zstd.open(path))


def _detected(sample: bytes, path: Path) -> str:
    found = detect_encoding(sample)
    if found is None:
        raise InputError(
            "is not UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text",
            path=path,
            remedy="If you know its encoding, name it.",
        )
    return found


def _known(encoding: str, path: Path) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        remedy = "Try utf-8, cp932 or euc_jp."
        raise InputError("is no encoding that Python knows", path=path, value=encoding, remedy=remedy) from None
