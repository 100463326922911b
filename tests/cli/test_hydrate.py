from __future__ import annotations

import json

import polars as pl
import pytest
import typer
from typer.testing import CliRunner

from alignkit.cli.hydrate import EXAMPLES, hydrate
from alignkit.errors import UsageError
from alignkit.export.stage import export_dataset
from export.corpora import corpus
from web.faulty_server import page, serving

HTML = '<!DOCTYPE html><html><head><title>{0}</title><meta property="og:type" content="article"></head><body><h1>{0}</h1></body></html>'


@pytest.fixture
def run():
    app = typer.Typer()
    app.command(epilog=EXAMPLES)(hydrate)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def pointers(tmp_path):
    """A stand-off dataset of pages on this machine, one of which is gone."""
    with serving() as server:
        headlines, pairs = corpus(4, from_web=True, unpaired=0)
        at = pl.format("{}/news/{}", pl.lit(server.base), pl.col("id"))
        headlines = headlines.with_columns(url=at)
        for headline_id, text in headlines.select("id", "text").iter_rows():
            server.answers[f"/news/{headline_id}"] = page(HTML.format(text))
        del server.answers["/news/ja-1-0"]
        export_dataset(pairs, tmp_path / "pointers", headlines=headlines)
        yield tmp_path / "pointers"


def test_hydrate_tells_what_became_of_each_outlets_headlines(run, pointers, tmp_path):
    options = ["--contact", "desk@hibari-shimbun.example", "--allow-private", "--delay", "0"]
    done = run(pointers, tmp_path / "full", *options)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == f"6 of 7 pairs are whole: {tmp_path / 'full'}"
    said = json.loads(run(pointers, tmp_path / "full", *options, "--json").output)
    assert said["headlines"] == {"same": 10, "changed": 0, "gone": 1, "refused": 0}
    assert said["missing_pairs"] == 1


def test_hydrate_needs_a_contact(run, pointers, tmp_path):
    done = run(pointers, tmp_path / "full")
    assert isinstance(done.exception, UsageError)
    assert "'--contact': is needed" in str(done.exception)
