"""The headlines of a table, read: what each says, without what its newsroom put around it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from alignkit.outlets.affixes import registered_affixes
from alignkit.text.normalise import Affixes, learn_suffixes, normalise

if TYPE_CHECKING:
    from alignkit.text.normalise import Normalised


def read_headlines(headlines: pl.DataFrame) -> list[Normalised]:
    """Take the headlines of a table apart.

    What outlets put around their headlines is known of those that are registered, and learnt of others from what their
    headlines in the table share; credits that the table names are taken off too.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.

    Returns:
        The headlines, in the table's order.
    """
    return normalise(headlines["text"].to_list(), _affixes(headlines))


def proper_texts(headlines: pl.DataFrame) -> list[str]:
    """Give the headlines proper of a table, in its order: what is encoded, compared and aligned."""
    return [headline.text for headline in read_headlines(headlines)]


def _affixes(headlines: pl.DataFrame) -> Affixes:
    by_outlet = headlines.filter(pl.col("outlet").is_not_null()).group_by("outlet").agg("text")["text"]
    learnt = {suffix for texts in by_outlet for suffix in learn_suffixes(texts)}
    named = set(headlines["credit"].drop_nulls().unique())
    known = registered_affixes()
    return replace(known, suffixes=(*known.suffixes, *sorted(learnt - named)), credits=tuple(sorted(named)))
