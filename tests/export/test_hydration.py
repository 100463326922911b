from __future__ import annotations

import json
import socket

import polars as pl
import pytest

from alignkit.config import ExportSettings
from alignkit.errors import InputError, StageError, UsageError
from alignkit.export.check import check_dataset
from alignkit.export.hydration import hydrate
from alignkit.export.stage import export_dataset
from export.corpora import corpus, read
from web.clients import client_of
from web.faulty_server import nonsense, page, reset, robots, serving, slow, status

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


def hydrated(tmp_path, server, *, web=None, **options):
    with client_of(server, **(web or {})) as client:
        return hydrate(tmp_path / "pointers", client, tmp_path / "full", **options)


def outcomes(report):
    """The outcomes of those headlines that are not as they were."""
    return dict(report.headlines.filter(pl.col("outcome") != "same").select("id", "outcome").iter_rows())


def pages_asked(server):
    return [path for path in server.paths() if path.startswith("/news/")]


def test_a_dataset_is_made_whole_again(tmp_path, world):
    headlines, pairs, server = world
    report = hydrated(tmp_path, server)
    assert report.outcomes == {"same": headlines.height, "changed": 0, "gone": 0, "refused": 0, "unreachable": 0}
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


def test_what_may_pass_is_unreachable_and_not_gone(tmp_path, world):
    _, _, server = world
    server.answers |= {
        "/news/en-0": status(500),
        "/news/en-1": status(503),
        "/news/en-2": status(520),
        "/news/en-3": status(429),
        "/news/en-4": slow(),
        "/news/en-5": reset(),
        "/news/en-6": nonsense(),
        "/news/en-7": status(404),
        "/news/en-8": status(410),
        "/news/en-9": page("<html><head><title></title></head></html>"),
        "/news/en-10": status(451),
    }
    found = outcomes(hydrated(tmp_path, server, web={"timeout": 0.3}))
    assert {found[f"en-{place}"] for place in range(7)} == {"unreachable"}
    assert [found[f"en-{place}"] for place in range(7, 11)] == ["gone", "gone", "gone", "refused"]


def test_a_host_that_asks_to_be_left_alone_is_unreachable(tmp_path, world):
    server = world[2]
    server.answers["/news/en-0"] = status(503, Retry_After="86400")
    report = hydrated(tmp_path, server)
    assert set(outcomes(report).values()) == {"unreachable"}
    assert pages_asked(server).count("/news/en-0") == 1


def test_a_host_without_a_connection_or_with_a_broken_one_is_unreachable(tmp_path, world):
    headlines, pairs, server = world
    # The server speaks no TLS.
    encrypted = [pl.col(name).str.replace("http:", "https:") for name in ("en_url", "ja_url")]
    export_dataset(
        pairs.with_columns(encrypted),
        tmp_path / "pointers",
        headlines=headlines.with_columns(pl.col("url").str.replace("http:", "https:")),
        settings=SETTINGS,
    )
    assert hydrated(tmp_path, server).outcomes["unreachable"] == headlines.height
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        report = hydrated(tmp_path, server, web={"connect_to": address})
    assert report.outcomes["unreachable"] == headlines.height


def test_another_run_asks_for_what_was_unreachable_and_for_no_page_that_was_got(tmp_path, world):
    headlines, _, server = world
    # An HTTP cache would keep the failure, and none of the pages.
    broken = status(503, Cache_Control="max-age=86400")
    mended = server.answers["/news/en-0"]
    server.answers |= {
        "/news/en-0": broken,
        "/news/en-1": html("Harbor town plans another thing entirely"),
        "/news/en-2": status(404),
        "/news/en-3": html("x y z", '<meta name="robots" content="noai">'),
        "/news/en-4": status(403),
    }
    left = {"en-1": "changed", "en-2": "gone", "en-3": "refused", "en-4": "refused"}
    kept = tmp_path / "kept"
    assert outcomes(hydrated(tmp_path, server, kept=kept)) == {"en-0": "unreachable", **left}
    assert set(pages_asked(server)) == {"/" + url.split("/", 3)[3] for url in headlines["url"]}
    server.requests.clear()
    assert outcomes(hydrated(tmp_path, server, kept=kept)) == {"en-0": "unreachable", **left}
    assert set(pages_asked(server)) == {"/news/en-0", "/news/en-4"}
    server.requests.clear()
    server.answers["/news/en-0"] = mended
    assert outcomes(hydrated(tmp_path, server, kept=kept)) == left
    assert sorted(pages_asked(server)) == ["/news/en-0", "/news/en-4"]


def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path, world):
    headlines, _, server = world

    def stop(_task, done, _total):
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hydrated(tmp_path, server, kept=tmp_path / "kept", progress=stop)
    assert len(pages_asked(server)) == 5
    assert hydrated(tmp_path, server, kept=tmp_path / "kept").outcomes["same"] == headlines.height
    assert len(pages_asked(server)) == headlines.height


def test_a_folder_of_kept_pages_that_cannot_be_used_is_named(tmp_path, world):
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "pages.db").write_text("Not what SQLite writes. " * 100)
    with pytest.raises(StageError, match=r"pages\.db: cannot be used"):
        hydrated(tmp_path, world[2], kept=kept)


def test_where_nothing_is_left_there_is_the_table_alone(tmp_path, world):
    _, pairs, server = world
    server.answers.clear()
    server.answers["/robots.txt"] = robots("User-agent: *\nDisallow: /\n")
    report = hydrated(tmp_path, server)
    assert (report.pairs, report.missing_pairs) == ({}, pairs.height)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["hydration.jsonl"]
    hydrated(tmp_path, server)


def test_a_robots_txt_that_fails_is_no_refusal_for_good(tmp_path, world):
    headlines, _, server = world
    server.answers["/robots.txt"] = status(503)
    assert hydrated(tmp_path, server).outcomes["unreachable"] == headlines.height
    server.answers["/robots.txt"] = robots("")
    assert hydrated(tmp_path, server).outcomes["same"] == headlines.height


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
