"""alignkit.toml: what the main job is to do, read and checked before it starts."""

from __future__ import annotations

import difflib
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from alignkit.encoders.registry import describe_known_encoders, is_known_encoder
from alignkit.errors import ConfigError
from alignkit.schema import Language  # noqa: TC001 - pydantic reads the annotation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

FileFormat = Literal["lines", "tsv", "csv", "jsonl", "json", "parquet"]
Segments = Literal["headlines", "all"]

CONFIG_NAME: Final = "alignkit.toml"


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FilesSource(_Settings):
    """Plain files: one headline a line, TSV, CSV, JSON Lines, JSON or Parquet, told by their names.

    Attributes:
        path: A file, or a pattern such as 'headlines/*.tsv', from the configuration's folder.
        lang: The language of headlines that do not name their own.
        outlet: The outlet of headlines that do not name their own.
        format: The format, where the name does not tell it.
        text_column: The column with the headline.
        encoding: The encoding, where it is not to be found out.
    """

    kind: Literal["files"] = "files"
    path: str
    lang: Language | None = None
    outlet: str | None = None
    format: FileFormat | None = None
    text_column: str | None = None
    encoding: str | None = None


class WmtSource(_Settings):
    """A WMT test set in XML.

    Attributes:
        path: A file, or a pattern, from the configuration's folder.
        segments: 'headlines' takes each document's first segment, 'all' every segment.
    """

    kind: Literal["wmt"]
    path: str
    segments: Segments = "headlines"


Source = FilesSource | WmtSource


class CollectSettings(_Settings):
    """How headlines are read.

    Attributes:
        timezone: Where times without a zone were meant.
        max_characters: The longest text that is taken for a headline, in characters.
    """

    timezone: str = "Asia/Tokyo"
    max_characters: int = Field(default=1000, ge=1)

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError, so it is named below.
            raise ValueError("is no time zone, such as Asia/Tokyo or UTC") from None
        except KeyError:
            raise ValueError("is no time zone, such as Asia/Tokyo or UTC") from None
        return name


class PairSettings(_Settings):
    """Which headlines could be one story.

    Attributes:
        window_days: How many days apart, either way, two dated headlines may be.
        neighbours: How many nearest headlines of the other language each headline is compared with.
    """

    window_days: float = Field(default=2.0, ge=0)
    neighbours: int = Field(default=16, ge=1)


class AlignSettings(_Settings):
    """How candidates are scored and kept.

    Attributes:
        encoder: The sentence encoder, by its registered name, or 'st:' and a model of sentence-transformers.
        rerank: A second, slower encoder that looks again at what stays ambiguous: 'e5'.
        margin_neighbours: k of the ratio margin: how many nearest neighbours the mean is taken over.
        threshold: The least score of a pair that is kept.
    """

    encoder: str = "use"
    rerank: str | None = None
    margin_neighbours: int = Field(default=4, ge=1)
    threshold: float = Field(default=0.5, ge=0, le=1)

    @field_validator("encoder", "rerank")
    @classmethod
    def _encoder_is_known(cls, name: str | None) -> str | None:
        if name is not None and not is_known_encoder(name):
            raise ValueError(f"is no known encoder ({describe_known_encoders()})")
        return name


class SplitSettings(_Settings):
    """What share of the stories each split gets; the shares add up to 1."""

    train: float = Field(default=0.8, ge=0, le=1)
    validation: float = Field(default=0.1, ge=0, le=1)
    test: float = Field(default=0.1, ge=0, le=1)

    def model_post_init(self, _context: object) -> None:
        """Check that the shares add up."""
        total = self.train + self.validation + self.test
        if abs(total - 1) > 1e-9:  # noqa: PLR2004
            raise ValueError(f"train, validation and test add up to {total:g}, not 1")


class ExportSettings(_Settings):
    """How the dataset is published.

    Attributes:
        name: The dataset's name, in its card.
        license: An identifier of the Hub's licence list, such as 'cc-by-4.0'; 'unknown' for headlines of others.
        about: A Markdown file, from the configuration's folder, that the card opens with.
        synthetic: Whether the headlines were invented; the card then says so.
        splits: The shares of the splits.
        seed: What the assignment of stories to splits is derived from.
    """

    name: str = "Aligned headlines"
    license: str = "unknown"
    about: str | None = None
    synthetic: bool = False
    splits: SplitSettings = SplitSettings()
    seed: int = 0


class Config(_Settings):
    """All of alignkit.toml.

    Attributes:
        output: The folder that the results go to, from the configuration's folder.
        sources: Where headlines come from.
        folder: The configuration's folder; not a key of the file.
    """

    output: str = "build"
    sources: tuple[Annotated[Source, Field(discriminator="kind")], ...] = Field(min_length=1)
    collect: CollectSettings = CollectSettings()
    pair: PairSettings = PairSettings()
    align: AlignSettings = AlignSettings()
    export: ExportSettings = ExportSettings()
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def output_folder(self) -> Path:
        """The folder that the results go to."""
        return Path(os.path.normpath(self.folder / self.output))


def load_config(path: Path) -> Config:
    """Read and check a configuration.

    Args:
        path: The TOML file, or a folder with an alignkit.toml in it.

    Raises:
        ConfigError: It is not there, is not TOML, or has a key or value that is not known; the message names the key,
            and the nearest known one.
    """
    file = path / CONFIG_NAME if path.is_dir() else path
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        remedy = f"Name a configuration, or run in a folder that has an {CONFIG_NAME}."
        raise ConfigError("does not exist", path=file, remedy=remedy) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read ({error})", path=file) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is not TOML: {error}", path=file) from None
    if "folder" in content:
        raise ConfigError("is no known key", path=file, column="folder")
    for source in content.get("sources", []) if isinstance(content.get("sources"), list) else []:
        if isinstance(source, dict):
            source.setdefault("kind", "files")
    try:
        return Config.model_validate(content | {"folder": file.parent})
    except ValidationError as error:
        raise _explain(error.errors(include_url=False)[0], file) from None


def _explain(error: ErrorDetails, file: Path) -> ConfigError:
    """Turn the first of pydantic's errors into one line that names the key as the file writes it."""
    where = [part for part in error["loc"] if part not in _SOURCE_KINDS]
    key = _dotted(where)
    if error["type"] == "extra_forbidden":
        known = _known_keys(error["loc"][:-1])
        near = difflib.get_close_matches(str(where[-1]), known, n=1, cutoff=0.5)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Known here: {', '.join(known)}."
        return ConfigError("is no known key", path=file, column=key, remedy=remedy)
    if error["type"] == "missing":
        return ConfigError("is missing", path=file, column=key)
    problem = error["msg"].removeprefix("Value error, ")
    value = error["input"] if isinstance(error["input"], str | int | float | bool) else None
    return ConfigError(problem[:1].lower() + problem[1:], path=file, column=key or None, value=value)


_SOURCE_KINDS: Final = {"files": FilesSource, "wmt": WmtSource}


def _known_keys(location: Sequence[int | str]) -> list[str]:
    """List the keys that are known at a place of the configuration."""
    model: Any = Config
    for part in location:
        if part in _SOURCE_KINDS:
            model = _SOURCE_KINDS[str(part)]
        elif isinstance(part, str) and part != "sources":
            model = model.model_fields[part].annotation
    return [name for name in model.model_fields if name != "folder"]


def _dotted(parts: Sequence[int | str]) -> str:
    key = ""
    for part in parts:
        key += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if key else ''}{part}"
    return key
