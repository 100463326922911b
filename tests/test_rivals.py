from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from rival_words import MOST, exchange
from rivals import KINDS, rivals

TEXTS = st.text(max_size=200)
PIECES = """
    the on in 25th 3,400 12.5% $1.2 2019 1980s May 9 March to join not is Japan's Mr. Tanabe (42) U.S. COVID-19 two rises today
    last week without won't 7-3 6:30 an
"""
WORDY = st.lists(st.sampled_from(PIECES.split()), max_size=15).map(" ".join)


@pytest.mark.parametrize(
    ("text", "kind", "pattern"),
    [
        ("Quake leaves 12 dead", "numbers", r"Quake leaves [1-9][1-9] dead"),
        ("Some 3,400 people flee", "numbers", r"Some [1-9],[1-9]00 people flee"),
        ("Exports rise 12.5%", "numbers", r"Exports rise [1-9][0-9]\.[1-9]%"),
        ("Kasuga bank held for the 21st time", "numbers", r"Kasuga bank held for the [1-9][1-9](st|nd|rd|th) time"),
        ("Two children rescued", "numbers", r"(Three|Four|Five|Six|Seven|Eight|Nine) children rescued"),
        ("Sales reach a million yen", "numbers", r"Sales reach a (thousand|billion|trillion) yen"),
        ("Talks open on Monday", "dates", r"Talks open on (Tues|Wednes|Thurs|Fri|Satur|Sun)day"),
        ("Bridge to open in May", "dates", r"Bridge to open in (?!May)[A-Z][a-z]+"),
        ("Vote set for the 25th.", "dates", r"Vote set for the [12][0-9](st|nd|rd|th)\."),
        ("Plant shut since 2011", "dates", r"Plant shut since 20(0[2-9]|1[0-9]|20)"),
        ("A hit of the 1980s", "dates", r"A hit of the (19[4-9]|20[0-2])0s"),
        ("Rain expected today", "dates", r"Rain expected (yesterday|tomorrow)"),
        ("Next week's summit", "dates", r"(Last|This) week's summit"),
        ("Summit held in Nagoya", "names", r"Summit held in (?!Nagoya)[A-Z][a-z]+"),
        ("French minister visits", "names", r"(?!French)[A-Z][A-Za-z ]+ minister visits"),
        ("MOSCOW warns of sanctions", "names", r"(?!MOSCOW)[A-Z ]+ warns of sanctions"),
        ("President Dunwoody resigns", "names", r"President (?!Dunwoody)[A-Z][A-Za-z]+ resigns"),
        ("Makinohara wins again", "names", r"(?!Makinohara)[A-Z][a-z]+ wins again"),
        (
            "Court rejects an American's appeal",
            "names",
            r"Court rejects (a [^AEIOU]|an [AEIOU])[a-z ]*([A-Z][a-z]+)?'s appeal",
        ),
        ("Prices rise sharply", "polarity", r"Prices fall sharply"),
        ("Mayor is ready", "polarity", r"Mayor is not ready"),
        ("Union does not agree", "polarity", r"Union does agree"),
        ("Union won't agree", "polarity", r"Union will agree"),
        ("Sakuragi to join talks", "polarity", r"Sakuragi not to join talks"),
    ],
)
def test_one_thing_becomes_another_of_its_form(text, kind, pattern):
    copies = rivals(text, kind)
    assert copies
    assert [copy for copy in copies if not re.fullmatch(pattern, copy)] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("COVID-19 vaccine at the G7", "numbers"),
        ("Held on July 24, 2020", "numbers"),
        ("The marchers may stop", "dates"),
        ("2,019 people came", "dates"),
        ("A crowd of 2000 people", "dates"),
        ("Tsunami warning lifted", "names"),
        ("It is not only rain", "polarity"),
        ("The house at the end of the road", "polarity"),
    ],
)
def test_what_is_of_another_kind_or_says_the_same_is_left_alone(text, kind):
    assert rivals(text, kind) == []


def test_a_name_is_exchanged_wherever_it_stands():
    for copy in rivals("Mikurajima team beats rival: Mikurajima coach", "names"):
        team, coach = re.fullmatch(r"(\w+) team beats rival: (\w+) coach", copy).groups()
        assert team == coach != "Mikurajima"


def test_copies_alter_different_things_before_they_alter_one_again():
    copies = rivals("Quake leaves 12 dead and 47 injured", "numbers", most=2)
    assert sorted("12 dead" in copy for copy in copies) == [False, True]


def test_an_article_fits_what_follows_it():
    assert exchange("Eats an apple", [(8, 13)], "pear") == "Eats a pear"
    assert exchange("A boy sings", [(2, 5)], "owl") == "An owl sings"


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.one_of(TEXTS, WORDY))
def test_copies_differ_from_the_sentence_and_from_each_other_in_more_than_spelling(text, kind):
    copies = rivals(text, kind)
    assert copies == rivals(text, kind)
    assert len(copies) <= MOST
    folded = ["".join(copy.casefold().split()) for copy in [text, *copies]]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text", ["", "\ud800", "🗾" * 50, "\u0301", "1" * 10_000, "1 " * 5_000, "Ta" * 5_000, "is not " * 1_500]
)
def test_any_text_is_survived(text, kind):
    assert text not in rivals(text, kind)


def test_another_process_makes_the_same_copies():
    text = "Harukawa beats the U.S. 3-1 on May 12 and rises to 5th"
    code = f"from rivals import KINDS, rivals\nprint([rivals({text!r}, kind) for kind in KINDS])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT / "scripts", capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == str([rivals(text, kind) for kind in KINDS])
