"""Two files of headlines, one a language, aligned in one go and in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.align.explained import explain_aligned
from alignkit.align.stage import align_candidates
from alignkit.collect.stage import collect_headlines
from alignkit.config import AlignSettings, PairSettings
from alignkit.encoders.embedder import Embedder
from alignkit.pair.stage import find_candidates
from alignkit.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.collect.record import Reject
    from alignkit.collect.sources import FilesSource
    from alignkit.progress import Progress

SHORT_COLUMNS: Final = ("score", "en", "ja", "en_source", "ja_source")
"""The columns that a person reads first."""
EXPLANATION: Final = "explanation"
"""The column of explanations, where they are asked for."""


@dataclass(frozen=True)
class AlignedFiles:
    """Two files' aligned pairs.

    Attributes:
        pairs: `SHORT_COLUMNS`, where a source is a file and row, then all other columns of `alignkit.schema.PAIRS`; the
            best score first.
        rejects: What could not be read.
        counts: How many headlines of either language, candidates, pairs and rejects there are.
    """

    pairs: pl.DataFrame
    rejects: list[Reject]
    counts: dict[str, int]


def align_files(  # noqa: PLR0913 - keywords, all with defaults
    en: FilesSource,
    ja: FilesSource,
    *,
    folder: Path,
    pair: PairSettings | None = None,
    align: AlignSettings | None = None,
    strict: bool = False,
    explain: bool = False,
    processes: int = 1,
    progress: Progress = silent,
) -> AlignedFiles:
    """Align two files of headlines.

    Args:
        en: The English headlines.
        ja: The Japanese headlines.
        folder: What the files' paths are relative to.
        pair: How candidates are found.
        align: How they are scored and kept.
        strict: Whether to stop at the first row that cannot be read.
        explain: Whether to add the column `explanation`: what `alignkit explain --json` prints, as JSON.
        processes: How many processes to work in, as `alignkit.align_candidates` takes it.
        progress: Told how far it is.

    Raises:
        AlignkitError: A file cannot be used.
    """
    pair, align = pair or PairSettings(), align or AlignSettings()
    embedder = Embedder(align.encoder)
    collected = collect_headlines([en, ja], folder=folder, strict=strict, progress=progress)
    headlines = collected.headlines
    candidates = find_candidates(headlines, settings=pair, embedder=embedder, progress=progress)
    pairs = align_candidates(
        headlines, candidates, settings=align, embedder=embedder, processes=processes, progress=progress
    )
    if explain:
        explained = [json.dumps(each.as_dict(), ensure_ascii=False) for each in explain_aligned(headlines, pairs)]
        pairs = pairs.with_columns(pl.Series(EXPLANATION, explained, dtype=pl.String))
    sources = headlines.select("id", "source")
    for lang in ("en", "ja"):
        pairs = pairs.join(sources.rename({"id": f"{lang}_id", "source": f"{lang}_source"}), on=f"{lang}_id")
    ordered = pairs.select(*SHORT_COLUMNS, pl.exclude(SHORT_COLUMNS)).sort("score", "pair_id", descending=[True, False])
    by_language = headlines["lang"].to_list()
    counts = {
        "en": by_language.count("en"),
        "ja": by_language.count("ja"),
        "candidates": candidates.height,
        "pairs": pairs.height,
        "rejects": len(collected.rejects),
    }
    return AlignedFiles(ordered, collected.rejects, counts)
