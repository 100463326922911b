from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.quantities import compare_quantities, read_quantities

LANGUAGES = st.sampled_from(["en", "ja"])
PIECES = st.sampled_from(
    [
        *"0123456789.,-~/:%$€M()（）・、―一二三十百千万億兆数〇 　",
        *[
            "人",
            "件",
            "歳",
            "年",
            "月",
            "日",
            "時",
            "分",
            "秒",
            "円",
            "度",
            "割",
            "回",
            "目",
            "間",
            "約",
            "超",
            "以上",
            "第",
            "初",
            "震度",
            "零下",
            "午後",
            "令和",
            "対",
            "勝",
            "敗",
            "分の",
            "代",
            "半",
            "連続",
            "ぶり",
        ],
        *[
            "three",
            "twenty",
            "hundred",
            "thousand",
            "million",
            "dozen",
            "third",
            "half",
            "a",
            "an",
            "one",
            "no",
            "dead",
            "people",
            "years",
            "year-old",
            "pct",
        ],
        *[
            "yen",
            "July",
            "Sat.",
            "p.m.",
            "about",
            "over",
            "between",
            "and",
            "to",
            "mil.",
            "No.",
            "magnitude",
            "upper",
            "s",
            "th",
            "st",
            "kg",
            "C",
        ],
    ]
)
HEADLINES = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES).map(" ".join))
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
FIGURES = st.integers(0, 10**9).map(str) | st.integers(1, 999).map(lambda value: f"{value},{value % 1000:03}")
ENDINGS = st.sampled_from(
    ["人死亡", "億円", "万戸", "歳", "年", "月", "日", "時", "%減", ".5度", "-1", "~99人", "", "回目"]
)


@given(HEADLINES, LANGUAGES)
def test_spans_are_in_the_text_in_order_and_apart(text, lang):
    quantities = read_quantities(text, lang)
    end = 0
    for quantity in quantities:
        assert end <= quantity.start < quantity.end <= len(text)
        assert text[quantity.start : quantity.end] == quantity.text
        assert quantity.low <= quantity.high
        assert quantity.precision >= 0
        end = quantity.end


@given(FIGURES, ENDINGS)
def test_full_width_and_half_width_are_read_alike(figure, ending):
    text = f"秋田で{figure}{ending}、市が発表"
    half = read_quantities(text, "ja")
    full = read_quantities(text.translate(FULL_WIDTH), "ja")
    assert full == [replace(quantity, text=quantity.text.translate(FULL_WIDTH)) for quantity in half]


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_full_width_and_half_width_english_are_read_alike(text):
    half = read_quantities(text, "en")
    full = read_quantities(text.translate(FULL_WIDTH), "en")
    assert full == [replace(quantity, text=quantity.text.translate(FULL_WIDTH)) for quantity in half]


@given(HEADLINES, HEADLINES)
def test_comparing_does_not_depend_on_which_side_is_which(en, ja):
    sides = read_quantities(en, "en"), read_quantities(ja, "ja")
    there, back = compare_quantities(*sides), compare_quantities(*reversed(sides))
    assert len(there.matched) == len(back.matched)
    assert (there.verdict == "absent") == (back.verdict == "absent")


@given(HEADLINES, HEADLINES)
def test_every_quantity_is_matched_or_left_over_once(en, ja):
    sides = read_quantities(en, "en"), read_quantities(ja, "ja")
    check = compare_quantities(*sides)
    assert sorted([*(i for i, _ in check.matched), *check.en_left]) == list(range(len(sides[0])))
    assert sorted([*(j for _, j in check.matched), *check.ja_left]) == list(range(len(sides[1])))
    assert {i for i, _ in check.conflicting} <= set(check.en_left)
    assert {j for _, j in check.conflicting} <= set(check.ja_left)


@given(HEADLINES, LANGUAGES)
def test_a_text_is_never_in_conflict_with_itself(text, lang):
    quantities = read_quantities(text, lang)
    assert compare_quantities(quantities, quantities).verdict == ("agree" if quantities else "absent")


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1.", "一", "十百", "1人", "1-", "one ", "a ", "hundred ", "million ", "(", "\u3099", "😀"]
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_long_texts_take_linear_time(piece, lang):
    started = time.process_time()
    read_quantities(piece * 10_000, lang)
    assert time.process_time() - started < 2
