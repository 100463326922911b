"""What each outlet of the demonstration corpus offers: no two the same, so that it takes every collector to have it all."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import world_sitemaps
from world_feeds import atom, rdf, rss
from world_site import Site
from world_stories import by_month, by_section

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from world_replies import Reply
    from world_stories import Story

_IN_FEED: Final = 30
_IN_BOTH: Final = 5
_UNLISTED: Final = 6
_CRAWL_DELAYS: Final = (0.01, 0.02, 0.015)


@dataclass(frozen=True)
class Outlet:
    """How one outlet publishes.

    Attributes:
        offer: Puts onto its site what headlines are collected from.
        page: How its articles are made: style and encoding of `Site`.
    """

    offer: Callable[[Site], None]
    page: Mapping[str, Any] = field(default_factory=dict)


def make_sites(stories: Mapping[str, Sequence[Story]], scheme: str) -> dict[str, Site]:
    """Give the sites of all outlets, by outlet.

    Args:
        stories: Their headlines.
        scheme: How they are reached: 'https' or 'http'.
    """
    sites = {}
    for (outlet, published), crawl_delay in zip(stories.items(), itertools.cycle(_CRAWL_DELAYS)):
        site = Site(published, scheme, crawl_delay, **OUTLETS[outlet].page)
        OUTLETS[outlet].offer(site)
        site.answers["/robots.txt"] = site.robots_txt()
        sites[outlet] = site
    return sites


def _wire(site: Site) -> None:
    """Headlines in monthly sitemaps of Google News, sections in feeds without dates, wire ids in links to some articles."""
    news = {
        f"/sitemaps/news-{month}.xml.gz": world_sitemaps.of_headlines(stories, packed=True)
        for month, stories in by_month(site.stories).items()
    }
    with_wire_id = [story for story in site.stories if story.wire_id is not None]
    site.add_sitemaps(news | site.page_sitemaps(with_wire_id))
    site.add_feeds(_section_feeds(site))


def _news_sitemap(site: Site) -> None:
    """All headlines in one sitemap of Google News, which names no sections; sections in feeds, which have no dates."""
    site.add_sitemaps({"/sitemaps/news.xml": world_sitemaps.of_headlines(site.stories)})
    site.add_feeds(_section_feeds(site))


def _section_feeds(site: Site) -> dict[str, Reply]:
    return {
        f"/rss/{section}.xml": rss(site.outlet, stories, "none")
        for section, stories in by_section(site.stories).items()
    }


def _feed(site: Site) -> None:
    """One feed of RSS 2.0, its dates as they should be."""
    site.add_feeds({"/rss.xml": rss(site.outlet, site.stories)})


def _feed_in_shift_jis(site: Site) -> None:
    """One feed of RSS 1.0 in Shift_JIS."""
    site.add_feeds({"/index.rdf": rdf(site.outlet, site.stories)})


def _feed_of_atom(site: Site) -> None:
    """One feed of Atom, with relative links."""
    site.add_feeds({"/atom.xml": atom(site.outlet, site.stories, site.base.replace("http:", "https:"))})


def _feeds_without_zone(site: Site) -> None:
    """A feed for each section, its dates as the clock in Japan shows."""
    site.add_feeds(
        {
            f"/feed/{section}": rss(site.outlet, stories, "no zone")
            for section, stories in by_section(site.stories).items()
        }
    )


def _feed_in_utc(site: Site) -> None:
    """A feed, its dates as the clock in Greenwich shows, which it does not say."""
    site.add_feeds({"/feed.xml": rss(site.outlet, site.stories, "no zone, UTC")}, timezone="UTC")


def _feed_of_the_latest(site: Site) -> None:
    """A feed of the latest headlines; older articles, and some that are in both, in sitemaps that give no headlines."""
    site.add_feeds({"/rss.xml": rss(site.outlet, site.stories[:_IN_FEED])})
    site.add_sitemaps(site.page_sitemaps(site.stories[_IN_FEED - _IN_BOTH :]))


def _feed_and_archive(site: Site) -> None:
    """A feed of the latest headlines; older articles are gone, and only an archive has them."""
    site.add_feeds({"/atom.xml": atom(site.outlet, site.stories[:_IN_FEED], site.base.replace("http:", "https:"))})
    site.add_archived(site.stories[_IN_FEED:])


def _pages_of_packed_sitemaps(site: Site) -> None:
    """Articles named in packed monthly sitemaps, next to a section that is reserved."""
    site.reserve_section()
    site.add_sitemaps(site.page_sitemaps(site.stories, packed=True), "/sitemap_index.xml")


def _pages_of_sitemaps(site: Site) -> None:
    """Articles named in monthly sitemaps."""
    site.add_sitemaps(site.page_sitemaps(site.stories))


def _pages_of_lists(site: Site) -> None:
    """Articles that list pages link to."""
    site.add_lists(site.stories)


def _pages_of_lists_and_addresses(site: Site) -> None:
    """Articles that list pages link to, but for the oldest."""
    site.add_lists(site.stories[:-_UNLISTED], unlisted=site.stories[-_UNLISTED:])


# Papers whose headlines carry the site's suffix offer feeds, for a page's suffix is taken off; those whose credit stands
# in the article offer articles.
OUTLETS: Final = {
    "Sorami News": Outlet(_wire),
    "Ashihara Times": Outlet(_feed_in_shift_jis, {"style": "opengraph"}),
    "Hanaori Shimbun": Outlet(_news_sitemap),
    "Hokuryo Shimpo": Outlet(_pages_of_packed_sitemaps),
    "Kiritani Shimpo": Outlet(_feed_and_archive, {"style": "opengraph"}),
    "Midorigawa Nippo": Outlet(_pages_of_lists, {"style": "heading"}),
    "Mitsumori Shimbun": Outlet(_pages_of_sitemaps, {"encoding": "Shift_JIS"}),
    "Nanrei Nichinichi": Outlet(_feed_of_the_latest, {"style": "heading"}),
    "Oshimaura Minpo": Outlet(_feeds_without_zone),
    "Shirasuna Mimpo": Outlet(_pages_of_lists_and_addresses, {"style": "opengraph"}),
    "Shiomi Nippo": Outlet(_feed),
    "Takachise Shimbun": Outlet(_feed_of_atom),
    "Tokunobe Jiji": Outlet(_feed_in_utc),
}
"""The outlets of the corpus, by name."""
