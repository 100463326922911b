"""Which headlines a document mentions together."""

from __future__ import annotations

from typing import Final

import polars as pl

_COLLECTOR: Final = "mentions"
_PARAGRAPH: Final = r"^(.*#[a-z]+ \d+)"


def mentioned_together(headlines: pl.DataFrame) -> pl.DataFrame:
    """Give the pairs of headlines that one paragraph of a document quotes.

    Whoever writes that papers carried a story quotes both headlines within a paragraph; one that tells of several stories
    gives pairs too many, which the score then parts.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.

    Returns:
        The columns en_id and ja_id, sorted.
    """
    mentioned = headlines.filter(pl.col("collector") == _COLLECTOR).select(
        "id", "lang", paragraph=pl.col("source").str.extract(_PARAGRAPH)
    )
    en, ja = (
        mentioned.filter(pl.col("lang") == lang).select("paragraph", pl.col("id").alias(f"{lang}_id"))
        for lang in ("en", "ja")
    )
    return en.join(ja, on="paragraph").select("en_id", "ja_id").unique().sort("en_id", "ja_id")
