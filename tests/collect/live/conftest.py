"""A loopback server with two papers, and what tests run into a store."""

from __future__ import annotations

import pytest

from alignkit.collect.live.run import LiveSettings, Window, collect_live
from alignkit.collect.live.tasks import Task
from alignkit.store.headline_store import HeadlineStore
from alignkit.web import WebSettings
from collect.live.sites import two_papers
from web.clients import CONTACT
from web.faulty_server import serving

FEED = Task("feeds", "http://hibari.example/rss", outlet="Hibari Shimbun")
NEWS = Task("sitemaps", "http://hibari.example/news.xml", outlet="Hibari Shimbun")
SITEMAP = Task("sitemaps", "http://kamome.example/sitemap.xml", outlet="Kamome Nippo")
LIST = Task("lists", "http://kamome.example/list", outlet="Kamome Nippo", selector="ul.news a")
ALL = (FEED, NEWS, SITEMAP)


@pytest.fixture
def papers():
    """The server of both papers."""
    with serving(two_papers()) as server:
        yield server


@pytest.fixture
def collect(papers, tmp_path):
    """Collect tasks into the test's store."""

    def _collect(*tasks, window=None, stop=None, progress=None, **web):
        options = {"contact": CONTACT, "allow_private": True, "connect_to": papers.address, "delay": 0.0, "retries": 0}
        settings = LiveSettings(web=WebSettings(**(options | web)), window=window or Window())
        with HeadlineStore.open(tmp_path / "headlines.sqlite") as store:
            extra = {"progress": progress} if progress else {}
            return collect_live(tasks, store, settings=settings, stop=stop, **extra)

    return _collect


@pytest.fixture
def kept(tmp_path):
    """Give the headlines that the test's store has, by URL."""

    def _kept(**selection):
        with HeadlineStore.open(tmp_path / "headlines.sqlite", read_only=True) as store:
            return {row["url"]: row for row in store.headlines(**selection).iter_rows(named=True)}

    return _kept
