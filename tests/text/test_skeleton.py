from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.skeleton import kana_skeleton, latin_skeleton


@pytest.mark.parametrize(
    ("latin", "kana"),
    [
        ("Trenholm", "トレンホルム"),
        ("Zelbrook", "ゼルブルック"),
        ("Whitlock", "ウィットロック"),
        ("Gustafson", "グスタフソン"),
        ("Colorado", "コロラド"),
        ("Vandermeer", "バンデルメール"),
    ],
)
def test_a_name_and_its_katakana_share_their_consonants(latin, kana):
    assert len(latin_skeleton(latin)) >= 3
    assert latin_skeleton(latin)[:3] == kana_skeleton(kana)[:3]


@pytest.mark.parametrize("short", ["", "Seo", "Ali", "É", "123"])
def test_too_few_consonants_make_no_key(short):
    assert latin_skeleton(short) == ""


@given(st.text(max_size=50))
def test_any_text_has_a_key_or_none(text):
    assert isinstance(latin_skeleton(text) + kana_skeleton(text), str)
