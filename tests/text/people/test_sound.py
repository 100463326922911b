from __future__ import annotations

import pytest

from alignkit.text.people.sound import heard_in_english, heard_in_japanese, same_name


@pytest.mark.parametrize(
    ("en", "ja"), [("Ogose", "生越"), ("Holloway", "ハロウェイ"), ("Sakaki", "榊照夫"), ("Tōdō", "藤堂")]
)
def test_a_name_sounds_alike_in_both_languages(en, ja):
    assert same_name(en, ja)


@pytest.mark.parametrize(("en", "ja"), [("Ogose", "田中"), ("Holloway", "ブラックウェル"), ("Doe", "同")])
def test_another_does_not(en, ja):
    assert not same_name(en, ja)


def test_names_are_found_where_they_are_heard():
    text = "生越とハロウェイ、保釈"
    assert [text[slice(*span)] for span in heard_in_japanese({"ogose", "holloway"}, text)] == ["ハロウェイ", "生越"]
    assert heard_in_japanese({"ogose", "holloway"}, text, skipped=[(0, 7)]) == []
    text = "五輪銅の椿、欠場"
    assert [text[slice(*span)] for span in heard_in_japanese({"tsubaki"}, text)] == ["椿"]
    text = "Holloway and Ogose freed"
    assert [text[slice(*span)] for span in heard_in_english({"生越", "ハロウェイ"}, text)] == ["Holloway", "Ogose"]
    assert heard_in_english(set(), text) == []
