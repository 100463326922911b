from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.romaji import fold_romaji, romanise


@pytest.mark.parametrize(
    ("spellings", "folded"),
    [
        (("Ōsaka", "Oosaka", "Osaka"), "osaka"),
        (("Kyoto", "Kyouto", "Kyōto"), "kyoto"),
        (("Shinbun", "Shimbun"), "shinbun"),
        (("Otani", "Ohtani", "Ootani"), "otani"),
        (("Hitchu", "Hicchuu"), "hicchu"),
        (("Huzi", "Fuji"), "fuji"),
    ],
)
def test_systems_of_romanisation_come_to_one_form(spellings, folded):
    assert {fold_romaji(spelling) for spelling in spellings} == {folded}


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("トーキョー", "tokyo"),
        ("とうきょう", "tokyo"),
        ("マッチャ", "maccha"),
        ("シンイチ", "shinichi"),
        ("ｵｵｻｶ", "osaka"),
        ("漢字", ""),
    ],
)
def test_kana_are_romanised(kana, latin):
    assert romanise(kana) == latin


@given(text=st.text())
def test_any_text_is_folded_to_small_letters(text):
    for result in (fold_romaji(text), romanise(text)):
        assert result == "" or (result.isascii() and result.islower())
