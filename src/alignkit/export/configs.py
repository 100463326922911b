"""What the published dataset's configs hold: their columns, with the headlines' text or with pointers in its place."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, Literal, get_args

import polars as pl

from alignkit.errors import MissingExtraError
from alignkit.schema import HEADLINES, PAIRS, RELATIONS, Column, Table

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError(error.name or "pyarrow", extra="export", purpose="exporting a dataset") from None

ConfigName = Literal["pairs", "stories", "headlines", "mt"]
CONFIGS: Final[tuple[ConfigName, ...]] = get_args(ConfigName)
"""The configs in the order in which they are listed; the first is the default."""

TextForm = Literal["full", "stand-off"]
TEXT_FORMS: Final[tuple[TextForm, ...]] = get_args(TextForm)

MT_SPLITS: Final = ("validation", "test")
"""The splits of the config mt: it is material to test with, never to train on."""

_TIMESTAMP: Final = pl.Datetime("us", "UTC")
_PAIR: Final = {column.name: column for column in PAIRS.columns}
_HEADLINE: Final = {column.name: column for column in HEADLINES.columns}

_REFERENCE: Final = {
    "ja_id": pl.String(),
    "text": pl.String(),
    "outlet": pl.String(),
    "url": pl.String(),
    "published_at": _TIMESTAMP,
    "relation": pl.String(),
    "score": pl.Float64(),
}
"""The fields of one reprint in the config stories."""

_STORIES: Final = (
    *(_PAIR[name] for name in ("story_id", "en_id", "en", "en_outlet", "en_url", "en_published_at")),
    Column("wire_id", pl.String(), "the agency's id of the wire story, from any of its headlines", nullable=True),
    Column("section", pl.String(), "section or topic, from any of its pairs", nullable=True),
    Column(
        "references",
        pl.List(pl.Struct(_REFERENCE)),
        "the Japanese headlines of the story, the best score first: each with its id, text, outlet, URL, time (UTC), and "
        "the relation and score of its pair with the English headline",
    ),
    Column("n_references", pl.Int64(), "how many Japanese headlines the story has"),
)
_HEADLINES: Final = (
    *(_HEADLINE[column] for column in ("id", "lang", "text", "outlet", "url", "published_at", "wire_id")),
    *(_HEADLINE[column] for column in ("credit", "section", "collector", "collected_at")),
    Column("story_id", pl.String(), "the story it is paired in; empty for a headline without a pair", nullable=True),
)
_MT: Final = (
    Column("id", pl.String(), "the story's id"),
    Column("source_id", pl.String(), "id of the English headline"),
    Column("source", pl.String(), "the English headline proper: without labels, credits and outlets' names"),
    Column("references", pl.List(pl.String()), "the Japanese headlines proper that are aligned with it, any number"),
    Column("reference_ids", pl.List(pl.String()), "their ids"),
    Column("reference_outlets", pl.List(pl.String()), "who published them"),
    Column("reference_relations", pl.List(pl.String()), f"their relations, of: {', '.join(RELATIONS[:4])}"),
)
_MEANINGS: Final = {"sha256": "sha256, or salted HMAC-SHA256, of the headline proper", "length": "its characters"}


@cache
def config_table(name: ConfigName, form: TextForm) -> Table:
    """Give the table of a config: its key and its columns, in order.

    In the form 'stand-off', each column X with a headline's text is replaced by X_sha256 and X_length (by sha256 and
    length where it is called 'text'), and what is left holds no word of a headline.

    Args:
        name: The config.
        form: Whether it holds headlines' text.
    """
    full = {"pairs": PAIRS.columns, "stories": _STORIES, "headlines": _HEADLINES, "mt": _MT}[name]
    key = {"pairs": "pair_id", "stories": "story_id", "headlines": "id", "mt": "id"}[name]
    columns = full if form == "full" else tuple(new for column in full for new in _without_text(name, column))
    return Table(name=name, key=(key,), columns=columns)


def arrow_schema(table: Table) -> pa.Schema:
    """Give a table's columns as an Arrow schema, in the types that `datasets` has for them.

    polars writes `large_string`, which `datasets.concatenate_datasets` refuses beside anybody's `string`; so tables are
    cast to this schema before they are written.
    """
    return pa.schema([pa.field(column.name, _arrow_type(column.dtype)) for column in table.columns])


def text_columns(name: ConfigName) -> tuple[str, ...]:
    """Name the columns of a config that hold headlines' text in the form 'full'; 'references.text' is a field of a list."""
    return {
        "pairs": ("en", "ja"),
        "stories": ("en", "references.text"),
        "headlines": ("text",),
        "mt": ("source", "references"),
    }[name]


def _without_text(config: ConfigName, column: Column) -> tuple[Column, ...]:
    if config == "stories" and column.name == "references":
        fields = {
            new: dtype
            for name, old in _REFERENCE.items()
            for new, dtype in ({"sha256": pl.String(), "length": pl.Int64()} if name == "text" else {name: old}).items()
        }
        meaning = column.meaning.replace("text,", "hash and length of its text,")
        return (Column(column.name, pl.List(pl.Struct(fields)), meaning),)
    if column.name not in text_columns(config):
        return (column,)
    dtypes: dict[str, pl.DataType] = {"sha256": pl.String(), "length": pl.Int64()}
    if isinstance(column.dtype, pl.List):
        dtypes = {part: pl.List(dtype) for part, dtype in dtypes.items()}
    return tuple(
        Column(pointer_name(column.name, part), dtype, _MEANINGS[part], nullable=False)
        for part, dtype in dtypes.items()
    )


def pointer_name(column: str, part: str) -> str:
    """Give the column that stands for a column with text: 'en_sha256' for 'en', 'sha256' for 'text'."""
    return part if column == "text" else f"{column.removesuffix('s') if column == 'references' else column}_{part}"


def _arrow_type(dtype: Any) -> pa.DataType:  # noqa: ANN401 - a polars type, as an instance or a class
    if isinstance(dtype, pl.List):
        return pa.list_(_arrow_type(dtype.inner))
    if isinstance(dtype, pl.Struct):
        return pa.struct([pa.field(field.name, _arrow_type(field.dtype)) for field in dtype.fields])
    simple = {
        pl.String(): pa.string(),
        pl.Float64(): pa.float64(),
        pl.Int64(): pa.int64(),
        _TIMESTAMP: pa.timestamp("us", "UTC"),
    }
    return next(arrow for polars, arrow in simple.items() if dtype == polars)
