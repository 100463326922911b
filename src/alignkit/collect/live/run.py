"""A run: all tasks read, hosts side by side and each host's tasks one after the other, and kept in a store.

Threads fetch and read; one thread alone builds rows and writes, a transaction for each answer. A run that is stopped, by
whatever, is continued by the next with the same settings: what it had written is neither lost nor fetched again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from queue import Empty, Full, Queue
from typing import TYPE_CHECKING, Final

from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.live.batches import Batch, Reading
from alignkit.collect.live.tally import Tally
from alignkit.collect.mentions import Lead
from alignkit.collect.mentions.form import language_of
from alignkit.collect.record import Record, Reject
from alignkit.progress import silent
from alignkit.web import PoliteClient

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from alignkit.collect.live.tasks import Task
    from alignkit.progress import Progress
    from alignkit.store.headline_store import HeadlineStore
    from alignkit.store.runs import Run
    from alignkit.web import WebSettings

_MOST_HOSTS_AT_ONCE: Final = 16
_BATCHES_WAITING: Final = 64
_LOOK_AGAIN: Final = 0.2


class StoppedError(Exception):
    """The run was asked to stop; what was written stays, and the next run goes on."""


@dataclass(frozen=True)
class Window:
    """When headlines must have been published; those without a time are always kept.

    Attributes:
        since: At the earliest.
        until: Before when.
    """

    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def has(self, time: object) -> bool:
        """Say whether a time of publication is in it."""
        if not isinstance(time, dt.datetime):
            return True
        return (self.since is None or time >= self.since) and (self.until is None or time < self.until)


@dataclass(frozen=True)
class LiveSettings:
    """How a run goes about it.

    Attributes:
        web: How the web is read; None where no task is on the web.
        window: When headlines must have been published.
        max_characters: The longest text that is taken for a headline.
        keeps_content: Whether answers are kept in the store as they came.
    """

    web: WebSettings | None = None
    window: Window = Window()
    max_characters: int = 1000
    keeps_content: bool = False


@dataclass
class LiveResult:
    """What a run gave.

    Attributes:
        tallies: What became of it, by outlet.
        rejects: What could not be read or used.
        leads: Outlets that documents name as having carried a story under a headline that is not quoted.
        requests: How many requests went to each host.
        continued: Whether it went on where an earlier one was stopped.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    requests: Mapping[str, int] = field(default_factory=dict)
    continued: bool = False

    @property
    def total(self) -> Tally:
        """All outlets' tallies together."""
        total = Tally()
        for tally in self.tallies.values():
            total += tally
        return total


def collect_live(
    tasks: Sequence[Task],
    store: HeadlineStore,
    *,
    settings: LiveSettings,
    stop: threading.Event | None = None,
    progress: Progress = silent,
) -> LiveResult:
    """Read all tasks and keep what they give in a store.

    Args:
        tasks: What to read.
        store: Where headlines are kept.
        settings: How.
        stop: Stops the run when it is set: at once where it waits, else after the answer at hand.
        progress: Told, outlet by outlet, how many answers were read of those that are known to come.

    Raises:
        StoppedError: `stop` was set.
        AlignkitError: The store cannot be written, or something that is needed is not installed.
    """
    stop = stop or threading.Event()
    run = store.begin_run(_key(tasks, settings))
    result = LiveResult(continued=run.continued)
    with _client(settings.web, stop) as client:
        reading = Reading(
            client,
            settings.window.since,
            settings.window.until,
            is_done=run.done,
            position=run.position,
            last_fetched=store.last_fetched,
            keeps_content=settings.keeps_content,
        )
        writer = _Writer(store, run, settings, result, progress)
        writer.expect(tasks)
        with closing(_Workers(reading, stop).read(tasks)) as batches:
            for batch in batches:
                writer.write(batch)
        if client is not None:
            result.requests = dict(client.counts)
    if stop.is_set():
        raise StoppedError
    store.finish_run(run)
    return result


def _key(tasks: Sequence[Task], settings: LiveSettings) -> str:
    """Tell runs apart by what they collect, not by how politely."""
    what = [repr(task) for task in tasks] + [repr(settings.window), str(settings.max_characters)]
    return hashlib.sha256(json.dumps(what).encode()).hexdigest()


class _NoClient:
    """Stands for a client where nothing is on the web."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _client(web: WebSettings | None, stop: threading.Event) -> PoliteClient | _NoClient:
    if web is None:
        return _NoClient()

    def sleep(seconds: float) -> None:
        # A wait that is cut short must not end in a request that comes too early.
        if stop.wait(seconds):
            raise StoppedError

    return PoliteClient(web, sleep=sleep)


class _Workers:
    """Threads that read tasks: hosts side by side, those of one host one after the other.

    Args:
        reading: What tasks are read with.
        stop: Stops them when it is set.
    """

    def __init__(self, reading: Reading, stop: threading.Event) -> None:
        self._reading = reading
        self._stop = stop
        self._unheard = threading.Event()
        self._batches: Queue[Batch] = Queue(_BATCHES_WAITING)

    def read(self, tasks: Sequence[Task]) -> Generator[Batch]:
        """Give batches as they come, until all tasks are read or `stop` is set."""
        by_host: dict[str, list[Task]] = {}
        for task in tasks:
            by_host.setdefault(task.host or task.address, []).append(task)
        with ThreadPoolExecutor(min(len(by_host) or 1, _MOST_HOSTS_AT_ONCE), "collect") as threads:
            working = [threads.submit(self._work, of_host) for of_host in by_host.values()]
            try:
                yield from self._arriving(working)
            except BaseException:
                # Nobody listens any more: threads that wait for their turn must not wait it out.
                self._stop.set()
                raise
            finally:
                self._unheard.set()
            for future in working:
                future.result()

    def _arriving(self, working: Sequence[Future[None]]) -> Iterator[Batch]:
        while True:
            are_done = all(future.done() for future in working)
            try:
                yield self._batches.get(timeout=_LOOK_AGAIN)
            except Empty:
                if are_done:
                    return

    def _work(self, tasks: Sequence[Task]) -> None:
        try:
            for task in tasks:
                for batch in self._reading.batches(task):
                    self._put(batch)
        except StoppedError:
            return

    def _put(self, batch: Batch) -> None:
        while not self._unheard.is_set():
            try:
                self._batches.put(batch, timeout=_LOOK_AGAIN)
            except Full:
                continue
            break
        if self._unheard.is_set() or self._stop.is_set():
            raise StoppedError


class _Writer:
    """Builds rows from batches and writes them."""

    def __init__(
        self, store: HeadlineStore, run: Run, settings: LiveSettings, result: LiveResult, progress: Progress
    ) -> None:
        self._store = store
        self._run = run
        self._settings = settings
        self._result = result
        self._progress = progress
        self._done: dict[str, int] = {}
        self._expected: dict[str, int] = {}

    def expect(self, tasks: Sequence[Task]) -> None:
        """Take note of what is to come."""
        for task in tasks:
            self._expected[task.line] = self._expected.get(task.line, 0) + 1
            self._result.tallies.setdefault(task.line, Tally())

    def write(self, batch: Batch) -> None:
        """Write a batch, all of it or nothing."""
        line = batch.task.line
        tally = self._result.tallies[line]
        rows, rejects = self._build(batch, tally)
        counts = self._store.add(batch.fetch, rows, rejects, run=self._run, position=batch.position)
        self._result.rejects += rejects
        self._result.leads += [item for item in batch.items if isinstance(item, Lead)]
        tally.add_counts(counts, refused=bool(batch.refusal))
        tally.add_reasons(reject.reason for reject in rejects)
        if batch.refusal:
            tally.add_refusal(batch.refusal)
        else:
            tally.fetched += 1
        self._done[line] = self._done.get(line, 0) + 1
        self._expected[line] += batch.more
        self._progress(line, self._done[line], max(self._expected[line], self._done[line]))

    def _build(self, batch: Batch, tally: Tally) -> tuple[list[dict[str, object]], list[Reject]]:
        task = batch.task
        builder = HeadlineBuilder(timezone=task.timezone, max_characters=self._settings.max_characters)
        rows: list[dict[str, object]] = []
        rejects: list[Reject] = []
        for item in batch.items:
            if isinstance(item, Reject):
                rejects.append(item if item.file else replace(item, file=batch.fetch.source))
            elif isinstance(item, Record):
                defaults = {"lang": task.lang or _lang_of(item), "outlet": task.outlet}
                row, left_out = builder.build(
                    batch.fetch.source, item, collector=batch.fetch.collector, defaults=defaults
                )
                rejects += [replace(reject, file=batch.fetch.source) for reject in left_out]
                if row is not None and self._settings.window.has(row["published_at"]):
                    rows.append(row)
                elif row is not None:
                    tally.outside += 1
        return rows, rejects


def _lang_of(record: Record) -> str | None:
    text = record.fields.get("text")
    return language_of(text) if isinstance(text, str) else None
