"""alignkit hydrate: a stand-off dataset with its text again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table, progress_bar
from alignkit.cli.options import JsonOption, QuietOption
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from alignkit.export.hydration import HydrationReport

EXAMPLES: Final = """Examples:

\b
  alignkit hydrate pointers full --contact you@example.org
  alignkit hydrate pointers full --contact you@example.org --cache pages --json
"""


def hydrate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The stand-off dataset.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder to write the dataset with text to.")],
    *,
    contact: Annotated[
        str | None, typer.Option(help="An e-mail or web address at which you can be reached; is sent along. Needed.")
    ] = None,
    salt: Annotated[
        str | None, typer.Option(help="The secret that headlines were hashed with.", envvar="ALIGNKIT_SALT")
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where what pages say is kept: another run asks for no page again that was got."
        ),
    ] = None,
    delay: Annotated[float, typer.Option(min=0, help="Least seconds between two requests to a host.")] = 2.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask hosts within this machine or its network.")
    ] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Collect the headlines that a dataset points to, politely, and write what is as it was as a dataset with text."""
    from alignkit.export.hydration import OUTCOMES
    from alignkit.export.hydration import hydrate as hydrate_dataset
    from alignkit.web.client import PoliteClient
    from alignkit.web.settings import WebSettings

    if not contact:
        remedy = "Whoever runs the sites must be able to reach you: give an e-mail or web address."
        raise UsageError("is needed", column="--contact", remedy=remedy)
    settings = WebSettings(contact=contact, delay=delay, allow_private=allow_private)
    with progress_bar(quiet=quiet or as_json) as progress, PoliteClient(settings) as client:
        report = hydrate_dataset(folder, client, out, salt=salt, kept=cache, progress=progress)
    if as_json:
        pairs = {"pairs": report.pairs, "missing_pairs": report.missing_pairs}
        counts = {"headlines": report.outcomes, "advice": _advice(report, cache)}
        print_json({**counts, **pairs, "by_outlet": report.by_outlet, "dataset": str(out)})
    elif not quiet:
        rows = [(row["outlet"] or "", *(row[outcome] for outcome in OUTCOMES)) for row in report.by_outlet]
        print_table(("outlet", *OUTCOMES), [*rows, ("all", *report.outcomes.values())])
        whole = sum(report.pairs.values())
        typer.echo(f"{whole:,} of {whole + report.missing_pairs:,} pairs are whole: {out}")
        if advised := _advice(report, cache):
            typer.echo(advised)


def _advice(report: HydrationReport, cache: Path | None) -> str | None:
    """Say what another run would do for headlines that were unreachable; None if there are none."""
    count = report.outcomes["unreachable"]
    if not count:
        return None
    were = f"{count:,} {'headline was' if count == 1 else 'headlines were'} unreachable for now; another run asks again"
    if cache is None:
        return f"{were} (and for all other pages, too, as they were not kept: give a folder with --cache)"
    return f"{were} (and for no page that was got, if it has --cache {cache}, too)"
