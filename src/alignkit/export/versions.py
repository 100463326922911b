"""Semantic versions of a published dataset, and which one a change of its content asks for.

A new version is major if who used the old one could get other results without noticing: a row is gone or is in another
split, or a column is gone or has another type. It is minor if there is more: rows, columns or configs were added, or values
of rows that stay were computed anew. It is a patch if the rows are the same: the card, or how the files are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, get_args

import polars as pl

from alignkit.errors import InputError, UsageError
from alignkit.export.configs import CONFIGS, config_table
from alignkit.export.dataset_manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from alignkit.export.dataset_manifest import DatasetManifest

Level = Literal["patch", "minor", "major"]
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""The weights of a change, the lightest first."""

_FORM: Final = re.compile(r"v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", re.ASCII)


class Version(NamedTuple):
    """A semantic version (semver.org) without a label for pre-releases."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"v{self.major}.{self.minor}.{self.patch}"

    def raised(self, level: Level) -> Version:
        """Give the next version at a level."""
        if level == "major":
            return Version(self.major + 1, 0, 0)
        return Version(self.major, self.minor + 1, 0) if level == "minor" else self._replace(patch=self.patch + 1)


class Change(NamedTuple):
    """Something that is not as it was in the version before, and how much it weighs."""

    level: Level
    what: str


def parse_version(text: str) -> Version | None:
    """Read a version such as 'v1.2.0' or '1.2.0'; None for anything else."""
    match = _FORM.fullmatch(text)
    return Version(*map(int, match.groups())) if match else None


def next_version(old: Path, new: Path) -> Version:
    """Give the least version that the new content of a dataset may have.

    Args:
        old: The folder of the version before: its manifest, and what `files_to_compare` names.
        new: The folder of the new content.

    Raises:
        InputError: A folder's manifest or data cannot be read.
    """
    version = dataset_version(read_manifest(old), old)
    return version.raised(weight(find_changes(old, new)))


def weight(changes: list[Change]) -> Level:
    """Give the level of the heaviest change; a patch where there is none."""
    return max((change.level for change in changes), key=LEVELS.index, default="patch")


def dataset_version(manifest: DatasetManifest, folder: Path) -> Version:
    """Give the version that a dataset says it has.

    Raises:
        InputError: It is no semantic version.
    """
    version = parse_version(manifest.version)
    if version is None:
        remedy = "Give the dataset a version such as 1.2.0 and export it again."
        raise InputError("is no semantic version", path=folder, column="version", value=manifest.version, remedy=remedy)
    return version


def files_to_compare(old: DatasetManifest, new: DatasetManifest) -> list[str]:
    """Name the old data files that tell what changed: those of splits whose rows are not the same any more."""
    return [
        file
        for config, split in _differing_splits(old, new)
        if split in old.configs.get(config, {})
        for file in old.configs[config][split].files
    ]


def find_changes(old: Path, new: Path) -> list[Change]:
    """Say what changed between two versions of a dataset, by their manifests and the rows of splits that differ.

    Args:
        old: The folder of the version before: its manifest, and what `files_to_compare` names.
        new: The folder of the new content.

    Raises:
        InputError: A folder's manifest or data cannot be read.
        UsageError: The two are not of one form: one holds texts, the other points to them.
    """
    before, after = read_manifest(old), read_manifest(new)
    if before.text != after.text:
        problem = f"holds the form {after.text!r} where the version before holds {before.text!r}"
        raise UsageError(problem, path=new, remedy="Publish the other form as a dataset of its own.")
    differing = _differing_splits(before, after)
    changes: list[Change] = []
    for config in dict.fromkeys(config for config, _ in differing):
        splits = [split for name, split in differing if name == config]
        if config not in before.configs:
            changes.append(Change("minor", f"config {config!r} was added"))
        elif config not in after.configs:
            changes.append(Change("major", f"config {config!r} is gone"))
        else:
            rows = [_read_rows(folder, manifest, config, splits) for folder, manifest in ((old, before), (new, after))]
            found = _compare_columns(config, rows[0][1], rows[1][1]) + _compare_rows(config, rows[0][0], rows[1][0])
            changes += found or [Change("minor", f"{config}: values of rows changed")]
    return changes


def _differing_splits(old: DatasetManifest, new: DatasetManifest) -> list[tuple[str, str]]:
    places = {(config, split): None for side in (old, new) for config, of in side.configs.items() for split in of}
    return [place for place in places if _content(old, *place) != _content(new, *place)]


def _content(manifest: DatasetManifest, config: str, split: str) -> str | None:
    record = manifest.configs.get(config, {}).get(split)
    return record.content if record is not None else None


def _read_rows(
    folder: Path, manifest: DatasetManifest, config: str, splits: list[str]
) -> tuple[pl.DataFrame, dict[str, str]]:
    """Give the key and split of each row of some splits of a config, and the types of its columns."""
    key = next((config_table(name, manifest.text).key[0] for name in CONFIGS if name == config), "id")
    frames = [pl.DataFrame(schema={"key": pl.String, "split": pl.String})]
    types: dict[str, str] = {}
    for split in splits:
        record = manifest.configs[config].get(split)
        for file in record.files if record is not None else ():
            path = folder / file
            try:
                types |= {name: str(dtype) for name, dtype in pl.read_parquet_schema(path).items()}
                keys = pl.read_parquet(path, columns=[key]).get_column(key)
            except (OSError, pl.exceptions.PolarsError) as error:
                raise InputError(f"cannot be read ({error})", path=path) from None
            frames.append(pl.DataFrame({"key": keys.cast(pl.String)}).with_columns(pl.lit(split).alias("split")))
    return pl.concat(frames), types


def _compare_columns(config: str, old: dict[str, str], new: dict[str, str]) -> list[Change]:
    if not old or not new:
        return []
    changes = [Change("major", f"{config}: column {name!r} is gone") for name in old if name not in new]
    changes += [
        Change("major", f"{config}: column {name!r} is {new[name]}, not {dtype} any more")
        for name, dtype in old.items()
        if new.get(name, dtype) != dtype
    ]
    return changes + [Change("minor", f"{config}: column {name!r} was added") for name in new if name not in old]


def _compare_rows(config: str, old: pl.DataFrame, new: pl.DataFrame) -> list[Change]:
    both = old.join(new, on="key", how="inner", suffix="_new")
    moved = both.filter(pl.col("split") != pl.col("split_new")).height
    gone = old.join(new, on="key", how="anti").height
    added = new.join(old, on="key", how="anti").height
    counted: list[tuple[int, Level, str]] = [
        (moved, "major", "in another split"),
        (gone, "major", "gone"),
        (added, "minor", "more"),
    ]
    return [
        Change(level, f"{config}: {count:,} {'row' if count == 1 else 'rows'} {what}")
        for count, level, what in counted
        if count
    ]
