from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from alignkit.cli import stats
from alignkit.errors import InputError, StageError, UsageError
from stats.datasets_on_disk import hostile_dataset, small_dataset

app = typer.Typer(rich_markup_mode=None)
app.command(epilog=stats.EXAMPLES)(stats.stats)


@pytest.fixture
def run(monkeypatch):
    """Run 'alignkit stats'; give what it printed, or raise what it raised."""
    monkeypatch.setenv("COLUMNS", "120")

    def _run(*arguments):
        result = CliRunner().invoke(app, list(map(str, arguments)), catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    return _run


def test_it_prints_small_tables(run, tmp_path):
    printed = run(small_dataset(tmp_path))
    assert "Trial headlines (version 1.2.0, cc0-1.0, text full, 20 stories, 2031-05-30 to 2031-05-30)" in printed
    lines = [line.split() for line in printed.splitlines()]
    assert ["pairs", "30", "4", "6", "40"] in lines
    assert ["overlap", "10", "1", "2", "13"] in lines
    assert ["numbers", "20", "20", "0"] in lines
    assert ["Hibari", "Shimbun", "ja", "5"] in lines


def test_json_is_for_machines_and_quiet_is_quiet(run, tmp_path):
    folder = small_dataset(tmp_path)
    assert json.loads(run(folder, "--json"))["rows"]["pairs"] == {"train": 30, "validation": 4, "test": 6}
    assert run(folder, "--quiet") == ""


def test_a_page_is_written(run, tmp_path):
    folder = small_dataset(tmp_path / "dataset")
    page = tmp_path / "new" / "page.html"
    assert run(folder, "--html", page, "--pairs", 10).endswith(f"page: {page}\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_names_of_the_data_cannot_move_the_cursor(run, tmp_path):
    printed = run(hostile_dataset(tmp_path))
    assert not set(printed) & {"\x00", "\u202e", "\u2028"}


def test_what_cannot_be_read_or_written_is_named(run, tmp_path):
    with pytest.raises(InputError, match="holds no pairs"):
        run(tmp_path)
    folder = small_dataset(tmp_path)
    with pytest.raises(UsageError, match="is a folder"):
        run(folder, "--html", tmp_path)
    with pytest.raises(StageError, match="cannot be written"):
        run(folder, "--html", tmp_path / "manifest.json" / "page.html")
