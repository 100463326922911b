from __future__ import annotations

import re
import unicodedata
from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.text.normalise import Affixes, Part, learn_suffixes, normalise, proper_column

AFFIXES = Affixes(
    suffixes=("：山海新聞デジタル｜さんかい", " | Sorami News", "｜汐見日報"),
    prefixes=("北稜民報 ：",),
    aggregators=(" - みんなのニュース",),
)
HEADLINE = "北の島で地震 津波の心配なし"


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("北の島で地震　津波の心配なし", HEADLINE),
        ("Ｍ６・１の地震、３人けが", "M6・1の地震、3人けが"),
        ("ｶﾞｽﾊﾟﾝの町", "ガスパンの町"),
        ("１０㌔ 先で３０㌫減", "10キロ 先で30パーセント減"),
        ("Mayor: ‘no plan’ — “none”", "Mayor: 'no plan' ― \"none\""),
        ("3〜5人 3～5人", "3〜5人 3〜5人"),
        ("どうなる...町の祭り", "どうなる…町の祭り"),
        ("Town &amp; country&#33;", "Town & country!"),
        ("<b>最高裁</b>が判断<br/>きょう", "最高裁が判断きょう"),
        ("10²と第5①", "10²と第5①"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_characters_come_in_one_dress(published, text):
    (found,) = normalise([published], AFFIXES)
    assert (found.published, found.text, found.parts) == (published, text, ())


@pytest.mark.parametrize(
    ("published", "kind", "core"),
    [
        (f"【速報】{HEADLINE}", "label", "速報"),
        (f"{HEADLINE}【動画あり】", "label", "動画あり"),
        (f"〈独自〉{HEADLINE}", "label", "独自"),
        (f"［写真］{HEADLINE}", "label", "写真"),
        (f"UPDATE1: {HEADLINE}", "label", "UPDATE1"),
        (f"Breaking news | {HEADLINE}", "label", "Breaking news"),
        (f"{HEADLINE} (video)", "label", "video"),
        (f"{HEADLINE}（共同）", "credit", "共同"),
        (f"【ワシントン共同】{HEADLINE}", "credit", "ワシントン共同"),
        (f"{HEADLINE}＝共同", "credit", "共同"),
        (f"{HEADLINE} (Kyodo)", "credit", "Kyodo"),
        (f"TOKYO, July 26, Kyodo - {HEADLINE}", "credit", "TOKYO, July 26, Kyodo"),
        (f"TOKYO (Kyodo) -- {HEADLINE}", "credit", "TOKYO (Kyodo)"),
        (f"{HEADLINE}：山海新聞デジタル｜さんかい", "outlet", "山海新聞デジタル|さんかい"),
        (f"{HEADLINE} ｜ 汐見日報", "outlet", "汐見日報"),
        (f"{HEADLINE} | Sorami News", "outlet", "Sorami News"),
        (f"北稜民報 ：{HEADLINE}", "outlet", "北稜民報"),
        (f"{HEADLINE}（浜辺スポーツ ） - みんなのニュース", "outlet", "(浜辺スポーツ ) - みんなのニュース"),
        (f"{HEADLINE}（１／２）", "page", "1/2"),
        (f"{HEADLINE}…", "truncation", ""),
        (f"{HEADLINE}...もっと読む", "truncation", "もっと読む"),
    ],
)
def test_what_stands_around_a_headline_is_taken_off_and_kept(published, kind, core):
    (found,) = normalise([published], AFFIXES)
    assert found.text == HEADLINE
    assert found.of_kind(kind) == (core,)
    assert found.is_truncated == (kind == "truncation")


def test_several_parts_come_off_from_the_outside_in():
    (found,) = normalise([f"【速報】【独自】{HEADLINE}（空見）（共同）｜汐見日報"], AFFIXES)
    assert found.text == f"{HEADLINE}(空見)"
    assert found.parts == (
        Part("outlet", "|汐見日報"),
        Part("credit", "(共同)"),
        Part("label", "【速報】"),
        Part("label", "【独自】"),
    )


@pytest.mark.parametrize(
    "published",
    [
        "【速報】",
        "（共同）",
        "｜汐見日報",
        "UPDATE1:",
        "『北の海』公開",
        "「共同」で開発",
        "Focus on the north",
        "〈北〉の海",
    ],
)
def test_what_is_the_headline_itself_stays(published):
    (found,) = normalise([published], AFFIXES)
    assert found.parts == ()


def test_suffixes_of_outlets_that_are_not_registered_are_learnt_from_their_headlines():
    texts = [f"見出し{number}" + "：浜の新聞 電子版" * (number % 3 > 0) for number in range(9)]
    assert learn_suffixes(texts) == ("：浜の新聞 電子版",)
    assert learn_suffixes(texts[:4]) == ()
    assert learn_suffixes([f"北{number}（空見）" for number in range(5)]) == ("（空見）",)
    assert learn_suffixes([f"G{number} in Nara - Sorami" for number in range(5)]) == (" - Sorami",)


HEADLINES = st.lists(
    st.sampled_from(
        [
            "北",
            "の島",
            "Quake",
            " ",
            "　",
            "（共同）",
            "【速報】",
            "｜汐見日報",
            "…",
            "...",
            "3",
            "１",
            "UPDATE1: ",
            "ｶﾞ",
            "-",
            "(1/2)",
            ":",
            "&",
            "amp;",
        ]
    )
).map("".join)


@given(text=st.text() | HEADLINES)
def test_normalising_twice_is_normalising_once(text):
    (once,) = normalise([text], AFFIXES)
    (twice,) = normalise([once.text], AFFIXES)
    assert (twice.text, twice.parts) == (once.text, ())


def characters(text):
    """The digits, Latin letters and CJK characters of a text, whatever their dress."""
    return Counter(re.findall(r"[0-9A-Za-zぁ-ヺ一-鿿]", unicodedata.normalize("NFKC", text)))


@given(text=st.text(st.characters(exclude_characters="<&")) | HEADLINES.filter(lambda text: "&" not in text))
def test_no_digit_letter_or_ideograph_is_lost(text):
    (found,) = normalise([text], AFFIXES)
    assert characters("".join([found.text, *(part.text for part in found.parts)])) == characters(text)


@given(text=st.text("ab Z09北の島、「」"))
def test_a_text_without_anything_to_normalise_comes_back_unchanged(text):
    published = " ".join(text.split(" ")).strip()
    published = re.sub(" +", " ", published)
    assert normalise([published], AFFIXES)[0].text == published


def test_texts_are_normalised_by_themselves_whatever_stands_beside_them():
    texts = [f"【速報】{HEADLINE}", HEADLINE, "", "（共同）", f"{HEADLINE}（共同）"]
    assert normalise(texts, AFFIXES) == [found for text in texts for found in normalise([text], AFFIXES)]


@given(texts=st.lists(st.text() | HEADLINES))
def test_the_column_holds_what_normalising_gives(texts):
    column = proper_column(pl.Series(texts, dtype=pl.String), AFFIXES)
    assert column.to_list() == [found.text for found in normalise(texts, AFFIXES)]
