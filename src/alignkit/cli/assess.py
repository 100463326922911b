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
        print_json(figures | {"examples": shown.drop("en_id", "ja_id").to_dicts()})
        return
    print_table(list(figures), [list(figures.values())])
    if shown.height:
        _print_stories(shown, headlines)


def _print_stories(pairs: pl.DataFrame, headlines: pl.DataFrame) -> None:
    """Print stories with their reprints: score, relation, the Japanese headline, and what either says beyond the other."""
    from rich.console import Console
    from rich.text import Text

    from alignkit.align.explanation import explain_pairs
    from alignkit.reading import proper_texts
    from alignkit.text.lexicon.store import load_lexicon

    console = Console(highlight=False, soft_wrap=True)
    text_of = dict(zip(headlines["id"], proper_texts(headlines), strict=True))
    en, ja = ([text_of[name] for name in pairs[column]] for column in ("en_id", "ja_id"))
    story = None
    for pair, explanation in zip(pairs.iter_rows(named=True), explain_pairs(en, ja, load_lexicon()), strict=True):
        if pair["story_id"] != story:
            console.print(Text.assemble("\n", (pair["en"], "bold")))
            story = pair["story_id"]
        console.print(Text(f"  {pair['score']:.3f}  {pair['relation']:<10}  {pair['ja']}"))
        for name, side in (("only English", explanation.en), ("only Japanese", explanation.ja)):
            if side.left:
                words = " ".join(side.text[left.span.start : left.span.end] for left in side.left)
                console.print(Text(f"{'':21}{name}: {words}", "dim"))


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
    chosen_pairs = pairs.join(few.select("story_id"), on="story_id", how="semi", maintain_order="left")
    return chosen_pairs.select("story_id", "score", "relation", "en", "ja", "en_id", "ja_id")
