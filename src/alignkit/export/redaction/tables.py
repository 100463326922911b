"""The tables of an export with names of people taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.export.dataset_manifest import RedactionRecord
from alignkit.export.proper_text import affixes_of
from alignkit.export.redaction.rule import PLACEHOLDER
from alignkit.export.redaction.worker import search_elsewhere, search_tables
from alignkit.schema import LANGUAGES

if TYPE_CHECKING:
    from alignkit.export.redaction.rule import Rule
    from alignkit.export.rows import Rows

MOST_HERE: Final = 100_000
"""Up to how many headlines are searched in this process; what reads them keeps a few hundred MB for the next ones."""


@dataclass(frozen=True)
class Redacted:
    """Tables with names taken out, and how much that changed.

    Attributes:
        pairs: The pairs.
        headlines: The headlines.
        record: What was done, for the manifest.
    """

    pairs: Rows
    headlines: Rows
    record: RedactionRecord


def redact_tables(pairs: Rows, headlines: Rows, rule: Rule) -> Redacted:
    """Take names of people out of an export's tables.

    Args:
        pairs: The table `alignkit.schema.PAIRS`.
        headlines: The table `alignkit.schema.HEADLINES`, with all headlines of the pairs.
        rule: Which names.
    """
    affixes = affixes_of(headlines.lazy())
    many = headlines.lazy().select(pl.len()).collect().item() > MOST_HERE
    found = (search_elsewhere if many else search_tables)(pairs, headlines, rule, affixes)
    counts = dict(found.group_by("lang").agg(pl.col("text").count()).iter_rows())
    table = found.select(pl.col("id").hash(), "text", "url_goes")
    return Redacted(
        pairs=replace(pairs, replaced=table),
        headlines=replace(headlines, replaced=table),
        record=RedactionRecord(
            rule=rule,
            placeholder=PLACEHOLDER,
            headlines={lang: counts.get(lang, 0) for lang in LANGUAGES},
            addresses=int(found["url_goes"].sum()),
        ),
    )
