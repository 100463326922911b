"""What a configuration says of where headlines come from: one class for each kind of source.

Some sources are files, which are read anew by every run; the others are live: what they give is kept in a store, so that
a run adds to what earlier ones found.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeVar, get_args
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from alignkit.schema import Language  # noqa: TC001 - pydantic reads the annotation

FileFormat = Literal["lines", "tsv", "csv", "jsonl", "json", "parquet"]
Segments = Literal["headlines", "all"]


def _zone_exists(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # ZoneInfoNotFoundError is a KeyError.
        raise ValueError("is no time zone, such as Asia/Tokyo or UTC") from None
    return name


def _is_web_address(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("is no http or https address")
    return url


_T = TypeVar("_T", bound="_Live")

TimeZone = Annotated[str, AfterValidator(_zone_exists)]
WebAddress = Annotated[str, AfterValidator(_is_web_address)]


class Settings(BaseModel):
    """A part of the configuration: keys that it does not know are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FilesSource(Settings):
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


class WmtSource(Settings):
    """A WMT test set in XML.

    Attributes:
        path: A file, or a pattern, from the configuration's folder.
        segments: 'headlines' takes each document's first segment, 'all' every segment.
    """

    kind: Literal["wmt"]
    path: str
    segments: Segments = "headlines"


class MosesSource(Settings):
    """Parallel plain text as OPUS and mtdata give it: two files whose lines are partners, or both in one.

    Attributes:
        en: The English file, from the configuration's folder.
        ja: The Japanese file.
        path: Instead of both: a zip of OPUS, or a TSV of pairs.
        outlet: The outlet of the texts.
    """

    kind: Literal["moses"]
    en: str | None = None
    ja: str | None = None
    path: str | None = None
    outlet: str | None = None

    @model_validator(mode="after")
    def _names_both(self) -> MosesSource:
        if (self.path is None) == (self.en is None or self.ja is None):
            raise ValueError("a source of kind 'moses' needs either 'en' and 'ja', or 'path'")
        return self


class HuggingFaceSource(Settings):
    """A dataset of Hugging Face, in a folder or on the Hub.

    Attributes:
        name: The folder, from the configuration's folder, or the dataset's name on the Hub.
        config: The dataset's configuration.
        split: The split; all of them without one.
        lang: The language of texts, where the dataset has one column of them and does not say.
        text_column: That column.
        outlet: The outlet of the texts.
    """

    kind: Literal["huggingface"]
    name: str
    config: str | None = None
    split: str | None = None
    lang: Language | None = None
    text_column: str | None = None
    outlet: str | None = None


class _Live(Settings):
    """What the live sources have in common.

    Attributes:
        lang: The language of headlines that do not name their own; else their letters tell it.
        outlet: The outlet of headlines at addresses of no registered outlet.
        timezone: Where times without a zone were meant.
    """

    lang: Language | None = None
    outlet: str | None = None
    timezone: TimeZone = "Asia/Tokyo"


class FeedsSource(_Live):
    """Feeds: RSS or Atom.

    Attributes:
        urls: Their addresses.
        outlets: Registered outlets whose feeds are read too.
    """

    kind: Literal["feeds"]
    urls: tuple[WebAddress, ...] = ()
    outlets: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_one(self) -> FeedsSource:
        return _with_an_address(self, self.urls, self.outlets)


class SitemapsSource(_Live):
    """Sitemaps; pages whose headlines they do not give are fetched.

    Attributes:
        urls: Their addresses.
        outlets: Registered outlets whose sitemaps are read too.
    """

    kind: Literal["sitemaps"]
    urls: tuple[WebAddress, ...] = ()
    outlets: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_one(self) -> SitemapsSource:
        return _with_an_address(self, self.urls, self.outlets)


class PagesSource(_Live):
    """Pages of articles, and pages that list them.

    Attributes:
        urls: Addresses of articles.
        lists: Addresses of pages that link to articles, which are fetched.
        selector: A CSS selector of the links on those pages.
    """

    kind: Literal["pages"]
    urls: tuple[WebAddress, ...] = ()
    lists: tuple[WebAddress, ...] = ()
    selector: str | None = None

    @model_validator(mode="after")
    def _names_one(self) -> PagesSource:
        if self.lists and self.selector is None:
            raise ValueError("a source with 'lists' needs a 'selector' of the links on them, such as 'main li > a'")
        return _with_an_address(self, self.urls, self.lists)


class WarcSource(_Live):
    """Web archives: WARC files, such as CC-NEWS.

    Attributes:
        path: A file or a pattern, from the configuration's folder, or an address in any way that fsspec knows.
        hosts: Hosts whose pages are read, subdomains included; all without one.
    """

    kind: Literal["warc"]
    path: str
    hosts: tuple[str, ...] = ()


class MentionsSource(_Live):
    """Documents that quote headlines and say who carried the story: HTML, Markdown or text.

    Attributes:
        path: A file or a pattern, from the configuration's folder.
        urls: Addresses of documents.
    """

    kind: Literal["mentions"]
    path: str | None = None
    urls: tuple[WebAddress, ...] = ()

    @model_validator(mode="after")
    def _names_one(self) -> MentionsSource:
        return _with_an_address(self, (self.path,) if self.path else (), self.urls)


def _with_an_address(source: _T, *addresses: tuple[str, ...]) -> _T:
    if not any(addresses):
        raise ValueError("a source needs at least one address to read")
    return source


FileSource = FilesSource | WmtSource | MosesSource | HuggingFaceSource
LiveSource = FeedsSource | SitemapsSource | PagesSource | WarcSource | MentionsSource
Source = FileSource | LiveSource

SOURCES: Final[dict[str, type[Source]]] = {
    str(get_args(kind.model_fields["kind"].annotation)[0]): kind for kind in get_args(Source)
}
"""The classes of sources, by the name that a configuration gives their kind."""


AnySource = Annotated[Source, Field(discriminator="kind")]
