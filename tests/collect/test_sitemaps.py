from __future__ import annotations

import datetime as dt

import pytest

from alignkit.collect.record import Reject
from alignkit.collect.sitemaps import SitemapEntry, walk_sitemaps
from alignkit.errors import AlignkitError, MissingExtraError
from collect.sitemap_samples import SITE, URL, index, news, page, urlset


class Site:
    """A site of sitemaps by their paths, which notes what was fetched of it."""

    def __init__(self, pages):
        self.pages = {(path if path.startswith("http") else f"{SITE}{path}"): text for path, text in pages.items()}
        self.fetched = []

    def fetch(self, url):
        self.fetched.append(url.removeprefix(SITE))
        try:
            return self.pages[url].encode()
        except KeyError:
            raise AlignkitError("answers with status 404", path=url) from None

    def walk(self, **options):
        return list(walk_sitemaps(self.fetch, URL, **options))


def found(items):
    return [
        item.url if isinstance(item, SitemapEntry) else item.fields["url"]
        for item in items
        if not isinstance(item, Reject)
    ]


def test_the_newest_sitemap_comes_first_by_its_date_then_its_name_then_its_place():
    children = [("/other-1.xml", ""), ("/2031-04.xml", ""), ("/changed.xml", "2031-05-12"), ("/other-2.xml", "")]
    children += [
        ("/2031/05/02.xml", ""),
        ("/map.xml?yyyy=2031&amp;mm=06", ""),
        ("/20310503.xml", ""),
        ("/2030.xml", ""),
    ]
    site = Site({"/sitemap.xml": index(*children)})
    site.walk()
    assert site.fetched == [
        "/sitemap.xml",
        "/map.xml?yyyy=2031&mm=06",
        "/changed.xml",
        "/20310503.xml",
        "/2031/05/02.xml",
        "/2031-04.xml",
        "/2030.xml",
        "/other-1.xml",
        "/other-2.xml",
    ]


def test_indexes_in_indexes_are_walked_newest_first_together():
    site = Site(
        {
            "/sitemap.xml": index(("/a.xml", "2031-05-12"), ("/b.xml", "2031-05-10")),
            "/a.xml": index(("/a1.xml", "2031-05-11"), ("/a2.xml", "2031-05-01")),
            "/a1.xml": urlset(page("/1")),
            "/a2.xml": urlset(page("/2")),
            "/b.xml": urlset(page("/3")),
        }
    )
    assert found(site.walk()) == [f"{SITE}/1", f"{SITE}/3", f"{SITE}/2"]


def test_a_walk_goes_only_as_far_back_as_asked():
    site = Site(
        {
            "/sitemap.xml": index(
                ("/sitemap-2031-06.xml", ""),
                ("/sitemap-2031-05.xml", "2031-06-20"),
                ("/sitemap-2031-04.xml", "2031-06-20"),
                ("/old.xml", "2031-05-09"),
                ("/sitemap-2019.xml", ""),
            ),
            "/sitemap-2031-05.xml": urlset(
                news("/early", "題", "2031-05-10T09:59:59+09:00"),
                news("/first", "題", "2031-05-10T10:00:00+09:00"),
                news("/last", "題", "2031-05-20T10:00:00+09:00"),
                news("/late", "題", "2031-05-20T10:00:01+09:00"),
                page("/before", "2031-05-09"),
                page("/that-day", "2031-05-10"),
                page("/changed-since", "2031-06-19"),
                page("/undated"),
            ),
            # Four digits alone could be a number, so that this one is looked at.
            "/sitemap-2019.xml": urlset(page("/1999", "2019-01-01")),
        }
    )
    items = site.walk(
        since=dt.datetime(2031, 5, 10, 1, tzinfo=dt.UTC), until=dt.datetime(2031, 5, 20, 1, tzinfo=dt.UTC)
    )
    assert site.fetched == ["/sitemap.xml", "/sitemap-2031-05.xml", "/sitemap-2019.xml"]
    assert [url.removeprefix(SITE) for url in found(items)] == [
        "/first",
        "/last",
        "/that-day",
        "/changed-since",
        "/undated",
    ]


def test_a_record_says_in_which_sitemap_it_stands():
    (record,) = Site({"/sitemap.xml": urlset(news("/1", "題"))}).walk()
    assert record.place == f"{URL} url 1"


def test_each_sitemap_is_read_once():
    loop = index(("/sitemap.xml", ""), ("/sitemap.xml#again", ""), ("/a.xml", ""), ("/a.xml", ""))
    site = Site({"/sitemap.xml": loop, "/a.xml": loop})
    assert site.walk() == []
    assert site.fetched == ["/sitemap.xml", "/a.xml"]


def test_a_sitemap_that_fails_does_not_end_the_walk():
    site = Site(
        {
            "/sitemap.xml": index(
                ("/gone.xml", "2031-05-12"), ("/html.xml", "2031-05-11"), ("/good.xml", "2031-05-10")
            ),
            "/html.xml": "<html/>",
            "/good.xml": urlset(page("/1"), "<url/>"),
        }
    )
    gone, html, empty, good = site.walk()
    assert str(gone) == f"{SITE}/gone.xml: cannot be fetched (answers with status 404)"
    assert str(html) == f"{SITE}/html.xml: is HTML, not a sitemap"
    assert str(empty) == f"{SITE}/good.xml, row 1, column 'url': names no address".replace("row 1", "row 2")
    assert good == SitemapEntry(f"{SITE}/1")


def test_whatever_a_client_raises_costs_one_sitemap_but_what_is_not_installed_is_said():
    (reject,) = walk_sitemaps({}.__getitem__, URL)
    assert reject.reason == f"cannot be fetched (KeyError: '{URL}')"

    def fetch(_):
        raise MissingExtraError("httpx2", extra="collect", purpose="reading from the web")

    with pytest.raises(MissingExtraError):
        list(walk_sitemaps(fetch, URL))


def test_sitemaps_of_other_sites_are_read_only_if_robots_names_one_there():
    others = ["https://english.shiomi.example/a.xml", "https://maps.example/b.xml", "https://shiomi.co.example/c.xml"]
    site = Site({"/sitemap.xml": index(*((url, "") for url in others))} | dict.fromkeys(others, urlset(page("/1"))))
    items = site.walk(named=["https://maps.example/robots-names-this.xml"])
    assert found(items) == ["https://english.shiomi.example/1", "https://maps.example/1"]
    assert [(item.row, item.value, item.file) for item in items if isinstance(item, Reject)] == [
        (3, repr(others[2]), URL)
    ]


def test_names_under_one_public_suffix_are_not_one_site():
    pages = {"https://a.co.jp/s.xml": index(("https://b.co.jp/s.xml", ""), ("https://www.a.co.jp/t.xml", ""))}
    pages["https://www.a.co.jp/t.xml"] = urlset(page("/1"))
    items = list(walk_sitemaps(lambda url: pages[url].encode(), "https://a.co.jp/s.xml"))
    assert [type(item) for item in items] == [Reject, SitemapEntry]


def test_a_walk_has_bounds():
    deep = {f"/{depth}.xml": index((f"/{depth + 1}.xml", "")) for depth in range(9)}
    site = Site({"/sitemap.xml": deep["/0.xml"]} | deep)
    (reject,) = site.walk()
    assert (len(site.fetched), reject.reason) == (4, "lies more than 3 sitemaps deep")
    wide = Site({"/sitemap.xml": index(*((f"/{number}.xml", "") for number in range(100)))})
    *_, reject = wide.walk(limit=10)
    assert (len(wide.fetched), reject.reason) == (10, "names more sitemaps than are read (10): 91 are left")


def test_a_walk_fetches_only_when_asked_for_more():
    site = Site(
        {"/sitemap.xml": index(("/a.xml", "2031-05-12"), ("/b.xml", "2031-05-11")), "/a.xml": urlset(page("/1"))}
    )
    assert next(walk_sitemaps(site.fetch, URL)) == SitemapEntry(f"{SITE}/1")
    assert site.fetched == ["/sitemap.xml", "/a.xml"]
