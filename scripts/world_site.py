"""A site of the demonstration world: what it answers, and how its headlines are collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import world_sitemaps
from world_pages import LIST_SELECTOR, article, article_list
from world_replies import Reply, robots, status, tdmrep
from world_stories import Story, by_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignkit.schema import Language
    from world_pages import Style
    from world_replies import Answer

TRAP: Final = "/members/prize.html"
"""A page that every site links to and that its robots.txt forbids; its headline is none of the corpus's."""

RESERVED: Final = "/premium/"
"""The section that one site reserves from text and data mining; none of its headlines is the corpus's."""

_MEMBERS: Final = "/members/"
_OTHERS: Final = {"en": "Prize draw for members only", "ja": "会員限定　プレゼントの当選者発表"}
_PAGES_OF_A_LIST: Final = 30


@dataclass
class Site:
    """One outlet's site.

    Attributes:
        stories: Its headlines, the newest first.
        scheme: How it is reached: 'https' or 'http'.
        crawl_delay: The seconds between two requests that its robots.txt asks for.
        style: How its articles say what their headlines are.
        encoding: What its articles are encoded in.
        answers: What it answers, by path and query.
        articles: The pages of its articles, by the paths under which it links to them; not all need be answered.
        sources: How its headlines are collected: the keys of an entry of alignkit.toml's `sources`.
    """

    stories: Sequence[Story]
    scheme: str
    crawl_delay: float
    style: Style = "json-ld"
    encoding: str = "utf-8"
    answers: dict[str, Answer] = field(default_factory=dict)
    articles: dict[str, Reply] = field(default_factory=dict)
    sources: list[dict[str, object]] = field(default_factory=list)
    _sitemaps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        links = ("/", TRAP)
        self.articles = {story.link: article(story, self.style, links, self.encoding) for story in self.stories}
        self.answers |= self.articles
        self.answers[TRAP] = self._other(TRAP)

    @property
    def outlet(self) -> str:
        """Whose it is."""
        return self.stories[0].outlet

    @property
    def lang(self) -> Language:
        """The language that it is in."""
        return self.stories[0].lang

    @property
    def host(self) -> str:
        """Its host."""
        return urlsplit(self.stories[0].url).netloc

    @property
    def base(self) -> str:
        """Its scheme and host, as addresses begin."""
        return f"{self.scheme}://{self.host}"

    def robots_txt(self) -> Reply:
        """Give its robots.txt, for what it offers so far."""
        lines = ["User-agent: *", f"Crawl-delay: {self.crawl_delay}", f"Disallow: {_MEMBERS}"]
        return robots("\n".join([*lines, *(f"Sitemap: {self.base}{path}" for path in self._sitemaps), ""]))

    def add_feeds(self, feeds: Mapping[str, Reply], *, timezone: str | None = None) -> None:
        """Offer feeds.

        Args:
            feeds: The feeds by their paths.
            timezone: Where their times without a zone are meant, if that is not Japan.
        """
        self.answers |= feeds
        zone = {} if timezone is None else {"timezone": timezone}
        self._collect(kind="feeds", urls=[self.base + path for path in feeds], **zone)

    def add_sitemaps(self, sitemaps: Mapping[str, Reply], path: str = "/sitemap.xml") -> None:
        """Offer sitemaps, and an index of them that robots.txt names.

        Args:
            sitemaps: The sitemaps by their paths.
            path: The path of the index.
        """
        self.answers |= sitemaps
        changed = self.stories[0].published_at.isoformat()
        self.answers[path] = world_sitemaps.index({self.base + name: changed for name in sitemaps})
        self._sitemaps.append(path)
        self._collect(kind="sitemaps", urls=[self.base + path])

    def page_sitemaps(self, stories: Iterable[Story], *, packed: bool = False) -> dict[str, Reply]:
        """Give sitemaps of articles, one a month; they name what must not be fetched as well."""
        ending = ".xml.gz" if packed else ".xml"
        sitemaps = {}
        for month, of_month in by_month(list(stories)).items():
            urls: dict[str, str | None] = {self.base + story.link: story.published_at.isoformat() for story in of_month}
            urls |= dict.fromkeys(self.base + path for path in self.answers if path.startswith((TRAP, RESERVED)))
            sitemaps[f"/sitemaps/pages-{month}{ending}"] = world_sitemaps.of_pages(urls, packed=packed)
        return sitemaps

    def add_lists(self, stories: Sequence[Story], *, unlisted: Sequence[Story] = ()) -> None:
        """Offer pages that list articles.

        Args:
            stories: The articles on them.
            unlisted: Articles that no page lists, and that are collected by their addresses.
        """
        paths: list[str] = []
        for start in range(0, len(stories), _PAGES_OF_A_LIST):
            paths.append(f"/list/{len(paths) + 1}.html")
            listed = [(story.link, story.text) for story in stories[start : start + _PAGES_OF_A_LIST]]
            self.answers[paths[-1]] = article_list(self.outlet, [*listed, (TRAP, _OTHERS[self.lang])], ("/", TRAP))
        lists = {"lists": [self.base + path for path in paths], "selector": LIST_SELECTOR}
        urls = {"urls": [self.base + story.link for story in unlisted]} if unlisted else {}
        self._collect(kind="pages", **lists, **urls)

    def add_archived(self, stories: Iterable[Story]) -> None:
        """Take articles off the site, so that only an archive has them."""
        self.answers |= {story.link: status(410) for story in stories}
        self._collect(kind="warc", hosts=[self.host])

    def reserve_section(self, count: int = 3) -> None:
        """Offer a section that is reserved from text and data mining."""
        pages = [f"{RESERVED}{number}.html" for number in range(1, count + 1)]
        self.answers |= {path: self._other(path) for path in pages}
        self.answers["/.well-known/tdmrep.json"] = tdmrep([{"location": f"{RESERVED}*", "tdm-reservation": 1}])

    def _collect(self, **keys: object) -> None:
        self.sources.append({**keys, "outlet": self.outlet, "lang": self.lang})

    def _other(self, path: str) -> Reply:
        """Give an article that is not of the corpus."""
        newest = self.stories[0]
        text, url = _OTHERS[self.lang], self.base + path
        return article(Story(self.lang, text, self.outlet, url, newest.published_at, "members"), self.style)
