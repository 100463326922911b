"""Print the fault table: what is collected beside and from sites that misbehave, and whether the rules were kept.

    python scripts/benchmark_faults.py                     # by PoliteClient and read_feed
    python scripts/benchmark_faults.py --driver run        # by a whole collection run

For each fault a faulty site and three good ones are served on this machine and collected together. Their names mean
this machine, whose address counts as public, so that all else that protects private networks is at work. A row says how
many headlines were due and how many of them came, how many came that were not due, how many requests robots.txt forbids
or came sooner than the site's delay (both must be 0), and what was said of the faulty site.
"""

from __future__ import annotations

import argparse
import itertools
import socket
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias
from unittest.mock import patch
from urllib.parse import urlsplit

from alignkit.collect.feeds import read_feed
from alignkit.collect.live.run import LiveSettings, collect_live
from alignkit.collect.live.tasks import Task
from alignkit.collect.record import Record
from alignkit.store.headline_store import HeadlineStore
from alignkit.web import FetchError, PoliteClient, WebSettings, addresses
from world_faults import FEED, INSIDE, PRIVATE, Case, cases
from world_feeds import atom, rdf, rss
from world_replies import robots
from world_server import Server, serving
from world_stories import read_stories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from world_replies import Answer
    from world_stories import Story

Headline: TypeAlias = tuple[str, str]
"""A headline's address and text."""

Driver: TypeAlias = "Callable[[Sequence[str], WebSettings], tuple[set[Headline], dict[str, str]]]"
"""Collects feeds: gives their headlines, and what went wrong by the feed's address."""

FAULTY: Final = "faulty.example"
GOOD: Final = {"one.example": "Shiomi Nippo", "two.example": "Ashihara Times", "three.example": "Takachise Shimbun"}
"""The good sites, with the outlets whose headlines are in their feeds."""

HEADLINES: Final = 20
"""How many are in each feed."""

DELAY: Final = 0.05
CRAWL_DELAY: Final = 0.08
LOOPBACK: Final = "127.0.0.1"
PRIVATE_ADDRESS: Final = "10.0.0.1"
SETTINGS: Final = WebSettings(
    contact="researcher@university.example", delay=DELAY, timeout=1.0, retries=2, max_wait=5.0, max_bytes=1_000_000
)


@dataclass(frozen=True)
class Outcome:
    """A row of the table.

    Attributes:
        name: The fault.
        due: How many headlines were due.
        collected: How many of them came.
        undue: How many came that were not due.
        forbidden: How many requests robots.txt forbids.
        early: How many requests came sooner than the site's delay.
        said: What was said of the faulty site.
    """

    name: str
    due: int
    collected: int
    undue: int
    forbidden: int
    early: int
    said: str

    @property
    def is_right(self) -> bool:
        """Whether all came that was due, and the rules were kept."""
        return self.due == self.collected and not (self.undue or self.forbidden or self.early)


def main() -> None:
    """Print the table, and fail if a row is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--driver", choices=DRIVERS, default="client", help="what collects (default: client)")
    driver = DRIVERS[parser.parse_args().driver]
    print(f"{'fault':<40}{'due':>5}{'got':>5}{'undue':>7}{'forbidden':>11}{'early':>7}  said of the faulty site")
    outcomes = []
    with serving() as server:
        for case in cases(newest("Nanrei Nichinichi"), newest("Tokunobe Jiji"), server.server_port):
            outcomes.append(outcome(case, server, driver))
            print(line(outcomes[-1]), flush=True)
    right = sum(each.is_right for each in outcomes)
    print(line(total(outcomes, f"{right} of {len(outcomes)} rows are as they should be")))
    sys.exit(right != len(outcomes))


def total(outcomes: Sequence[Outcome], said: str) -> Outcome:
    """Give the sums of rows as a row."""
    return Outcome(
        "all",
        sum(each.due for each in outcomes),
        sum(each.collected for each in outcomes),
        sum(each.undue for each in outcomes),
        sum(each.forbidden for each in outcomes),
        sum(each.early for each in outcomes),
        said,
    )


def line(row: Outcome) -> str:
    """Give a row as it is printed."""
    figures = f"{row.due:>5}{row.collected:>5}{row.undue:>7}{row.forbidden:>11}{row.early:>7}"
    return f"{row.name:<40}{figures}  {row.said}{'' if row.is_right else '  <-- not as it should be'}"


# --- drivers ----------------------------------------------------------------------------------------------------------


def collect_by_client(urls: Sequence[str], settings: WebSettings) -> tuple[set[Headline], dict[str, str]]:
    """Fetch feeds side by side and read them."""
    rows: set[Headline] = set()
    errors: dict[str, str] = {}

    def collect(url: str) -> None:
        try:
            answer = client.fetch(url)
        except FetchError as error:
            errors[url] = error.problem
            return
        for item in read_feed(answer.content, url=url, content_type=answer.content_type):
            if isinstance(item, Record):
                rows.add((str(item.fields.get("url")), str(item.fields["text"])))
            else:
                errors.setdefault(url, item.reason)

    with PoliteClient(settings) as client, ThreadPoolExecutor(len(urls)) as threads:
        list(threads.map(collect, urls))
    return rows, errors


def collect_by_run(urls: Sequence[str], settings: WebSettings) -> tuple[set[Headline], dict[str, str]]:
    """Collect feeds into a store."""
    with tempfile.TemporaryDirectory() as folder, HeadlineStore.open(Path(folder) / "headlines.sqlite") as store:
        result = collect_live([Task("feeds", url) for url in urls], store, settings=LiveSettings(web=settings))
        rows = set(store.headlines().select("url", "text").iter_rows())
    return rows, {reject.file: reject.reason for reject in reversed(result.rejects)}


DRIVERS: Final[dict[str, Driver]] = {"client": collect_by_client, "run": collect_by_run}


# --- a case -----------------------------------------------------------------------------------------------------------


def outcome(case: Case, server: Server, driver: Driver) -> Outcome:
    """Let a server be the faulty site of a case and the good ones beside it, and collect them."""
    server.answers = good_sites() | {f"{FAULTY}{path}": answer for path, answer in case.answers.items()}
    server.requests.clear()
    hosts = [*GOOD, FAULTY]
    urls = [f"http://{host}:{server.server_port}{path}" for host in hosts for path in (FEED, PRIVATE)]
    urls = [url for url in urls if f"{urlsplit(url).hostname}{urlsplit(url).path}" in server.answers]
    with names_mean_loopback():
        rows, errors = driver(urls, SETTINGS)
    good = itertools.chain.from_iterable(map(newest, GOOD.values()))
    due = {(story.url, story.text) for story in (*case.due, *good)}
    said = {errors[url] for url in urls if FAULTY in url and url in errors}
    return Outcome(
        case.name,
        len(due),
        len(due & rows),
        len(rows - due),
        forbidden_requests(case, server),
        sum(early_requests(server, host) for host in hosts),
        "; ".join(sorted(said)) or "nothing",
    )


def forbidden_requests(case: Case, server: Server) -> int:
    """Count the requests that a robots.txt forbids, or that went to a private network."""
    forbidden = dict.fromkeys(GOOD, ("/private",)) | {FAULTY: case.forbidden, INSIDE: ("/",)}
    return sum(path.startswith(forbidden[host]) for host in forbidden for path in server.paths(host) if forbidden[host])


def early_requests(server: Server, host: str) -> int:
    """Count the requests to a host that came sooner after the one before than its delay."""
    delay = DELAY if host == FAULTY else CRAWL_DELAY
    return sum(later - earlier < delay for earlier, later in itertools.pairwise(server.times(host)))


@cache
def newest(outlet: str) -> Sequence[Story]:
    """Give an outlet's newest headlines."""
    return read_stories()[outlet][:HEADLINES]


def good_sites() -> dict[str, Answer]:
    """Give what the good sites answer: a feed each, and one that is forbidden."""
    rules = robots(f"User-agent: *\nCrawl-delay: {CRAWL_DELAY}\nDisallow: /private/\n")
    answers: dict[str, Answer] = {}
    one, two, three = map(newest, GOOD.values())
    feeds = (rss("one", one), rdf("two", two), atom("three", three, three[0].url))
    for host, feed in zip(GOOD, feeds, strict=True):
        private = rss(host, newest("Hokuryo Shimpo"))
        answers |= {f"{host}/robots.txt": rules, f"{host}{FEED}": feed, f"{host}{PRIVATE}": private}
    return answers


@contextmanager
def names_mean_loopback() -> Iterator[None]:
    """Let names mean this machine, and its address count as public; the name of `INSIDE` means a private address."""
    is_public = addresses.is_public

    def look_up(host: str, _port: int) -> list[str]:
        if not host.endswith(".example"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [PRIVATE_ADDRESS if host == INSIDE else LOOPBACK]

    connections = "alignkit.web.connections"
    with (
        patch(f"{connections}.network_addresses", look_up),
        patch(f"{connections}.is_public", lambda address: address == LOOPBACK or is_public(address)),
    ):
        yield


if __name__ == "__main__":
    main()
