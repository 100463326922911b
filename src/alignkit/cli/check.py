"""alignkit check: a dataset before it is published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table
from alignkit.cli.options import JsonOption, QuietOption

EXAMPLES: Final = """Examples:

\b
  alignkit check build/demo/dataset
  alignkit check build/demo/dataset --json
"""


def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The dataset that 'alignkit export' wrote.")],
    *,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Check a dataset against its manifest, and for what nobody should publish; exits with 1 if something is wrong.

    Checked are files and hashes, columns and rows, what splits share, the card, licence and rights, the Croissant
    description, and whether there are e-mail addresses or telephone numbers in it. Notes do not count.
    """
    from alignkit.export.check import check_dataset, notes_on

    findings, notes = check_dataset(folder), notes_on(folder)
    if as_json:
        print_json({"findings": [found.as_dict() for found in findings], "notes": [note.as_dict() for note in notes]})
    elif not quiet:
        rows = [(found.code, found.path, found.message) for found in (*findings, *notes)]
        if rows:
            print_table(("about", "file", "found"), rows)
        typer.echo(f"{folder}: {len(findings):,} to mend" if findings else f"{folder} can be published")
    if findings:
        raise typer.Exit(1)
