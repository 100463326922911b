"""alignkit store: the headlines that a collection has kept, looked at, checked, and brought in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table, progress_bar
from alignkit.cli.options import JsonOption, QuietOption
from alignkit.errors import InputError, UsageError

if TYPE_CHECKING:
    import datetime as dt

    from alignkit.store.model import Counts, Stats

EXAMPLES: Final = """Examples:

\b
  alignkit store stats headlines.sqlite
  alignkit store export headlines.sqlite may.parquet --since 2031-05-01 --until 2031-06-01
  alignkit store import headlines.sqlite older.jsonl other.sqlite
  alignkit store rejects headlines.sqlite
  alignkit store verify headlines.sqlite
  alignkit store vacuum headlines.sqlite
"""

_MOST_OUTLETS: Final = 20

_MOST_REJECTS: Final = 20

app: Final = typer.Typer(
    name="store", epilog=EXAMPLES, no_args_is_help=True, rich_markup_mode=None, help="Look after a store of headlines."
)

StoreArgument = Annotated[Path, typer.Argument(metavar="STORE", help="The store, an SQLite file.")]


@app.command(epilog=EXAMPLES)
def stats(store: StoreArgument, *, as_json: JsonOption = False) -> None:
    """Show how much a store holds."""
    from alignkit.store.headline_store import HeadlineStore

    with HeadlineStore.open(store, read_only=True) as opened:
        found = opened.stats()
    if as_json:
        print_json(found.as_dict())
        return
    print_table(("what", "count"), _rows(found))
    if found.by_outlet:
        typer.echo()
        most = [(name or "(none)", count) for name, count in list(found.by_outlet.items())[:_MOST_OUTLETS]]
        print_table(("outlet", "headlines"), most)
        if (more := len(found.by_outlet) - len(most)) > 0:
            typer.echo(f"and {more:,} more, which --json lists")


@app.command(epilog=EXAMPLES)
def export(
    store: StoreArgument,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The file to write: .parquet or .jsonl.")],
    *,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Only headlines published then or later: 2031-05-01, or with a time; UTC without a zone.",
        ),
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Only headlines published before.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only of this outlet; repeatable.")] = None,
    lang: Annotated[list[str] | None, typer.Option(metavar="CODE", help="Only in this language; repeatable.")] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Also texts that a headline no longer has, each as a row.")
    ] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write a store's headlines to one file, as the stages after collect read it."""
    from alignkit.store.headline_store import HeadlineStore
    from alignkit.store.reading import Selection

    selection = Selection(_time("--since", since), _time("--until", until), outlet, lang, revisions)
    with (
        HeadlineStore.open(store, read_only=True) as opened,
        progress_bar(quiet=quiet or as_json) as progress,
    ):
        count = opened.export(out, None, selection, progress=progress)
    if as_json:
        print_json({"headlines": count, "file": str(out)})
    elif not quiet:
        typer.echo(f"{count:,} headlines: {out}")


@app.command(name="import", epilog=EXAMPLES)
def import_files(
    store: StoreArgument,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", help="Parquet or JSON Lines with the columns of headlines, or stores."),
    ],
    *,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Bring headlines into a store, which is begun if it is not there; exits with 1 if a file cannot be read."""
    from alignkit.store.headline_store import HeadlineStore

    counts: dict[Path, Counts] = {}
    unread: list[InputError] = []
    with HeadlineStore.open(store) as opened, progress_bar(quiet=quiet or as_json) as progress:
        for file in files:
            try:
                counts[file] = opened.import_(file, progress=progress)
            except InputError as error:
                unread.append(error)
    if as_json:
        print_json(
            {
                "files": [{"file": str(file), **count.as_dict()} for file, count in counts.items()],
                "unread": [str(error) for error in unread],
            }
        )
    elif not quiet and counts:
        rows = [(str(file), *count.as_dict().values()) for file, count in counts.items()]
        print_table(("file", "new", "revised", "unchanged", "rejected"), rows)
    for problem in unread:
        typer.echo(f"alignkit: error: {problem}", err=True)
    if unread:
        raise typer.Exit(1)


@app.command(epilog=EXAMPLES)
def rejects(
    store: StoreArgument,
    *,
    most: Annotated[int, typer.Option("--most", min=1, help="At most that many.")] = _MOST_REJECTS,
    as_json: JsonOption = False,
) -> None:
    """Show what could not be kept, and why; the latest at last."""
    from alignkit.store.headline_store import HeadlineStore

    with HeadlineStore.open(store, read_only=True) as opened:
        found = opened.rejects().tail(most)
    if as_json:
        print_json(found.to_dicts())
        return
    columns = ("source", "row", "column", "reason", "value")
    print_table(
        columns, [["" if value is None else value for value in row] for row in found.select(columns).iter_rows()]
    )


@app.command(epilog=EXAMPLES)
def vacuum(store: StoreArgument, *, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Write a store's file anew without the room that it no longer needs."""
    from alignkit.store.headline_store import HeadlineStore

    with HeadlineStore.open(store, create=False) as opened:
        before, after = opened.vacuum()
    if as_json:
        print_json({"bytes_before": before, "bytes_after": after})
    elif not quiet:
        typer.echo(f"{before / 1e6:,.1f} MB before, {after / 1e6:,.1f} MB now")


@app.command(epilog=EXAMPLES)
def verify(store: StoreArgument, *, as_json: JsonOption = False, quiet: QuietOption = False) -> None:
    """Look a store over: its file, references, ids and snapshots; exits with 1 if something is wrong."""
    from alignkit.store.headline_store import HeadlineStore

    with HeadlineStore.open(store, read_only=True) as opened:
        findings = opened.verify()
    if as_json:
        print_json([finding.as_dict() for finding in findings])
    elif findings and not quiet:
        print_table(("check", "problem"), [(finding.check, finding.problem) for finding in findings])
    elif not quiet:
        typer.echo(f"{store} is whole")
    if findings:
        raise typer.Exit(1)


def _time(option: str, value: str | None) -> dt.datetime | None:
    import datetime as dt

    if value is None:
        return None
    try:
        time = dt.datetime.fromisoformat(value)
    except ValueError:
        remedy = "Write 2031-05-26 or 2031-05-26T07:00+09:00."
        raise UsageError("is no time that can be read", column=option, value=value, remedy=remedy) from None
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


def _rows(found: Stats) -> list[tuple[str, object]]:
    published = [time for time in (found.first_published, found.last_published) if time is not None]
    return [
        ("headlines", f"{found.headlines:,}"),
        *((f"  in {lang}", f"{count:,}") for lang, count in found.by_lang.items()),
        ("texts (revisions)", f"{found.revisions:,}"),
        ("published (UTC)", " to ".join(f"{time:%Y-%m-%d %H:%M}" for time in published)),
        ("fetches", f"{found.fetches:,}"),
        ("rejects", f"{found.rejects:,}"),
        ("snapshots", f"{found.snapshots:,} ({found.snapshot_bytes / 1e6:,.1f} MB)"),
        ("runs", f"{found.runs:,} ({found.unfinished_runs:,} unfinished)"),
        ("file", f"{found.file_bytes / 1e6:,.1f} MB"),
    ]
