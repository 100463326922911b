from __future__ import annotations

import json

import polars as pl
import pytest

from alignkit.config import ExportSettings
from alignkit.errors import InputError, UsageError
from alignkit.export.check import check_dataset
from alignkit.export.hydration import hydrate
from alignkit.export.stage import export_dataset
from export.corpora import corpus, read
from web.clients import client_of
from web.faulty_server import page, robots, serving, status

SETTINGS = ExportSettings(license="other", seed=3)


def html(headline, extra=""):
    return page(
        f'<!DOCTYPE html><html><head><title>{headline}</title><meta property="og:type" content="article">{extra}'
        f'<meta property="og:title" content="{headline}"></head><body><h1>{headline}</h1><p>Text.</p></body></html>'
    )


@pytest.fixture
def world(tmp_path):
    """A stand-off dataset, and a server that still has all of its pages."""
    headlines, pairs = corpus(12, from_web=True, unpaired=2)
    # Plain http, so that the server needs no certificate.
    plain = [pl.col(name).str.replace("https", "http") for name in ("en_url", "ja_url")]
    headlines, pairs = headlines.with_columns(pl.col("url").str.replace("https", "http")), pairs.with_columns(plain)
    export_dataset(pairs, tmp_path / "pointers", headlines=headlines, settings=SETTINGS)
    with serving() as server:
        for url, text in headlines.select("url", "text").iter_rows():
            server.answers["/" + url.split("/", 3)[3]] = html(text)
        yield headlines, pairs, server


def hydrated(tmp_path, server, **options):
    with client_of(server) as client:
        return hydrate(tmp_path / "pointers", client, tmp_path / "full", **options)


def test_a_dataset_is_made_whole_again(tmp_path, world):
    headlines, pairs, server = world
    report = hydrated(tmp_path, server)
    assert report.outcomes == {"same": headlines.height, "changed": 0, "gone": 0, "refused": 0}
    assert report.missing_pairs == 0
    texts = [dict(rows.select("id", "text").iter_rows()) for rows in (headlines, read(tmp_path / "full", "headlines"))]
    assert texts[0] == texts[1]
    for config in ("pairs", "stories", "headlines", "mt"):
        before, after = (read(tmp_path / name, config) for name in ("pointers", "full"))
        key = before.columns[0]
        assert after.select(key, "split").sort(key).equals(before.select(key, "split").sort(key))
    columns = [name for name in pairs.columns if name not in {"en", "ja"}]
    assert (
        read(tmp_path / "full", "pairs").select(columns).sort("pair_id").equals(pairs.select(columns).sort("pair_id"))
    )
    manifest = json.loads((tmp_path / "full" / "manifest.json").read_text())
    assert (manifest["text"], manifest["hashes"]) == ("full", None)
    assert "hydration.jsonl" in manifest["files"]


def test_what_cannot_be_had_or_is_another_headline_is_told_apart(tmp_path, world):
    headlines, pairs, server = world
    server.answers["/news/en-0"] = html("Harbor town plans another thing entirely")
    server.answers["/news/ja-1-0"] = status(404)
    server.answers["/news/ja-2-0"] = status(403)
    server.answers["/news/en-3"] = html("x y z", '<meta name="robots" content="noai">')
    server.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /news/ja-4\n")
    report = hydrated(tmp_path, server)
    outcome = dict(report.headlines.select("id", "outcome").iter_rows())
    assert {name: found for name, found in outcome.items() if found != "same"} == {
        "en-0": "changed",
        "ja-1-0": "gone",
        "ja-2-0": "refused",
        "en-3": "refused",
        "ja-4-0": "refused",
        "ja-4-1": "refused",
    }
    lost = [name for name, found in outcome.items() if found != "same"]
    left = pairs.filter(~pl.col("en_id").is_in(lost), ~pl.col("ja_id").is_in(lost))
    assert set(read(tmp_path / "full", "pairs")["pair_id"]) == set(left["pair_id"])
    assert report.missing_pairs == pairs.height - left.height
    rows = [json.loads(line) for line in (tmp_path / "full" / "hydration.jsonl").read_text().splitlines()]
    assert len(rows) == headlines.height
    assert next(row for row in rows if row["id"] == "en-0")["detail"] == "the page has another headline"
    assert next(row for row in report.by_outlet if row["outlet"] == "Sorami News")["changed"] == 1


def test_where_nothing_is_left_there_is_the_table_alone(tmp_path, world):
    _, pairs, server = world
    server.answers.clear()
    server.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /\n")
    report = hydrated(tmp_path, server)
    assert (report.pairs, report.missing_pairs) == ({}, pairs.height)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["hydration.jsonl"]
    hydrated(tmp_path, server)


def test_what_was_collected_again_may_not_be_published_without_a_right(tmp_path, world):
    hydrated(tmp_path, world[2])
    assert [finding.code for finding in check_dataset(tmp_path / "full")] == ["text"]


def test_salted_hashes_need_their_salt(tmp_path, world):
    headlines, pairs, server = world
    settings = ExportSettings(license="other", salt="sea")
    export_dataset(pairs, tmp_path / "pointers", headlines=headlines, settings=settings)
    with pytest.raises(UsageError, match="'salt': is needed"):
        hydrated(tmp_path, server)
    assert hydrated(tmp_path, server, salt="rock").outcomes["changed"] == headlines.height
    assert hydrated(tmp_path, server, salt="sea").outcomes["same"] == headlines.height


def test_a_dataset_with_text_needs_no_hydration(tmp_path):
    headlines, pairs = corpus(3)
    export_dataset(pairs, tmp_path / "full", headlines=headlines)
    with pytest.raises(InputError, match="holds its headlines' text already"):
        hydrate(tmp_path / "full", None, tmp_path / "out")
