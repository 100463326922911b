"""Which split each story goes to: the latest to test, and what belongs together to one split.

Headlines belong together if they are of one story, carry one wire id, say the same in either language but for marks and
case (`alignkit.export.proper_text`), or are near-duplicates (`alignkit.export.similarity`). What belongs together is a
family; it goes to one split as a whole, so that no target and hardly a wording of the test is in what was trained on.

- **test** is the latest: the families that begin last, as many as make up its share of the stories. The time at which
  the first of them begins is the border. Families begin with their earliest headline, so the test holds nothing older
  than the border. Where fewer than half of the stories are dated, test is drawn like the others.
- **train** and **validation** are drawn: a hash of the seed and of the family's first story decides. It does not depend
  on what else there is, so a story stays where it is when the corpus grows. For the same reason topics and relations get
  their shares on average and not exactly: exact ones would move stories whenever others come in.

When a corpus grows, an export that is given the earlier one (`Earlier`) keeps its border and leaves every headline in the
split where it was; a new family is placed by the border and the hash. Where a new headline would tie together what is in
different splits already, it is left out and counted. Without the earlier export, the border moves on as later stories
come in, and stories that it passes go from test to train or validation.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np
import polars as pl

from alignkit.export.similarity import near_duplicates
from alignkit.export.ties import components, tied

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alignkit.config import SplitSettings

Split = Literal["train", "validation", "test"]
SPLITS: Final[tuple[Split, ...]] = get_args(Split)
SPLIT_TYPE: Final = pl.Enum(SPLITS)

_LEAST_DATED_SHARE: Final = 0.5
_AFTER_ALL: Final = 2**61
"""A time in microseconds that no headline has."""

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Earlier:
    """Where an earlier export put its headlines.

    Attributes:
        test_from: Its border, or None if it had none.
        splits: Columns id (the hash of the headline's id) and earlier (its split), a row a headline.
    """

    test_from: dt.datetime | None
    splits: pl.DataFrame


@dataclass(frozen=True)
class SplitPlan:
    """Where headlines go.

    Attributes:
        splits: A row a headline, in the index's order: its split, or null if it is left out.
        test_from: The time from which on families go to test; None if the test is not the latest.
    """

    splits: pl.Series
    test_from: dt.datetime | None


def plan_splits(
    index: pl.DataFrame,
    shares: SplitSettings,
    *,
    seed: int,
    earlier: Earlier | None = None,
) -> SplitPlan:
    """Decide on the split of each headline.

    Args:
        index: All headlines, as `alignkit.export.headline_index.index_headlines` gives them.
        shares: What share of the stories each split gets.
        seed: What train and validation are drawn by.
        earlier: Where an earlier export put its headlines, which stay there.
    """
    index = index.with_columns(family=pl.Series(_families(index))).drop("bare")
    families = _first_of_each(index)
    test_from = _border(families, shares.test) if earlier is None else earlier.test_from
    families = families.with_columns(split=_draw(families, shares, seed, test_from))
    index = index.join(families.select("family", "split"), on="family", how="left", maintain_order="left")
    if earlier is not None:
        index = _keep_earlier(index, earlier)
    return SplitPlan(index["split"], test_from)


# --- families ---------------------------------------------------------------------------------------------------------


def _families(index: pl.DataFrame) -> NDArray[np.uint32]:
    """Number the families, and give the number of each headline's."""
    hard = tied(index.height, [index["story"], index["wire"], index["text"]])
    texts = (
        index.select("lang", "text", "time", "bare", group=pl.Series(hard))
        .group_by("lang", "text")
        .agg(
            pl.col("time").min().alias("first"),
            pl.col("time").max().alias("last"),
            pl.col("group").first(),
            pl.col("bare").first(),
        )
        .select("lang", "first", "last", "group", text="bare")
    )
    similar = near_duplicates(texts)
    joined = components(int(hard.max(initial=0)) + 1, similar["left"].to_numpy(), similar["right"].to_numpy())
    return joined[hard]


def _first_of_each(index: pl.DataFrame) -> pl.DataFrame:
    """Give each family with its first time, how many stories it has, and what it is drawn by.

    That is its earliest story, by time and then by id, since stories that come in later do not change it; for headlines
    without a pair, the first one's id takes the story's place.
    """
    time, story = pl.col("time"), pl.col("story")
    place = time.fill_null(_AFTER_ALL) + pl.when(story.is_null()).then(2 * _AFTER_ALL).otherwise(0)
    rows = index.select("family", "time", "story", "name", place=place)
    families = rows.group_by("family").agg(
        pl.col("place").min(), time.min(), story.drop_nulls().n_unique().alias("stories")
    )
    # To sort all names would take most of the time.
    first = rows.join(families, on=["family", "place"], how="semi").group_by("family").agg(pl.col("name").min())
    return families.join(first, on="family").drop("place")


# --- placing them -----------------------------------------------------------------------------------------------------


def _border(families: pl.DataFrame, share: float) -> dt.datetime | None:
    """Give the time from which on families make up a share of the stories, as nearly as it can be met."""
    paired = families.filter(pl.col("stories") > 0)
    dated = paired.drop_nulls("time").sort("time", descending=True)
    total = int(paired["stories"].sum())
    if not total or dated["stories"].sum() < _LEAST_DATED_SHARE * total:
        return None
    # Families that begin at one time stay on one side.
    by_time = dated.group_by("time", maintain_order=True).agg(pl.col("stories").sum())
    sums = np.concatenate([[0], by_time["stories"].cum_sum().to_numpy()])
    nearest = int(np.abs(sums - share * total).argmin())
    return _EPOCH + dt.timedelta(microseconds=int(by_time["time"][nearest - 1])) if nearest else None


def _draw(families: pl.DataFrame, shares: SplitSettings, seed: int, test_from: dt.datetime | None) -> pl.Series:
    places = np.array([_place(name, seed) for name in families["name"]], dtype=np.float64)
    rest = shares.train + shares.validation if test_from is not None else 1.0
    bounds = [shares.train / rest, (shares.train + shares.validation) / rest] if rest else [0.0, 0.0]
    drawn = np.searchsorted(bounds, places, side="right")
    if test_from is not None:
        border = (test_from - _EPOCH) // dt.timedelta(microseconds=1)
        drawn[(families["time"] >= border).fill_null(value=False).to_numpy()] = SPLITS.index("test")
    return pl.Series(SPLITS, dtype=SPLIT_TYPE).gather(drawn.clip(max=len(SPLITS) - 1))


def _place(name: str, seed: int) -> float:
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56


def _keep_earlier(index: pl.DataFrame, earlier: Earlier) -> pl.DataFrame:
    """Leave headlines where they were; what would tie different splits together is left out."""
    index = index.join(earlier.splits, on="id", how="left", maintain_order="left")
    known = pl.col("earlier").drop_nulls()
    settled = pl.when(known.n_unique().over("family") == 1).then(known.first().over("family"))
    disputed = known.n_unique().over("family") > 1
    kept = pl.when(disputed).then("earlier").otherwise(pl.coalesce(settled, "split"))
    index = index.with_columns(split=kept)
    # What is known may tell more headlines to be the same than it did then: they stay in the last of their splits.
    for key in ("wire", "text"):
        last = pl.col("split").to_physical().max().over(key)
        shared = pl.col(key).is_not_null() & (pl.col("split").to_physical() < last)
        index = index.with_columns(split=pl.when(~shared).then("split"))
    return index
