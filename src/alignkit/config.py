"""alignkit.toml: what the main job is to do, read and checked before it starts."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotations
import difflib
import glob
import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator

from alignkit.collect.sources import SOURCES, AnySource, FileSource, LiveSource, Settings, TimeZone
from alignkit.encoders.registry import describe_known_encoders, is_known_encoder
from alignkit.errors import ConfigError
from alignkit.web.settings import WebSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

CONFIG_NAME: Final = "alignkit.toml"
STORE_NAME: Final = "headlines.sqlite"

Redact = Literal["none", "crime", "people"]


class WebOptions(Settings):
    """How the web is read: `alignkit.web.WebSettings`, with paths from the configuration's folder.

    Attributes:
        contact: An address of the web or of e-mail at which you can be reached; nothing is fetched without one.
        user_agent: The name to go by, instead of alignkit's.
        delay: The least time between two requests to a host, in seconds.
        timeout: The longest time that an answer may take, in seconds.
        max_bytes: The most that a page may hold.
        retries: How often more a request that fails in passing is sent.
        max_wait: The longest time to wait because a host asks for it, in seconds.
        allow_private: Whether hosts within this machine or its network may be asked.
        heed_reservations: Whether pages that are reserved from text and data mining are refused.
        connect_to: 'host:port' to connect to whatever the host of an address is.
        ca_file: The certificates of the authorities to trust, instead of the system's.
        cache: The folder of the HTTP cache; in the user's cache folder without one.
    """

    contact: str | None = None
    user_agent: str | None = None
    delay: float = Field(default=WebSettings.delay, ge=0)
    timeout: float = Field(default=WebSettings.timeout, gt=0)
    max_bytes: int = Field(default=WebSettings.max_bytes, gt=0)
    retries: int = Field(default=WebSettings.retries, ge=0)
    max_wait: float = Field(default=WebSettings.max_wait, ge=0)
    allow_private: bool = WebSettings.allow_private
    heed_reservations: bool = WebSettings.heed_reservations
    connect_to: str | None = None
    ca_file: str | None = None
    cache: str | None = None


class CollectSettings(Settings):
    """How headlines are read.

    Attributes:
        timezone: Where times without a zone were meant.
        max_characters: The longest text that is taken for a headline, in characters.
        store: The file that live sources' headlines are kept in, from the configuration's folder; in the output folder
            without one.
        since: The first day or time of publication that is collected from live sources.
        until: The day or time from which on nothing is collected.
        outlets: Ids or names of outlets: only these are read from live sources, if there is any.
        snapshots: Whether the raw answers are kept in the store too.
        web: How the web is read.
    """

    timezone: TimeZone = "Asia/Tokyo"
    max_characters: int = Field(default=1000, ge=1)
    store: str | None = None
    since: dt.datetime | dt.date | None = None
    until: dt.datetime | dt.date | None = None
    outlets: tuple[str, ...] = ()
    snapshots: bool = False
    web: WebOptions = WebOptions()


class PairSettings(Settings):
    """Which headlines could be one story.

    Attributes:
        window_days: How many days apart, either way, two dated headlines may be; one with a date but no time may be of any
            time of its day.
        neighbours: How many nearest headlines of the other language each headline is compared with, and likewise how many
            of its own agency's.
    """

    window_days: float = Field(default=2.0, ge=0)
    neighbours: int = Field(default=16, ge=1)


class AlignSettings(Settings):
    """How candidates are scored and kept.

    Attributes:
        encoder: The sentence encoder, by its registered name, or 'st:' and a model of sentence-transformers.
        rerank: A second, slower encoder that looks again at what stays ambiguous: 'e5'.
        margin_neighbours: k of the ratio margin: how many nearest neighbours the mean is taken over.
        threshold: The least score of a pair that is kept; a reprint of a story that is clear is kept from 0.6 of it on.
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


class SplitSettings(Settings):
    """What share of the stories each split gets; the shares add up to 1."""

    train: float = Field(default=0.8, ge=0, le=1)
    validation: float = Field(default=0.1, ge=0, le=1)
    test: float = Field(default=0.1, ge=0, le=1)

    def model_post_init(self, _context: object) -> None:
        """Check that the shares add up."""
        total = self.train + self.validation + self.test
        if abs(total - 1) > 1e-9:  # noqa: PLR2004
            raise ValueError(f"train, validation and test add up to {total:g}, not 1")


class ExportSettings(Settings):
    """How the dataset is published.

    Attributes:
        name: The dataset's name, in its card.
        license: An identifier of the Hub's licence list, such as 'cc-by-4.0'; 'unknown' for headlines of others.
        version: The data's semantic version.
        about: A Markdown file, from the configuration's folder, that the card opens with.
        synthetic: Whether the headlines were invented; the card then says so.
        with_text: Whether headlines that were collected from the web are published with their text; each of their
            outlets then needs a statement in `rights`. Without it the dataset points to headlines and holds no text.
        rights: By what right each outlet's headlines are published with their text, by its name; '*' for all others.
        salt: A secret that the hashes of headlines are made with in a dataset without text.
        splits: The shares of the splits.
        seed: What the assignment of stories to splits is derived from.
        previous: The folder of an earlier export, from the configuration's folder, whose splits are kept.
        shard_rows: The most rows of a Parquet file.
        redact: Whose names are taken out of headlines that are published as text: nobody's ('none'), people's in news of crime,
            courts, accidents and deaths, but not those of public offices' holders ('crime'), or everybody's ('people').
    """

    name: str = "Aligned headlines"
    license: str = "unknown"
    version: str = Field(default="0.1.0", pattern=r"^\d+\.\d+\.\d+$")
    about: str | None = None
    synthetic: bool = False
    with_text: bool = False
    rights: dict[str, str] = Field(default_factory=dict)
    salt: SecretStr | None = None
    splits: SplitSettings = SplitSettings()
    seed: int = 0
    previous: str | None = None
    shard_rows: int = Field(default=500_000, ge=1)
    redact: Redact = "none"


class Config(Settings):
    """All of alignkit.toml.

    Attributes:
        output: The folder that the results go to, from the configuration's folder.
        outlet_files: Files of outlets beside those that ship with alignkit: a file, or a pattern such as 'outlets/*.toml', from
            the configuration's folder.
        sources: Where headlines come from.
        folder: The configuration's folder; not a key of the file.
    """

    output: str = "build"
    outlet_files: str | None = None
    sources: tuple[AnySource, ...] = Field(min_length=1)
    collect: CollectSettings = CollectSettings()
    pair: PairSettings = PairSettings()
    align: AlignSettings = AlignSettings()
    export: ExportSettings = ExportSettings()
    folder: Path = Field(default=Path(), exclude=True)

    @property
    def output_folder(self) -> Path:
        """The folder that the results go to."""
        return Path(os.path.normpath(self.folder / self.output))

    @property
    def file_sources(self) -> tuple[FileSource, ...]:
        """The sources that are files."""
        return tuple(source for source in self.sources if isinstance(source, FileSource))

    @property
    def live_sources(self) -> tuple[LiveSource, ...]:
        """The sources whose headlines are kept in a store."""
        return tuple(source for source in self.sources if isinstance(source, LiveSource))

    @property
    def outlet_paths(self) -> list[Path]:
        """The files of outlets that it names, sorted.

        Raises:
            ConfigError: There is none.
        """
        if self.outlet_files is None:
            return []
        found = sorted(Path(match) for match in glob.glob(str(self.folder / self.outlet_files)))  # noqa: PTH207
        if not found:
            raise ConfigError("matches no file", path=self.folder, column="outlet_files", value=self.outlet_files)
        return found

    @property
    def store_path(self) -> Path:
        """The file that live sources' headlines are kept in."""
        return self.folder / self.collect.store if self.collect.store else self.output_folder / STORE_NAME


def load_config(path: str | Path) -> Config:
    """Read and check a configuration.

    Args:
        path: The TOML file, or a folder with an alignkit.toml in it.

    Raises:
        ConfigError: It is not there, is not TOML, or has a key or value that is not known; the message names the key,
            and the nearest known one.
    """
    file = Path(path)
    if file.is_dir():
        file /= CONFIG_NAME
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
    where = [part for part in error["loc"] if part not in SOURCES]
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


def _known_keys(location: Sequence[int | str]) -> list[str]:
    """List the keys that are known at a place of the configuration."""
    model: Any = Config
    for part in location:
        if part in SOURCES:
            model = SOURCES[str(part)]
        elif isinstance(part, str) and part != "sources":
            model = model.model_fields[part].annotation
    return [name for name in model.model_fields if name != "folder"]


def _dotted(parts: Sequence[int | str]) -> str:
    key = ""
    for part in parts:
        key += f"[{part + 1}]" if isinstance(part, int) else f"{'.' if key else ''}{part}"
    return key
