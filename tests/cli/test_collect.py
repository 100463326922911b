from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import polars as pl
import pytest

from alignkit.cli import main
from alignkit.store.headline_store import HeadlineStore
from collect.live.sites import feed, two_papers
from web.faulty_server import serving

PROGRAM = "import sys; from alignkit.cli import main; sys.exit(main())"
CONFIG = """output = "out"

[[sources]]
kind = "feeds"
urls = ["http://hibari.example/rss"]
outlet = "Hibari Shimbun"

[[sources]]
kind = "sitemaps"
urls = ["http://kamome.example/sitemap.xml"]
outlet = "Kamome Nippo"

[collect.web]
contact = "desk@alignkit.example"
delay = 0.0
retries = 0
allow_private = true
connect_to = "{address}"
cache = "cache"
"""


@pytest.fixture
def papers():
    with serving(two_papers()) as server:
        yield server


@pytest.fixture
def project(papers, write, tmp_path):
    write("alignkit.toml", CONFIG.format(address=papers.address))
    return tmp_path


@pytest.fixture
def collect(project, capfd):
    def _collect(*options):
        code = main(["collect", str(project), *map(str, options)])
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return _collect


def test_live_sources_are_collected_into_a_store_and_a_table(collect, project):
    code, out, _ = collect()
    assert code == 0
    assert "Hibari Shimbun" in out
    assert "Kamome Nippo" in out
    assert "robots.txt" in out
    headlines = pl.read_parquet(project / "out" / "headlines.parquet")
    assert sorted(headlines["text"]) == [
        "北の島で震度5強",
        "新しい橋、来月開通",
        "氷の祭り、20万人集まる",
        "湖の氷、早く解ける",
    ]
    rejects = [json.loads(line) for line in (project / "out" / "rejects.jsonl").read_text("utf-8").splitlines()]
    assert {reject["file"] for reject in rejects} == {
        "http://kamome.example/secret/3",
        "http://kamome.example/reserved",
    }


def test_the_summary_is_there_as_json(collect):
    _, out, _ = collect("--json")
    summary = json.loads(out)
    assert summary["outlets"]["Kamome Nippo"]["new"] == 2
    assert summary["outlets"]["Kamome Nippo"]["robots"] == 1
    assert summary["counts"]["ja"] == 4


def test_options_go_over_the_configuration(collect, project):
    store = project / "elsewhere.db"
    code, out, _ = collect("--store", store, "--since", "2031-05-12", "--outlet", "Hibari Shimbun", "--json")
    assert code == 0
    assert list(json.loads(out)["outlets"]) == ["Hibari Shimbun"]
    with HeadlineStore.open(store, read_only=True) as opened:
        assert opened.headlines()["text"].to_list() == ["湖の氷、早く解ける"]


def test_a_second_run_asks_again_and_keeps_revisions(collect, papers):
    collect("--quiet")
    papers.answers["hibari.example/rss"] = feed(("湖の氷、観測史上最も早く解ける", "http://hibari.example/n/1", 12))
    _, out, _ = collect("--json")
    assert json.loads(out)["outlets"]["Hibari Shimbun"]["revised"] == 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--since", "yesterday"], "'--since': is no day or time: 'yesterday'. Write 2031-05-26"),
        (["--every", "often"], "'--every': is no length of time: 'often'. Give a number with s, m, h or d"),
        (["--outlet", "Nobody"], "is no outlet of the sources: 'Nobody'. They read: Hibari Shimbun, Kamome Nippo."),
    ],
)
def test_wrong_options_are_explained(collect, options, message):
    code, _, err = collect(*options)
    assert code in {1, 2}
    assert message in err


def test_nothing_is_fetched_without_a_contact(collect, project, papers):
    config = project / "alignkit.toml"
    config.write_text(config.read_text("utf-8").replace('contact = "desk@alignkit.example"\n', ""), "utf-8")
    code, _, err = collect()
    assert code == 2
    assert "'collect.web.contact': is missing: nothing is fetched without a way to reach you" in err
    assert papers.requests == []


def test_strict_is_an_error_but_keeps_what_was_good(collect, project):
    code, _, err = collect("--strict")
    assert code == 1
    assert "2 things could not be read, the first: http://kamome.example/" in err
    with HeadlineStore.open(project / "out" / "headlines.sqlite", read_only=True) as store:
        assert store.headlines().height == 4


def test_it_keeps_going_until_it_is_told_to_stop(project, papers):
    command = [sys.executable, "-c", PROGRAM, "collect", str(project), "--every", "1s", "--log", "watch.log"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, cwd=project, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        log = project / "watch.log"
        for _ in range(300):
            if log.exists() and log.read_text("utf-8").count("collected:") >= 2:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        out, _ = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "stopped after" in log.read_text("utf-8")
    assert "Kamome Nippo" in out
    assert papers.paths("hibari.example").count("/rss") >= 2
