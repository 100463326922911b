from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import datasets
import polars as pl
import pytest
from filelock import FileLock

from alignkit.config import load_config
from alignkit.errors import ConfigError, InputError, StageError
from alignkit.pipeline import STAGES, build
from alignkit.schema import CANDIDATES, HEADLINES, PAIRS
from alignkit.storage import read_table
from samples import ENGLISH, JAPANESE

CONFIG = """
output = "out"
[[sources]]
path = "en.txt"
lang = "en"
[[sources]]
path = "ja.txt"
lang = "ja"
[align]
threshold = {threshold}
"""


@pytest.fixture
def project(write, tmp_path):
    """A folder with a configuration and two files of headlines, one row of which is empty."""
    write("alignkit.toml", CONFIG.format(threshold=0.01))
    write("en.txt", "\n".join(ENGLISH))
    write("ja.txt", "\n".join(JAPANESE) + "\n\n")
    return tmp_path


def run(project, **options):
    return {report.stage: report.ran for report in build(load_config(project), **options)}


def outputs(project):
    """What a build wrote, without what differs from run to run: how long it took."""
    out = project / "out"
    files = [path for path in out.rglob("*") if path.is_file() and path.name not in ("manifest.json", ".alignkit.lock")]
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_the_main_job_leaves_tables_rejects_a_manifest_and_a_dataset(project):
    assert run(project) == dict.fromkeys(STAGES, True)
    out = project / "out"
    for table in (HEADLINES, CANDIDATES, PAIRS):
        assert read_table(table, out / f"{table.name}.parquet").height
    assert json.loads((out / "rejects.jsonl").read_text()) == {
        "row": 7,
        "reason": "is empty",
        "column": None,
        "value": None,
        "dropped": "row",
        "file": "ja.txt",
    }
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["inputs"][0]["file"] == "en.txt"
    assert manifest["settings"]["export"]["seed"] == 0
    assert manifest["stages"]["collect"]["counts"] == {"en": 6, "ja": 6, "rejects": 1}
    assert manifest["stages"]["pair"]["seconds"] >= 0
    assert manifest["packages"]["polars"] == pl.__version__
    assert str(project) not in (out / "manifest.json").read_text()
    assert datasets.load_dataset(str(out / "dataset"), cache_dir=str(project / "hf"))


def test_a_stage_is_run_again_only_if_what_it_depends_on_changed(project):
    run(project)
    nothing = dict.fromkeys(STAGES, False)
    assert run(project) == nothing
    assert run(project, force=True) == dict.fromkeys(STAGES, True)
    (project / "alignkit.toml").write_text(CONFIG.format(threshold=0.02))
    assert run(project) == nothing | {"align": True, "export": True}
    (project / "ja.txt").write_text("\n".join(JAPANESE[::-1]))
    assert run(project)["collect"]
    (project / "out" / "candidates.parquet").unlink()
    assert run(project) == nothing | {"pair": True}
    (project / "out" / "dataset" / "README.md").write_text("spoiled")
    assert run(project) == nothing | {"export": True}
    (project / "out" / "manifest.json").write_text('{"stages": {"collect": 3}}')
    assert run(project) == dict.fromkeys(STAGES, True)


def test_a_stage_alone_needs_what_the_one_before_it_wrote(project):
    with pytest.raises(StageError, match=r"headlines.parquet: is not there yet. Run 'alignkit collect' first"):
        run(project, stages=["pair"])
    for stage in STAGES:
        assert run(project, stages=[stage]) == {stage: True}
    assert run(project) == dict.fromkeys(STAGES, False)


def test_strict_stops_at_a_row_that_a_run_before_had_left_out(project):
    run(project)
    with pytest.raises(InputError, match=r"ja.txt, row 7: is empty"):
        run(project, strict=True)


def test_two_runs_do_not_write_to_one_folder_at_once(project):
    (project / "out").mkdir()
    with (
        FileLock(project / "out" / ".alignkit.lock"),
        pytest.raises(StageError, match="is being written by another run"),
    ):
        run(project)


def test_a_folder_that_cannot_be_written_is_named(project):
    (project / "out").write_text("a file")
    with pytest.raises(StageError, match="cannot be written"):
        run(project)


def test_an_encoder_that_is_not_known_is_named(project):
    (project / "alignkit.toml").write_text(CONFIG.format(threshold='0.5\nencoder = "uze"'))
    with pytest.raises(ConfigError, match=r"'align.encoder': is no known encoder .*: 'uze'"):
        run(project)


SLOW = """
import sys, time
from alignkit import build, load_config
from alignkit.encoders.use import UseEncoder

encode = UseEncoder.encode
def slowly(self, texts):
    print("encoding", flush=True)
    time.sleep(0.3)
    return encode(self, texts)
UseEncoder.encode = slowly
build(load_config(__import__("pathlib").Path(sys.argv[1])))
"""


@pytest.mark.parametrize("delay", [0.0, 0.35])
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_run_that_is_stopped_leaves_nothing_half_written_and_the_next_goes_on(project, tmp_path, sent, delay):
    rows = 700
    (project / "en.txt").write_text("\n".join(f"{ENGLISH[n % 6]} ({n})" for n in range(rows)))
    (project / "ja.txt").write_text("\n".join(f"{JAPANESE[n % 6]}（{n}）" for n in range(rows)))
    environment = os.environ | {"ALIGNKIT_CACHE_DIR": str(tmp_path / "cache")}
    process = subprocess.Popen([sys.executable, "-c", SLOW, str(project)], stdout=subprocess.PIPE, env=environment)
    process.stdout.readline()
    time.sleep(delay)
    process.send_signal(sent)
    process.communicate()
    assert process.returncode != 0
    assert set(outputs(project)) <= {"headlines.parquet", "rejects.jsonl", "leads.jsonl"}
    assert read_table(HEADLINES, project / "out" / "headlines.parquet").height == 2 * rows
    assert run(project) == dict.fromkeys(STAGES, True) | {"collect": False}
    resumed = outputs(project)
    (project / "alignkit.toml").write_text(CONFIG.format(threshold=0.01).replace('"out"', '"fresh"'))
    run(project)
    (project / "fresh").rename(project / "moved")
    (project / "out").rename(project / "first")
    (project / "moved").rename(project / "out")
    assert outputs(project) == resumed


def test_the_order_of_sources_and_the_number_of_processes_do_not_matter_to_ids(project):
    run(project)
    first = read_table(HEADLINES, project / "out" / "headlines.parquet")["id"].to_list()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        pool.apply(build, [load_config(project)], {"force": True})
    assert read_table(HEADLINES, project / "out" / "headlines.parquet")["id"].to_list() == first
