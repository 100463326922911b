from __future__ import annotations

import pytest

from alignkit.text.people.kanji_names import is_known_name, may_be_name


@pytest.mark.parametrize("written", ["須和部", "鮫島田", "倉ノ下", "砂押勝", "久慈岡", "瑠璃川"])
def test_kanji_are_a_name_if_the_lexicon_knows_them_or_their_parts(written):
    assert is_known_name(written)
    assert may_be_name(written)


@pytest.mark.parametrize(
    "written", ["男性", "資産家", "観光船", "詐欺組織", "河川敷", "県警", "沢", "二人", "十数人", ""]
)
def test_common_nouns_are_none(written):
    assert not may_be_name(written)


def test_an_organisation_s_name_is_one_only_where_somebody_must_stand():
    assert not may_be_name("佐和山")
    assert may_be_name("佐和山", is_sure=True)
