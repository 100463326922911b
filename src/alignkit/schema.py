"""The tables that flow from stage to stage: what their columns are called, hold and mean.

`HEADLINES` goes from collect to pair, `CANDIDATES` from pair to align, `PAIRS` from align to export. Each is a polars
DataFrame, kept as one Parquet file. `Table.validate` is the one place that says whether a frame is such a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, get_args

import polars as pl

from alignkit.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Language = Literal["en", "ja"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

CandidateReason = Literal["wire_id", "mention", "credit", "date_window", "neighbour"]
CANDIDATE_REASONS: Final[tuple[CandidateReason, ...]] = get_args(CandidateReason)
"""The strongest first: of several reasons for one candidate the first of these is named."""

Relation = Literal["equivalent", "en_more", "ja_more", "overlap", "comparable", "unrelated"]
RELATIONS: Final[tuple[Relation, ...]] = get_args(Relation)
ALIGNED_RELATIONS: Final[tuple[Relation, ...]] = ("equivalent", "en_more", "ja_more", "overlap")
"""The relations that make a pair; 'comparable' (same event, other news point) and 'unrelated' do not."""

Verdict = Literal["agree", "conflict", "absent"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

_TIMESTAMP: Final = pl.Datetime("us", "UTC")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: The column's name.
        dtype: Its polars type.
        meaning: What it holds, in words for people who use the data.
        nullable: Whether a row may leave it empty.
        allowed: The only values it may hold, or None for any.
        between: The lowest and the highest value it may hold, or None for any.
    """

    name: str
    dtype: pl.DataType | type[pl.DataType]
    meaning: str
    nullable: bool = False
    allowed: tuple[str, ...] | None = None
    between: tuple[float, float] | None = None


@dataclass(frozen=True)
class Table:
    """One of the tables that flow from stage to stage.

    Attributes:
        name: The table's name, which is also its file's stem.
        key: The columns whose values together name a row.
        columns: Its columns, in order.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def schema(self) -> pl.Schema:
        """The table's columns as a polars schema."""
        return pl.Schema({column.name: column.dtype for column in self.columns})

    def frame(self, rows: Sequence[dict[str, object]]) -> pl.DataFrame:
        """Build the table from rows; columns that a row leaves out are null."""
        return pl.DataFrame(rows, schema=self.schema, orient="row")

    def validate(self, frame: pl.DataFrame, *, path: Path | None = None) -> pl.DataFrame:
        """Check that a frame is this table, and give it back with its columns in order.

        Args:
            frame: The frame to check. Rows are counted from 1.
            path: The file it was read from, for the message.

        Raises:
            SchemaError: The first thing that is wrong: a column missing, unknown or of another type; a null, a value
                out of range or a repeated key, with its row.
        """
        where = path or f"table {self.name!r}"
        self._check_columns(frame, where)
        for column in self.columns:
            self._check_values(frame, column, where)
        repeated = frame.select(pl.struct(self.key).is_duplicated()).to_series()
        if (row := _first_true(repeated)) is not None:
            value = "/".join(str(part) for part in frame.select(self.key).row(row))
            raise SchemaError(
                "is there more than once", path=where, row=row + 1, column="+".join(self.key), value=value
            )
        return frame.select(self.schema.names())

    def _check_columns(self, frame: pl.DataFrame, where: Path | str) -> None:
        for column in self.columns:
            if column.name not in frame.columns:
                found = ", ".join(frame.columns) or "none"
                raise SchemaError("is missing", path=where, column=column.name, remedy=f"Columns found: {found}.")
            if frame.schema[column.name] != column.dtype:
                found_type = frame.schema[column.name]
                raise SchemaError(f"is of type {found_type}, not {column.dtype}", path=where, column=column.name)
        known = self.schema.names()
        for name in frame.columns:
            if name not in known:
                raise SchemaError("is no column of this table", path=where, column=name)

    @staticmethod
    def _check_values(frame: pl.DataFrame, column: Column, where: Path | str) -> None:
        values = frame.get_column(column.name)
        if not column.nullable and (row := _first_true(values.is_null())) is not None:
            raise SchemaError("is empty", path=where, row=row + 1, column=column.name)
        if column.allowed is not None:
            outside = ~values.is_in(list(column.allowed)) & values.is_not_null()
            remedy = f"Allowed: {', '.join(column.allowed)}."
        elif column.between is not None:
            # is_between is false for NaN, so that NaN is reported too.
            outside = ~values.is_between(*column.between) & values.is_not_null()
            remedy = f"It must be between {column.between[0]:g} and {column.between[1]:g}."
        else:
            return
        if (row := _first_true(outside)) is not None:
            raise SchemaError(
                "cannot be used", path=where, row=row + 1, column=column.name, value=values[row], remedy=remedy
            )


def _first_true(mask: pl.Series) -> int | None:
    return mask.arg_max() if mask.any() else None


HEADLINES: Final = Table(
    name="headlines",
    key=("id",),
    columns=(
        Column(
            "id",
            pl.String(),
            "stable identifier: given by the source, else derived from language, URL or outlet, and text",
        ),
        Column("lang", pl.String(), "language of the headline: en or ja", allowed=LANGUAGES),
        Column("text", pl.String(), "the headline as its outlet published it"),
        Column("outlet", pl.String(), "who published it", nullable=True),
        Column("url", pl.String(), "where it was published", nullable=True),
        Column("published_at", _TIMESTAMP, "when it was published, UTC", nullable=True),
        Column("wire_id", pl.String(), "the agency's id of the wire story", nullable=True),
        Column("credit", pl.String(), "the mark that names the agency", nullable=True),
        Column("section", pl.String(), "the outlet's section or topic", nullable=True),
        Column("collector", pl.String(), "the collector that read it"),
        Column("collected_at", _TIMESTAMP, "when it was fetched, UTC; empty for headlines from files", nullable=True),
        Column("source", pl.String(), "file and row, or document and segment, that it was read from"),
    ),
)

CANDIDATES: Final = Table(
    name="candidates",
    key=("en_id", "ja_id"),
    columns=(
        Column("en_id", pl.String(), "id of the English headline"),
        Column("ja_id", pl.String(), "id of the Japanese headline"),
        Column(
            "reason",
            pl.String(),
            "why the two could be one story, the first of these that holds: wire_id, they share the agency's id; mention, they "
            "were said to belong together; credit, they are near each other among headlines of one agency; date_window, they "
            "are near each other among headlines of about the same days; neighbour, the same where a date is missing",
            allowed=CANDIDATE_REASONS,
        ),
        Column(
            "days_apart",
            pl.Float64(),
            "days from the English to the Japanese headline; negative: Japanese first",
            nullable=True,
        ),
    ),
)

PAIRS: Final = Table(
    name="pairs",
    key=("pair_id",),
    columns=(
        Column("pair_id", pl.String(), "stable identifier, derived from the two headlines' ids"),
        Column(
            "story_id",
            pl.String(),
            "the story: one English headline and all Japanese headlines aligned with it share it",
        ),
        Column("en_id", pl.String(), "id of the English headline"),
        Column("ja_id", pl.String(), "id of the Japanese headline"),
        Column("en", pl.String(), "the English headline as published"),
        Column("ja", pl.String(), "the Japanese headline as published"),
        Column("en_outlet", pl.String(), "who published the English headline", nullable=True),
        Column("ja_outlet", pl.String(), "who published the Japanese headline", nullable=True),
        Column("en_url", pl.String(), "where the English headline was published", nullable=True),
        Column("ja_url", pl.String(), "where the Japanese headline was published", nullable=True),
        Column("en_published_at", _TIMESTAMP, "when the English headline was published, UTC", nullable=True),
        Column("ja_published_at", _TIMESTAMP, "when the Japanese headline was published, UTC", nullable=True),
        Column(
            "days_apart",
            pl.Float64(),
            "days from the English to the Japanese headline; negative: Japanese first",
            nullable=True,
        ),
        Column("wire_id", pl.String(), "the agency's id of the wire story, from either headline", nullable=True),
        Column(
            "section", pl.String(), "section or topic, from the English headline or else the Japanese", nullable=True
        ),
        Column("cosine", pl.Float64(), "cosine of the two headlines' embeddings", between=(-1.0, 1.0)),
        Column(
            "margin",
            pl.Float64(),
            "ratio margin: the cosine over the mean cosine of both headlines' nearest neighbours",
        ),
        Column(
            "coverage_en",
            pl.Float64(),
            "share of the English headline's words, weighted by rarity, that the Japanese one has a word, number or name for",
            between=(0.0, 1.0),
        ),
        Column("coverage_ja", pl.Float64(), "the same of the Japanese headline's words", between=(0.0, 1.0)),
        Column("numbers", pl.String(), "whether numbers agree; 'absent': nothing to compare", allowed=VERDICTS),
        Column("dates", pl.String(), "whether dates and times agree", allowed=VERDICTS),
        Column("names", pl.String(), "whether names agree", allowed=VERDICTS),
        Column("polarity", pl.String(), "whether both say that the news goes the same way", allowed=VERDICTS),
        Column(
            "relation",
            pl.String(),
            "how the two are related, as the aligner tells it: equivalent, en_more (the English says more), ja_more, overlap "
            "(each says something the other does not), comparable (same event, other news point), unrelated",
            allowed=RELATIONS,
        ),
        Column(
            "score",
            pl.Float64(),
            "probability that the two are of the same story and at least overlap",
            between=(0.0, 1.0),
        ),
    ),
)

TABLES: Final = (HEADLINES, CANDIDATES, PAIRS)
