"""Invented headlines and fetches of them that the tests of the store use, and a collection that can be killed."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import sys
from pathlib import Path
from signal import SIGKILL

from alignkit.store.headline_store import HeadlineStore
from alignkit.store.model import Fetch

NOON = dt.datetime(2031, 5, 12, 12, tzinfo=dt.UTC)
URL = "https://www.hibari.example/news/1"
PAGES = 60
ROWS_A_PAGE = 20


def at(hours):
    """The time so many hours after noon."""
    return NOON + dt.timedelta(hours=hours)


def fetch(hours=0, **fields):
    """A fetch of a feed, so many hours after noon."""
    return Fetch(
        **({"collector": "feed", "source": "https://www.hibari.example/rss", "fetched_at": at(hours)} | fields)
    )


def row(text="最後の小学校、来春閉校へ", **fields):
    """A row of the table `headlines` as a collector makes it, without an id."""
    return {"lang": "ja", "text": text, "url": URL, "outlet": "Hibari Shimbun"} | fields


def page(number):
    """The rows of one page of a collection: some new, some of the page before with another text, some as before."""
    first = number * ROWS_A_PAGE
    rows = [row(f"町の話題 {n}", url=f"https://www.hibari.example/news/{n}") for n in range(first, first + ROWS_A_PAGE)]
    again = range(max(0, first - 10), first)
    return rows + [
        row(f"町の話題 {n}" + "（続報）" * (n % 2), url=f"https://www.hibari.example/news/{n}", section="地域")
        for n in again
    ]


def collect(path, *, die_at=None):
    """Collect all pages into a store, going on where an earlier process was stopped.

    At the SQL statement that `die_at` names, in the middle of whatever it belongs to, the process is killed.
    """
    with HeadlineStore.open(path) as store:
        if die_at is not None:
            statements = itertools.count(1)
            store._connection.set_trace_callback(lambda _: next(statements) == die_at and os.kill(os.getpid(), SIGKILL))
        run = store.begin_run("settings")
        for number in range(PAGES):
            source = f"https://www.hibari.example/list/{number}"
            if not run.done(source):
                store.add(fetch(number, source=source), [*page(number), row(text="")], run=run)
                sys.stdout.write(f"{number}\n")
                sys.stdout.flush()
        store.finish_run(run)


def content(store):
    """What a store holds, without what depends on how often it was stopped."""
    texts = store.headlines(revisions=True)
    histories = [store.history(headline_id) for headline_id in texts["id"]]
    return texts.rows(), store.headlines()["id"].to_list(), histories, store.fetches().rows(), store.rejects().rows()


if __name__ == "__main__":
    collect(Path(sys.argv[1]), die_at=int(sys.argv[2]) if len(sys.argv) > 2 else None)
