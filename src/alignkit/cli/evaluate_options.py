"""The options of 'alignkit evaluate', by what they are about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# What is scored, and on what.
Dataset = Annotated[
    Path | None, typer.Argument(metavar="DATASET", help="A dataset's folder, or its Parquet or JSON Lines file.")
]
Hyp = Annotated[
    list[str] | None, typer.Option(metavar="[NAME=]PATH", help="A system's output, a folder or a pattern; repeat it.")
]
Split = Annotated[str, typer.Option(help="The split of the dataset.")]
Src = Annotated[Path | None, typer.Option(help="Sources, a line each, in place of a dataset.")]
Ref = Annotated[list[Path] | None, typer.Option(help="References, a line each; repeat it for more.")]
Stories = Annotated[Path | None, typer.Option(help="The story or document of each line.")]
Lang = Annotated[str | None, typer.Option(metavar="SRC-TGT", help="The languages.", show_default="en-ja, or found out")]
Encoding = Annotated[str | None, typer.Option(help="Of all text files.", show_default="found out")]

# How it is scored and compared.
Metrics = Annotated[str, typer.Option(help="Of bleu, chrf, chrf++ and ter; '' for none.")]
Tokenize = Annotated[
    str | None, typer.Option(help="sacrebleu's tokenizer for BLEU.", show_default="by the target language")
]
Protocol = Annotated[str, typer.Option(help="Which references are used: all, one, k=2 or more.")]
Draws = Annotated[int, typer.Option(help="How often references are drawn by 'one' and 'k='.")]
Resamples = Annotated[int, typer.Option(help="Bootstrap resamples, for intervals.")]
Trials = Annotated[int, typer.Option(help="Trials of approximate randomisation.")]
Seed = Annotated[int, typer.Option(help="What all draws follow from.")]
Test = Annotated[str, typer.Option(help="What tells systems apart: randomisation or bootstrap.")]
TitleLimit = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help="The most characters, full or half width, that an output may have as a title, in any target language.",
        show_default="any number",
    ),
]

# What others found.
Scores = Annotated[
    list[str] | None,
    typer.Option(metavar="[NAME=]PATH", help="Segment scores: COMET's .json, MetricX's .jsonl, .seg.score; repeat it."),
]
MetricCmd = Annotated[
    list[str] | None, typer.Option(metavar="NAME=COMMAND", help="A command that scores JSON Lines; repeat it.")
]
LowerIsBetter = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="A metric of those two that counts errors; repeat it.")
]
Human = Annotated[Path | None, typer.Option(help="Human scores: lines of 'system score'.")]

# What is written.
Out = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write JSON, CSV, Parquet and more there.")]
Html = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write a page to look through scores and segments there.")
]
Latex = Annotated[Path | None, typer.Option(metavar="FILE", help="Write a table for a paper there.")]
