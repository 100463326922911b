from __future__ import annotations

import json
import tomllib
from collections import Counter

import polars as pl
import pytest

import make_demo_corpus
from alignkit.evaluate.gold import read_gold
from alignkit.schema import ALIGNED_RELATIONS, RELATIONS
from conftest import DEMO

STORIES = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((DEMO / "stories").glob("*.toml"))]


def headlines(name):
    return [json.loads(line) for line in (DEMO / name).read_text(encoding="utf-8").splitlines()]


def test_the_files_are_those_that_the_stories_make():
    for name, content in make_demo_corpus.render(DEMO).items():
        assert (DEMO / name).read_text(encoding="utf-8") == content, f"{name} is stale; run 'make corpus'"


def test_it_is_as_large_as_its_readme_says():
    assert sum(len(topic["story"]) for topic in STORIES) >= 300
    unmatched = Counter(entry["lang"] for topic in STORIES for entry in topic["unmatched"])
    assert min(unmatched["en"], unmatched["ja"]) >= 200
    assert {len(story["ja"]) for topic in STORIES for story in topic["story"]} == {1, 2, 3, 4}


def test_nothing_in_it_is_where_anything_real_could_be():
    assert all(".example/" in row["url"] for name in ("english.jsonl", "japanese.jsonl") for row in headlines(name))


def test_gold_names_headlines_that_are_there_with_every_relation():
    gold = read_gold(DEMO / "gold.tsv")
    for column, name in (("en_url", "english.jsonl"), ("ja_url", "japanese.jsonl")):
        urls = [row["url"] for row in headlines(name)]
        assert len(urls) == len(set(urls))
        assert set(gold[column]) <= set(urls)
    assert set(gold["relation"]) == set(RELATIONS)
    assert gold.filter(pl.col("relation").is_in(ALIGNED_RELATIONS))["ja_url"].is_unique().all()


@pytest.mark.parametrize("name", ["english.jsonl", "japanese.jsonl"])
def test_the_headlines_do_not_tell_the_aligner_what_gold_says(name):
    known = {"text", "outlet", "url", "published_at", "section", "wire_id", "credit"}
    assert all(set(row) <= known for row in headlines(name))
