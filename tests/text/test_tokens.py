from __future__ import annotations

import pickle
from concurrent.futures import ProcessPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.tokens import TOKEN_KINDS, Token, tokenise


def words(text, lang):
    return [(text[token.start : token.end], token.lemma, token.kind) for token in tokenise([text], lang)[0]]


def content(text, lang):
    return [token.lemma for token in tokenise([text], lang)[0] if token.is_content]


def test_japanese_words_have_dictionary_forms_readings_and_kinds():
    assert words("海辺の町で4人が救われた", "ja") == [
        ("海辺", "海辺", "noun"),
        ("の", "の", "function"),
        ("町", "町", "noun"),
        ("で", "で", "function"),
        ("4", "4", "number"),
        ("人", "人", "affix"),
        ("が", "が", "function"),
        ("救わ", "救う", "verb"),
        ("れ", "れる", "function"),
        ("た", "た", "function"),
    ]
    readings = {token.lemma: token.reading for token in tokenise(["槙原首相とバルドーニ氏"], "ja")[0]}
    assert readings["首相"] == "シュショウ"
    assert readings["バルドーニ"] == "バルドーニ"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Strong quakes jolted northern islands", ["strong", "quak", "jolt", "northern", "island"]),
        ("U.S., Japan sign pact: sources", ["us", "japan", "sign", "pact", "sourc"]),
        ("US lets us in", ["us", "let"]),
        ("Town's 1,200-year-old tree", ["town", "1200", "year", "old", "tree"]),
        ("Café reopens at 7:30", ["cafe", "reopen", "7:30"]),
    ],
)
def test_english_words_are_compared_by_their_stems(text, expected):
    assert content(text, "en") == expected


def test_full_width_letters_are_compared_as_half_width_ones():
    assert content("ＷＨＯが会合", "ja")[0] == content("WHO meets", "en")[0] == "who"


@pytest.mark.parametrize("lang", ["en", "ja"])
@given(text=st.text())
def test_any_text_is_split_into_words_that_stand_in_it_in_order(lang, text):
    tokens = tokenise([text], lang)[0]
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(before.end <= after.start for before, after in pairwise(tokens))
    assert {token.kind for token in tokens} <= set(TOKEN_KINDS)


def test_tokens_and_their_maker_go_to_other_processes():
    assert pickle.loads(pickle.dumps(Token(0, 1, "a", "noun"))) == Token(0, 1, "a", "noun")  # noqa: S301
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(tokenise, ["北の島で地震"], "ja").result() == tokenise(["北の島で地震"], "ja")
