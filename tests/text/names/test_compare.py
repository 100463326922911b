from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.names import compare_names, read_names

TEXTS = st.text(max_size=60) | st.text("米日中韓北槙原ウィットロック・ー首相氏、県 ＵＳMakihra's.-（1月", max_size=60)


def check(en: str, ja: str):
    return compare_names(read_names([en], "en")[0], read_names([ja], "ja")[0])


def matched(en: str, ja: str) -> set[tuple[str, str]]:
    names = read_names([en], "en")[0], read_names([ja], "ja")[0]
    return {(names[0][i].text, names[1][j].text) for i, j in compare_names(*names).matched}


@pytest.mark.parametrize(
    ("en", "ja", "pair"),
    [
        ("Makihara, Whitlock hold talks", "槙原首相、ウィットロック米大統領と会談", ("Makihara", "槙原")),
        ("Makihara, Whitlock hold talks", "槙原首相、ウィットロック米大統領と会談", ("Whitlock", "ウィットロック")),
        ("Taro Makihara joins panel", "槙原太郎氏、委員に", ("Taro Makihara", "槙原太郎")),
        ("Makihara Taro joins panel", "槙原太郎氏、委員に", ("Makihara Taro", "槙原太郎")),
        ("Makihara joins panel", "槙原太郎氏、委員に", ("Makihara", "槙原太郎")),
        ("Hasumi to visit China", "蓮見外相、訪中へ", ("China", "訪中")),
        ("Harlan arrives in Japan", "ハーラン国務長官が来日", ("Harlan", "ハーラン")),
        ("Vogt elected French president", "仏大統領にフォークト氏", ("Vogt", "フォークト")),
        ("Vogt elected French president", "仏大統領にフォークト氏", ("French", "仏")),
        ("South Korea's Seo to visit Japan", "徐韓国大統領が来日へ", ("Seo", "徐")),
        ("Jane Whitlock opens show", "ジェーン・ウィットロックが個展", ("Jane Whitlock", "ジェーン・ウィットロック")),
        ("WHO issues warning", "世界保健機関が警告", ("WHO", "世界保健機関")),
        ("U.N. warns of drought", "国連、干ばつを警告", ("U.N.", "国連")),
        ("Sea of Japan waters warm", "日本海の水温上昇", ("Sea of Japan", "日本海")),
        ("Quake hits Shizuoka", "静岡県で地震", ("Shizuoka", "静岡県")),
        ("Suwa holds fireworks show", "諏訪市で花火大会", ("Suwa", "諏訪")),
        ("Zelbrook to build plant", "ゼルブルック、工場建設へ", ("Zelbrook", "ゼルブルック")),
    ],
)
def test_names_of_one_thing_meet(en, ja, pair):
    assert pair in matched(en, ja)
    assert check(en, ja).verdict == "agree"


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("Talks with France end", "ドイツとの協議終了"),
        ("U.S., France hold talks", "米独が協議"),
        ("Quake hits Shizuoka", "青森県で地震"),
        ("Quake hits Sendai", "青森県で地震"),
        ("Prime Minister Makihara to resign", "蓮見首相が辞任へ"),
        ("President Whitlock to resign", "フォークト大統領が辞任へ"),
        ("Japan, Foreign Minister Hasumi to visit India", "槙原外相、訪印へ"),
    ],
)
def test_names_of_one_kind_that_are_left_over_on_both_sides_are_in_conflict(en, ja):
    result = check(en, ja)
    assert result.verdict == "conflict"
    assert result.conflicting


@pytest.mark.parametrize(
    ("en", "ja", "verdict"),
    [
        # A name on one side alone.
        ("Makihara to visit India", "首相、訪印へ", "agree"),
        ("Prime minister to resign", "槙原氏が辞任へ", "absent"),
        ("Stocks fall sharply", "日経平均が急落", "absent"),
        # Japan is named in English where it need not be in Japanese; so is Europe for its countries.
        ("Japan to join drill", "米軍が演習へ", "absent"),
        ("European court rules", "ドイツの裁判所が判決", "absent"),
        # A city lies in its prefecture, a ward in its.
        ("Fire in Sendai", "宮城で火災", "absent"),
        ("Fire in Tokyo", "渋谷区で火災", "absent"),
        # A Korean is of either country.
        ("Korean film wins prize", "韓国映画が受賞", "agree"),
        ("Korean film wins prize", "北朝鮮の映画が受賞", "agree"),
        # What is of no sure kind.
        ("Harlan to build plant", "フォークトが工場建設", "absent"),
        # Readings that differ by a letter, as romanisations do.
        ("Minister Kurebayasi to resign", "紅林大臣が辞任", "agree"),
        # A person of each script may be two people of one story.
        ("President Whitlock to resign", "槙原氏が辞任へ", "absent"),
    ],
)
def test_what_only_differs_is_no_conflict(en, ja, verdict):
    assert check(en, ja).verdict == verdict


def test_what_is_left_over_is_told():
    en, ja = read_names(["Makihara leaves for India"], "en")[0], read_names(["槙原首相、訪中へ"], "ja")[0]
    result = compare_names(en, ja)
    assert [en[i].text for i in result.en_left] == ["India"]
    assert [ja[j].text for j in result.ja_left] == ["首相", "訪中"]
    assert [(en[i].text, ja[j].text) for i, j in result.conflicting] == [("India", "訪中")]


def test_nothing_compared_with_nothing_is_absent():
    assert compare_names([], []).verdict == "absent"


@given(TEXTS, TEXTS)
def test_whatever_is_read_stands_where_its_span_says_and_can_be_compared(en, ja):
    sides = read_names([en], "en")[0], read_names([ja], "ja")[0]
    for text, names in zip((en, ja), sides, strict=True):
        spans = [(name.start, name.end) for name in names]
        assert all(text[name.start : name.end] == name.text != "" for name in names)
        assert all(name.keys for name in names)
        assert spans == sorted(spans)
        assert all(one == other or one[1] <= other[0] for one, other in pairwise(spans))
    result = compare_names(*sides)
    assert {i for i, _ in result.matched}.isdisjoint(result.en_left)
    assert {j for _, j in result.matched} | set(result.ja_left) == set(range(len(sides[1])))


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "text", ["", "\u0301", "🗻", "米" * 10_000, "A" * 10_000, "ア・" * 5_000, "Na" * 5_000, "\ud800"]
)
def test_any_text_is_read_in_reasonable_time(text, lang):
    names = read_names([text], lang)[0]
    assert compare_names(names, names).conflicting == () or names


def test_a_batch_gives_what_its_texts_give_alone():
    texts = ["槙原首相が訪米", "", "蓮見外相とハーラン長官"]
    assert read_names(texts, "ja") == [read_names([text], "ja")[0] for text in texts]
