from __future__ import annotations

import json
import os
import shutil

import huggingface_hub
import pytest

from alignkit.cli import main
from export.dataset_samples import exported
from export.hub_server import ADMITTED, REPO, serving


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return exported(tmp_path_factory.mktemp("first") / "dataset")


@pytest.fixture
def folder(first, tmp_path):
    """A dataset of version 1.0.0, to change."""
    return shutil.copytree(first, tmp_path / "dataset")


@pytest.fixture(scope="module", autouse=True)
def _session():
    """Close the connections that the tests share."""
    yield
    huggingface_hub.close_session()


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """A Hub of the test's own, named by the environment, and a token for it."""
    monkeypatch.setattr(huggingface_hub.constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setenv("HF_TOKEN", ADMITTED)
    with serving() as server:
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        yield server


@pytest.fixture
def run(capfd, monkeypatch):
    """Run 'alignkit publish' in this process; give its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*arguments):
        code = main(["publish", *map(str, arguments)])
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return _run


def test_it_explains_itself_with_examples(run):
    code, out, _ = run("--help")
    assert code == 0
    assert "  alignkit publish build/dataset --repo user/headlines --dry-run" in out


def test_a_dry_run_prints_each_file_with_its_size_and_hash(run, hub, folder):
    code, out, _ = run(folder, "--repo", REPO, "--dry-run")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["file", "bytes", "sha256"]
    assert {line.split()[0] for line in lines[2:-1]} == {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    }
    assert lines[-1] == f"{REPO} v1.0.0: nothing was sent"
    assert hub.asked == []


def test_it_publishes_and_says_where(run, hub, folder):
    code, out, err = run(folder, "--repo", REPO, "--private", "--revision", "v1.0.0")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"{hub.endpoint}/datasets/{REPO}/tree/v1.0.0"
    assert hub.repos[REPO].private
    assert "was there already" in run(folder, "--repo", REPO)[1]


def test_json_and_quiet(run, hub, folder):
    code, out, err = run(folder, "--repo", REPO, "--json")
    assert (code, err) == (0, "")
    printed = json.loads(out)
    assert (printed["version"], printed["commit"]) == ("v1.0.0", hub.repos[REPO].head)
    assert {"path", "size", "sha256"} <= printed["files"][0].keys()
    assert run(folder, "--repo", REPO, "--quiet") == (0, "", "")


def test_without_a_token_it_says_what_to_do(run, hub, folder, monkeypatch):
    monkeypatch.delenv("HF_TOKEN")
    code, out, err = run(folder, "--repo", REPO)
    assert (code, out) == (1, "")
    assert err.startswith("alignkit: error: publishing needs a token")
    assert "Set HF_TOKEN, or run 'hf auth login'" in err
    assert hub.asked == []


def test_what_the_check_finds_keeps_it_from_being_sent(run, hub, folder):
    (folder / "notes.txt").write_text("left behind")
    code, _, err = run(folder, "--repo", REPO)
    assert code == 1
    assert "notes.txt" in err
    assert hub.asked == []


def test_wrong_use_has_an_exit_code_of_its_own(run, folder, tmp_path):
    assert run(folder, "--repo", "headlines", "--dry-run")[0] == 2
    assert run(folder, "--repo", REPO, "--revision", "v9.0.0", "--dry-run")[0] == 2
    assert run(folder, "--dry-run")[0] == 2
    code, _, err = run(tmp_path / "nowhere", "--repo", REPO, "--dry-run")
    assert (code, os.fspath(tmp_path / "nowhere") in err) == (1, True)
