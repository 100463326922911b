from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.align.explained import ExplainedPair
from alignkit.align.explanation import explain_pairs
from alignkit.stats.marks import LEFT_OVER, marked_headlines
from alignkit.text.lexicon.store import load_lexicon
from alignkit.text.normalise import normalise


@pytest.fixture(scope="module")
def mark():
    """Give the pieces of two headlines."""
    lexicon = load_lexicon()

    def _mark(en, ja):
        read_en, read_ja = normalise([en, ja])
        (explanation,) = explain_pairs([read_en.text], [read_ja.text], lexicon)
        return marked_headlines(ExplainedPair(read_en, read_ja, 0.5, "overlap", explanation))

    return _mark


def marks_of(pieces):
    return {piece[0]: piece[1:] for piece in pieces if not isinstance(piece, str)}


def test_what_both_say_has_one_number_and_what_differs_a_negative_one(mark):
    en, ja = map(marks_of, mark("Quake injures 3 in Sendai: police", "【速報】仙台で地震、１３人けが（共同）"))
    assert en["Sendai"] == ja["仙台"] == (en["Sendai"][0], "name")
    assert en["Quake"][0] == ja["地震"][0] > 0
    assert en["3"] == ja["１３人"]
    assert en["3"][0] < 0
    assert en["police"][0] == LEFT_OVER


def test_what_newsrooms_put_around_a_headline_is_not_marked(mark):
    _, ja = mark("Quake hits Sendai", "【速報】仙台で地震（共同）")
    assert ja[0] == "【速報】"
    assert ja[-1].endswith("（共同）")


words = st.lists(st.sampled_from(["Sendai", "quake", "3", "May 5", "no", "😀", "&amp;", "<b>"]), min_size=1, max_size=6)
japanese = st.lists(
    st.sampled_from(["仙台", "地震", "３人", "5月5日", "なし", "　", "🦋", "<b>"]), min_size=1, max_size=6
)


@given(en=words, ja=japanese)
def test_joined_the_pieces_are_the_headlines_as_published(mark, en, ja):
    published = " ".join(en), "".join(ja)
    for pieces, text in zip(mark(*published), published, strict=True):
        assert "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces) == text
    marked = [{number for number, _ in marks_of(pieces).values() if number} for pieces in mark(*published)]
    assert marked[0] | marked[1] <= set(range(-20, 21))
