"""What commands print: progress on stderr while they work, one summary when they are done."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from alignkit.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.progress import TaskID

    from alignkit.pipeline import StageReport
    from alignkit.progress import Progress


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """Show progress bars on stderr, if it is a terminal; a bar goes when its task is done."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    bars = Bars(
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, TaskID] = {}

    def show(task: str, done: int, total: int, /) -> None:
        if task not in tasks:
            tasks[task] = bars.add_task(task, total=total)
        bars.update(tasks[task], completed=done, total=total)
        if done >= total:
            bars.remove_task(tasks.pop(task))

    with bars:
        yield show


def print_json(value: object) -> None:
    """Print one JSON document on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))  # noqa: T201


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, to_stderr: bool = False) -> None:
    """Print a small table; numbers are aligned to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for place, name in enumerate(columns):
        numeric = bool(rows) and all(isinstance(row[place], int | float) for row in rows)
        table.add_column(name, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    Console(stderr=to_stderr, highlight=False).print(table)


def print_stages(reports: Sequence[StageReport], *, as_json: bool, quiet: bool, results: Mapping[str, str]) -> None:
    """Print what became of each stage.

    Args:
        reports: The stages.
        as_json: Whether to print JSON.
        quiet: Whether to print nothing.
        results: Where the results are, by what they are.
    """
    if as_json:
        stages = {
            report.stage: {"ran": report.ran, "seconds": report.seconds, "counts": dict(report.counts)}
            for report in reports
        }
        print_json({"stages": stages, "results": dict(results)})
    elif not quiet:
        rows = [
            (
                report.stage,
                "done" if report.ran else "unchanged",
                ", ".join(f"{count:,} {what}" for what, count in report.counts.items()),
                f"{report.seconds:.1f} s",
            )
            for report in reports
        ]
        print_table(("stage", "", "counts", "time"), rows)
        for what, where in results.items():
            print(f"{what}: {where}")  # noqa: T201


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return f"{value:,}"
    from rich.markup import escape

    return escape(str(value))
