"""What a benchmark says: tables as they are printed, and the same figures for a machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Cell: TypeAlias = "str | int | float | None"

NAME_WIDTH: Final = 52
CELL_WIDTH: Final = 13


def share(part: int, whole: int) -> str:
    """Give a number with its share."""
    return f"{part:,} ({part / max(whole, 1):.2%})"


class Report:
    """The tables of one run, each printed as soon as it is there."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[str, object]] = {}

    def table(
        self, key: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], notes: Sequence[str] = ()
    ) -> None:
        """Print a table and keep its figures.

        Args:
            key: What it is called in the JSON file.
            title: What it shows, and on which data.
            columns: The names of the columns behind the first, which holds the rows' names.
            rows: The rows. A float is printed with four decimals, None as a dash.
            notes: What is to be known about it.
        """
        width = max(NAME_WIDTH, *(len(str(row[0])) + 1 for row in rows), 0)
        print(f"\n{title}\n{'':<{width}}" + "".join(f"{column:>{CELL_WIDTH}}" for column in columns))
        for name, *cells in rows:
            print(f"{name:<{width}}" + "".join(f"{_printed(cell):>{CELL_WIDTH}}" for cell in cells), flush=True)
        for note in notes:
            print(f"  {note}")
        self._tables[key] = {
            "title": title,
            "columns": ["", *columns],
            "rows": [list(row) for row in rows],
            "notes": [*notes],
        }

    def left_out(self, key: str, title: str, reason: str) -> None:
        """Say that a table is left out, and why."""
        print(f"\n{title}\n  left out: {reason}", flush=True)
        self._tables[key] = {"title": title, "left_out": reason}

    def write(self, path: Path) -> None:
        """Write all figures to a JSON file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self._tables, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _printed(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.4f}"
    return f"{cell:,}" if isinstance(cell, int) else cell
