"""A stand-off dataset made whole again: its headlines collected anew from their addresses and held against their hashes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import polars as pl

from alignkit.config import AlignSettings, ExportSettings, PairSettings
from alignkit.errors import InputError, UsageError
from alignkit.export.dataset import Account, Origin, check_replaceable, write_dataset
from alignkit.export.dataset_manifest import HYDRATION_FILE, read_manifest
from alignkit.export.headline_index import index_headlines
from alignkit.export.kept_pages import KeptPages
from alignkit.export.layout import Placed, TextRule
from alignkit.export.leakage import find_leakage
from alignkit.export.proper_text import affixes_of
from alignkit.export.redaction import redact_tables
from alignkit.export.rows import read_rows
from alignkit.export.splits import SPLIT_TYPE
from alignkit.export.standoff import headline_hashes
from alignkit.progress import silent
from alignkit.schema import HEADLINES, PAIRS
from alignkit.storage import replacing_folder, write_json_lines
from alignkit.web.errors import FetchError

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest, RedactionRecord
    from alignkit.progress import Progress
    from alignkit.text.normalise import Affixes
    from alignkit.web.responses import Fetcher

Outcome = Literal["same", "changed", "gone", "refused", "unreachable"]
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
"""What becomes of a headline.

It is as it was; another stands there; nothing can be had there; the site does not let it be had; or nobody can tell yet,
because the site did not answer, or with a failure that may pass.
"""

_REFUSALS: Final = frozenset({"robots", "reserved", "address"})
_REFUSING: Final = frozenset({401, 403, 451})
_OUT_OF_REACH: Final = frozenset({"connection", "time"})
_MAY_PASS: Final = frozenset({408, 425, 429, *range(500, 600)})


@dataclass(frozen=True)
class HydrationReport:
    """What became of the headlines that a dataset points to.

    Attributes:
        headlines: A row a headline: id, lang, outlet, url, outcome, and detail, a clause that says why.
        pairs: How many pairs of each split are whole again.
        missing_pairs: How many are not.
    """

    headlines: pl.DataFrame
    pairs: dict[str, int]
    missing_pairs: int

    @property
    def outcomes(self) -> dict[str, int]:
        """How many headlines had each outcome."""
        counts = dict(self.headlines["outcome"].value_counts().iter_rows())
        return {outcome: counts.get(outcome, 0) for outcome in OUTCOMES}

    @property
    def by_outlet(self) -> list[dict[str, Any]]:
        """How many headlines of each outlet had each outcome, by the outlets' names."""
        counted = [(pl.col("outcome") == outcome).sum().alias(outcome) for outcome in OUTCOMES]
        return self.headlines.group_by("outlet").agg(counted).sort("outlet").to_dicts()


def hydrate(
    folder: Path,
    fetcher: Fetcher,
    out: Path,
    *,
    salt: str | None = None,
    kept: Path | None = None,
    progress: Progress = silent,
) -> HydrationReport:
    """Collect the headlines of a stand-off dataset again, and write what is whole as a dataset with text.

    Splits, scores and labels stay as they are; a pair is there if both of its headlines say what they said. Names of people
    are taken out as the dataset's own settings have it. The new dataset is for local use: what may be published of it is for
    its rights to say. What became of each headline is written to hydration.jsonl in it. Those that were unreachable are
    worth another run, which asks for no page again that was got if it is given the same `kept`.

    Args:
        folder: The stand-off dataset.
        fetcher: What fetches pages.
        out: Where the dataset is written; one that is there is replaced.
        salt: The secret that the hashes were made with, if they were.
        kept: The folder in which is kept what pages say, see `KeptPages`.
        progress: Told of each headline.

    Raises:
        InputError: The folder holds no stand-off dataset.
        UsageError: The hashes were made with a salt, and none is given.
        StageError: `out` cannot be written, or holds something else; or `kept` cannot be used.
    """
    manifest = read_manifest(folder)
    if manifest.text != "stand-off" or manifest.hashes is None:
        raise InputError("holds its headlines' text already", path=folder)
    if manifest.hashes.algorithm == "hmac-sha256" and salt is None:
        remedy = "Ask whoever published the dataset."
        raise UsageError("is needed: the headlines were hashed with one", column="salt", remedy=remedy)
    check_replaceable(out)
    pointers = _read(folder, manifest, "headlines")
    with KeptPages(fetcher, kept) as pages:
        found = _collect(pointers, pages, salt, progress)
    settings = ExportSettings.model_validate(manifest.settings["export"])
    whole, redaction = _redacted(_whole(folder, manifest, pointers, found), settings)
    report = HydrationReport(
        headlines=pointers.select("id", "lang", "outlet", "url").hstack(found.select("outcome", "detail")),
        pairs={str(split): count for split, count in whole.pair_splits.value_counts(sort=True).iter_rows()},
        missing_pairs=sum(record.rows for record in manifest.configs["pairs"].values()) - len(whole.pair_splits),
    )
    with replacing_folder(out) as temporary:
        write_json_lines(_listed(report.headlines, whole).iter_rows(named=True), temporary / HYDRATION_FILE)
        if len(whole.pair_splits):
            affixes = affixes_of(whole.headlines.lazy())
            account = _account(manifest, whole, affixes, settings, redaction)
            write_dataset(whole, temporary, TextRule("full", affixes=affixes), account)
    return report


def _read(folder: Path, manifest: DatasetManifest, config: str) -> pl.DataFrame:
    """Give a config's rows with the column split."""
    parts = []
    for split, record in manifest.configs[config].items():
        try:
            rows = pl.read_parquet([folder / file for file in record.files])
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InputError(f"has files that cannot be read ({error})", path=folder) from None
        parts.append(rows.with_columns(split=pl.lit(split, dtype=SPLIT_TYPE)))
    return pl.concat(parts)


def _collect(pointers: pl.DataFrame, pages: KeptPages, salt: str | None, progress: Progress) -> pl.DataFrame:
    """Fetch each headline: the columns outcome, detail, and text, which is there if the outcome is 'same'."""
    rows: list[tuple[Outcome, str, str | None]] = []
    for url, wanted in pointers.select("url", "sha256").iter_rows():
        rows.append(_read_one(url, wanted, pages, salt))
        progress("hydrating", len(rows), pointers.height)
    return pl.DataFrame(rows, schema={"outcome": pl.String, "detail": pl.String, "text": pl.String}, orient="row")


def _read_one(url: str | None, wanted: str, pages: KeptPages, salt: str | None) -> tuple[Outcome, str, str | None]:
    if url is None:
        return "gone", "has no address", None
    try:
        said = pages.read(url)
    except FetchError as error:
        return _outcome_of(error), error.problem, None
    if said.headline is None:
        return "refused" if said.is_reserved else "gone", said.problem, None
    (digest,) = headline_hashes([said.headline], salt)
    if digest != wanted:
        return "changed", "the page has another headline", None
    return "same", "", said.headline


def _outcome_of(error: FetchError) -> Outcome:
    # Whoever says when to come again is there, but not for now; a robots.txt that fails forbids all only until it is there.
    if error.refusal in _OUT_OF_REACH or error.status in _MAY_PASS or error.again_at is not None:
        return "unreachable"
    return "refused" if error.refusal in _REFUSALS or error.status in _REFUSING else "gone"


def _whole(folder: Path, manifest: DatasetManifest, pointers: pl.DataFrame, found: pl.DataFrame) -> Placed:
    """Give the headlines that are as they were, and the pairs that are made of them."""
    headlines = pointers.with_columns(text=found["text"], source=pl.lit("hydrated")).drop_nulls("text")
    texts = headlines.select("id", "text")
    pairs = _read(folder, manifest, "pairs")
    for lang in ("en", "ja"):
        pairs = pairs.join(texts.rename({"text": lang}), left_on=f"{lang}_id", right_on="id", maintain_order="left")
    paired = pl.concat([pairs["en_id"].rename("id"), pairs["ja_id"].rename("id")]).unique()
    stories = headlines.select(pl.when(pl.col("id").is_in(paired.implode())).then("story_id")).to_series()
    return Placed(
        pairs=read_rows(PAIRS, pairs.select(PAIRS.schema.names())),
        headlines=read_rows(HEADLINES, headlines.select(HEADLINES.schema.names())),
        pair_splits=pairs["split"],
        headline_splits=headlines["split"],
        headline_stories=stories,
    )


def _redacted(whole: Placed, settings: ExportSettings) -> tuple[Placed, RedactionRecord | None]:
    """Take names of people out, if the dataset is published so."""
    if settings.redact == "none" or not len(whole.pair_splits):
        return whole, None
    redacted = redact_tables(whole.pairs, whole.headlines, settings.redact)
    return replace(whole, pairs=redacted.pairs, headlines=redacted.headlines), redacted.record


def _listed(headlines: pl.DataFrame, whole: Placed) -> pl.DataFrame:
    """Leave out of the list of outcomes the addresses that spell a name that was taken out."""
    replaced = whole.headlines.replaced
    if replaced is None:
        return headlines
    spelling = replaced.filter("url_goes")["id"].implode()
    return headlines.with_columns(url=pl.when(~pl.col("id").hash().is_in(spelling)).then("url"))


def _account(
    manifest: DatasetManifest,
    whole: Placed,
    affixes: Affixes,
    settings: ExportSettings,
    redaction: RedactionRecord | None,
) -> Account:
    index = index_headlines(whole.headlines, whole.pairs, affixes)
    leakage = find_leakage(index.with_columns(split=whole.headline_splits))
    return Account(
        settings=settings,
        origin=Origin(
            pair=PairSettings.model_validate(manifest.settings["pair"]),
            align=AlignSettings.model_validate(manifest.settings["align"]),
            inputs=manifest.inputs,
        ),
        splits=manifest.splits,
        leakage=leakage.as_dict(),
        rights=manifest.rights,
        redaction=redaction,
    )
