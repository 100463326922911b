"""The stage export: from aligned pairs to a dataset in a folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.config import ExportSettings
from alignkit.errors import StageError
from alignkit.export.about import read_about
from alignkit.export.dataset import Account, Origin, check_replaceable, write_dataset
from alignkit.export.dataset_manifest import MANIFEST_FILE, SplitsRecord
from alignkit.export.earlier import read_earlier
from alignkit.export.headline_index import index_headlines
from alignkit.export.layout import Placed, TextRule
from alignkit.export.leakage import find_leakage
from alignkit.export.proper_text import affixes_of
from alignkit.export.redaction import redact_tables
from alignkit.export.rights import rights_by_outlet, text_form
from alignkit.export.rows import Rows, read_rows
from alignkit.export.similarity import THRESHOLD, WINDOW_DAYS
from alignkit.export.splits import SPLITS, plan_splits
from alignkit.schema import HEADLINES, PAIRS
from alignkit.storage import file_hash, replacing_folder

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.export.configs import TextForm
    from alignkit.export.leakage import Leakage
    from alignkit.export.rows import TableSource
    from alignkit.export.splits import SplitPlan

_ORDER: Final = {"story_id": False, "score": True, "ja_id": False}


@dataclass(frozen=True)
class ExportReport:
    """What was exported.

    Attributes:
        pairs: How many pairs each split has; a split without any is left out.
        text: Whether the dataset holds headlines' text or points to it.
        leakage: How much is in more than one split.
        left_out: How many pairs would have tied different splits of the earlier export together.
    """

    pairs: dict[str, int]
    text: TextForm
    leakage: Leakage
    left_out: int

    @property
    def counts(self) -> dict[str, int]:
        """The counts as the summary of the main job prints them."""
        left_out = {"left out": self.left_out} if self.left_out else {}
        return {**self.pairs, **left_out, "shared between splits": self.leakage.total}


def export_dataset(
    pairs: TableSource,
    folder: Path,
    *,
    headlines: TableSource | None = None,
    settings: ExportSettings | None = None,
    about: Path | None = None,
    previous: Path | None = None,
    origin: Origin | None = None,
) -> ExportReport:
    """Write a dataset that `datasets.load_dataset(folder, config)` loads, with its card and its manifest.

    Args:
        pairs: The table `alignkit.schema.PAIRS`, or the path of its Parquet file, which is then read by parts.
        folder: Where it is written; a dataset that is there is replaced, anything else is not.
        headlines: The table `alignkit.schema.HEADLINES`, or the path of its Parquet file; the pairs' own headlines, as if
            from files, if not given.
        settings: Name, licence, rights, text, splits and seed.
        about: A Markdown file that the card opens with; what `alignkit.export.about` reads beside it goes into the card too.
        previous: The folder of an earlier export, whose splits are kept.
        origin: What the pairs were made from, for the card and the manifest.

    Raises:
        SchemaError: A table is none.
        StageError: There is no pair, or the folder cannot be written or holds something else.
        InputError: `about` or `previous` cannot be read.
        ConfigError: Text of headlines from the web is asked for, and outlets lack a statement of rights.
    """
    settings = settings or ExportSettings()
    check_replaceable(folder)
    pair_rows = _by_story(read_rows(PAIRS, pairs), folder)
    headline_rows = read_rows(HEADLINES, _headlines_of(pair_rows) if headlines is None else headlines)
    rights = rights_by_outlet(headline_rows, settings)
    form = text_form(rights, settings)
    # Headlines that differ in a name alone are one text without it, so names go before anything is compared.
    redacted = None if settings.redact == "none" else redact_tables(pair_rows, headline_rows, settings.redact)
    read = (redacted.pairs, redacted.headlines) if redacted else (pair_rows, headline_rows)
    rule = TextRule(form, settings.salt.get_secret_value() if settings.salt else None, affixes_of(read[1].lazy()))
    placed, record, leakage = _place(*read, rule, settings, previous)
    if form == "stand-off":
        # Hashes are of what was published; the splits are good for what it will be once it is hydrated.
        placed = replace(placed, pairs=pair_rows, headlines=headline_rows)
    account = Account(
        settings=settings,
        origin=origin or Origin(),
        splits=record,
        leakage=leakage.as_dict(),
        rights=rights,
        about=read_about(about),
        redaction=redacted.record if redacted and form == "full" else None,
    )
    with replacing_folder(folder) as temporary:
        manifest = write_dataset(placed, temporary, rule, account)
    counts = {split: part.rows for split, part in manifest.configs["pairs"].items()}
    return ExportReport(counts, form, leakage, record.pairs_left_out)


def _by_story(pairs: Rows, folder: Path) -> Rows:
    """Give pairs with those of each story next to each other, as align leaves them; only if they are not, sort them."""
    stories = pairs.columns("story_id")["story_id"]
    if not len(stories):
        raise StageError("no pair reached the threshold, so there is no dataset to write", path=folder)
    if (stories != stories.shift()).sum() + 1 == stories.n_unique():
        return pairs
    return Rows(PAIRS, pairs.lazy().sort(*_ORDER, descending=list(_ORDER.values())).collect())


def _headlines_of(pairs: Rows) -> pl.DataFrame:
    """Make the table of headlines from pairs alone."""
    sides = [
        pairs.lazy().select(
            pl.col(f"{lang}_id").alias("id"),
            pl.lit(lang).alias("lang"),
            pl.col(lang).alias("text"),
            *(pl.col(f"{lang}_{name}").alias(name) for name in ("outlet", "url", "published_at")),
            "wire_id",
            pl.lit(None, pl.String).alias("credit"),
            "section",
            pl.lit("pairs").alias("collector"),
            pl.lit(None, HEADLINES.schema["collected_at"]).alias("collected_at"),
            pl.lit("pairs").alias("source"),
        )
        for lang in ("en", "ja")
    ]
    return pl.concat(sides).unique("id", keep="first", maintain_order=True).collect()


def _place(
    pairs: Rows, headlines: Rows, rule: TextRule, settings: ExportSettings, previous: Path | None
) -> tuple[Placed, SplitsRecord, Leakage]:
    """Decide what goes where, and look what the splits share."""
    index = index_headlines(headlines, pairs, rule.affixes)
    earlier = None if previous is None else read_earlier(previous)
    plan = plan_splits(index, settings.splits, seed=settings.seed, earlier=earlier)
    index = index.drop("bare", "name", "time")
    pair_splits = _pair_splits(pairs, index, plan)
    # A headline whose pairs are all left out has no story in this dataset.
    kept = pairs.columns("en_id", "ja_id").filter(pair_splits.is_not_null())
    paired = pl.concat([kept["en_id"].rename("id"), kept["ja_id"].rename("id")]).hash().unique()
    stories = pl.select(pl.when(index["id"].is_in(paired.implode())).then(index["story"])).to_series()
    leakage = find_leakage(index.with_columns(split=plan.splits, story=stories))
    record = SplitsRecord(
        seed=settings.seed,
        test_from=plan.test_from,
        shares={split: getattr(settings.splits, split) for split in SPLITS},
        near_duplicates={"jaccard": THRESHOLD, "days": WINDOW_DAYS},
        earlier=None if previous is None else file_hash(previous / MANIFEST_FILE),
        pairs_left_out=pair_splits.null_count(),
        headlines_left_out=plan.splits.null_count(),
    )
    return Placed(pairs, headlines, pair_splits, plan.splits, stories), record, leakage


def _pair_splits(pairs: Rows, index: pl.DataFrame, plan: SplitPlan) -> pl.Series:
    """Give the split of each pair: that of its headlines, or null if they are not in one."""
    of_headline = index.select("id").with_columns(split=plan.splits)
    frame = pairs.lazy().select(pl.col("en_id").hash(), pl.col("ja_id").hash()).collect()
    for side in ("en_id", "ja_id"):
        named = of_headline.rename({"split": f"{side}_split"})
        frame = frame.join(named, left_on=side, right_on="id", how="left", maintain_order="left")
    together = pl.when(pl.col("en_id_split") == pl.col("ja_id_split")).then("en_id_split")
    return frame.select(split=together).to_series()
