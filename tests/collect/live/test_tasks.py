from __future__ import annotations

import pytest

from alignkit.collect.live.tasks import Task, plan
from alignkit.collect.sources import FeedsSource, MentionsSource, PagesSource, SitemapsSource, WarcSource
from alignkit.errors import InputError
from alignkit.outlets.registry import outlets


def test_each_address_is_one_task(tmp_path):
    (tmp_path / "a.warc.gz").touch()
    (tmp_path / "b.warc.gz").touch()
    sources = [
        FeedsSource(kind="feeds", urls=("https://hibari.example/rss", "https://hibari.example/rss"), lang="ja"),
        SitemapsSource(kind="sitemaps", urls=("https://hibari.example/sitemap.xml",), outlet="Hibari Shimbun"),
        PagesSource(kind="pages", urls=("https://hibari.example/1",), lists=("https://hibari.example/",), selector="a"),
        WarcSource(kind="warc", path="*.warc.gz", hosts=("hibari.example",)),
        WarcSource(kind="warc", path="s3://archive/c.warc.gz"),
    ]
    tasks = plan(sources, folder=tmp_path)
    assert [(task.collector, task.host) for task in tasks] == [
        ("feeds", "hibari.example"),
        ("sitemaps", "hibari.example"),
        ("lists", "hibari.example"),
        ("pages", "hibari.example"),
        ("warc", ""),
        ("warc", ""),
        ("warc", "archive"),
    ]
    assert tasks[0] == Task("feeds", "https://hibari.example/rss", lang="ja")
    assert [task.line for task in tasks[:2]] == ["hibari.example", "Hibari Shimbun"]


def test_registered_outlets_bring_their_feeds():
    known = next(outlet for outlet in outlets().values() if outlet.feed_urls)
    tasks = plan([FeedsSource(kind="feeds", outlets=(known.id,))], folder=None)
    assert [task.address for task in tasks] == list(known.feed_urls)
    assert {task.line for task in tasks} == {known.name_en}


def test_only_the_outlets_that_are_asked_for_are_read():
    source = FeedsSource(kind="feeds", urls=("https://hibari.example/rss", "https://kamome.example/rss"))
    assert [task.host for task in plan([source], folder=None, outlets=["kamome.example"])] == ["kamome.example"]
    with pytest.raises(InputError, match=r"They read: hibari\.example, kamome\.example"):
        plan([source], folder=None, outlets=["washi.example"])


@pytest.mark.parametrize("path", ["nothing.warc", "*.warc"])
def test_a_file_that_is_not_there_is_named(path, tmp_path):
    with pytest.raises(InputError, match=r"does not exist|matches no file"):
        plan([MentionsSource(kind="mentions", path=path)], folder=tmp_path)
