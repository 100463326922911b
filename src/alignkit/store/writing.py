"""How sightings become headlines and revisions, a batch at a time.

A batch is put beside what the store has of it in one query, decided on in Python, and written by a few statements over
many rows each. Nothing here begins or ends a transaction: whoever calls does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from alignkit.collect.headlines import derive_id
from alignkit.collect.record import Reject
from alignkit.errors import quoted
from alignkit.store.model import Counts
from alignkit.store.rows import Sighting

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence


BATCH: Final = 1_000
"""How many sightings are looked at together: enough to make a query worth it, little enough to keep."""

_FILLED_NAMES: Final = Sighting._fields[3:9]
"""Columns that a later sighting fills in where they are empty: outlet, url, published_at, wire_id, credit, section."""

_INCOMING: Final = """
CREATE TEMP TABLE IF NOT EXISTS incoming (
    place INTEGER PRIMARY KEY, lang TEXT NOT NULL, url TEXT, id TEXT NOT NULL, text TEXT NOT NULL
)
"""
# A headline is found by its URL, or else by the id of one of its texts, if it or the sighting has no URL.
_KNOWN: Final = f"""
WITH found AS (
    SELECT incoming.*, coalesce(by_url.headline, by_id.headline) AS headline, same_id.revision AS same_id
    FROM incoming
    LEFT JOIN headlines AS by_url ON by_url.url = incoming.url AND by_url.lang = incoming.lang
    LEFT JOIN revisions AS same_id ON same_id.id = incoming.id
    LEFT JOIN headlines AS by_id ON by_id.headline = same_id.headline AND by_id.lang = incoming.lang
        AND (by_id.url IS NULL OR incoming.url IS NULL)
)
SELECT
    found.headline,
    {" + ".join(f"(headlines.{name} IS NULL) * {1 << bit}" for bit, name in enumerate(_FILLED_NAMES))},
    current.revision, current.last_seen, current.last_run, current.text = found.text,
    same.revision, same.last_seen, same.last_run, same.text = found.text AND same.headline = found.headline
FROM found
LEFT JOIN headlines ON headlines.headline = found.headline
LEFT JOIN revisions AS current ON current.revision = headlines.current
LEFT JOIN revisions AS same ON same.revision = found.same_id
ORDER BY found.place
"""  # noqa: S608 - made of this module's own names
_FILL: Final = (
    f"UPDATE headlines SET {', '.join(f'{name} = coalesce({name}, ?)' for name in _FILLED_NAMES)} WHERE headline = ?"  # noqa: S608 - as above
)
_ADD_HEADLINE: Final = """
INSERT INTO headlines (headline, lang, url, outlet, published_at, wire_id, credit, section, current)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_REVISION: Final = """
INSERT INTO revisions
    (revision, headline, id, id_given, text, collector, collected_at, source, first_seen, last_seen, last_run, fetch)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_Outcome = Literal["new", "revised", "unchanged", "rejected"]


class _Known(NamedTuple):
    """What the store has of a sighting; the fields are None where it has nothing.

    Attributes:
        headline: The headline.
        gaps: Which of its columns are empty, a bit for each of `_FILLED_NAMES`.
        current: Its current revision, with when and in which run it was last seen, and whether its text is the same.
        same: The revision that has the sighting's id, likewise; it may be of another headline.
    """

    headline: int | None
    gaps: int | None
    current: int | None
    current_seen: int | None
    current_run: int | None
    current_is_it: int | None
    same: int | None
    same_seen: int | None
    same_run: int | None
    same_is_it: int | None


class Writer:
    """Writes sightings within a transaction that its caller has begun.

    Args:
        connection: The store.
        run: The run that they belong to.

    Attributes:
        rejects: Rows that could not be kept, with their fetches.
    """

    def __init__(self, connection: sqlite3.Connection, run: int | None) -> None:
        self._connection = connection
        self._run = run
        self._counts: Counter[_Outcome] = Counter()
        self.rejects: list[tuple[int, Reject]] = []
        connection.execute(_INCOMING)
        # Numbers are given here, because nobody else can write until the transaction ends.
        self._headline = _highest(connection, "headline", "headlines")
        self._revision = _highest(connection, "revision", "revisions")
        self._clear()

    @property
    def counts(self) -> Counts:
        """What became of the sightings."""
        counts = self._counts
        return Counts(counts["new"], counts["revised"], counts["unchanged"], counts["rejected"])

    def write(self, sightings: Iterable[Sighting]) -> None:
        """Write sightings, as many as there are, a batch at a time."""
        for batch in _batches(sightings):
            self._batch_ids = {sighting.id for sighting in batch}
            waiting: Sequence[Sighting] = batch
            while waiting:
                waiting = self._write_some(waiting)

    def _write_some(self, batch: Sequence[Sighting]) -> list[Sighting]:
        """Write the first sighting of each headline, and give the others: one has a headline's URL, another its id."""
        left: list[Sighting] = []
        touched: set[int] = set()
        for sighting, known in zip(batch, self._look_up(batch), strict=True):
            if known.headline in touched:
                left.append(sighting)
                continue
            if known.headline is not None:
                touched.add(known.headline)
            self._counts[self._decide(sighting, known)] += 1
        self._flush()
        return left

    def _look_up(self, batch: Sequence[Sighting]) -> Iterator[_Known]:
        self._connection.execute("DELETE FROM incoming")
        self._connection.executemany(
            "INSERT INTO incoming VALUES (?, ?, ?, ?, ?)",
            [(place, row.lang, row.url, row.id, row.text) for place, row in enumerate(batch)],
        )
        return map(_Known._make, self._connection.execute(_KNOWN).fetchall())

    def _decide(self, sighting: Sighting, known: _Known) -> _Outcome:
        if known.headline is None:
            return self._begin_headline(sighting, known)
        if known.gaps:
            self._fill(sighting, known.headline, known.gaps)
        if known.current_is_it and known.current is not None:
            self._see(known.current, sighting, known.current_seen, known.current_run)
            return "unchanged"
        is_newest = sighting.last_seen >= (known.current_seen or 0)
        if known.same_is_it and known.same is not None:
            return self._see_earlier(sighting, known.headline, known.same, known.same_seen, becomes_current=is_newest)
        if known.same is None:
            self._add_revision(sighting, known.headline, sighting.id, becomes_current=is_newest)
            return "revised"
        return self._see_under_own_id(sighting, known.headline, becomes_current=is_newest)

    def _begin_headline(self, sighting: Sighting, known: _Known) -> _Outcome:
        if known.same is not None:
            return self._see_under_own_id(sighting, None, becomes_current=True)
        self._add_headline(sighting, sighting.id)
        return "new"

    def _see_under_own_id(self, sighting: Sighting, headline: int | None, *, becomes_current: bool) -> _Outcome:
        """Keep a text whose given id another text or headline has already, under an id derived from what it is."""
        own_id = _derived_id(sighting)
        query = """
            SELECT r.headline, r.revision, r.last_seen, r.text, h.lang, h.current, c.last_seen
            FROM revisions AS r JOIN headlines AS h USING (headline) JOIN revisions AS c ON c.revision = h.current
            WHERE r.id = ?
        """
        found = self._connection.execute(query, (own_id,)).fetchone()
        if found is None and own_id not in self._batch_ids:
            if headline is None:
                self._add_headline(sighting, own_id)
                return "new"
            self._add_revision(sighting, headline, own_id, becomes_current=becomes_current)
            return "revised"
        if found is not None and found[0] == (headline or found[0]) and found[3:5] == (sighting.text, sighting.lang):
            comes_back = found[1] != found[5] and sighting.last_seen >= found[6]
            return self._see_earlier(sighting, found[0], found[1], found[2], becomes_current=comes_back)
        reject = Reject(sighting.row, "is the id of another headline", column="id", value=quoted(sighting.id))
        self.rejects.append((sighting.fetch, reject))
        return "rejected"

    def _see_earlier(
        self, sighting: Sighting, headline: int, revision: int, last_seen: int | None, *, becomes_current: bool
    ) -> _Outcome:
        """Take note that a text that the headline had before is seen again, so that it may be its current one again."""
        self._see(revision, sighting, last_seen, None)
        if not becomes_current:
            return "unchanged"
        self._currents.append((revision, headline, revision))
        return "revised"

    def _see(self, revision: int, sighting: Sighting, last_seen: int | None, last_run: int | None) -> None:
        if sighting.last_seen > (last_seen or 0) and (self._run is None or self._run != last_run):
            self._seen.append((sighting.last_seen, self._run, revision))

    def _fill(self, sighting: Sighting, headline: int, gaps: int) -> None:
        values = sighting[3:9]  # the columns _FILLED_NAMES
        for bit, value in enumerate(values):
            if value is not None and gaps >> bit & 1:
                self._filled.append((*values, headline))
                return

    def _add_headline(self, row: Sighting, headline_id: str) -> None:
        self._headline += 1
        self._headlines.append(
            (
                self._headline,
                row.lang,
                row.url,
                row.outlet,
                row.published_at,
                row.wire_id,
                row.credit,
                row.section,
                self._revision + 1,
            )
        )
        self._add_revision(row, self._headline, headline_id, becomes_current=False)

    def _add_revision(self, row: Sighting, headline: int, headline_id: str, *, becomes_current: bool) -> None:
        self._revision += 1
        given = row.url is None or headline_id != _derived_id(row)
        seen = (row.first_seen, row.last_seen, self._run, row.fetch)
        made = (row.text, row.collector, row.collected_at, row.source)
        self._revisions.append((self._revision, headline, headline_id, given, *made, *seen))
        if becomes_current:
            self._currents.append((self._revision, headline, self._revision))

    def _flush(self) -> None:
        run = self._connection.executemany
        run(_FILL, self._filled)
        # In this order: SQLite looks for the headlines of a new revision without an index, for the revisions of a new
        # headline with one.
        run(_ADD_REVISION, self._revisions)
        run(_ADD_HEADLINE, self._headlines)
        run("UPDATE revisions SET last_seen = ?, last_run = ? WHERE revision = ?", self._seen)
        run("UPDATE headlines SET current = ? WHERE headline = ? AND current <> ?", self._currents)
        self._clear()

    def _clear(self) -> None:
        self._filled: list[tuple[object, ...]] = []
        self._headlines: list[tuple[object, ...]] = []
        self._revisions: list[tuple[object, ...]] = []
        self._seen: list[tuple[int, int | None, int]] = []
        self._currents: list[tuple[int, int, int]] = []


def _batches(sightings: Iterable[Sighting]) -> Iterator[list[Sighting]]:
    """Cut sightings into batches in which no headline and no id is twice, so that each is decided on by what is stored."""
    batch: list[Sighting] = []
    ids: set[str] = set()
    places: set[tuple[str, str]] = set()
    for sighting in sightings:
        place = (sighting.lang, sighting.url or sighting.id)
        if len(batch) == BATCH or sighting.id in ids or place in places:
            yield batch
            batch, ids, places = [], set(), set()
        batch.append(sighting)
        ids.add(sighting.id)
        places.add(place)
    if batch:
        yield batch


def _derived_id(row: Sighting) -> str:
    return derive_id({"lang": row.lang, "url": row.url, "text": row.text}, identity=row.id)


def _highest(connection: sqlite3.Connection, column: str, table: str) -> int:
    (number,) = connection.execute(f"SELECT coalesce(max({column}), 0) FROM {table}").fetchone()  # noqa: S608 - own names
    return int(number)
