from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from alignkit.cli.check import EXAMPLES, check
from alignkit.config import ExportSettings
from alignkit.errors import InputError
from alignkit.export.stage import export_dataset
from export.corpora import corpus


@pytest.fixture
def run():
    app = typer.Typer()
    app.command(epilog=EXAMPLES)(check)
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def dataset(tmp_path):
    headlines, pairs = corpus(20)
    settings = ExportSettings(license="cc-by-4.0", synthetic=True)
    export_dataset(pairs, tmp_path / "dataset", headlines=headlines, settings=settings)
    return tmp_path / "dataset"


def test_a_dataset_that_can_be_published(run, dataset):
    done = run(dataset)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, f"{dataset} can be published")
    assert run(dataset, "--quiet").output == ""


def test_what_is_to_be_mended_is_listed_and_the_exit_code_is_1(run, dataset):
    (dataset / "notes.txt").write_text("mine")
    done = run(dataset)
    assert done.exit_code == 1
    assert "notes.txt" in done.output
    assert done.output.endswith("1 to mend\n")
    done = run(dataset, "--json")
    assert done.exit_code == 1
    said = json.loads(done.output)
    assert said["findings"] == [{"code": "file-stray", "message": "is not listed in the manifest", "path": "notes.txt"}]
    assert [note["code"] for note in said["notes"]] == ["croissant"]


def test_what_is_no_folder_is_said(run, tmp_path):
    done = run(tmp_path / "nowhere")
    assert isinstance(done.exception, InputError)


def test_help_has_examples(run):
    assert "alignkit check build/demo/dataset" in run("--help").output
