from __future__ import annotations

import json
import subprocess
import sys

import pytest

from alignkit.cli import main

JAPANESE = "【速報】北海道で震度５強、３人けが　槙原首相「全力で」（共同）｜静岡新聞アットエス"
ENGLISH = "UPDATE1: Strong quake injures 3 in Hokkaido: PM Makihara"


def inspect(capfd, *arguments):
    assert main(["inspect", *map(str, arguments)]) == 0
    return capfd.readouterr().out


def test_a_headline_is_shown_with_everything_that_was_read_in_it(capfd):
    out = inspect(capfd, JAPANESE, ENGLISH)
    for shown in (
        "北海道で震度5強、3人けが 槙原首相「全力で」  ja",
        "outlet 静岡新聞アットエス; credit 共同; label 速報",
        "Shizuoka Shimbun",
        "3人 = count 3 people",
        "北海道 = place",
        "首相 = office",
        "label UPDATE1",
        "Makihara = person",
    ):
        assert shown in out


def test_json_gives_the_same_to_a_machine(capfd):
    japanese, english = json.loads(inspect(capfd, JAPANESE, ENGLISH, "--json"))
    assert (japanese["language"], english["language"]) == ("ja", "en")
    assert japanese["published"] == JAPANESE
    assert japanese["outlet"] == "shizuoka-shimbun"
    assert {part["kind"]: part["text"] for part in japanese["around"]}["label"] == "速報"
    for found in (japanese, english):
        for entry in (*found["quantities"], *found["names"], *found["tokens"]):
            assert found["text"][entry["start"] : entry["end"]] == entry["text"]
    keys = [{key for name in found["names"] for key in name["keys"]} for found in (japanese, english)]
    assert keys[0] & keys[1] >= {"place:01", "office:prime-minister", "romaji:makihara"}


def test_headlines_come_from_a_file_or_from_a_pipe(capfd, write):
    path = write("headlines.csv", "headline\n北の島で地震\nStrong quake hits island\n")
    assert len(json.loads(inspect(capfd, "--file", path, "--json"))) == 2
    command = [sys.executable, "-m", "alignkit", "inspect", "--json"]
    piped = subprocess.run(command, input="北の島で地震\n\n", capture_output=True, text=True, check=True)
    assert [found["text"] for found in json.loads(piped.stdout)] == ["北の島で地震"]


def test_what_is_in_neither_language_has_no_names_and_no_numbers(capfd):
    (found,) = json.loads(inspect(capfd, "Прогноз погоды на 3 дня", "--json"))
    assert (found["language"], found["quantities"], found["names"], found["tokens"]) == ("other", [], [], [])


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["x", "--lang", "ko"], 2, "is neither en nor ja"),
        (["x", "--file", "y"], 2, "exclude each other"),
        (["x", "--outlet", "Nobody Times"], 2, "is no known outlet: 'Nobody Times'"),
        (["--file", "nowhere.txt"], 1, "nowhere.txt: does not exist"),
    ],
)
def test_wrong_use_is_said(capfd, arguments, code, message):
    assert main(["inspect", *arguments]) == code
    assert message in capfd.readouterr().err


@pytest.mark.parametrize("text", ["", "…", "😀😀", "１２３", "あ" * 10_000, "\u0301" * 50, "<>&"])
def test_odd_texts_are_read_too(capfd, text):
    assert len(json.loads(inspect(capfd, text, "--json"))) == 1
