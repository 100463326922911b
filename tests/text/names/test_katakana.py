from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.names.katakana import OTHER_NAME, SAME_NAME, kana_sounds, transliteration_distance


@pytest.mark.parametrize(
    ("latin", "kana"),
    [
        ("Whitlock", "ウィットロック"),
        ("Harlan", "ハーラン"),
        ("Vogt", "フォークト"),
        ("Zelenskyy", "ゼレンスキー"),
        ("Zelensky", "ゼレンスキー"),
        ("Wright", "ライト"),
        ("Michael", "マイケル"),
        ("Schneider", "シュナイダー"),
        ("Dupont", "デュポン"),
        ("Beaumont", "ボーモント"),
        ("Joaquin", "ホアキン"),
        ("Giovanni", "ジョバンニ"),
        ("Kowalczyk", "コバルチク"),
        ("Petrov", "ペトロフ"),
        ("Müller", "ミュラー"),
        ("McKenzie", "マッケンジー"),
        ("Thatcher", "サッチャー"),
        ("Xavier", "ザビエル"),
        ("Stephenson", "スティーブンソン"),
        ("Virginia", "ヴァージニア"),
    ],
)
def test_a_name_is_near_its_katakana_in_many_languages(latin, kana):
    assert transliteration_distance(latin, kana) <= SAME_NAME


@pytest.mark.parametrize(
    ("latin", "kana"),
    [
        ("Whitlock", "フォークト"),
        ("Harlan", "ウィットロック"),
        ("Vogt", "ハーラン"),
        ("Schneider", "ボーモント"),
        ("Petrov", "ゼレンスキー"),
    ],
)
def test_a_name_is_far_from_anothers_katakana(latin, kana):
    assert transliteration_distance(latin, kana) >= OTHER_NAME


def test_long_vowels_and_double_consonants_do_not_count():
    assert kana_sounds("フォークト") == kana_sounds("フォクト") == "fokuto"
    assert kana_sounds("サッチャー") == "saCa"


@pytest.mark.parametrize(("latin", "kana"), [("", "ハーラン"), ("Harlan", ""), ("---", "ー"), ("Ab" * 99, "アブ" * 99)])
def test_what_is_no_name_is_infinitely_far(latin, kana):
    assert transliteration_distance(latin, kana) == math.inf


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_distance_is_never_negative(latin, kana):
    assert transliteration_distance(latin, kana) >= 0
