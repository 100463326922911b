"""Evaluation sets from datasets: the config 'mt', the config 'stories', or a JSON Lines file of the same columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from alignkit.errors import InputError, UsageError
from alignkit.evaluate.testset import EvaluationSet, Reference, Segment, check_set
from alignkit.evaluate.text_rows import read_rows, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

DIRECTIONS: Final = ("en-ja", "ja-en")

_CONFIGS: Final = ("mt", "stories")
_ID: Final = ("id", "story_id")
_SOURCE: Final = ("source", "en")
_REFERENCES: Final = ("references", "targets")
_REFERENCE_TEXT: Final = ("text", "ja", "translation")
_REFERENCE_PARTS: Final = {"id": ("id", "ja_id"), "outlet": ("outlet",), "relation": ("relation",)}
_ATTRIBUTES: Final = {
    "section": ("section",),
    "outlet": ("en_outlet", "outlet"),
    "published_at": ("en_published_at", "published_at"),
}


def read_dataset(
    path: Path, *, split: str = "test", direction: str = "en-ja", encoding: str | None = None
) -> EvaluationSet:
    """Read the evaluation set of a dataset that `alignkit export` wrote.

    Args:
        path: The dataset's folder, or one Parquet or JSON Lines file with the columns id, source (or en) and references.
            References are texts, or objects with text (or ja, translation), id, outlet and relation.
        split: The split that is read from a folder.
        direction: 'en-ja': each story is a segment, and its reprints are the references. 'ja-en': each reprint is a
            segment, its story's English headline is the reference, and segments of a story are drawn as one.
        encoding: The encoding of a JSON Lines file, or None to find it out.

    Raises:
        InputError: There is no such split, or a row cannot be used.
        UsageError: The direction is not known.
    """
    if direction not in DIRECTIONS:
        remedy = f"A dataset has the directions {' and '.join(DIRECTIONS)}."
        raise UsageError("is no direction of a dataset", column="--lang", value=direction, remedy=remedy)
    place, rows = _rows(path, split, encoding)
    segments = [_segment(row, number, place) for number, row in enumerate(rows, 1)]
    if direction == "ja-en":
        segments = [turned for segment in segments for turned in _turned(segment)]
    name = path.resolve().name if path.is_dir() else path.name.partition(".")[0]
    source, target = direction.split("-")
    return check_set(EvaluationSet(name, tuple(segments), source, target), place)


def _rows(path: Path, split: str, encoding: str | None) -> tuple[Path, list[dict[str, Any]]]:
    """Give the rows, and the file or folder that they are from."""
    if path.is_dir():
        folder, files = _files(path, split)
        return folder, _with_attributes(_parquet(files), path, split).to_dicts()
    if suffix_of(path) in {".parquet", ".pq"}:
        return path, _parquet([path]).to_dicts()
    if suffix_of(path) in {".jsonl", ".ndjson"}:
        return path, [row.fields for row in read_rows(path, encoding)]
    problem = "is no dataset" if path.exists() else "does not exist"
    remedy = "Name a dataset's folder, a Parquet or a .jsonl file; for plain text use --src, --ref and --hyp."
    raise InputError(problem, path=path, remedy=remedy)


def _files(folder: Path, split: str) -> tuple[Path, list[Path]]:
    """Find the files of a split, in the first config that has any."""
    candidates = [folder / "data" / config for config in _CONFIGS] + [folder / config for config in _CONFIGS]
    for place in [*candidates, folder]:
        if files := sorted(place.glob(f"{split}-*.parquet")):
            return place, files
    found = sorted({file.name.partition("-")[0] for place in candidates for file in place.glob("*-*.parquet")})
    has = f"It has: {', '.join(found)}." if found else "Write one with 'alignkit export'."
    raise InputError(f"has no split {split!r} with references", path=folder, remedy=has)


def _parquet(files: Sequence[Path]) -> pl.DataFrame:
    frames = []
    for file in files:
        try:
            frames.append(pl.read_parquet(file))
        except FileNotFoundError:
            raise InputError("does not exist", path=file) from None
        except (OSError, pl.exceptions.PolarsError) as error:
            raise InputError(f"is not a Parquet file that can be read ({error})", path=file) from None
    return pl.concat(frames, how="diagonal_relaxed")


def _with_attributes(rows: pl.DataFrame, folder: Path, split: str) -> pl.DataFrame:
    """Add what the config 'stories' knows of the same stories, if it is there."""
    files = sorted((folder / "data" / "stories").glob(f"{split}-*.parquet"))
    if not files or "id" not in rows.columns:
        return rows
    known = [name for names in _ATTRIBUTES.values() for name in names]
    stories = _parquet(files)
    wanted = [name for name in known if name in stories.columns and name not in rows.columns]
    return rows.join(
        stories.select("story_id", *wanted), left_on="id", right_on="story_id", how="left", maintain_order="left"
    )


def _segment(row: Mapping[str, Any], number: int, place: Path) -> Segment:
    source = _first(row, _SOURCE)
    references = _first(row, _REFERENCES)
    if source is None or references is None:
        if any(name.endswith("sha256") for name in row):
            remedy = "Fetch it first with 'alignkit hydrate'."
            raise InputError("holds no text: it is a stand-off dataset", path=place, remedy=remedy)
        missing = "source" if source is None else "references"
        remedy = f"Its columns are: {', '.join(row)}."
        raise InputError("is missing", path=place, row=number, column=missing, remedy=remedy)
    if not isinstance(references, list):
        raise InputError("is no list", path=place, row=number, column="references", value=references)
    extra = {part: row.get(f"reference_{part}s") for part in _REFERENCE_PARTS}
    name = str(_first(row, _ID) or number)
    return Segment(
        id=name,
        source=str(source),
        references=tuple(_references(references, extra)),
        story=str(row.get("story") or row.get("story_id") or name),
        attributes={key: str(value) for key, names in _ATTRIBUTES.items() if (value := _first(row, names)) is not None},
    )


def _references(values: Iterable[Any], extra: Mapping[str, Sequence[str | None] | None]) -> Iterable[Reference]:
    """Give the references of a row; what is None or blank is no reference, whatever stands beside it."""
    for place, value in enumerate(values):
        fields = value if isinstance(value, dict) else {"text": value}
        parts = {
            part: _first(fields, names) or (column[place] if (column := extra[part]) is not None else None)
            for part, names in _REFERENCE_PARTS.items()
        }
        text = _first(fields, _REFERENCE_TEXT)
        if text is not None and str(text).strip():
            yield Reference(str(text), **parts)


def _turned(segment: Segment) -> Iterable[Segment]:
    """Give a segment for each reference, translated back."""
    for number, reference in enumerate(segment.references, 1):
        attributes = dict(segment.attributes)
        if reference.outlet is not None:
            attributes["outlet"] = reference.outlet
        back = Reference(segment.source, relation=reference.relation)
        name = reference.id or f"{segment.id}#{number}"
        yield Segment(name, reference.text, (back,), story=segment.story, attributes=attributes)


def _first(row: Mapping[str, Any], names: Sequence[str]) -> Any:  # noqa: ANN401 - as it stands in the file
    return next((row[name] for name in names if row.get(name) is not None), None)
