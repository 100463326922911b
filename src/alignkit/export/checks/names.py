"""Whether a dataset that says it holds no names of people, by its rule, holds none that the same search would still find."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

import polars as pl

from alignkit.export.checks.finding import Finding
from alignkit.export.proper_text import affixes_of
from alignkit.export.redaction.search import SEARCHED, Search
from alignkit.export.rows import BATCH_ROWS
from alignkit.export.ties import tied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest

_MOST_NAMED: Final = 3


def check_names(folder: Path, manifest: DatasetManifest) -> Iterator[Finding]:
    """Look anew for names in the config 'headlines', which has every headline's text, if the manifest says that they went."""
    if manifest.redaction is None or manifest.text != "full":
        return
    files = [folder / file for record in manifest.configs["headlines"].values() for file in record.files]
    rows = pl.scan_parquet(files)
    keys = rows.select("story_id", "wire_id").collect()
    search = Search(
        batches=partial(_batches, files),
        units=tied(keys.height, keys),
        rule=manifest.redaction.rule,
        affixes=affixes_of(rows.select("text", "outlet", "credit")),
    )
    found = search.replacements()["id"]
    if len(found):
        some = ", ".join(found.head(_MOST_NAMED)) + (", …" if len(found) > _MOST_NAMED else "")
        rule = manifest.redaction.rule
        yield Finding("personal-data", f"{len(found):,} headlines still name people by the rule {rule!r}: {some}")


def _batches(files: list[Path]) -> Iterator[pl.DataFrame]:
    for file in files:
        rows = pl.scan_parquet(file).select(SEARCHED)
        for first in range(0, rows.select(pl.len()).collect().item(), BATCH_ROWS):
            yield rows.slice(first, BATCH_ROWS).collect()
