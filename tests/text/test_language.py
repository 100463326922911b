from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.language import detect_languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Strong quake jolts northern island", "en"),
        ("Prime minister to visit Los Angeles in May", "en"),
        ("SUMO RESULTS", "en"),
        ("Café owner wins São Tomé race", "en"),
        ("北の島で強い地震", "ja"),
        ("日米首脳会談", "ja"),
        ("東証大幅続落", "ja"),
        ("ﾄｳｷｮｳで祭り", "ja"),
        ("「The end of the long road」公開　北の映画館で", "ja"),
        ("国务院总理会见记者", "other"),
        ("首相將訪問臺灣 與總統會談", "other"),
        ("대통령 신년 회견", "other"),
        ("Прогноз погоды на завтра", "other"),
        ("Erdbeben erschüttert den Norden der Insel", "other"),
        ("Le premier ministre en visite dans le nord", "other"),
        ("El primer ministro visita la isla", "other"),
        ("Terremoto nel nord della Sicilia", "other"),
        ("Premier to meet 槙原首相 in the capital of France", "mixed"),
        ("", "other"),
        ("123 ー 456", "other"),
        ("😀", "other"),
    ],
)
def test_the_language_is_told(text, language):
    assert detect_languages([text]) == [language]


@given(texts=st.lists(st.text()))
def test_any_text_has_a_language_and_the_same_one_each_time(texts):
    found = detect_languages(texts)
    assert set(found) <= {"en", "ja", "other", "mixed"}
    assert detect_languages(reversed(texts)) == found[::-1]
