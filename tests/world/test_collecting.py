"""The world gives back what the corpus's files say, if one collects it as its sites ask."""

from __future__ import annotations

from itertools import pairwise

import pytest

from alignkit.collect.live.stage import collect_from_live
from alignkit.collect.record import Record
from alignkit.collect.stage import collect_headlines
from alignkit.collect.warc import read_warc
from alignkit.config import load_config
from conftest import DEMO
from demo_world import demo_world
from world_config import ARCHIVE
from world_outlets import OUTLETS
from world_site import RESERVED, TRAP

KINDS = ("feeds", "sitemaps", "pages", "warc")
SAME = ("id", "lang", "text", "outlet", "url", "published_at", "wire_id", "credit", "section")


@pytest.mark.parametrize("outlet", OUTLETS)
def test_every_site_gives_what_the_corpus_says_of_its_headlines(outlet, world, collected):
    assert collected[outlet].table() == {story.row for story in world.sites[outlet].stories}


def test_its_outlets_and_languages_are_those_of_the_corpus(collected):
    rows = [row for found in collected.values() for rows in found.rows.values() for row in rows]
    assert {(row["lang"], row["outlet"]) for row in rows if row["lang"] == "en"} == {("en", "Sorami News")}
    assert {row["outlet"] for row in rows} == set(OUTLETS)


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_every_collector_to_have_it_all(kind, collected):
    whole = [found.table() for found in collected.values()]
    assert [found.table(without=kind) for found in collected.values()] != whole


def test_nothing_but_forbidden_and_reserved_pages_is_left_out(collected):
    for found in collected.values():
        assert len(found.rejects) == len(found.refused)
        for error in found.refused:
            assert error.refusal == ("reserved" if RESERVED in error.url else "robots"), error.url


def test_no_page_that_is_forbidden_or_reserved_is_asked_for(world, collected):
    refused = {error.url for found in collected.values() for error in found.refused}
    assert {url for url in refused if url.endswith(TRAP)}, "the trap is linked to"
    assert {url for url in refused if RESERVED in url}, "and so is the reserved section"
    assert not [request for request in world.requests if request.path.startswith((RESERVED, "/members/"))]


@pytest.mark.usefixtures("collected")
def test_no_site_is_asked_sooner_than_its_crawl_delay_nor_twice_at_once(world):
    for site in world.sites.values():
        gaps = [later - earlier for earlier, later in pairwise(world.server.times(site.host))]
        assert min(gaps) >= site.crawl_delay, site.host
    assert set(world.server.together.values()) == {1}


@pytest.mark.usefixtures("_known_outlets")
def test_the_archive_has_every_article(world, folder):
    items = list(read_warc(folder / ARCHIVE))
    assert all(isinstance(item, Record) for item in items)
    found = {(item.fields["url"], item.fields["text"], item.fields.get("wire_id")) for item in items}
    stories = [story for site in world.sites.values() for story in site.stories]
    assert found == {(story.url, story.text, story.wire_id) for story in stories}


@pytest.mark.usefixtures("_known_outlets")
def test_the_configuration_that_it_writes_collects_the_same_table(tmp_path):
    files = load_config(DEMO)
    expected = collect_headlines(files.sources, folder=DEMO).headlines
    with demo_world(plain=True) as plain:
        found, result = collect_from_live(load_config(plain.config(tmp_path)))
    assert found.select(SAME).sort("id").equals(expected.select(SAME).sort("id"))
    assert (result.total.failed, result.total.robots, result.total.reserved) == (0, 6, 3)
