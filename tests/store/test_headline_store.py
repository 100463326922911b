from __future__ import annotations

import datetime as dt
import sqlite3
import threading

import polars as pl
import pytest

from alignkit.collect.headlines import derive_id
from alignkit.collect.record import Reject
from alignkit.errors import StageError, UsageError
from alignkit.schema import HEADLINES
from alignkit.store.headline_store import HeadlineStore
from alignkit.store.model import Counts, Fetch
from store.store_samples import NOON, URL, at, fetch, row


@pytest.fixture
def path(tmp_path):
    return tmp_path / "headlines.sqlite"


@pytest.fixture
def store(path):
    with HeadlineStore.open(path) as opened:
        yield opened
        assert opened.verify() == []


def only(store):
    (found,) = store.headlines().to_dicts()
    return found


def test_a_headline_is_kept_as_a_row_of_the_table_headlines(store):
    assert store.add(fetch(), [row(published_at=NOON, credit="（共同）")]) == Counts(new=1)
    assert only(store) == {
        "id": derive_id(row()),
        "lang": "ja",
        "text": "最後の小学校、来春閉校へ",
        "outlet": "Hibari Shimbun",
        "url": URL,
        "published_at": NOON,
        "wire_id": None,
        "credit": "（共同）",
        "section": None,
        "collector": "feed",
        "collected_at": NOON,
        "source": "https://www.hibari.example/rss#1",
    }


def test_seen_again_it_is_not_stored_again_but_the_time_is_noted(store):
    store.add(fetch(0), [row()])
    before = only(store)
    assert store.add(fetch(2), [row(), row()]) == Counts(unchanged=2)
    assert only(store) == before
    (revision,) = store.history(before["id"])
    assert (revision.first_seen, revision.last_seen) == (at(0), at(2))


def test_a_text_that_changed_is_a_new_revision_with_its_time_and_number_and_where_it_was_seen(store):
    store.add(fetch(0), [row("町が方針")])
    assert store.add(fetch(1, source="https://www.hibari.example/list"), [row("町が方針決定")]) == Counts(revised=1)
    assert only(store)["text"] == "町が方針決定"
    assert only(store)["id"] == derive_id(row("町が方針決定"))
    first, second = store.history(only(store)["id"])
    assert (first.number, first.text, first.first_seen, first.is_current) == (1, "町が方針", at(0), False)
    assert (second.number, second.text, second.first_seen, second.is_current) == (2, "町が方針決定", at(1), True)
    assert (first.fetch, second.fetch) == (fetch(0), fetch(1, source="https://www.hibari.example/list"))
    assert store.headlines(revisions=True)["text"].sort().to_list() == ["町が方針", "町が方針決定"]


def test_a_text_that_comes_back_is_current_again_and_stored_once(store):
    for hour, text in enumerate(["甲", "乙", "甲"]):
        store.add(fetch(hour), [row(text)])
    assert only(store)["text"] == "甲"
    assert [revision.text for revision in store.history(only(store)["id"])] == ["甲", "乙"]


def test_an_older_text_that_is_brought_in_later_does_not_become_current(store):
    store.add(fetch(5), [row("新しい見出し")])
    assert store.add(fetch(6), [row("古い見出し", collected_at=at(1))]) == Counts(revised=1)
    assert only(store)["text"] == "新しい見出し"
    assert [revision.text for revision in store.history(only(store)["id"])] == ["古い見出し", "新しい見出し"]


def test_what_was_empty_is_filled_in_and_what_was_not_is_kept(store):
    store.add(fetch(0), [row(section="社会")])
    later = row(section="地域", credit="（共同）", published_at=NOON, wire_id="2031051201000001")
    assert store.add(fetch(1), [later]) == Counts(unchanged=1)
    found = only(store)
    assert (found["section"], found["credit"], found["published_at"]) == ("社会", "（共同）", NOON)
    assert found["wire_id"] == "2031051201000001"


def test_one_url_in_two_languages_is_two_headlines(store):
    rows = [row(), row("Town to close last school", lang="en")]
    assert store.add(fetch(), rows) == Counts(new=2)
    assert store.headlines(langs=["en"])["text"].to_list() == ["Town to close last school"]


def test_without_a_url_a_headline_is_what_its_id_says(store):
    store.add(fetch(0), [row("甲", url=None, id="ja1"), row("甲", url=None, id="ja2")])
    assert store.add(fetch(1), [row("乙", url=None, id="ja1")]) == Counts(revised=1)
    assert store.add(fetch(2), [row("乙", url=None, id="ja1")]) == Counts(unchanged=1)
    assert store.headlines()["text"].sort().to_list() == ["乙", "甲"]
    assert store.add(fetch(3), [row("乙", id="ja1")]) == Counts(unchanged=1)
    assert [revision.text for revision in store.history("ja1")] == ["甲", "乙"]
    assert store.headlines().filter(pl.col("url") == URL)["text"].to_list() == ["乙"]


def test_an_id_that_another_headline_has_is_not_given_twice(store):
    rows = [row("甲", url=f"{URL}{n}", id="ja1") for n in (0, 1)] + [row("A", url=None, id="ja1", lang="en")]
    assert store.add(fetch(0), rows) == Counts(new=3)
    assert store.add(fetch(1), rows) == Counts(unchanged=3)
    assert store.headlines()["id"].n_unique() == 3


def test_a_bad_row_becomes_a_reject_and_costs_no_good_one(store):
    rows = [
        row(lang="fr"),
        row(lang=None),
        row(text=""),
        row(text=None),
        row(text="見出し\0"),
        row(text="\ud800"),
        row(text=["見出し"]),
        row("良い見出し", published_at="yesterday", section=7, headline="?", outlet="\ud800"),
        row("別の見出し", url=f"{URL}2", published_at=dt.datetime(2031, 5, 1)),  # noqa: DTZ001 - that is what is tested
    ]
    collected = [Reject(3, "has no title", column="text")]
    assert store.add(fetch(), rows, collected) == Counts(new=2, rejected=13)
    assert store.headlines()["published_at"].to_list() == [None, None]
    found = store.rejects()
    assert found.select("source", "row", "column", "reason", "dropped").rows()[1:] == [
        ("https://www.hibari.example/rss", *reject)
        for reject in (
            (1, "lang", "is neither en nor ja", "row"),
            (2, "lang", "is missing", "row"),
            (3, "text", "is empty", "row"),
            (4, "text", "is missing", "row"),
            (5, "text", "has a NUL byte in it", "row"),
            (6, "text", "has a lone surrogate, which is no character", "row"),
            (7, "text", "is not text", "row"),
            (8, "headline", "is no column of the table 'headlines', here and below", "value"),
            (8, "outlet", "has a lone surrogate, which is no character", "value"),
            (8, "section", "is not text", "value"),
            (8, "published_at", "is no time (write 2031-05-26T07:00+09:00)", "value"),
            (9, "published_at", "has no time zone", "value"),
        )
    ]


def test_a_table_can_be_added_as_it_is(store):
    table = HEADLINES.frame(
        [{**row(), "id": derive_id(row()), "collector": "jsonl", "source": "old.jsonl#7", "published_at": NOON}]
    )
    assert store.add(fetch(collector="files"), table) == Counts(new=1)
    assert store.headlines().equals(table)


def test_headlines_are_chosen_by_time_outlet_and_language(store):
    rows = [
        row("甲", url=f"{URL}1", published_at=at(-24)),
        row("乙", url=f"{URL}2", published_at=at(0), outlet="Tsubame Nippo"),
        row("丙", url=f"{URL}3"),
        row("A", url=f"{URL}4", lang="en", published_at=at(24)),
    ]
    store.add(fetch(3), rows)

    def texts(**which):
        return set(store.headlines(**which)["text"])

    assert texts(since=at(0)) == {"乙", "丙", "A"}
    assert texts(until=at(0)) == {"甲"}
    assert texts(since=at(3), until=at(4)) == {"丙"}
    assert texts(outlets=["Tsubame Nippo", "no such paper"]) == {"乙"}
    assert texts(outlets=[]) == set()
    assert texts(langs=["en"]) == {"A"}
    with pytest.raises(UsageError, match="is neither en nor ja: 'fr'"):
        texts(langs=["fr"])
    with pytest.raises(UsageError, match="'since': has no time zone"):
        texts(since=dt.datetime(2031, 5, 1))  # noqa: DTZ001 - that is what is tested


def test_frames_are_by_id_and_see_the_store_as_it_was_when_they_began(store):
    store.add(fetch(), [row(url=f"{URL}{n}") for n in range(5)])
    frames = store.iter_frames(batch=2)
    first = next(frames)
    store.add(fetch(1), [row(url=f"{URL}{n}") for n in range(5, 9)])
    rest = list(frames)
    assert [frame.height for frame in (first, *rest)] == [2, 2, 1]
    ids = pl.concat([first, *rest])["id"]
    assert ids.is_sorted()
    assert store.headlines().height == 9


def test_raw_answers_are_kept_once_by_their_hash(store):
    kept = fetch(
        0, content=b"<rss/>" * 1000, status=200, reservations=({"kind": "tdm", "value": "1", "where": "header"},)
    )
    store.add(kept, [])
    store.add(fetch(1, content=kept.content), [])
    assert store.snapshot(kept.sha256) == kept.content
    assert store.snapshot("0" * 64) is None
    assert store.stats().snapshots == 1
    assert store.stats().snapshot_bytes < 200
    found = store.fetches().row(0, named=True)
    assert (found["status"], found["sha256"]) == (200, kept.sha256)
    assert found["reservations"] == '[{"kind": "tdm", "value": "1", "where": "header"}]'


def test_a_fetch_needs_a_time_zone():
    with pytest.raises(UsageError, match="has no time zone"):
        Fetch("feed", "https://www.hibari.example/rss", dt.datetime(2031, 5, 1))  # noqa: DTZ001 - that is what is tested


def test_names_that_are_no_unicode_are_kept_readable(store):
    run = store.begin_run("key")
    store.add(fetch(source="\udce3.jsonl"), [row()], [Reject(1, "\udce3", file="\udce3")], run=run)
    assert run.done("\udce3.jsonl")
    assert only(store)["source"] == "\\udce3.jsonl#1"


def test_nothing_of_an_add_that_fails_is_kept(store):
    def rows():
        yield row()
        raise KeyboardInterrupt

    run = store.begin_run("key")
    with pytest.raises(KeyboardInterrupt):
        store.add(fetch(), rows(), run=run)
    assert store.stats().fetches == store.stats().headlines == 0
    assert not run.done(fetch().source)


def test_a_full_disk_is_said_and_what_was_there_is_kept(store):
    store.add(fetch(0), [row()])
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StageError, match="cannot be written, the disk is full"):
        store.add(fetch(1), [row(f"見出し {n}", url=f"{URL}{n}") for n in range(3000)])
    store._connection.execute("PRAGMA max_page_count=1000000")
    assert store.headlines().height == 1
    assert store.add(fetch(2), [row("見出し", url=f"{URL}2")]) == Counts(new=1)


@pytest.mark.usefixtures("store")
def test_another_writer_is_waited_for_and_then_said(path):
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with HeadlineStore.open(path, timeout=0.05) as second:
        with pytest.raises(StageError, match="is locked by another process"):
            second.add(fetch(), [row()])
        other.execute("ROLLBACK")
        assert second.add(fetch(), [row()]) == Counts(new=1)
    other.close()


def test_threads_take_turns(store):
    def add(part):
        for n in range(10):
            store.add(fetch(n), [row(f"見出し {n}", url=f"{URL}{n % 5}/{part % 2}")])

    threads = [threading.Thread(target=add, args=(part,)) for part in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.headlines().height == 10
    assert store.stats().fetches == 40


def test_read_only_nothing_is_written(store, path):
    store.add(fetch(), [row()])
    with HeadlineStore.open(path, read_only=True) as reader:
        assert reader.headlines().height == 1
        with pytest.raises(StageError, match="cannot be used"):
            reader.add(fetch(), [row()])


def test_vacuum_gives_room_back(path):
    with HeadlineStore.open(path) as store:
        store.add(fetch(content=bytes(range(256)) * 4000), [row()])
        store._connection.execute("UPDATE snapshots SET content = x''")
        before, after = store.vacuum()
        assert after < before
        assert store.headlines().height == 1
