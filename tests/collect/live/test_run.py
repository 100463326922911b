from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace

import pytest

from alignkit.collect.live.run import StoppedError, Window
from alignkit.collect.live.tasks import Task
from alignkit.store.headline_store import HeadlineStore
from collect.live.conftest import ALL, FEED, LIST, NEWS, SITEMAP
from collect.live.sites import article, feed, sitemap
from web.faulty_server import page, status


def test_feeds_sitemaps_and_pages_are_collected_and_counted_by_outlet(collect, kept, papers):
    result = collect(*ALL)
    headlines = kept()
    assert {url: row["text"] for url, row in headlines.items()} == {
        "http://hibari.example/n/1": "湖の氷、早く解ける",
        "http://hibari.example/n/2": "北の島で震度5強",
        "http://hibari.example/n/9": "港に大型客船、3年ぶり",
        "http://kamome.example/a/1": "氷の祭り、20万人集まる",
        "http://kamome.example/a/2": "新しい橋、来月開通",
    }
    one = headlines["http://kamome.example/a/1"]
    assert (one["lang"], one["outlet"], one["collector"]) == ("ja", "Kamome Nippo", "sitemaps")
    assert one["published_at"] == dt.datetime(2031, 5, 11, 23, tzinfo=dt.UTC)
    hibari, kamome = (result.tallies[name] for name in ("Hibari Shimbun", "Kamome Nippo"))
    assert (hibari.fetched, hibari.new) == (2, 3)
    assert (kamome.fetched, kamome.new, kamome.robots, kamome.reserved, kamome.failed) == (3, 2, 1, 1, 0)
    assert "/secret/3" not in papers.paths("kamome.example")


def test_what_is_known_is_unchanged_and_its_pages_are_not_fetched_again(collect, papers):
    collect(*ALL)
    papers.requests.clear()
    total = collect(*ALL).total
    assert (total.new, total.unchanged) == (0, 3)
    assert not [path for path in papers.paths("kamome.example") if path.startswith("/a/")]


def test_a_headline_that_was_rewritten_becomes_a_revision(collect, kept, papers):
    collect(FEED)
    papers.answers["hibari.example/rss"] = feed(("湖の氷、観測史上最も早く解ける", "http://hibari.example/n/1", 12))
    assert collect(FEED).total.revised == 1
    assert kept()["http://hibari.example/n/1"]["text"] == "湖の氷、観測史上最も早く解ける"


def test_a_page_is_fetched_again_when_its_sitemap_says_that_it_was_changed(collect, kept, papers):
    collect(SITEMAP)
    later = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).isoformat()
    changed = sitemap("/a/1").content.replace(b"</loc>", f"</loc><lastmod>{later}</lastmod>".encode())
    papers.answers["kamome.example/sitemap.xml"] = page(changed, Content_Type="application/xml")
    papers.answers["kamome.example/a/1"] = article("氷の祭り、過去最多の20万人")
    assert collect(SITEMAP).total.revised == 1
    assert kept()["http://kamome.example/a/1"]["text"] == "氷の祭り、過去最多の20万人"


def test_the_articles_of_a_list_are_fetched_for_their_whole_headlines(collect, kept):
    collect(LIST)
    assert {row["text"] for row in kept().values()} == {"氷の祭り、20万人集まる", "新しい橋、来月開通"}


def test_only_what_was_published_in_the_window_is_kept(collect, kept):
    since = dt.datetime(2031, 5, 12, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    total = collect(FEED, window=Window(since=since)).total
    assert (total.new, total.outside) == (1, 1)
    assert list(kept()) == ["http://hibari.example/n/1"]


def test_one_site_that_fails_costs_the_others_nothing(collect, kept, papers):
    papers.answers["kamome.example/sitemap.xml"] = status(500)
    papers.answers["hibari.example/news.xml"] = page("<html><body>移転しました</body></html>")
    result = collect(*ALL, Task("pages", "http://nobody.invalid/1"))
    assert len(kept()) == 2
    assert result.tallies["Kamome Nippo"].failed == 1
    assert result.tallies["Hibari Shimbun"].rejected == 1
    assert any("status 500" in reject.reason for reject in result.rejects)


def test_a_run_that_was_stopped_goes_on_and_ends_as_an_undisturbed_one(collect, kept, tmp_path):
    stop = threading.Event()
    with pytest.raises(StoppedError):
        collect(*ALL, stop=stop, progress=lambda *_: stop.set())
    with HeadlineStore.open(tmp_path / "headlines.sqlite") as store:
        assert store.stats().unfinished_runs == 1
    result = collect(*ALL)
    assert result.continued
    assert len(kept()) == 5
    with HeadlineStore.open(tmp_path / "headlines.sqlite") as store:
        assert store.verify() == []
        assert store.stats().unfinished_runs == 0


def test_waiting_for_a_turn_ends_at_once_when_the_run_is_stopped(collect, papers):
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(StoppedError):
        collect(SITEMAP, stop=stop, delay=3600.0)
    assert len(papers.requests) <= 1


def test_a_file_that_mentions_headlines_gives_them_and_leads(collect, kept, tmp_path):
    document = tmp_path / "note.md"
    document.write_text(
        'The Kyodo English edition reported "Lake ice melts earliest on record in northern basin" on 12 May 2031; '
        "Kahoku Shimpo and Fukushima Minpo carried it.\n",
        encoding="utf-8",
    )
    result = collect(Task("mentions", str(document), is_file=True))
    assert [lead.outlet for lead in result.leads] == ["Kahoku Shimpo", "Fukushima Minpo"]
    assert [row["text"] for row in kept().values()] == ["Lake ice melts earliest on record in northern basin"]


def test_runs_with_other_tasks_do_not_continue_each_other(collect):
    stop = threading.Event()
    with pytest.raises(StoppedError):
        collect(FEED, NEWS, stop=stop, progress=lambda *_: stop.set())
    assert not collect(replace(FEED, outlet="Somebody else")).continued
