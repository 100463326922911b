"""Everything that alignkit raises on purpose.

The tree::

    AlignkitError
    ├── UsageError       an option or an argument makes no sense        exit code 2
    │   └── ConfigError  alignkit.toml is wrong                         exit code 2
    ├── InputError       a file or a row that was given cannot be used  exit code 1
    ├── SchemaError      a table does not have the columns it must have exit code 1
    ├── StageError       a stage cannot run: what it needs is not there exit code 1
    ├── FetchError       something cannot be fetched from the network   exit code 1
    └── MissingExtraError  an optional dependency is not installed      exit code 1

Catch `AlignkitError` to catch them all. What was wrong, where it was and what to do about it are fields of the
exception as well as words of its message, so that a program can use what a person reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_QUOTED_VALUE = 80


class AlignkitError(Exception):
    """Base of all errors that alignkit raises on purpose.

    Args:
        problem: What is wrong, in one clause without a full stop.
        path: The file or folder it is in.
        row: The row (1 is the first data row; for plain text and XML the line).
        column: The column or the key.
        value: The value that cannot be used.
        remedy: What to do about it, one sentence with its full stop.
    """

    exit_code = 1

    def __init__(
        self,
        problem: str,
        *,
        path: str | Path | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        remedy: str | None = None,
    ) -> None:
        self.problem = problem
        self.path = str(path) if path is not None else None
        self.row = row
        self.column = column
        self.value = value
        self.remedy = remedy
        super().__init__(problem)

    def __str__(self) -> str:
        """Give the whole message on one line: where, what, the value, what to do."""
        place = [self.path] if self.path is not None else []
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column!r}" if self.row is not None else repr(self.column))
        message = f"{', '.join(place)}: {self.problem}" if place else self.problem
        if self.value is not None:
            message += f": {quoted(self.value)}"
        return f"{message}. {self.remedy}" if self.remedy else message


class UsageError(AlignkitError):
    """An option or an argument makes no sense."""

    exit_code = 2


class ConfigError(UsageError):
    """The configuration file cannot be read, or says something that alignkit does not know."""


class InputError(AlignkitError):
    """A file, or all of its rows, cannot be used."""


class SchemaError(AlignkitError):
    """A table does not have the columns, types or values that `alignkit.schema` asks for."""


class StageError(AlignkitError):
    """A stage cannot run, because what it needs is not there or cannot be written."""


class MissingExtraError(AlignkitError):
    """An optional dependency is not installed."""

    def __init__(self, package: str, *, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the package {package!r}, which is not installed",
            remedy=f"Install it with: pip install 'alignkit[{extra}]'.",
        )


def quoted(value: object) -> str:
    """Quote a value for a message, on one line and not longer than a reader wants to see."""
    text = repr(value)
    return text if len(text) <= _LONGEST_QUOTED_VALUE else f"{text[: _LONGEST_QUOTED_VALUE - 1]}…"
