from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.polarity import compare_cues, read_cues
from alignkit.text.polarity.tables import listed_words, negations, neutral_phrases, subjects

LANGUAGES = st.sampled_from(["en", "ja"])
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def pieces(lang: str) -> st.SearchStrategy[str]:
    words = [item.word for item in listed_words(lang)]
    others = [*neutral_phrases(lang), *(word for word, _ in negations(lang)), *subjects(lang)]
    return st.sampled_from([*words, *others, "12", ",", "、", "し", "を", "was", "yen", "円", "-", "\u3099", "😀"])


HEADLINES = st.one_of(
    st.text(max_size=60),
    st.lists(pieces("en"), max_size=12).map(" ".join),
    st.lists(pieces("ja"), max_size=12).map("".join),
)


@given(HEADLINES, LANGUAGES)
def test_spans_are_in_the_text_and_sorted(text, lang):
    (cues,) = read_cues([text], lang)
    assert all(0 <= cue.start < cue.end <= len(text) and cue.sign in {1, -1} for cue in cues)
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
    assert len(set(cues)) == len(cues)


@given(st.lists(HEADLINES, max_size=4), LANGUAGES)
def test_a_batch_reads_as_its_texts_do(texts, lang):
    assert read_cues(texts, lang) == [read_cues([text], lang)[0] for text in texts]


@given(st.lists(pieces("en"), max_size=10).map(" ".join))
def test_full_width_and_half_width_are_read_alike(text):
    assert read_cues([text.translate(FULL_WIDTH)], "en") == read_cues([text], "en")


@given(HEADLINES, HEADLINES)
def test_matched_go_the_same_way_and_conflicting_do_not(en, ja):
    sides = read_cues([en], "en")[0], read_cues([ja], "ja")[0]
    check = compare_cues(*sides)
    assert all(sides[0][i].sign == sides[1][j].sign for i, j in check.matched)
    assert all(sides[0][i].sign != sides[1][j].sign for i, j in check.conflicting)
    assert check.verdict != "conflict" or check.conflicting
    assert check.verdict != "agree" or (check.matched and not check.conflicting)


@given(HEADLINES, HEADLINES)
def test_comparing_does_not_depend_on_which_side_is_which(en, ja):
    sides = read_cues([en], "en")[0], read_cues([ja], "ja")[0]
    assert compare_cues(*sides).verdict == compare_cues(*reversed(sides)).verdict


@given(HEADLINES, LANGUAGES)
def test_a_text_is_never_in_conflict_with_itself(text, lang):
    (cues,) = read_cues([text], lang)
    assert not compare_cues(cues, cues).conflicting


@given(HEADLINES, LANGUAGES)
def test_turning_every_cue_around_never_agrees(text, lang):
    (cues,) = read_cues([text], lang)
    certain = [cue for cue in cues if cue.concept != "negation"]
    assert not compare_cues(certain, [replace(cue, sign=-cue.sign) for cue in certain]).matched


@pytest.mark.parametrize(
    "piece",
    [
        "not ",
        "no ",
        "rise ",
        "yen ",
        "yen rise ",
        "株上昇",
        "fall to ",
        "- ",
        "増",
        "ない",
        "無",
        "株",
        "\u3099",
        "😀",
        "円高、",
    ],
)
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_long_texts_take_linear_time(piece, lang):
    started = time.process_time()
    (cues,) = read_cues([piece * 5_000], lang)
    compare_cues(cues, cues)
    assert time.process_time() - started < 3
