"""alignkit align: two files of headlines, or the candidates of a configuration."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table, progress_bar
from alignkit.cli.options import ConfigArgument, ForceOption, JsonOption, QuietOption, StrictOption
from alignkit.cli.stages import run_stages
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alignkit.config import AlignSettings, PairSettings
    from alignkit.export.tables import TableFormat
    from alignkit.two_files import AlignedFiles

EXAMPLES: Final = """Examples:

\b
  alignkit align --en english.txt --ja japanese.txt
  alignkit align --en en.csv --ja ja.csv --text-column headline -o pairs.jsonl
  alignkit align --en en.txt --ja ja.txt --rerank e5 --explain -o pairs.jsonl
  alignkit align --en en.tsv.gz --ja ja.parquet --threshold 0.8 -o pairs.tsv
  alignkit align                      in a folder with an alignkit.toml, after 'alignkit pair'
"""


def align(
    config: ConfigArgument = Path(),
    *,
    en: Annotated[Path | None, typer.Option(help="English headlines: text, TSV, CSV, JSON(L) or Parquet.")] = None,
    ja: Annotated[Path | None, typer.Option(help="Japanese headlines: text, TSV, CSV, JSON(L) or Parquet.")] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where the pairs go: .tsv, .csv, .jsonl or .parquet.", show_default="stdout"
        ),
    ] = None,
    text_column: Annotated[
        str | None,
        typer.Option(help="The column with the headline.", show_default="text, headline, title, sentence, or en / ja"),
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="The files' encoding.", show_default="found out")] = None,
    threshold: Annotated[float | None, typer.Option(min=0, max=1, help="The least score.", show_default="0.5")] = None,
    window_days: Annotated[
        float | None,
        typer.Option(min=0, help="How many days apart dated headlines may be, either way.", show_default="2"),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Add a column with what matches what in each pair, as JSON.")
    ] = False,
    rerank: Annotated[
        str | None,
        typer.Option(help="A second encoder that looks again at what is ambiguous: e5.", show_default="none"),
    ] = None,
    force: ForceOption = False,
    strict: StrictOption = False,
    as_json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Align two files of headlines, or the candidates of a configuration.

    With --en and --ja: reads both files, pairs what is one story, and prints or writes one row a pair, the best score
    first. TSV and CSV get the columns score, en, ja, en_source and ja_source; JSON Lines and Parquet get all.

    Without them: scores the candidates of CONFIG's output folder, candidates.parquet to pairs.parquet.
    """
    chosen = {
        "output": output,
        "text-column": text_column,
        "encoding": encoding,
        "threshold": threshold,
        "window-days": window_days,
        "strict": strict or None,
        "explain": explain or None,
        "rerank": rerank,
    }
    if en is None and ja is None:
        _refuse_two_file_options(chosen)
        run_stages(config, ("align",), force=force, strict=False, as_json=as_json, quiet=quiet)
        return
    if en is None or ja is None:
        raise UsageError("--en and --ja go together", remedy="Name one file with each.")
    if output is None and as_json:
        raise UsageError("--json prints the summary where the pairs would go", remedy="Name a file with --output.")

    from alignkit.collect.sources import FilesSource
    from alignkit.export.tables import table_format
    from alignkit.two_files import align_files

    file_format = table_format(output) if output else "tsv"
    english, japanese = (
        FilesSource(path=str(path), lang=lang, text_column=text_column, encoding=encoding)
        for lang, path in (("en", en), ("ja", ja))
    )
    pair, scoring = _settings(threshold=threshold, window_days=window_days, rerank=rerank)
    with progress_bar(quiet=quiet) as progress:
        result = align_files(
            english,
            japanese,
            folder=Path.cwd(),
            pair=pair,
            align=scoring,
            strict=strict,
            explain=explain,
            processes=os.cpu_count() or 1,
            progress=progress,
        )
    _write(result, output, file_format)
    if as_json:
        print_json({"counts": result.counts, "output": str(output)})
    elif not quiet:
        print_table(list(result.counts), [list(result.counts.values())], to_stderr=output is None)


def _settings(
    *, threshold: float | None, window_days: float | None, rerank: str | None
) -> tuple[PairSettings, AlignSettings]:
    """Give the settings that the options ask for; what was not asked for stays as it is by default."""
    from alignkit.config import AlignSettings, PairSettings
    from alignkit.encoders.registry import describe_known_encoders, is_known_encoder

    if rerank is not None and not is_known_encoder(rerank):
        raise UsageError("--rerank names no known encoder", value=rerank, remedy=f"Known: {describe_known_encoders()}.")
    pair = PairSettings() if window_days is None else PairSettings(window_days=window_days)
    align = AlignSettings(rerank=rerank) if threshold is None else AlignSettings(rerank=rerank, threshold=threshold)
    return pair, align


def _refuse_two_file_options(chosen: Mapping[str, object]) -> None:
    for name, value in chosen.items():
        if value is not None:
            raise UsageError(f"--{name} goes with --en and --ja", remedy="Otherwise the configuration says it.")


def _write(result: AlignedFiles, output: Path | None, file_format: TableFormat) -> None:
    """Write the pairs, and beside them what could not be read."""
    from alignkit.export.tables import write_plain_table
    from alignkit.storage import replacing_file, write_json_lines
    from alignkit.two_files import EXPLANATION, SHORT_COLUMNS

    short = [*SHORT_COLUMNS, *(name for name in (EXPLANATION,) if name in result.pairs.columns)]
    pairs = result.pairs.select(short) if file_format in ("tsv", "csv") else result.pairs
    if output is None:
        buffer = io.BytesIO()
        write_plain_table(pairs, buffer, file_format)
        sys.stdout.buffer.write(buffer.getvalue())
        sys.stdout.flush()
        for reject in result.rejects:
            typer.echo(f"alignkit: left out: {reject}", err=True)
        return
    with replacing_file(output) as temporary:
        write_plain_table(pairs, temporary, file_format)
    if result.rejects:
        write_json_lines((reject.as_dict() for reject in result.rejects), output.with_suffix(".rejects.jsonl"))
