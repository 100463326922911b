"""The records of a web archive as they lie in its file, from any of them on, and past what is damaged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from alignkit.web.extras import import_extra

if TYPE_CHECKING:
    from collections.abc import Iterator

_BUFFER: Final = 1 << 18
_PIECE: Final = 1 << 20
_LONGEST_HEADER: Final = 1 << 17
_LONGEST_MARK: Final = 8
_HEADER_END: Final = b"\r\n\r\n"
_NO_HEADER: Final = "breaks off in the header of a record"
_MOST_ATTEMPTS: Final = 1_000  # so that a file made of beginnings alone has an end
_Form = Literal["gzip", "zstd", "plain"]
_BEGINNINGS: Final[dict[_Form, re.Pattern[bytes]]] = {
    "gzip": re.compile(rb"\x1f\x8b\x08[\x00-\x1f]"),
    "zstd": re.compile(rb"\x28\xb5\x2f\xfd"),
    "plain": re.compile(rb"WARC/[01]\.\d"),
}


@dataclass(frozen=True, slots=True)
class Damage:
    """A place from which nothing could be read until the next record that is whole.

    Attributes:
        position: Where the record before it begins, in bytes, or where reading began.
        reason: What is wrong there.
    """

    position: int
    reason: str


def walk_records(file: IO[bytes], start: int) -> Iterator[Any]:
    """Give the responses of an archive in order.

    Args:
        file: The archive, plain or compressed with gzip or Zstandard, open for reading and seeking.
        start: Where a record begins from which to read on, in bytes.

    Yields:
        Each response as fastwarc's `WarcRecord`, to be read before the next is asked for; a `Damage` for each place
        that cannot be read.
    """
    form = _form_of(file)
    position: int | None = start
    attempts = 0
    while position is not None and attempts < _MOST_ATTEMPTS:
        last, problem = None, ""
        try:
            for record in _archive(file, position, "response"):
                last = record.stream_pos
                yield record
        except (OSError, ValueError) as error:
            problem = f"{'is no record of a web archive' if last is None else 'is damaged'} ({error})"
        attempts = attempts + 1 if last is None else 1
        reached = position if last is None else last
        problem = problem or _problem_of_end(file, reached, form)
        if not problem:
            return
        if attempts == 1:
            yield Damage(reached, problem)
        position = _next_beginning(file, reached + 1, form)


def _archive(file: IO[bytes], position: int, kind: Literal["response", "any_type"]) -> Any:  # noqa: ANN401 - imported late
    fastwarc = import_extra("fastwarc.warc")
    file.seek(position)
    kinds = getattr(fastwarc.WarcRecordType, kind)
    return fastwarc.ArchiveIterator(file, record_types=kinds, parse_http=False, buffer_size=_BUFFER)


def _form_of(file: IO[bytes]) -> _Form | None:
    file.seek(0)
    beginning = file.read(_LONGEST_MARK)
    return next((form for form, mark in _BEGINNINGS.items() if mark.match(beginning)), None)


def _next_beginning(file: IO[bytes], position: int, form: _Form | None) -> int | None:
    """Find where a record may begin, at a position or behind it."""
    marks = [_BEGINNINGS[form]] if form else list(_BEGINNINGS.values())
    file.seek(position)
    kept = b""
    while piece := file.read(_PIECE):
        window = kept + piece
        found = [match.start() for mark in marks if (match := mark.search(window))]
        if found:
            return position - len(kept) + min(found)
        position += len(piece)
        kept = window[-_LONGEST_MARK:]
    return None


def _problem_of_end(file: IO[bytes], position: int, form: _Form | None) -> str:
    """Say what is wrong behind the last response: fastwarc takes a file that breaks off for one that ends.

    Args:
        file: The archive.
        position: Where its last response begins, or where no record could be read at all.
        form: How it is packed.
    """
    length = None
    try:
        for record in _archive(file, position, "any_type"):
            position, length = record.stream_pos, record.content_length
        problem = _problem_of_last(file, position, length)
    except (OSError, ValueError) as error:
        return f"is damaged ({error})"
    if not problem and form in {"gzip", "zstd"} and _next_beginning(file, position + 1, form) is not None:
        # So little of the next record is there that nothing comes of it.
        return _NO_HEADER
    return problem


def _problem_of_last(file: IO[bytes], position: int, length: int | None) -> str:
    """Hold the last record against what is there from where it begins to the end of the file."""
    pieces = _unpacked(file, position)
    if length is None:
        return "is no record of a web archive" if any(piece.strip() for piece in pieces) else ""
    beginning = b""
    for piece in pieces:
        beginning += piece
        if _HEADER_END in beginning or len(beginning) > _LONGEST_HEADER:
            break
    end = beginning.find(_HEADER_END) + len(_HEADER_END) + length
    size = 0
    for piece in chain([beginning], pieces):
        behind = piece[max(0, end - size) :]
        size += len(piece)
        if behind.strip():
            return _NO_HEADER
    return "" if size >= end else "breaks off within a record"


def _unpacked(file: IO[bytes], position: int) -> Iterator[bytes]:
    streams = import_extra("fastwarc.stream_io")
    file.seek(position)
    beginning = file.read(_LONGEST_MARK)
    file.seek(position)
    reader: Any = file
    if _BEGINNINGS["gzip"].match(beginning):
        reader = streams.GzipReader(file)
    elif _BEGINNINGS["zstd"].match(beginning):
        reader = streams.ZstdReader(file)
    try:
        while piece := reader.read(_PIECE):
            yield piece
    except OSError:  # it breaks off here
        return
