"""What is known of an outlet: facts in groups, each with where and when it was seen."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads the annotations
import re
from functools import cached_property
from string import Formatter
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from alignkit.outlets.address import Address, parse_address, parse_domain

Language = Literal["en", "ja"]
Kind = Literal["agency", "regional", "national", "aggregator", "republisher"]
Prefecture = Literal[
    "Hokkaido", "Aomori", "Iwate", "Miyagi", "Akita", "Yamagata", "Fukushima", "Ibaraki", "Tochigi", "Gunma", "Saitama",
    "Chiba", "Tokyo", "Kanagawa", "Niigata", "Toyama", "Ishikawa", "Fukui", "Yamanashi", "Nagano", "Gifu", "Shizuoka",
    "Aichi", "Mie", "Shiga", "Kyoto", "Osaka", "Hyogo", "Nara", "Wakayama", "Tottori", "Shimane", "Okayama",
    "Hiroshima", "Yamaguchi", "Tokushima", "Kagawa", "Ehime", "Kochi", "Fukuoka", "Saga", "Nagasaki", "Kumamoto",
    "Oita", "Miyazaki", "Kagoshima", "Okinawa",
]  # fmt: skip

Text = Annotated[str, StringConstraints(min_length=1)]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/\S*)?$")]
OutletId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

KINDS: Final[tuple[Kind, ...]] = ("agency", "regional", "national", "aggregator", "republisher")


class Fact(BaseModel):
    """Something known of an outlet.

    Attributes:
        source: Where it was seen: an address, or a description.
        date: When it was seen there.
        verified: Whether it could be checked against data at hand.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Name
    date: dt.date
    verified: bool = False


class Domains(Fact):
    """Where it publishes.

    Attributes:
        hosts: Hosts, subdomains included; a path may follow ('example.jp/english'), and then only what is below it.
    """

    hosts: tuple[Name, ...] = Field(min_length=1)

    @field_validator("hosts")
    @classmethod
    def _are_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        for host in hosts:
            if parse_domain(host) is None:
                raise ValueError(f"{host!r} is no host such as example.jp or example.jp/english")
        return hosts


class Titles(Fact):
    """What stands around headlines in the titles of its pages, exactly as it stands there, spaces included.

    Attributes:
        suffixes: What follows the headline.
        prefixes: What precedes it.
    """

    suffixes: tuple[Text, ...] = ()
    prefixes: tuple[Text, ...] = ()


class Credits(Fact):
    """How it names the agency in headlines and texts.

    Attributes:
        forms: The marks, such as '（共同）'; '…' stands for a place, as in '【…共同】'.
    """

    forms: tuple[Name, ...] = Field(min_length=1)


class Feeds(Fact):
    """Its feeds.

    Attributes:
        urls: Addresses of RSS or Atom.
    """

    urls: tuple[WebAddress, ...] = Field(min_length=1)


class Sitemaps(Fact):
    """Its sitemaps.

    Attributes:
        urls: Addresses of sitemaps, or of indexes of sitemaps.
    """

    urls: tuple[WebAddress, ...] = Field(min_length=1)


class Sections(Fact):
    """Which of its addresses belong to which section.

    Attributes:
        paths: Beginnings of paths, without the first '/', with the section's name.
    """

    paths: dict[Name, Name] = Field(min_length=1)


class WireIdRule(Fact):
    """How an address carries the agency's id of a story.

    Attributes:
        pattern: A regular expression, looked for in the path and the query ('/news/article.php?a=1&id=2'), whose
            parameters come in alphabetical order; with at least one named group.
        form: The id, made from the groups: '{date}{number}'.
        example: An address that carries an id.
        example_id: That id.
    """

    pattern: Text
    form: Text
    example: WebAddress
    example_id: Text

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            compiled = re.compile(pattern)
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from None
        if not compiled.groupindex:
            raise ValueError("has no named group, such as (?P<id>[0-9]+)")
        return pattern

    @model_validator(mode="after")
    def _holds(self) -> WireIdRule:
        groups = self.compiled.groupindex
        try:
            fields = {name for _, name, _, _ in Formatter().parse(self.form) if name is not None}
        except ValueError as error:
            raise ValueError(f"form is no form such as '{{id}}': {error}") from None
        if not fields or not fields <= groups.keys():
            raise ValueError(f"form must be made of the pattern's groups: {', '.join(groups)}")
        address = parse_address(self.example)
        found = None if address is None else self.apply(address)
        if found != self.example_id:
            raise ValueError(f"the example gives {found!r}, not {self.example_id!r}")
        return self

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern)

    def apply(self, address: Address) -> str | None:
        """Give the id that an address carries, or None."""
        match = self.compiled.search(address.target)
        return None if match is None else self.form.format(**match.groupdict(default=""))


class Outlet(Fact):
    """An outlet. Its own source, date and verified are those of its names, kind, prefecture and languages.

    Attributes:
        id: The name of its file, without '.toml'; not a key of the file.
        name_en: Its name in English.
        name_ja: Its name in Japanese.
        aliases: Other names, in either language.
        kind: What it is: an agency, a regional or a national paper, an aggregator of others' pages, or a republisher
            of the agency's English stories.
        prefecture: Where a regional paper has its head office.
        languages: What it publishes in.
        domains: Where it publishes.
        titles: What stands around headlines in the titles of its pages.
        credits: How it names the agency.
        feeds: Its feeds.
        sitemaps: Its sitemaps.
        wire_ids: How its addresses carry the agency's ids.
        sections: Which of its addresses belong to which section.
    """

    id: OutletId
    name_en: Name
    name_ja: Name
    aliases: tuple[Name, ...] = ()
    kind: Kind
    prefecture: Prefecture | None = None
    languages: tuple[Language, ...] = Field(min_length=1)
    domains: tuple[Domains, ...] = Field(min_length=1)
    titles: tuple[Titles, ...] = ()
    credits: tuple[Credits, ...] = ()
    feeds: tuple[Feeds, ...] = ()
    sitemaps: tuple[Sitemaps, ...] = ()
    wire_ids: tuple[WireIdRule, ...] = ()
    sections: tuple[Sections, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All of its names."""
        return (self.name_en, self.name_ja, *self.aliases)

    @property
    def hosts(self) -> tuple[str, ...]:
        """All hosts, with a path where one is named."""
        return tuple(host for group in self.domains for host in group.hosts)

    @property
    def suffixes(self) -> tuple[str, ...]:
        """All that follows headlines in titles."""
        return tuple(text for group in self.titles for text in group.suffixes)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """All that precedes headlines in titles."""
        return tuple(text for group in self.titles for text in group.prefixes)

    @property
    def feed_urls(self) -> tuple[str, ...]:
        """The addresses of all feeds."""
        return tuple(url for group in self.feeds for url in group.urls)

    @property
    def sitemap_urls(self) -> tuple[str, ...]:
        """The addresses of all sitemaps."""
        return tuple(url for group in self.sitemaps for url in group.urls)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All facts, its identity first."""
        groups = (self.domains, self.titles, self.credits, self.feeds, self.sitemaps, self.wire_ids, self.sections)
        return (self, *(fact for group in groups for fact in group))

    def wire_id(self, address: Address) -> str | None:
        """Give the agency's id that one of its addresses carries, or None."""
        return next((found for rule in self.wire_ids if (found := rule.apply(address))), None)

    def section(self, address: Address) -> str | None:
        """Give the section that one of its addresses belongs to, by the longest beginning of its path, or None."""
        path = address.path.lstrip("/")
        known = {start: name for group in self.sections for start, name in group.paths.items()}
        begun = [start for start in known if path.startswith(start)]
        return known[max(begun, key=len)] if begun else None
