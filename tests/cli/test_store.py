from __future__ import annotations

import json
import os
import re
import sqlite3

import pytest

from alignkit.cli import main, store
from alignkit.schema import HEADLINES
from alignkit.storage import read_table
from alignkit.store.headline_store import HeadlineStore
from store.store_samples import URL, at, fetch, row


@pytest.fixture
def run(capfd, monkeypatch):
    """Run 'alignkit store' in this process; give its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*arguments):
        code = main(["store", *map(str, arguments)])
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return _run


@pytest.fixture
def path(tmp_path):
    """A store of two papers' headlines, one with two texts, and a reject."""
    path = tmp_path / "headlines.sqlite"
    with HeadlineStore.open(path) as opened:
        opened.add(fetch(0), [row("町が方針", published_at=at(-24)), row(text="")])
        english = row("Town to close last school", lang="en", url=f"{URL}2", outlet="Tsubame Times", published_at=at(0))
        opened.add(fetch(1), [row("町が方針決定"), english])
    return path


@pytest.mark.parametrize("command", ["stats", "export", "import", "rejects", "vacuum", "verify"])
def test_every_command_explains_itself_with_examples(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"  alignkit store {command}" in out


def test_stats_shows_how_much_there_is(run, path):
    code, out, _ = run("stats", path)
    assert code == 0
    assert re.search(r"texts \(revisions\) +3\b", out)
    assert "2031-05-11 12:00 to 2031-05-12 12:00" in out
    assert "Tsubame Times" in out
    found = json.loads(run("stats", path, "--json")[1])
    assert (found["headlines"], found["by_lang"], found["rejects"]) == (2, {"en": 1, "ja": 1}, 1)
    assert found["first_published"] == "2031-05-11T12:00:00+00:00"


def test_stats_lists_the_outlets_with_most_headlines(run, path):
    with HeadlineStore.open(path) as opened:
        opened.add(fetch(), [row(url=f"{URL}/{n}", outlet=f"Paper {n}") for n in range(store._MOST_OUTLETS)])
    assert "and 2 more, which --json lists" in run("stats", path)[1]


@pytest.mark.parametrize("suffix", ["parquet", "jsonl"])
def test_export_writes_a_file(run, path, tmp_path, suffix):
    out = tmp_path / f"out.{suffix}"
    assert run("export", path, out) == (0, f"2 headlines: {out}\n", "")
    assert run("export", path, out, "--quiet") == (0, "", "")
    assert json.loads(run("export", path, out, "--revisions", "--json")[1]) == {"headlines": 3, "file": str(out)}


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (["--since", "2031-05-12"], {"Town to close last school"}),
        (["--until", "2031-05-12T21:00+09:00"], {"町が方針決定"}),
        (["--outlet", "Tsubame Times", "--outlet", "Hibari Shimbun", "--lang", "ja"], {"町が方針決定"}),
    ],
)
def test_export_writes_what_is_asked_for(run, path, tmp_path, options, texts):
    out = tmp_path / "out.parquet"
    assert run("export", path, out, *options)[0] == 0
    assert set(read_table(HEADLINES, out)["text"]) == texts


def test_import_begins_a_store_and_says_what_came_of_each_file(run, path, tmp_path, write):
    lines = write("lines.jsonl", '{"lang": "ja", "text": "見出し"}\n{"lang": "ja"}\n')
    new = tmp_path / "new.sqlite"
    code, out, err = run("import", new, path, lines, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "files": [
            {"file": str(path), "new": 2, "revised": 1, "unchanged": 0, "rejected": 0},
            {"file": str(lines), "new": 1, "revised": 0, "unchanged": 0, "rejected": 1},
        ],
        "unread": [],
    }
    assert "unchanged" in run("import", new, path)[1]
    assert run("import", new, path, "--quiet") == (0, "", "")


def test_import_goes_on_after_a_file_that_cannot_be_read_and_exits_with_1(run, path, tmp_path):
    code, out, err = run("import", tmp_path / "new.sqlite", tmp_path / "nothing.jsonl", path)
    assert code == 1
    assert "headlines.sqlite" in out
    assert err == f"alignkit: error: {tmp_path / 'nothing.jsonl'}: does not exist\n"


def test_rejects_shows_what_was_not_kept_and_why(run, path):
    code, out, _ = run("rejects", path)
    assert code == 0
    assert "https://www.hibari.example/rss" in out
    assert "is empty" in out
    (reject,) = json.loads(run("rejects", path, "--json")[1])
    assert (reject["row"], reject["column"], reject["reason"]) == (2, "text", "is empty")


def test_vacuum_says_what_it_gave_back(run, path):
    code, out, _ = run("vacuum", path)
    assert (code, out.endswith(" MB now\n")) == (0, True)
    assert run("vacuum", path, "--quiet") == (0, "", "")
    assert json.loads(run("vacuum", path, "--json")[1]).keys() == {"bytes_before", "bytes_after"}


def test_verify_says_what_is_wrong_and_exits_with_1(run, path):
    assert run("verify", path) == (0, f"{path} is whole\n", "")
    assert run("verify", path, "--json") == (0, "[]\n", "")
    connection = sqlite3.connect(path)
    connection.execute("UPDATE revisions SET text = 'Town to open new school' WHERE text LIKE 'Town%'")
    connection.commit()
    connection.close()
    code, out, _ = run("verify", path)
    assert code == 1
    assert "is not the id of its language, URL and text" in out
    (finding,) = json.loads(run("verify", path, "--json")[1])
    assert finding["check"] == "ids"
    assert run("verify", path, "--quiet") == (1, "", "")


@pytest.mark.parametrize("command", ["stats", "export", "rejects", "vacuum", "verify"])
@pytest.mark.parametrize("wrong", ["nothing", "folder", "empty", "text", "cut", "other"])
def test_what_is_no_store_is_said_in_one_line(run, path, tmp_path, write, command, wrong):
    content = {"empty": b"", "text": b"text\n" * 9, "cut": path.read_bytes()[: path.stat().st_size // 2]}
    file = tmp_path / "wrong.sqlite"
    if wrong == "folder":
        file.mkdir()
    elif wrong == "other":
        sqlite3.connect(file).executescript("CREATE TABLE notes (note)").close()
    elif wrong != "nothing":
        write(file.name, content[wrong])
    code, out, err = run(command, file, *([tmp_path / "out.parquet"] if command == "export" else []))
    assert (code, out) == (1, "")
    assert err.startswith(f"alignkit: error: {file}: ")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever is root may write everywhere")
def test_a_store_that_may_not_be_written_can_still_be_read(run, path):
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        assert run("stats", path)[0] == 0
        code, _, err = run("vacuum", path)
    finally:
        path.parent.chmod(0o755)
    assert code == 1
    assert str(path) in err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["out.csv"], "out.csv: names no format that is written here. End it with .parquet or .jsonl."),
        (["out.jsonl", "--since", "May"], "'--since': is no time that can be read: 'May'"),
        (["out.jsonl", "--lang", "fr"], "is neither en nor ja: 'fr'"),
    ],
)
def test_wrong_use_is_said_and_exits_with_2(run, path, options, message):
    code, out, err = run("export", path, *options)
    assert (code, out) == (2, "")
    assert message in err
