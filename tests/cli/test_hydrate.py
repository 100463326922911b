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
from web.faulty_server import page, serving, status

HTML = '<!DOCTYPE html><html><head><title>{0}</title><meta property="og:type" content="article"></head><body><h1>{0}</h1></body></html>'
OPTIONS = ("--contact", "desk@hibari-shimbun.example", "--allow-private", "--delay", "0")


@pytest.fixture
def run():
    app = typer.Typer()
    app.command(epilog=EXAMPLES)(hydrate)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture
def pointers(tmp_path, server):
    """A stand-off dataset of pages on this machine, one of which is gone and one out of reach."""
    headlines, pairs = corpus(4, from_web=True, unpaired=0)
    headlines = headlines.with_columns(url=pl.format("{}/news/{}", pl.lit(server.base), pl.col("id")))
    for headline_id, text in headlines.select("id", "text").iter_rows():
        server.answers[f"/news/{headline_id}"] = page(HTML.format(text))
    del server.answers["/news/ja-1-0"]
    server.answers["/news/en-2"] = status(501)
    export_dataset(pairs, tmp_path / "pointers", headlines=headlines)
    return tmp_path / "pointers"


def test_hydrate_tells_what_became_of_each_outlets_headlines(run, pointers, tmp_path):
    done = run(pointers, tmp_path / "full", *OPTIONS)
    assert done.exit_code == 0, done.output
    whole, advice = done.output.splitlines()[-2:]
    assert whole == f"3 of 7 pairs are whole: {tmp_path / 'full'}"
    assert advice.startswith("1 headline was unreachable for now; another run asks again (and for all other pages, too")
    said = json.loads(run(pointers, tmp_path / "full", *OPTIONS, "--json").output)
    assert said["headlines"] == {"same": 9, "changed": 0, "gone": 1, "refused": 0, "unreachable": 1}
    assert said["advice"] == advice
    assert said["missing_pairs"] == 4


def test_with_a_folder_for_pages_another_run_asks_for_the_rest_alone(run, pointers, server, tmp_path):
    arguments = (pointers, tmp_path / "full", *OPTIONS, "--cache", tmp_path / "kept")
    done = run(*arguments)
    assert done.output.splitlines()[-1].endswith(
        f"(and for no page that was got, if it has --cache {tmp_path / 'kept'}, too)"
    )
    server.requests.clear()
    assert json.loads(run(*arguments, "--json").output)["headlines"]["unreachable"] == 1
    assert [path for path in server.paths() if path.startswith("/news/")] == ["/news/en-2"]


def test_hydrate_needs_a_contact(run, pointers, tmp_path):
    done = run(pointers, tmp_path / "full")
    assert isinstance(done.exception, UsageError)
    assert "'--contact': is needed" in str(done.exception)
