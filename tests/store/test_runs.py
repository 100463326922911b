from __future__ import annotations

import subprocess
import sys
from subprocess import DEVNULL

import pytest

from alignkit.errors import StageError
from alignkit.store.headline_store import HeadlineStore
from store import store_samples
from store.store_samples import PAGES, ROWS_A_PAGE, collect, content, fetch, row


@pytest.fixture
def path(tmp_path):
    return tmp_path / "headlines.sqlite"


def test_a_run_that_was_stopped_is_continued(path):
    with HeadlineStore.open(path) as store:
        run = store.begin_run("a")
        assert not run.continued
        assert not run.done(fetch().source)
        store.add(fetch(), [row()], run=run)
        assert run.done(fetch().source)
    with HeadlineStore.open(path) as store:
        again = store.begin_run("a")
        assert (again.number, again.continued, again.begun_at) == (run.number, True, run.begun_at)
        assert again.done(fetch().source)
        assert store.stats().unfinished_runs == 1


def test_other_settings_are_another_run(path):
    with HeadlineStore.open(path) as store:
        store.add(fetch(), [row()], run=store.begin_run("a"))
        other = store.begin_run("b")
        assert not other.continued
        assert not other.done(fetch().source)


def test_a_run_that_is_finished_is_begun_anew(path):
    with HeadlineStore.open(path) as store:
        run = store.begin_run("a")
        store.add(fetch(), [row()], run=run)
        store.finish_run(run)
        new = store.begin_run("a")
        assert (new.continued, new.done(fetch().source)) == (False, False)
        assert new.number != run.number
        store.finish_run(new)
        assert (store.stats().runs, store.stats().unfinished_runs) == (2, 0)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_long_source_can_be_added_in_parts(path):
    with HeadlineStore.open(path) as store:
        run = store.begin_run("a")
        assert run.position(fetch().source) is None
        store.add(fetch(), [row()], run=run, position=4096)
        assert (run.done(fetch().source), run.position(fetch().source)) == (False, 4096)
        store.add(fetch(), [row()], run=run)
        assert (run.done(fetch().source), run.position(fetch().source)) == (True, None)


def test_when_a_headline_was_last_seen_is_noted_once_a_run(path):
    with HeadlineStore.open(path) as store:
        seen = []
        for hours in (0, 10):
            run = store.begin_run("a")
            for hour in (0, 1, 2):
                store.add(fetch(hours + hour), [row()], run=run)
                (revision,) = store.history(store.headlines()["id"][0])
                seen.append(revision.last_seen)
            store.finish_run(run)
    assert seen == [store_samples.at(hour) for hour in (0, 0, 0, 10, 10, 10)]


def test_two_collections_with_the_same_settings_at_once_are_refused(path):
    with HeadlineStore.open(path) as store, HeadlineStore.open(path) as second:
        run = store.begin_run("a")
        with pytest.raises(StageError, match="is being collected into by another process with the same settings"):
            second.begin_run("a")
        assert second.begin_run("b").number != run.number
        store.finish_run(run)
        assert not second.begin_run("a").continued


def test_a_collection_that_is_killed_loses_and_repeats_nothing(tmp_path):
    path, kills = tmp_path / "killed.sqlite", 0
    while subprocess.call([sys.executable, store_samples.__file__, path, str(900 + 137 * kills)], stdout=DEVNULL):
        kills += 1
        with HeadlineStore.open(path, read_only=True) as store:
            assert store.verify() == []
            assert store.stats().unfinished_runs == 1
    assert kills > 2
    collect(tmp_path / "whole.sqlite")
    with HeadlineStore.open(path, read_only=True) as killed, HeadlineStore.open(tmp_path / "whole.sqlite") as whole:
        assert content(killed) == content(whole)
        assert killed.stats().headlines == PAGES * ROWS_A_PAGE
        assert killed.stats().fetches == PAGES


def test_a_store_is_read_while_another_process_writes(path):
    with HeadlineStore.open(path):
        pass
    with subprocess.Popen([sys.executable, store_samples.__file__, path], stdout=subprocess.PIPE, text=True) as process:
        with HeadlineStore.open(path, read_only=True) as reader:
            heights = [reader.headlines().height for line in process.stdout if int(line) % 10 == 0]
        assert process.wait() == 0
    assert len(heights) == PAGES // 10
    assert heights == sorted(heights)
    assert all(height % ROWS_A_PAGE == 0 for height in heights)


def test_processes_that_begin_and_fill_one_store_at_once_both_succeed(path):
    code = (
        "import sys; from pathlib import Path; from alignkit.store.headline_store import HeadlineStore\n"
        "from store.store_samples import fetch, row\n"
        "with HeadlineStore.open(Path(sys.argv[1])) as store:\n"
        "    for n in range(30):\n"
        "        store.add(fetch(n, source=sys.argv[2]), [row(f'見出し {n}', url=f'https://hibari.example/{n}')])\n"
    )
    folder = str(store_samples.Path(store_samples.__file__).parents[1])
    processes = [
        subprocess.Popen([sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r})\n{code}", path, name])
        for name in "abc"
    ]
    assert [process.wait() for process in processes] == [0, 0, 0]
    with HeadlineStore.open(path, read_only=True) as store:
        assert (store.stats().headlines, store.stats().fetches) == (30, 90)
        assert store.verify() == []
