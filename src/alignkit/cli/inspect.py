"""alignkit inspect: how headlines are read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json
from alignkit.cli.options import JsonOption
from alignkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignkit.inspection import Inspection

EXAMPLES: Final = """Examples:

\b
  alignkit inspect "【速報】北の島で震度5強、3人けが（共同）" "Strong quake injures 3 on northern island"
  alignkit inspect --file headlines.txt --json
  cat headlines.txt | alignkit inspect
"""


def inspect(
    headlines: Annotated[
        list[str] | None, typer.Argument(metavar="HEADLINE…", help="Headlines; from stdin where none is given.")
    ] = None,
    *,
    file: Annotated[Path | None, typer.Option(help="A file of headlines: text, TSV, CSV, JSON(L) or Parquet.")] = None,
    lang: Annotated[str | None, typer.Option(help="Their language, en or ja.", show_default="told from each")] = None,
    outlet: Annotated[
        str | None,
        typer.Option(help="Who published them: name, id or address.", show_default="told from what stands around them"),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show how headlines are read: the headline proper, what stood around it, language, numbers, names and words."""
    from alignkit.inspection import inspect_headlines

    if lang not in (None, "en", "ja"):
        raise UsageError("is neither en nor ja", column="--lang", value=lang)
    if headlines and file:
        raise UsageError("HEADLINE and --file exclude each other")
    texts = headlines or list(_read(file))
    found = inspect_headlines(texts, lang=lang, outlet=outlet)  # type: ignore[arg-type]
    if as_json:
        print_json([inspection.as_dict() for inspection in found])
        return
    for inspection in found:
        _print(inspection)


def _read(file: Path | None) -> Iterable[str]:
    if file is None:
        if sys.stdin.isatty():
            raise UsageError("no headline was given", remedy="Name some, or a --file, or pipe them in.")
        return (line.strip() for line in sys.stdin if line.strip())
    from alignkit.collect.files import read_file
    from alignkit.collect.record import Record

    texts = []
    for item in read_file(file, aliases=("en", "ja")):
        if isinstance(item, Record):
            texts.append(str(item.fields.get("text", "")))
        else:
            typer.echo(f"alignkit: left out: {file}, row {item.row}: {item.reason}", err=True)
    return texts


def _print(inspection: Inspection) -> None:
    """Print one headline, a line for each thing that was found in it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    text = inspection.headline.text
    console.print(Text.assemble((text, "bold"), f"  {inspection.language}"))
    around = [f"{part.kind} {part.core}".strip() for part in inspection.headline.parts]
    rows = {
        "around": "; ".join(around),
        "outlet": inspection.outlet.name_en if inspection.outlet else "",
        "numbers": "; ".join(
            f"{quantity.text} = {quantity.approximate} {quantity.kind} {_span(quantity.low, quantity.high)} {quantity.unit}"
            for quantity in inspection.quantities
        ),
        "names": "; ".join(
            f"{text[name.start : name.end]} = {name.kind} ({', '.join(sorted(name.keys))})" for name in inspection.names
        ),
        "words": " ".join(text[token.start : token.end] for token in inspection.tokens if token.is_content),
    }
    for label, value in rows.items():
        if value:
            console.print(Text.assemble((f"  {label:<8} ", "dim"), " ".join(value.split())))
    console.print()


def _span(low: float, high: float) -> str:
    return f"{low:,g}" if low == high else f"{low:,g} to {high:,g}"
