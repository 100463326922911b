"""Which headlines are one unit: those of one story, or with one wire id, directly or by way of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from alignkit.export.ties import tied

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from alignkit.export.rows import Rows


def units_of_tables(headlines: Rows, pairs: Rows) -> NDArray[np.uint32]:
    """Number the units of an export's tables, and give the number of each headline's."""
    sides = (
        pairs.lazy().select(id=pl.col(side).hash(), story=pl.col("story_id").hash()).unique("id")
        for side in ("en_id", "ja_id")
    )
    ids = headlines.lazy().select(id=pl.col("id").hash())
    stories = ids.join(pl.concat(list(sides)), on="id", how="left", maintain_order="left").collect()["story"]
    return tied(len(stories), [stories, headlines.columns("wire_id")["wire_id"]])
