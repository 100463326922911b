from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.negation import count_negations


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("Ferry did not sail", "フェリー出航せず"),
        ("Ferry sails", "フェリー出航"),
        ("Mayor won't say who didn't pay", "市長、払わなかった人を明かさない"),
        ("Talks end without agreement", "協議、合意なく終了"),
        ("Non-members cannot enter", "非会員は入れません"),
        ("Festival to be held, no fireworks", "祭り開催、花火なし"),
        ("Nobody hurt in unlicensed stall fire", "無許可の屋台火災"),
    ],
)
def test_a_headline_and_its_translation_deny_equally_often(en, ja):
    assert count_negations(en, "en") == count_negations(ja, "ja")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("雨かもしれない", 0),
        ("雨かも知れません", 0),
        ("急がなければならない", 0),
        ("急がねばならぬ", 0),
        ("認めざるを得ない", 0),
        ("問題ではないか", 0),
        ("行かない", 1),
        ("見ず、聞かず、話さず", 3),
        ("未確認の情報、開催は不可能", 2),
        ("少ない雨", 0),
        ("未来の町", 0),
    ],
)
def test_japanese_words_that_deny_nothing_do_not_count(text, count):
    assert count_negations(text, "ja") == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Ranked No. 1 again", 0),
        ("No. Not now", 2),
        ("Town knows notable nonstop service", 0),
        ("Shrine isn’t open, never was", 2),
    ],
)
def test_only_whole_words_and_no_numbers_count_in_english(text, count):
    assert count_negations(text, "en") == count


@given(st.text(), st.sampled_from(["en", "ja"]))
def test_any_text_is_counted(text, lang):
    assert count_negations(text, lang) >= 0
