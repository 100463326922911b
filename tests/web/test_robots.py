from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.web import FetchError
from alignkit.web.addresses import read_place
from alignkit.web.exchange import Answer
from alignkit.web.robots import MOST_BYTES, RobotsTxt
from web.clients import client_of
from web.faulty_server import HTML, PAGE, page, redirect, reset, robots, slow, status

URL = "http://hibari.example/news/1"
FORBIDS_ALL = "User-agent: *\nDisallow: /"


@pytest.fixture
def refusal(server):
    """Fetch with this robots.txt; give what is refused, None if nothing is."""

    def _refusal(reply, **settings):
        server.answers |= {"/robots.txt": reply, "/news/1": page()}
        with client_of(server, **({"timeout": 0.3, "retries": 0} | settings)) as client:
            allowed = client.allowed(URL)
            try:
                client.fetch(URL)
            except FetchError as error:
                assert not allowed
                assert "/news/1" not in server.paths()
                return error.refusal
        assert allowed
        return None

    return _refusal


@pytest.mark.parametrize(
    "text",
    [
        FORBIDS_ALL,
        "User-agent: alignkit\nDisallow: /\n\nUser-agent: *\nAllow: /",
        "User-Agent: ALIGNKIT\r\nDisallow: /news\r\n",
        "User-agent: *\nDisallow: /*/1$",
        "User-agent: *\nAllow: /\nDisallow: /news/",
        "User-agent: *\nDisallow: /new%73/",
        codecs.BOM_UTF8 + FORBIDS_ALL.encode(),
        "User-agent: *\nCrawl-delay: 3600",
    ],
)
def test_what_is_forbidden_is_not_asked_for(refusal, text):
    assert refusal(robots(text)) == "robots"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "User-agent: other\nDisallow: /",
        "User-agent: *\nDisallow: /\nAllow: /news/1",
        "User-agent: *\nDisallow: /*.pdf$",
        "User-agent: alignkit\nDisallow:\n\nUser-agent: *\nDisallow: /",
        b"\x00 nonsense \xff\xfe",
        "User-agent: *\nCrawl-delay: soon",
        "User-agent: *\nCrawl-delay: nan",
        "User-agent: *\nCrawl-delay: -5",
    ],
)
def test_what_is_not_forbidden_is_fetched(refusal, text):
    assert refusal(robots(text)) is None


@pytest.mark.parametrize("code", [204, 400, 401, 403, 404, 410])
def test_where_there_are_no_rules_all_is_allowed(refusal, code):
    assert refusal(status(code)) is None


def test_a_page_in_their_place_is_no_rule(refusal):
    assert refusal(robots(PAGE, content_type=HTML)) is None


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (status(500), "robots"),
        (status(503), "robots"),
        (status(429), "robots"),
        (status(503, Retry_After="86400"), "status"),
        (slow(), "time"),
        (reset(), "connection"),
        (redirect("file:///etc/hostname"), "address"),
    ],
)
def test_where_rules_cannot_be_had_all_is_forbidden(refusal, reply, expected):
    assert refusal(reply) == expected


def test_rules_that_fail_in_passing_are_asked_for_again(server, clock):
    server.answers |= {"/robots.txt": status(500), "/news/1": page()}
    with client_of(server, clock, retries=2) as client:
        assert not client.allowed(URL)
        assert not client.allowed(URL)
        assert server.paths() == ["/robots.txt"] * 3
        server.answers["/robots.txt"] = robots("")
        clock.now += 600
        assert client.allowed(URL)


def test_rules_hold_for_a_day(server, clock):
    server.answers |= {"/robots.txt": robots(""), "/news/1": page()}
    with client_of(server, clock) as client:
        assert client.allowed(URL)
        server.answers["/robots.txt"] = robots(FORBIDS_ALL)
        clock.now += 86_000
        assert client.allowed(URL)
        clock.now += 400
        assert not client.allowed(URL)


def test_rules_may_be_elsewhere_up_to_five_redirects_on(server):
    server.answers |= {f"/{left}": redirect(f"/{left - 1}") for left in range(1, 6)} | {"/news/1": page()}
    server.answers |= {"/robots.txt": redirect("//rules.example/4"), "rules.example/0": robots(FORBIDS_ALL)}
    with client_of(server, max_redirects=0) as client:
        assert not client.allowed(URL)
    server.answers["/robots.txt"] = redirect("//rules.example/5")
    with client_of(server) as client:
        assert client.allowed(URL)


def test_rules_are_of_a_scheme_host_and_port(server):
    server.answers |= {"/robots.txt": robots(""), "suzume.example/robots.txt": robots(FORBIDS_ALL)}
    with client_of(server) as client:
        assert client.allowed(URL)
        assert client.allowed("http://HIBARI.example:80/news/2")
        assert server.paths() == ["/robots.txt"]
        assert client.allowed("http://hibari.example:8080/")
        assert not client.allowed("http://suzume.example/")
        assert not client.allowed("file:///etc/hostname")


@pytest.mark.parametrize(("position", "allowed"), [(MOST_BYTES - 100, False), (MOST_BYTES + 1, True)])
def test_of_endless_rules_the_first_half_megabyte_counts(server, position, allowed):
    rules = b"User-agent: *\n"
    filler = b"# \n" * ((position - len(rules)) // 3)
    server.answers["/robots.txt"] = robots(rules + filler + b"Disallow: /\n" + b"#" * MOST_BYTES)
    with client_of(server) as client:
        assert client.allowed(URL) is allowed


def test_half_a_rule_is_none(server):
    rules = b"User-agent: *\n"
    half = b"Disallow: /"
    filler = b"#" * (MOST_BYTES - len(rules) - len(half) - 1) + b"\n"
    server.answers["/robots.txt"] = robots(rules + filler + half + b"private/\n")
    with client_of(server) as client:
        assert client.allowed(URL)


def test_the_sitemaps_that_it_names_are_known(server):
    server.answers["/robots.txt"] = robots("Sitemap: http://hibari.example/news.xml\nUser-agent: *\nDisallow: /a")
    with client_of(server) as client:
        assert client.sitemaps(URL) == ("http://hibari.example/news.xml",)


@settings(deadline=None)
@given(st.binary() | st.text().map(str.encode))
def test_any_file_gives_rules(content):
    place = read_place(URL)
    answer = Answer(place, 200, (), content, from_cache=False, not_modified=False)
    rules = RobotsTxt(lambda _: answer, "alignkit", lambda: 0.0).rules(place)
    assert rules.allow(URL) in {True, False}
    assert rules.crawl_delay >= 0
