"""The fault table tells a client that keeps the rules from one that does not."""

from __future__ import annotations

import urllib.request
from urllib.parse import urlsplit

import pytest

from alignkit.collect.feeds import read_feed
from alignkit.collect.record import Record
from benchmark_faults import CRAWL_DELAY, DRIVERS, early_requests, newest, outcome
from world_faults import cases
from world_server import Request, serving


@pytest.fixture
def server():
    with serving() as running:
        yield running


def case_of(name, server):
    stories, private = newest("Nanrei Nichinichi"), newest("Tokunobe Jiji")
    return next(case for case in cases(stories, private, server.server_port) if case.name == name)


@pytest.mark.parametrize(
    ("driver", "fault", "due", "said"),
    [
        ("client", "none", 80, "nothing"),
        ("client", "410", 60, "status 410"),
        ("client", "redirect to a private address", 60, "10.0.0.1"),
        ("client", "robots.txt: byte order mark", 80, "says robots.txt"),
        ("run", "robots.txt: byte order mark", 80, "says robots.txt"),
    ],
)
def test_good_feeds_are_collected_beside_a_faulty_one(driver, fault, due, said, server):
    row = outcome(case_of(fault, server), server, DRIVERS[driver])
    assert row.is_right, row
    assert row.due == due
    assert said in row.said


def test_a_client_without_rules_is_caught(server):
    def rude(urls, _settings):
        rows = set()
        for url in urls:
            host = urlsplit(url).netloc
            request = urllib.request.Request(url.replace(host, server.address), headers={"Host": host})  # noqa: S310 - loopback
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - as above
                items = [item for item in read_feed(answer.read(), url=url) if isinstance(item, Record)]
            rows |= {(item.fields["url"], item.fields["text"]) for item in items}
        return rows, {}

    row = outcome(case_of("robots.txt: wildcards", server), server, rude)
    assert not row.is_right
    assert (row.forbidden, row.undue) == (4, 40)


def test_requests_that_come_too_soon_are_counted(server):
    times = (0.0, 1.0, 1.0 + CRAWL_DELAY / 2, 2.0)
    server.requests += [Request("one.example", "/rss.xml", time, {}, 1) for time in times]
    assert early_requests(server, "one.example") == 1
    assert early_requests(server, "two.example") == 0
