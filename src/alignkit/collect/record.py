"""What readers give: rows as they stand in a file, and what could not be read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


Dropped = Literal["file", "row", "value"]


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a source, by the names of `alignkit.schema.HEADLINES`; names it does not have are left out.

    Attributes:
        row: The row, counted from 1 (plain text and XML: the line).
        fields: Column name to value, as read.
        place: What of the file it is, for the column `source`: the row's number, or a document and segment.
        identity: What tells it from other headlines with the same words where it has no URL.
    """

    row: int
    fields: Mapping[str, object]
    place: str
    identity: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """Something that could not be read, and why.

    Attributes:
        row: The row, counted from 1 (plain text and XML: the line); None if it is the whole file.
        reason: Why it was left out.
        column: The column it is in, if it is one value.
        value: What stands there, cut to a readable length.
        dropped: Whether the whole file, the row, or only this value was left out.
        file: The file, by its path from the configuration's folder; readers leave it to whoever named them the file.
    """

    row: int | None
    reason: str
    column: str | None = None
    value: str | None = None
    dropped: Dropped = "row"
    file: str = ""

    def __str__(self) -> str:
        """Give it on one line: where, why, and the value."""
        place = self.file if self.row is None else f"{self.file}, row {self.row}"
        column = f", column {self.column!r}" if self.column else ""
        return f"{place}{column}: {self.reason}" + (f": {self.value}" if self.value else "")

    def as_dict(self) -> dict[str, object]:
        """Give the fields as a plain dictionary, as one line of rejects.jsonl holds them."""
        return asdict(self)


Records: TypeAlias = "Iterator[Record | Reject]"
