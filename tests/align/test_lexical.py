from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.align.lexical import LexicalMatcher, japanese_units
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.tokens import tokenise


def coverage(en, ja, lexicon=None):
    """The coverage of every English text with every Japanese one, as two matrices."""
    rows, columns = (grid.ravel() for grid in np.indices((len(en), len(ja))))
    found = LexicalMatcher(en, ja, lexicon).coverage(rows, columns)
    return found.en.reshape(len(en), len(ja)), found.ja.reshape(len(en), len(ja))


@pytest.fixture(scope="module")
def lexicon():
    return load_lexicon()


def test_each_side_knows_how_much_of_it_the_other_says(lexicon):
    (en,), (ja,) = coverage(["Earthquake hits Sendai"], ["仙台で地震", "仙台で地震、列車が停止", "株価が上昇"], lexicon)
    assert en[0] == en[1] > 0.5 > en[2] == 0.0
    assert ja[0] == 1.0 > ja[1] > 0.3


def test_a_compound_is_matched_as_a_whole(lexicon):
    text = "最高裁判所が判断"
    assert "最高裁判所" in {unit.form for unit in japanese_units(text, tokenise([text], "ja")[0])}
    _, (ja,) = coverage(["Supreme Court rules"], [text], lexicon)
    assert ja[0] > 0.5


@pytest.mark.parametrize(
    ("en", "ja"),
    [("Whitlock", "ウィットロック"), ("WHO", "ＷＨＯ"), ("1,200", "1200"), ("Kyoto", "キョート")],
)
def test_names_numbers_and_acronyms_need_no_lexicon(en, ja):
    assert coverage([en], [ja])[0] == 1.0


def test_kanji_names_are_matched_by_their_readings(lexicon):
    assert coverage(["Makihara"], ["槙原"], lexicon)[0] == 1.0
    assert coverage(["Makihara"], ["槙原"], None)[0] == 0.0


def test_rare_words_weigh_more(lexicon):
    english = ["Earthquake in Sendai", "Earthquake in Kobe", "Earthquake in Nara", "Earthquake in Saga"]
    en, _ = coverage(english, ["地震", "仙台"], lexicon)
    assert en[0, 1] > en[0, 0] > 0


@given(en=st.lists(st.text(), min_size=1, max_size=3), ja=st.lists(st.text(), min_size=1, max_size=3))
def test_any_texts_are_covered_to_a_share_between_none_and_all(en, ja):
    for found in coverage(en, ja):
        assert ((found >= 0) & (found <= 1)).all()
