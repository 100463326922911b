from __future__ import annotations

import pytest

from alignkit.text.names import read_names


def read(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in read_names([text], "ja")[0]]


def keys(text: str) -> set[str]:
    return {key for name in read_names([text], "ja")[0] for key in name.keys}


def countries(text: str) -> list[str]:
    names = [name for name in read_names([text], "ja")[0] if name.kind == "country"]
    return sorted(key.removeprefix("country:") for name in names for key in name.keys)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("米、対中関税を延期", ["CN", "US"]),
        ("日米韓が局長級協議", ["JP", "KR", "US"]),
        ("米朝首脳、電話で会談", ["KP", "US"]),
        ("日中首脳会談へ調整", ["CN", "JP"]),
        ("日中の気温、平年並み", []),
        ("中ロ外相が会談", ["CN", "RU"]),
        ("独仏首脳、防衛で協力", ["DE", "FR"]),
        ("英首相が辞意", ["GB"]),
        ("豪首相、来月訪日", ["AU", "JP"]),
        ("印首相が演説", ["IN"]),
        ("比大統領が就任", ["PH"]),
        ("越首相、経済界と懇談", ["VN"]),
        ("訪米の首相、帰国の途に", ["US"]),
        ("首相、渡米へ", ["US"]),
        ("駐米大使を交代", ["US"]),
        ("在日米軍の演習", ["JP", "US"]),
        ("露軍が撤収", ["RU"]),
        ("ロ軍が撤収", ["RU"]),
        ("北、ミサイル発射か", ["KP"]),
        ("北海道で積雪", []),
        ("北朝鮮、談話を発表", ["KP"]),
        ("米国務長官が来日", ["JP", "US"]),
        ("米国防長官が演説", ["US"]),
        ("5日米大統領が会見", ["US"]),
        ("新米の季節、備蓄米も店頭に", []),
        ("米農家の高齢化進む", []),
        ("中国の輸出が増加", ["CN"]),
        ("中国地方で大雨", []),
        ("中国電力、料金を改定", []),
        ("台湾の半導体工場", ["TW"]),
        ("台北で見本市", []),
        ("南米で日食", []),
        ("タイ首相が来日", ["JP", "TH"]),
        ("10連勝でタイ記録", []),
        ("インドネシアで火山噴火", ["ID"]),
        ("インドア競技の大会", []),
        ("欧州連合が基準案", ["EU"]),
        ("全米で公開", ["US"]),
        ("ウクライナ支援を継続", ["UA"]),
        ("試合中に雷、中断", []),
    ],
)
def test_countries_are_read_from_their_names_and_from_kanji_that_stand_for_them(text, codes):
    assert countries(text) == codes


def test_a_word_for_several_countries_is_a_name_of_each_with_one_span():
    names = read_names(["日米韓が局長級協議"], "ja")[0]
    assert [(name.text, sorted(name.keys)) for name in names] == [
        ("日米韓", ["country:JP"]),
        ("日米韓", ["country:US"]),
        ("日米韓", ["country:KR"]),
    ]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("静岡県で震度4", "place:22"),
        ("静岡で震度4", "place:22"),
        ("東京都が補正予算", "place:13"),
        ("京都で紅葉見頃", "place:26"),
        ("仙台で光の祭り", "place:sendai"),
        ("渋谷区が条例案", "place:shibuya-ward"),
        ("富士山が初冠雪", "place:fuji"),
        ("福島第１原発の処理水", "place:fukushima-daiichi"),
        ("辺野古の工事再開", "place:henoko"),
        ("竹島沖で調査", "place:takeshima"),
        ("関空に新施設", "place:kansai-airport"),
        ("ワシントンで協議", "place:washington"),
        ("ロンドンで見本市", "place:london"),
        ("日銀が会合", "org:boj"),
        ("東証が反発", "org:tse"),
        ("東電が再建計画", "org:tepco"),
        ("気象庁が注意報", "org:jma"),
        ("愛知県警が捜査", "org:police"),
        ("名古屋地検が起訴", "org:prosecutors"),
        ("最高裁が弁論", "org:supreme-court"),
        ("国連が報告書", "org:un"),
        ("ＷＨＯが声明", "org:who"),
        ("立民が代表選", "org:cdpj"),
        ("維新が公約", "org:innovation-party"),
        ("山口組系の事務所", "org:yamaguchi-gumi"),
        ("官房長官が会見", "office:chief-cabinet-secretary"),
        ("防衛相が視察", "office:defense-minister"),
        ("ＺＸＱ社が上場", "acronym:zxq"),
    ],
)
def test_places_bodies_and_offices_have_the_keys_of_the_tables(text, key):
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("槙原首相が会見", ("槙原", "person")),
        ("槙原太郎氏が講演", ("槙原太郎", "person")),
        ("ウィットロック米大統領が演説", ("ウィットロック", "person")),
        ("徐韓国大統領が来日", ("徐", "person")),
        ("フォークト氏が当選", ("フォークト", "person")),
        ("ハーラン国務長官が来日", ("ハーラン", "person")),
        ("ジェーン・ウィットロック、個展を開く", ("ジェーン・ウィットロック", "person")),
        ("千葉容疑者を送検", ("千葉", "person")),
        ("千葉で停電", ("千葉", "place")),
        ("諏訪市で花火", ("諏訪", "place")),
    ],
)
def test_people_are_known_by_what_stands_beside_them(text, name):
    assert name in read(text)


def test_a_full_name_has_the_readings_of_its_surname():
    assert {"romaji:makihara", "romaji:makibara"} <= keys("槙原太郎氏が講演")


def test_words_in_katakana_that_are_no_names_are_left_out():
    assert read("ロケットの部品をインターネットで販売") == []


def test_full_width_letters_and_digits_are_read_like_half_width_ones():
    wide, narrow = read_names(["ＮＴＴ、福島第１原発へ", "NTT、福島第1原発へ"], "ja")
    assert [(name.start, name.end, name.kind, name.keys) for name in wide] == [
        (name.start, name.end, name.kind, name.keys) for name in narrow
    ]


def test_without_the_lexicon_names_are_read_as_ipadic_reads_them(monkeypatch):
    monkeypatch.setattr("alignkit.text.names.japanese.load_lexicon", lambda: None)
    assert "romaji:makihara" in keys("槙原首相が会見")
