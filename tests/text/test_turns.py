from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.turns import Turn, compare_turns, read_turns


def said(text, lang):
    return [(text[turn.start : turn.end], turn.period, turn.step) for turn in read_turns(text, lang)]


def compared(en, ja):
    check = compare_turns(read_turns(en, "en"), read_turns(ja, "ja"))
    return len(check.matched), len(check.conflicting), check.left


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("Last season's winner back", [("Last season", "season", -1)]),
        ("Bridge to open tomorrow", [("tomorrow", "day", 1)]),
        ("Output fell in the past few months, rose this month", [("this month", "month", 0)]),
        ("Deficit to grow next fiscal year", [("next fiscal year", "year", 1)]),
        ("At last, a season to remember", []),
    ],
)
def test_english_turns(text, turns):
    assert said(text, "en") == turns


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        ("昨季の王者、復帰", [("昨季", "season", -1)]),
        ("橋あす開通", [("あす", "day", 1)]),
        ("来年度は赤字拡大", [("来年度", "year", 1)]),
        ("昨シーズンと今シーズン", [("昨シーズン", "season", -1), ("今シーズン", "season", 0)]),
        ("日本年金の本年の額", [("本年", "year", 0)]),
        ("全日本大会", []),
    ],
)
def test_japanese_turns_begin_and_end_where_words_do(text, turns):
    assert said(text, "ja") == turns


@pytest.mark.parametrize(
    ("en", "ja", "outcome"),
    [
        ("Exports down from last year", "輸出、前年比で減", (1, 0, 0)),
        ("Exports to fall next year", "輸出、前年比で減", (0, 1, 1)),
        ("Museum to open next summer", "博物館、来夏に開館", (1, 0, 0)),
        ("Museum opened last summer", "博物館、来夏に開館", (0, 1, 1)),
        ("Museum opened last summer", "博物館、昨年開館", (1, 0, 0)),
        ("Museum opens this week", "博物館、来夏に開館", (0, 0, 1)),
        ("Museum opens", "博物館、来夏に開館", (0, 0, 0)),
    ],
)
def test_turns_match_conflict_or_are_left_over(en, ja, outcome):
    assert compared(en, ja) == outcome


def test_the_same_period_is_preferred_to_one_that_may_be_meant():
    en = [Turn(0, 1, "year", 0), Turn(2, 3, "season", 0)]
    ja = [Turn(0, 1, "season", 0), Turn(2, 3, "year", 0)]
    assert compare_turns(en, ja).matched == ((0, 1), (1, 0))


@given(st.text(alphabet=st.sampled_from("昨今来本次年季夏日戦あすきのう last this year's, next day 日本")))
def test_turns_of_any_text_lie_in_it_in_order_and_agree_with_themselves(text):
    for lang in ("en", "ja"):
        turns = read_turns(text, lang)
        assert [turn.start for turn in turns] == sorted({turn.start for turn in turns})
        assert all(0 <= turn.start < turn.end <= len(text) for turn in turns)
        assert compare_turns(turns, turns).left == 0


@given(st.text(), st.sampled_from(["en", "ja"]))
def test_any_text_is_read(text, lang):
    assert all(0 <= turn.start < turn.end <= len(text) for turn in read_turns(text, lang))
