from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.align.explanation import explain_pairs
from alignkit.text.lexicon.store import load_lexicon


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def explain(en, ja, lexicon):
    (explanation,) = explain_pairs([en], [ja], lexicon)
    return explanation


def said(explanation, kind):
    return {
        (explanation.en.text[match.en.start : match.en.end], explanation.ja.text[match.ja.start : match.ja.end])
        for match in explanation.matches
        if match.kind == kind
    }


def left(said):
    return {said.text[each.span.start : each.span.end]: each.kind for each in said.left}


def test_words_numbers_and_names_are_matched_and_the_rest_is_left_over(lexicon):
    found = explain("3 dead in Sendai factory fire: police", "仙台の工場で火災、3人死亡 原因調べる", lexicon)
    assert ("Sendai", "仙台") in said(found, "name")
    assert said(found, "number") == {("3", "3人")}
    assert {("factory", "工場"), ("fire", "火災")} <= said(found, "word")
    assert left(found.en) == {"police": "name"}
    assert set(left(found.ja)) == {"原因", "調べる"}
    assert (found.en.words, found.checks.numbers, found.checks.names) == (6, "agree", "agree")
    assert found.en.share > 0.5
    assert found.ja.least_clause == 0.0


def test_what_is_said_differently_is_a_conflict(lexicon):
    found = explain("Quake leaves 3 dead in Sendai", "神戸で地震、13人死亡", lexicon)
    assert (found.checks.numbers, found.checks.names) == ("conflict", "conflict")
    assert {match.kind for match in found.conflicts} == {"number", "name"}
    assert left(found.ja)["13"] == "number"


def test_dates_are_checked_apart_from_numbers(lexicon):
    found = explain("Summit to be held July 26", "首脳会談、27日開催", lexicon)
    assert (found.checks.dates, found.checks.numbers) == ("conflict", "absent")


@settings(max_examples=50, deadline=None)
@given(en=st.text(), ja=st.text())
def test_any_two_texts_are_explained(en, ja):
    found = explain(en, ja, None)
    assert 0.0 <= found.en.least_clause <= found.en.share + 1e-9 <= 1.0 + 2e-9
    for match in (*found.matches, *found.conflicts):
        assert 0 <= match.en.start < match.en.end <= len(en)
        assert 0 <= match.ja.start < match.ja.end <= len(ja)
