"""Whether the files hold what they should: the config's columns, the announced rows, and no split's rows in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from alignkit.export.checks.finding import Finding
from alignkit.export.configs import CONFIGS, arrow_schema, config_table
from alignkit.export.content import ContentHash
from alignkit.export.leakage import find_leakage
from alignkit.export.proper_text import affixes_of, bare_letters
from alignkit.export.rows import BATCH_ROWS
from alignkit.text.normalise import proper_column

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest, SplitRecord


def check_data(folder: Path, manifest: DatasetManifest) -> Iterator[Finding]:
    """Compare each split of each config with its columns and with the content that the manifest lists."""
    for config in CONFIGS:
        if config not in manifest.configs and config != "mt":
            yield Finding("manifest", f"lists no config {config!r}", "manifest.json")
    for name, splits in manifest.configs.items():
        if name not in CONFIGS:
            yield Finding("manifest", f"lists a config {name!r}, which is none", "manifest.json")
            continue
        schema = arrow_schema(config_table(name, manifest.text))
        for split, record in splits.items():
            yield from _check_split(folder, f"{name}/{split}", record, schema)


def check_leakage(folder: Path, manifest: DatasetManifest) -> Iterator[Finding]:
    """Look anew for what several splits share, and compare it with what the manifest says."""
    found = find_leakage(_index(folder, manifest)).as_dict()
    for what, count in found.items():
        if count:
            yield Finding("leakage", f"{count:,} {what.replace('_', ' ')} in more than one split")
    if dict(found) != manifest.leakage:
        yield Finding("leakage", f"the manifest says {manifest.leakage}, and it is {dict(found)}", "manifest.json")


def _check_split(folder: Path, name: str, record: SplitRecord, schema: pa.Schema) -> Iterator[Finding]:
    content = ContentHash()
    rows = 0
    for file in record.files:
        try:
            with pq.ParquetFile(folder / file) as opened:
                if not opened.schema_arrow.equals(schema):
                    yield Finding("schema", f"does not have the columns of {name}: {_difference(opened, schema)}", file)
                    return
                for batch in opened.iter_batches(BATCH_ROWS):
                    rows += batch.num_rows
                    content.update(pa.Table.from_batches([batch]))
        except (OSError, pa.ArrowException) as error:
            yield Finding("schema", f"cannot be read as Parquet ({error})", file)
            return
    if rows != record.rows:
        yield Finding("content", f"{name} has {rows:,} rows, and the manifest lists {record.rows:,}")
    elif content.hexdigest() != record.content:
        yield Finding("content", f"the rows of {name} are not those that the manifest lists")


def _difference(file: pq.ParquetFile, schema: pa.Schema) -> str:
    found = {field.name: str(field.type) for field in file.schema_arrow}
    wanted = {field.name: str(field.type) for field in schema}
    missing, unknown = sorted(wanted.keys() - found.keys()), sorted(found.keys() - wanted.keys())
    if missing or unknown:
        return f"missing {', '.join(missing) or 'none'}, unknown {', '.join(unknown) or 'none'}"
    other = [name for name in wanted if wanted[name] != found[name]]
    return f"other types or order: {', '.join(other) or ', '.join(found)}"


def _index(folder: Path, manifest: DatasetManifest) -> pl.DataFrame:
    """Give what ties headlines together, a row a headline and a row a pair."""
    splits = {
        split: pl.scan_parquet([folder / file for file in record.files])
        for split, record in manifest.configs["headlines"].items()
    }
    shared = {"story": pl.col("story_id").hash(), "wire": pl.col("wire_id").hash()}
    present = {key: pl.when(pl.col(f"{key}_id").is_not_null()).then(value) for key, value in shared.items()}
    if manifest.text == "stand-off":
        texts = [rows.select("lang", text=pl.col("sha256").hash(), **present) for rows in splits.values()]
        parts = [part.collect() for part in texts]
    else:
        affixes = affixes_of(pl.concat(rows.select("text", "outlet", "credit") for rows in splits.values()))
        parts = []
        for rows in splits.values():
            frame = rows.select("lang", "text", **present).collect()
            bare = bare_letters(proper_column(frame["text"], affixes))
            parts.append(frame.with_columns(text=bare.hash()))
    parts = [part.with_columns(split=pl.lit(split)) for split, part in zip(splits, parts, strict=True)]
    for split, record in manifest.configs["pairs"].items():
        pairs = pl.scan_parquet([folder / file for file in record.files])
        paired = pairs.select(**present, split=pl.lit(split)).unique().collect()
        parts.append(paired)
    return pl.concat(parts, how="diagonal")
