"""Candidates cut into blocks that are measured one by one, so that memory does not grow with the corpus.

A block holds all candidates of some English headlines that were published near each other. It is cut by the table alone,
by days and ids, never by how many cores there are, so that the same table gives the same blocks everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_ENGLISH_HEADLINES_PER_BLOCK: Final = 2_000


@dataclass(frozen=True)
class Block:
    """Some English headlines' candidates.

    Attributes:
        rows: int64 of shape (p,): the candidates, as rows of their table.
        en: The rows of the English headlines in the table of headlines, each once.
        ja: The rows of the Japanese headlines, each once.
        en_places: int64 of shape (p,): each candidate's place in `en`.
        ja_places: int64 of shape (p,): each candidate's place in `ja`.
    """

    rows: NDArray[np.int64]
    en: NDArray[np.int64]
    ja: NDArray[np.int64]
    en_places: NDArray[np.int64]
    ja_places: NDArray[np.int64]


def cut_into_blocks(headlines: pl.DataFrame, candidates: pl.DataFrame) -> Iterator[Block]:
    """Cut candidates into blocks.

    Args:
        headlines: The table `alignkit.schema.HEADLINES`.
        candidates: The table `alignkit.schema.CANDIDATES`, of these headlines.

    Yields:
        Blocks; every candidate is in one of them.
    """
    en_rows, ja_rows = candidate_rows(headlines, candidates)
    english = (
        headlines.with_row_index("row")
        .filter(pl.col("lang") == "en")
        .sort(pl.col("published_at").dt.date(), "id", nulls_last=True)
    )
    block_of = np.zeros(headlines.height, dtype=np.int64)
    block_of[english["row"].to_numpy()] = np.arange(english.height) // _ENGLISH_HEADLINES_PER_BLOCK
    blocks = block_of[en_rows]
    order = np.argsort(blocks, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(blocks[order])) + 1):
        if len(rows):
            en, en_places = np.unique(en_rows[rows], return_inverse=True)
            ja, ja_places = np.unique(ja_rows[rows], return_inverse=True)
            yield Block(rows, en, ja, en_places, ja_places)


def candidate_rows(headlines: pl.DataFrame, candidates: pl.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the row of the table of headlines that each candidate's English and Japanese headline is in."""
    rows = pl.DataFrame({"id": headlines["id"], "row": np.arange(headlines.height, dtype=np.int64)})
    en_rows, ja_rows = (
        candidates.select(column).join(rows, left_on=column, right_on="id", how="left", maintain_order="left")["row"]
        for column in ("en_id", "ja_id")
    )
    return en_rows.to_numpy(), ja_rows.to_numpy()
