from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.heard import Listener, romaji_names, sound_of

READINGS = {
    "空": ("kara", "ku", "sora"),
    "見": ("ken", "mi"),
    "学": ("gaku", "mana", "manabu"),
    "校": ("ko",),
    "川": ("kawa", "sen"),
    "井": ("i",),
    "上": ("jo", "ue"),
    "松": ("matsu", "sho"),
    "原": ("gen", "hara"),
    "佐": ("sa",),
    "木": ("ki", "moku"),
}


class Readings:
    """Stands for a lexicon that knows the kanji above and no other."""

    def kanji_readings(self, characters):
        return {character: READINGS[character] for character in characters if character in READINGS}


def heard(en, ja, lexicon=Readings):
    sound = sound_of(ja)
    return Listener([sound], lexicon and lexicon()).count_heard(romaji_names(en), sound)


def test_names_are_capitalised_words_of_japanese_syllables():
    assert romaji_names("Mayor of Soramimachi, Mr. Ōkubo of Tsunoda Foods, meets Okubo") == (
        "soramimachi",
        "okubo",
        "tsunoda",
    )
    assert romaji_names("Strong quake jolts Northland, sakana fishing stops") == ()


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("Sorami mayor quits", "空見の市長が辞職"),
        ("Gakko wins", "学校の勝利"),
        ("Gawa and Soragawa", "空川と井川"),
        ("Inoue retires", "井上が引退"),
        ("Matsubara opens", "松原が開店"),
        ("Sasaki elected", "佐々木氏当選"),
        ("Kokoro Foods closes", "こころ食品が閉店"),
        ("Minato FC loses", "ＭＩＮＡＴＯ　ＦＣが敗戦"),
    ],
)
def test_a_name_that_can_be_read_from_the_text_is_heard(en, ja):
    assert heard(en, ja) == len(romaji_names(en)) > 0


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("Soramichi mayor quits", "空見の市長が辞職"),
        ("Gatko wins", "学校の勝利"),
        ("Karami reopens", "空だけを見て再開"),
    ],
)
def test_a_name_that_cannot_is_not(en, ja):
    assert heard(en, ja) == 0


def test_without_a_lexicon_readings_alone_are_heard():
    assert heard("Tokyo reopens", "東京で再開", None) == 1
    assert heard("Karami reopens", "空見で再開", None) == 0
    assert heard("Karami reopens", "空見で再開") == 1


@given(st.text(), st.text(alphabet=st.sampled_from("空見学校川井上々ヶのソラ a")))
def test_any_texts_are_listened_to(en, ja):
    assert 0 <= heard(en, ja) <= len(romaji_names(en))
