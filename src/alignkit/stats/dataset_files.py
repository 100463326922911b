"""The Parquet files of a dataset's folder, and what its manifest says of the whole.

Read with as few demands as can be: the manifest may be missing, configs may be, and so may columns. What is not there is
null, so that a dataset of another version or made by hand can be looked at too.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from alignkit.config import SplitSettings
from alignkit.errors import InputError, SchemaError
from alignkit.schema import HEADLINES, LANGUAGES, PAIRS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

DEFAULT_CONFIG: Final = "pairs"

_CONFIG_ORDER: Final = (DEFAULT_CONFIG, "stories", "headlines", "mt")
_SPLIT_ORDER: Final = tuple(SplitSettings.model_fields)
_SHARD: Final = re.compile(r"(?P<split>[^/]+?)(-\d{5}-of-\d{5})?\.parquet")

_POINTERS: Final = {
    f"{lang}_{part}": dtype for lang in LANGUAGES for part, dtype in (("sha256", pl.String()), ("length", pl.Int64()))
}
_PAIR_SCHEMA: Final = pl.Schema({**PAIRS.schema, **_POINTERS})
_HEADLINE_SCHEMA: Final = pl.Schema({**HEADLINES.schema, "length": pl.Int64()})


@dataclass(frozen=True)
class DatasetFiles:
    """What is in a dataset's folder.

    Attributes:
        folder: The folder.
        manifest: What its manifest.json says; empty if there is none.
        configs: The files of each split of each config, in order.
    """

    folder: Path
    manifest: Mapping[str, Any]
    configs: Mapping[str, Mapping[str, tuple[Path, ...]]]

    def pairs(self) -> pl.LazyFrame:
        """Give the pairs with their splits: the columns of `alignkit.schema.PAIRS`, pointers to text, and split."""
        return self._scan(DEFAULT_CONFIG, _PAIR_SCHEMA)

    def headlines(self) -> pl.LazyFrame:
        """Give the headlines, those without a pair too where the dataset has them; length is that of the text, if given."""
        if "headlines" in self.configs:
            return self._scan("headlines", _HEADLINE_SCHEMA)
        pairs = self.pairs()
        return pl.concat(_headlines_of(pairs, lang) for lang in LANGUAGES)

    def rows(self) -> dict[str, dict[str, int]]:
        """Count the rows of each split of each config."""
        with reading(self.folder):
            return {
                config: {
                    split: sum(int(pl.scan_parquet(path).select(pl.len()).collect().item()) for path in paths)
                    for split, paths in splits.items()
                }
                for config, splits in self.configs.items()
            }

    def _scan(self, config: str, schema: pl.Schema) -> pl.LazyFrame:
        with reading(self.folder):
            return pl.concat(
                _scan_file(path, schema).with_columns(split=pl.lit(split))
                for split, paths in self.configs[config].items()
                for path in paths
            )


def find_dataset(folder: Path) -> DatasetFiles:
    """Look what a dataset's folder holds.

    Args:
        folder: The folder that has data/CONFIG/SPLIT-*.parquet, or data/SPLIT-*.parquet for pairs alone.

    Raises:
        InputError: There are no pairs, or the manifest cannot be read.
    """
    configs: dict[str, dict[str, tuple[Path, ...]]] = {}
    data = folder / "data"
    for config in _ordered({path.parent.name for path in data.glob("*/*.parquet")}, _CONFIG_ORDER):
        configs[config] = _splits((data / config).glob("*.parquet"))
    if flat := _splits(data.glob("*.parquet")):
        configs = {DEFAULT_CONFIG: flat} | configs
    if DEFAULT_CONFIG not in configs:
        remedy = "Name the folder of a dataset that 'alignkit export' wrote."
        raise InputError(
            "holds no pairs (data/pairs/*.parquet)" if folder.is_dir() else "is no folder", path=folder, remedy=remedy
        )
    return DatasetFiles(folder, _read_manifest(folder / "manifest.json"), configs)


@contextmanager
def reading(folder: Path) -> Iterator[None]:
    """Say of what cannot be read which folder it is in.

    Raises:
        InputError: A file is damaged or cannot be opened.
    """
    try:
        yield
    except (OSError, pl.exceptions.ComputeError) as error:
        raise InputError(f"holds a Parquet file that cannot be read ({_first_line(error)})", path=folder) from None


def _scan_file(path: Path, schema: pl.Schema) -> pl.LazyFrame:
    try:
        frame = pl.scan_parquet(path)
        found = frame.collect_schema()
    except (OSError, pl.exceptions.ComputeError) as error:
        raise InputError(f"is no Parquet file that can be read ({_first_line(error)})", path=path) from None
    for name, dtype in schema.items():
        if name in found and not _is_like(found[name], dtype):
            raise SchemaError(f"is of type {found[name]}, not {dtype}", path=path, column=name)
    return frame.select(
        (pl.col(name) if name in found else pl.lit(None)).cast(dtype).alias(name) for name, dtype in schema.items()
    )


def _is_like(found: pl.DataType, wanted: pl.DataType) -> bool:
    """Tell whether a type can be read as another: other widths, units and encodings of one kind are no matter."""
    if wanted == pl.String():
        return found in (pl.String, pl.Categorical, pl.Enum, pl.Null)
    if wanted.is_temporal():
        return found in (pl.Datetime, pl.Null)
    return found.is_numeric() or found == pl.Null


def _headlines_of(pairs: pl.LazyFrame, lang: str) -> pl.LazyFrame:
    columns = {"id": f"{lang}_id", "text": lang} | {
        name: f"{lang}_{name}" for name in ("outlet", "url", "published_at", "length")
    }
    return (
        pairs.select("split", *(pl.col(old).alias(new) for new, old in columns.items()))
        .unique("id", keep="first", maintain_order=True)
        .with_columns(lang=pl.lit(lang))
    )


def _splits(paths: Iterable[Path]) -> dict[str, tuple[Path, ...]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(paths):
        if match := _SHARD.fullmatch(path.name):
            found.setdefault(match["split"], []).append(path)
    return {split: tuple(found[split]) for split in _ordered(found, _SPLIT_ORDER)}


def _ordered(names: Iterable[str], order: tuple[str, ...]) -> list[str]:
    return sorted(names, key=lambda name: (order.index(name) if name in order else len(order), name))


def _read_manifest(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise InputError(f"cannot be read ({_first_line(error)})", path=path) from None
    if not isinstance(content, dict):
        raise InputError("is no manifest of a dataset", path=path)
    return content


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
