from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from alignkit.cli import convert
from alignkit.errors import UsageError
from alignkit.export.formats import EXPORTERS
from export.formats.format_samples import PLAIN, pair, pairs, read_back

app = typer.Typer(rich_markup_mode=None)
app.command(epilog=convert.EXAMPLES)(convert.convert)


@pytest.fixture
def run(monkeypatch):
    """Run 'alignkit convert'; give what it printed, or raise what it raised."""
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*arguments):
        result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    return _run


@pytest.fixture
def source(tmp_path):
    """A file of two pairs, one of which XML cannot hold."""
    path = tmp_path / "pairs.parquet"
    EXPORTERS["parquet"].write([pairs(pair(0), pair(1, en="bell \a"))], path, settings=PLAIN)
    return path


def test_help_lists_every_format_and_shows_examples(run):
    shown = run("--help")
    assert "  alignkit convert build/demo pairs.tmx" in shown
    for exporter in EXPORTERS.values():
        assert all(word in shown for word in (exporter.name, *exporter.suffixes))


def test_it_says_what_it_wrote_and_where(run, source, tmp_path):
    target = tmp_path / "pairs.csv"
    assert run(source, target, "--bom") == f"2 rows: {target}\n"
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert run(source, target, "--force", "--quiet") == ""
    assert not target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_it_says_what_could_not_be_written(run, source, tmp_path):
    target = tmp_path / "pairs.tmx"
    assert run(source, target).splitlines() == [
        f"1 rows: {target}",
        f"1 left out or changed: {target}.rejects.jsonl",
    ]
    assert json.loads(run(source, target, "--force", "--json")) == {
        "format": "tmx",
        "rows": 1,
        "rejects": 1,
        "files": [str(target)],
        "rejects_file": f"{target}.rejects.jsonl",
    }


def test_a_format_may_be_named(run, source, tmp_path):
    prefix = tmp_path / "corpus"
    files = ", ".join(f"{prefix}.{ending}" for ending in ("en", "ja", "ids"))
    assert run(source, prefix, "--format", "moses") == f"2 rows: {files}\n"
    assert run(source, tmp_path / "pairs.txt", "--format", "tsv")
    assert read_back(EXPORTERS["tsv"], tmp_path / "pairs.txt").height == 2


def test_wrong_use_is_an_error_with_words(run, source, tmp_path):
    with pytest.raises(UsageError, match=r"'--split': is no split: 'dev'. Known: train, validation, test"):
        run(source, tmp_path / "pairs.csv", "--split", "dev")
