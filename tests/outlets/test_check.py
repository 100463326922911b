from __future__ import annotations

import datetime as dt
import sys

import pytest

from alignkit.errors import MissingExtraError
from alignkit.outlets.check import check_outlets
from alignkit.outlets.registry import load_outlet
from alignkit.web.client import PoliteClient
from alignkit.web.settings import WebSettings
from outlets.feed_server import outlet_with, serving

SETTINGS = WebSettings(contact="desk@hibari.example", delay=0, timeout=1, max_bytes=200_000, allow_private=True)


@pytest.fixture(scope="module")
def server():
    with serving() as running:
        yield running


@pytest.fixture
def check(server, write):
    """Check an outlet whose feeds are at these paths of the server."""

    def _check(*paths, progress=lambda *_: None):
        outlet = load_outlet(write("hibari-shimbun.toml", outlet_with(*(server.base + path for path in paths))))
        with PoliteClient(SETTINGS) as client:
            return check_outlets([outlet], client, progress)

    return _check


def test_a_good_feed_holds_and_says_how_well(check):
    (found,) = check("/rss")
    assert (found.outlet, found.verdict, found.detail, found.entries) == ("hibari-shimbun", "holds", "", 3)
    assert found.newest == dt.datetime(2031, 5, 12, 0, 30, tzinfo=dt.UTC)
    assert found.affix_share == pytest.approx(1 / 3)
    assert found.wire_id_share == pytest.approx(2 / 3)
    assert found.as_dict()["newest"] == "2031-05-12T00:30:00+00:00"


@pytest.mark.parametrize(
    ("path", "entries", "newest"),
    [
        ("/atom", 1, dt.datetime(2031, 5, 9, 21, tzinfo=dt.UTC)),
        ("/rss1", 1, dt.datetime(2031, 5, 11, 23, tzinfo=dt.UTC)),
        ("/gzip", 3, dt.datetime(2031, 5, 12, 0, 30, tzinfo=dt.UTC)),
        ("/moved", 3, dt.datetime(2031, 5, 12, 0, 30, tzinfo=dt.UTC)),
        ("/broken", 3, dt.datetime(2031, 5, 12, 0, 30, tzinfo=dt.UTC)),
    ],
)
def test_other_feeds_hold_too(check, path, entries, newest):
    (found,) = check(path)
    assert (found.verdict, found.entries, found.newest) == ("holds", entries, newest)


def test_a_feed_in_shift_jis_is_read_in_it(check):
    assert check("/rss1")[0].affix_share == 1.0


@pytest.mark.parametrize(
    ("path", "verdict", "detail"),
    [
        ("/html", "no feed", "is neither RSS nor Atom (text/html; charset=utf-8)"),
        ("/name-of-a-file", "no feed", "is neither RSS nor Atom (text/plain)"),
        ("/empty", "empty", "has no entries"),
        ("/nowhere", "status", "answers with status 404"),
        ("/slow", "time", "takes more than 1 s"),
        ("/large", "size", "holds more than 200,000 bytes"),
    ],
)
def test_what_does_not_hold_says_why_and_the_others_are_checked_all_the_same(check, path, verdict, detail):
    bad, good = check(path, "/rss")
    assert (bad.verdict, bad.detail, bad.entries, bad.affix_share) == (verdict, detail, 0, None)
    assert good.verdict == "holds"


def test_what_robots_txt_forbids_is_said(write):
    with serving("User-agent: *\nDisallow: /") as server:
        outlet = load_outlet(write("hibari-shimbun.toml", outlet_with(f"{server.base}/rss")))
        with PoliteClient(SETTINGS) as client:
            (found,) = check_outlets([outlet], client)
    assert (found.verdict, found.detail) == ("robots", "is not to be fetched, says robots.txt")


def test_progress_is_told_of_each_feed(check):
    told = []
    check("/rss", "/atom", progress=lambda *step: told.append(step))
    assert told == [("feeds", 1, 2), ("feeds", 2, 2)]


def test_without_feedparser_the_extra_is_named(check, monkeypatch):
    monkeypatch.setitem(sys.modules, "feedparser", None)
    with pytest.raises(MissingExtraError, match=r"alignkit\[collect\]"):
        check("/rss")
