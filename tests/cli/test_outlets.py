from __future__ import annotations

import json

import pytest

from alignkit.cli import main
from outlets.feed_server import outlet_with, serving

MINPO = "https://www.minpo.jp/globalnews/detail/2025072901001269"


@pytest.fixture
def run(capfd, monkeypatch):
    """Run 'alignkit outlets' in this process; give its exit code and what it printed."""
    monkeypatch.setenv("COLUMNS", "200")

    def _run(*arguments):
        code = main(["outlets", *map(str, arguments)])
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err

    return _run


@pytest.mark.parametrize("command", ["list", "show", "check"])
def test_every_command_explains_itself_with_examples(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"  alignkit outlets {command}" in out


def test_list_shows_outlets_and_filters_them(run):
    code, out, _ = run("list")
    assert code == 0
    assert "河北新報" in out
    fukushima = json.loads(run("list", "--prefecture", "fukushima", "--json")[1])
    assert {outlet["name_ja"] for outlet in fukushima} == {"福島民報", "福島民友"}
    english = json.loads(run("list", "--language", "en", "--kind", "republisher", "--json")[1])
    assert {outlet["id"] for outlet in english} == {"japan-times", "japan-today", "mainichi-english", "nikkei-asia"}
    assert run("list", "--prefecture", "Osaka", "--json")[1] == "[]\n"


@pytest.mark.parametrize(
    "name", ["kahoku-shimpo", "河北新報", "KAHOKU  Shimpo", "https://kahoku.news/articles/1", "kahoku.news"]
)
def test_show_takes_an_id_a_name_or_an_address(run, name):
    code, out, _ = run("show", name)
    assert code == 0
    assert out.startswith("kahoku-shimpo: Kahoku Shimpo, 河北新報\n")
    assert "general knowledge" in out


def test_show_says_what_an_address_carries(run):
    assert "wire_id of this address: 2025072901001269\n" in run("show", MINPO)[1]
    shown = json.loads(run("show", MINPO, "--json")[1])
    assert shown["id"] == "fukushima-minpo"
    assert shown["address"] == {"url": MINPO, "wire_id": "2025072901001269", "section": "world"}
    assert "address" not in json.loads(run("show", "福島民報", "--json")[1])


def test_check_says_what_holds(run, write):
    with serving() as server:
        file = write("hibari-shimbun.toml", outlet_with(f"{server.base}/rss"))
        arguments = [
            "check",
            "hibari-shimbun",
            "--add",
            file,
            "--contact",
            "a@b.example",
            "--allow-private",
            "--delay",
            0,
        ]
        code, out, _ = run(*arguments)
        assert code == 0
        assert "holds" in out
        assert "33%" in out
        assert "2031-05-12 00:30" in out
        (found,) = json.loads(run(*arguments, "--json")[1])
        assert found["verdict"] == "holds"
        assert run(*arguments, "--quiet") == (0, "", "")


def test_check_exits_with_1_if_a_feed_does_not_hold_and_still_says_all(run, write):
    with serving() as server:
        file = write("hibari-shimbun.toml", outlet_with(f"{server.base}/html", f"{server.base}/rss"))
        code, out, err = run(
            "check", "雲雀新聞", "--add", file, "--contact", "a@b.example", "--allow-private", "--delay", 0, "--json"
        )
    assert (code, err) == (1, "")
    assert [found["verdict"] for found in json.loads(out)] == ["no feed", "holds"]


def test_check_asks_nothing_within_this_machine_unless_it_is_allowed(run, write):
    with serving() as server:
        file = write("hibari-shimbun.toml", outlet_with(f"{server.base}/rss"))
        code, out, _ = run("check", "hibari-shimbun", "--add", file, "--contact", "a@b.example", "--json")
        assert (code, server.requests) == (1, [])
    assert json.loads(out)[0]["verdict"] == "address"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check"], "'--contact': is needed. Whoever runs the sites must be able to reach you"),
        (["check", "--contact", "me"], "'--contact': is no contact: 'me'"),
        (
            ["check", "--contact", "a@b.example", "--user-agent", "a b"],
            "'--user-agent': is no name of a program: 'a b'",
        ),
        (
            ["check", "kahoku", "--contact", "a@b.example"],
            "is no known outlet: 'kahoku'. Did you mean 'kahoku-shimpo'?",
        ),
        (["show", "雲雀新聞"], "is no known outlet: '雲雀新聞'. 'alignkit outlets list' lists those that are known."),
        (["show", ""], "is no known outlet: ''"),
        (["list", "--prefecture", "Nagno"], "'--prefecture': is none of the choices: 'Nagno'"),
        (["list", "--language", "fr"], "'--language': is none of the choices: 'fr'. Known: en, ja."),
        (["lsit"], "No such command 'lsit'"),
    ],
)
def test_wrong_use_is_said_and_exits_with_2(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_wrong_file_of_ones_own_is_said_and_exits_with_1(run, write):
    file = write("hibari.toml", outlet_with("ftp://hibari.example/rss"))
    code, out, err = run("list", "--add", file)
    assert (code, out) == (1, "")
    assert "hibari.toml, 'feeds[1].urls[1]': " in err
    assert len(err.splitlines()) == 1
