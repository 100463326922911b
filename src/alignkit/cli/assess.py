"""alignkit assess: a folder of results against gold pairs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from alignkit.cli.console import print_json, print_table
from alignkit.cli.options import JsonOption

if TYPE_CHECKING:
    import polars as pl

EXAMPLES: Final = """Examples:

\b
  alignkit assess build/demo --gold corpora/demo/gold.tsv
  alignkit assess build/demo --gold corpora/demo/gold.tsv --examples 0 --json
"""


def assess(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The output folder of 'alignkit build'.")],
    gold: Annotated[Path, typer.Option(help="Gold pairs: TSV with the columns en_url, ja_url and relation.")],
    *,
    examples: Annotated[int, typer.Option(min=0, help="How many aligned stories to show.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Compare aligned pairs with gold pairs: precision, recall and F1."""
    from alignkit.evaluate.gold import assess_pairs, read_gold
    from alignkit.pipeline import CANDIDATES_FILE, HEADLINES_FILE, PAIRS_FILE
    from alignkit.schema import CANDIDATES, HEADLINES, PAIRS
    from alignkit.storage import read_table

    headlines = read_table(HEADLINES, folder / HEADLINES_FILE)
    candidates = read_table(CANDIDATES, folder / CANDIDATES_FILE)
    pairs = read_table(PAIRS, folder / PAIRS_FILE)
    result = assess_pairs(pairs, read_gold(gold))
    figures = {
        "stories": pairs["story_id"].n_unique(),
        "headlines": headlines.height,
        "candidates": candidates.height,
        "pairs": result.aligned,
        "gold pairs": result.gold,
        "precision": round(result.precision, 4),
        "recall": round(result.recall, 4),
        "F1": round(result.f1, 4),
    }
    shown = _example_stories(pairs, examples)
    if as_json:
        print_json(figures | {"examples": shown.to_dicts()})
        return
    print_table(list(figures), [list(figures.values())])
    if shown.height:
        typer.echo()
        print_table(("score", "English", "Japanese"), shown.select("score", "en", "ja").rows())


def _example_stories(pairs: pl.DataFrame, stories: int) -> pl.DataFrame:
    """Take a few stories with several reprints, the same ones each time, with all of their pairs."""
    import polars as pl

    chosen = (
        pairs.group_by("story_id")
        .agg(reprints=pl.len(), score=pl.col("score").mean())
        .sort("reprints", "story_id", descending=[True, False])
    )
    step = max(1, chosen.height // max(1, stories))
    few = chosen.gather_every(step).head(stories)
    return pairs.join(few.select("story_id"), on="story_id", how="semi").select("story_id", "score", "en", "ja")
