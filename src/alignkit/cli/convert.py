"""alignkit convert: pairs and headlines from one file format to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, progress_bar
from alignkit.cli.options import JsonOption, QuietOption
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from alignkit.export.formats.convert import Conversion
    from alignkit.export.splits import Split

EXAMPLES: Final = """Formats, and what TO ends in:

\b
  jsonl    .jsonl .ndjson           sqlite   .sqlite .sqlite3 .db
  csv      .csv                     parquet  .parquet .pq
  tsv      .tsv .tab                tmx      .tmx
  wmt      .xml, not read back      xliff    .xlf .xliff
  moses    .moses, not read back: PREFIX.moses makes PREFIX.en, .ja and .ids

Examples:

\b
  alignkit convert build/demo pairs.tmx
  alignkit convert build/demo/dataset test.xml --split test
  alignkit convert pairs.parquet pairs.csv --bom
  alignkit convert pairs.csv pairs.parquet --force
  alignkit convert build/demo corpus --format moses
"""


def convert(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FROM", help="A file of pairs or headlines, the output folder of a build, or a dataset's folder."
        ),
    ],
    target: Annotated[Path, typer.Argument(metavar="TO", help="The file to write.")],
    *,
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help="The format to write.", show_default="by TO's name")
    ] = None,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin CSV and TSV with a byte order mark, as Excel wants it.")
    ] = False,
    split: Annotated[
        str | None,
        typer.Option(help="Of a dataset, only train, validation or test.", show_default="all of them"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Write pairs or headlines in another file format; what it cannot hold is listed in TO.rejects.jsonl."""
    from alignkit.export.formats.convert import convert as convert_table
    from alignkit.export.formats.model import WriteSettings

    with progress_bar(quiet=quiet or as_json) as progress:
        made = convert_table(
            source,
            target,
            format_name=format_name,
            split=_split(split),
            settings=WriteSettings(bom=bom),
            force=force,
            progress=progress,
        )
    if as_json:
        print_json(_summary(made))
    elif not quiet:
        typer.echo(f"{made.report.rows:,} rows: {', '.join(map(str, made.files))}")
        if made.rejects_file is not None:
            typer.echo(f"{len(made.report.rejects):,} left out or changed: {made.rejects_file}")


def _split(name: str | None) -> Split | None:
    from alignkit.export.splits import SPLITS

    for known in SPLITS:
        if name == known:
            return known
    if name is None:
        return None
    raise UsageError("is no split", column="--split", value=name, remedy=f"Known: {', '.join(SPLITS)}.")


def _summary(made: Conversion) -> dict[str, object]:
    return {
        "format": made.format_name,
        "rows": made.report.rows,
        "rejects": len(made.report.rejects),
        "files": [str(file) for file in made.files],
        "rejects_file": None if made.rejects_file is None else str(made.rejects_file),
    }
