"""Headlines by what they say: the same key for two that differ only in what stands around them, in case or in marks."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import polars as pl

from alignkit.outlets.affixes import registered_affixes
from alignkit.text.normalise import Affixes, learn_suffixes

_SAMPLE: Final = 1_000
"""How many headlines of an outlet its suffixes are learnt from; one in three has to share a suffix, so these tell."""


def affixes_of(headlines: pl.LazyFrame) -> Affixes:
    """Give what the outlets of a table put around their headlines: what is registered, named or can be learnt.

    It is `alignkit.reading`'s rule, on a sample of each outlet that does not depend on the order of rows.

    Args:
        headlines: Columns text, outlet and credit, of all headlines.
    """
    sample = pl.col("text").sort_by(pl.col("text").hash()).head(_SAMPLE)
    by_outlet = headlines.filter(pl.col("outlet").is_not_null()).group_by("outlet").agg(sample).collect()
    named = headlines.select(pl.col("credit").drop_nulls().unique()).collect()["credit"]
    learnt = {suffix for texts in by_outlet["text"] for suffix in learn_suffixes(texts)} - set(named)
    known = registered_affixes()
    return replace(known, suffixes=(*known.suffixes, *sorted(learnt)), credits=tuple(sorted(named)))


def bare_letters(proper: pl.Series) -> pl.Series:
    """Give headlines proper in small letters and without anything that is neither letter nor digit.

    One that has neither is left as it is.
    """
    bare = proper.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]", "")
    says_nothing = (bare == "").arg_true()
    return bare.scatter(says_nothing, proper.gather(says_nothing)) if len(says_nothing) else bare
