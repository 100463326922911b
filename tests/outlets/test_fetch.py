from __future__ import annotations

import sys
import time

import pytest

import alignkit
from alignkit.errors import MissingExtraError, UsageError
from alignkit.outlets.fetch import FetchError, PoliteFetcher
from outlets.feed_server import RSS, serving

CONTACT = "desk@hibari-shimbun.example"


def fetcher(**settings):
    return PoliteFetcher(CONTACT, **({"delay": 0, "allow_private": True} | settings))


@pytest.fixture
def server():
    with serving() as running:
        yield running


def refusal(url, **settings):
    with pytest.raises(FetchError) as error:
        fetcher(**settings).fetch(url)
    return error.value.refusal


@pytest.mark.parametrize("path", ["/rss", "/gzip", "/moved"])
def test_a_page_is_fetched_with_its_type(server, path):
    page = fetcher().fetch(server.base + path)
    assert page.content.decode() == RSS.format(base=server.base)
    assert page.content_type == "application/rss+xml; charset=utf-8"


def test_an_honest_name_goes_along_with_every_request(server):
    fetcher().fetch(f"{server.base}/rss")
    names = {headers["User-Agent"] for _, _, headers in server.requests}
    assert names == {f"alignkit/{alignkit.__version__} (+{CONTACT})"}
    assert {headers["Host"] for _, _, headers in server.requests} == {server.base.removeprefix("http://")}


def test_robots_txt_is_read_once_and_first(server):
    polite = fetcher()
    polite.fetch(f"{server.base}/rss")
    polite.fetch(f"{server.base}/atom")
    assert server.paths() == ["/robots.txt", "/rss", "/atom"]


@pytest.mark.parametrize(
    ("robots", "path"),
    [
        ("User-agent: *\nDisallow: /", "/rss"),
        ("User-agent: alignkit\nDisallow: /\n\nUser-agent: *\nAllow: /", "/rss"),
        ("User-agent: *\nDisallow: /*rss$", "/rss"),
        ("User-agent: *\nDisallow: /private/", "/moved-to-private"),
    ],
)
def test_what_robots_txt_forbids_is_not_asked_for(robots, path):
    with serving(robots) as server:
        assert refusal(server.base + path) == "robots"
        assert not {"/rss", "/private/rss"} & set(server.paths())


@pytest.mark.parametrize(
    "robots", ["", "User-agent: other\nDisallow: /", "User-agent: *\nDisallow: /\nAllow: /rss", "\x00 nonsense \ufffd"]
)
def test_what_robots_txt_does_not_forbid_is_fetched(robots):
    with serving(robots) as server:
        assert fetcher().fetch(f"{server.base}/rss").status == 200


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_robots_txt_that_is_not_there_allows_all_and_one_that_fails_nothing(status, allowed):
    with serving("", status) as server:
        if allowed:
            assert fetcher().fetch(f"{server.base}/rss").status == 200
        else:
            assert refusal(f"{server.base}/rss") == "robots"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/nowhere", "status"),
        ("/loop", "redirects"),
        ("/moved-to-file", "address"),
        ("/large", "size"),
        ("/bomb", "size"),
        ("/slow", "time"),
        ("/drip", "time"),
    ],
)
def test_what_cannot_be_had_says_why(server, path, expected):
    assert refusal(server.base + path, timeout=0.5, max_bytes=200_000) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("ftp://127.0.0.1/rss", "address"),
        ("file:///etc/hostname", "address"),
        ("http:///rss", "address"),
        ("http://[::1", "address"),
        ("http://127.0.0.1:99999/", "address"),
        ("nonsense", "address"),
        ("", "address"),
        ("http://127.0.0.1:9/", "connection"),
        ("http://hibari.invalid/", "connection"),
        (f"http://{'a' * 300}.example/", "connection"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(url, expected):
    assert refusal(url, timeout=5) == expected


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]"])
def test_this_machine_and_its_network_are_not_asked(host):
    assert refusal(f"http://{host}/rss", allow_private=False) == "address"


def test_no_request_goes_out_to_a_refused_address(server):
    assert refusal(f"{server.base}/rss", allow_private=False) == "address"
    assert server.requests == []


def test_requests_to_a_host_keep_their_distance(server):
    fetcher(delay=0.2).fetch(f"{server.base}/rss")
    times = [when for _, when, _ in server.requests]
    assert times[1] - times[0] >= 0.19


def test_a_host_may_ask_for_more_distance():
    with serving("User-agent: *\nCrawl-delay: 0.3") as server:
        polite = fetcher()
        polite.fetch(f"{server.base}/rss")
        started = time.monotonic()
        polite.fetch(f"{server.base}/atom")
        assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize("contact", ["", "me", "a@b", "https://", "a@b.example\r\nX: y", "https://b.example x"])
def test_nothing_runs_without_a_contact(contact):
    with pytest.raises(UsageError, match="is no contact"):
        PoliteFetcher(contact)


@pytest.mark.parametrize("name", ["", "Mozilla/5.0 (X11)", "a\r\nb", "1/2"])
def test_the_name_is_one_that_robots_txt_can_name(name):
    with pytest.raises(UsageError, match="is no name of a program"):
        PoliteFetcher(CONTACT, user_agent=name)


@pytest.mark.parametrize("package", ["httpx2", "protego"])
def test_a_missing_package_names_the_extra(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'alignkit\[collect\]'"):
        PoliteFetcher(CONTACT)
