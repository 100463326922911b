from __future__ import annotations

import json

import pytest

from alignkit.cli import main

ENGLISH = "UPDATE1: Quake injures 3 in Sendai: police"
JAPANESE = "【速報】仙台で地震、１３人けが（共同）"


def explain(capfd, *arguments):
    assert main(["explain", *arguments]) == 0
    return capfd.readouterr().out


def test_what_matches_has_the_same_number_and_what_is_left_over_is_in_brackets(capfd):
    english, japanese, *rest = explain(capfd, ENGLISH, JAPANESE).splitlines()
    assert english.startswith("Quake")
    assert "[police]" in english
    assert "[13]" in japanese
    number = english[english.index("Sendai") + len("Sendai")]
    assert f"仙台{number}" in japanese
    assert "number conflicts: 3 / 13人" in rest
    assert any(line.startswith("relation") for line in rest)


def test_json_places_everything_in_the_published_headlines(capfd):
    found = json.loads(explain(capfd, ENGLISH, JAPANESE, "--json"))
    assert found["checks"] == {"numbers": "conflict", "dates": "absent", "names": "agree", "polarity": "absent"} | {
        "polarity": found["checks"]["polarity"]
    }
    assert (found["en"]["published"], found["ja"]["published"]) == (ENGLISH, JAPANESE)
    assert 0 <= found["score"] <= 1
    (conflict,) = found["conflicts"]
    assert conflict["ja"]["text"] == "１３人"
    for match in (*found["matches"], *found["conflicts"]):
        for lang, published in (("en", ENGLISH), ("ja", JAPANESE)):
            place = match[lang]
            assert published[place["start"] : place["end"]] == place["text"] != ""


@pytest.mark.parametrize(
    ("en", "ja", "message"), [("", "見出し", "the English headline is empty"), ("A", " ", "the Japanese")]
)
def test_an_empty_headline_is_refused(capfd, en, ja, message):
    assert main(["explain", en, ja]) == 2
    assert message in capfd.readouterr().err


@pytest.mark.parametrize(("en", "ja"), [("😀", "😀"), ("…", "。"), ("12", "１２"), ("x" * 2000, "あ" * 2000)])
def test_odd_headlines_are_explained_too(capfd, en, ja):
    assert explain(capfd, en, ja, "--json")
