from __future__ import annotations

import pytest

from alignkit.text.quantities import read_quantities

READ = [
    ("広島で観光バス横転　3人死亡12人けが", [("count", 3, 3, "people"), ("count", 12, 12, "people")]),
    ("広島で観光バス横転　３人死亡１２人けが", [("count", 3, 3, "people"), ("count", 12, 12, "people")]),
    ("三人死亡、十五人けが　秋田", [("count", 3, 3, "people"), ("count", 15, 15, "people")]),
    ("死者3人、けが人12人に", [("count", 3, 3, "people"), ("count", 12, 12, "people")]),
    ("百二十人が避難、秋田の山村", [("count", 120, 120, "people")]),
    ("10数人が軽傷　秋田の工場", [("count", 10, 10, "people")]),
    ("数十人が避難　山火事", [("count", 20, 99, "people")]),
    ("数人けが　秋田の工場", [("count", 2, 9, "people")]),
    ("約600人が行進　長崎", [("count", 600, 600, "people")]),
    ("1000人超が参加　札幌", [("count", 1000, 1000, "people")]),
    ("1300人余りが署名", [("count", 1300, 1300, "people")]),
    ("200人以上が被害", [("count", 200, 200, "people")]),
    ("20人近くを逮捕", [("count", 20, 20, "people")]),
    ("3万5千人割れ", [("count", 35_000, 35_000, "people")]),
    ("死者最大20万人　政府想定", [("count", 200_000, 200_000, "people")]),
    ("少なくとも3人死亡", [("count", 3, 3, "people")]),
    ("3~5人が不明", [("count", 3, 5, "people")]),
    ("3～5人が不明", [("count", 3, 5, "people")]),
    ("2、3人が軽傷", [("count", 2, 3, "people")]),
    ("午前9時～午後5時に点検", [("time", 9, 9, "24h"), ("time", 17, 17, "24h")]),
    ("2万3千戸停電　沖縄", [("count", 23_000, 23_000, "building")]),
    ("14棟全焼　大阪", [("count", 14, 14, "building")]),
    ("貨物船2隻が衝突", [("count", 2, 2, "vessel")]),
    ("ヒグマ3頭を捕獲", [("count", 3, 3, "animal")]),
    ("高級車800台窃盗", [("count", 800, 800, "vehicle")]),
    ("5社捜索　談合疑い", [("count", 5, 5, "company")]),
    ("20カ所を捜索", [("count", 20, 20, "place")]),
    ("絵画120点を寄贈", [("count", 120, 120, "point")]),
    ("比例で30議席減", [("count", 30, 30, "seat")]),
    ("1億2千万円の詐欺", [("money", 120_000_000, 120_000_000, "JPY")]),
    ("12億円詐取で起訴", [("money", 1_200_000_000, 1_200_000_000, "JPY")]),
    ("1420億円の被害", [("money", 142_000_000_000, 142_000_000_000, "JPY")]),
    ("10兆円超要求へ", [("money", 10_000_000_000_000, 10_000_000_000_000, "JPY")]),
    ("320万ドルで落札", [("money", 3_200_000, 3_200_000, "USD")]),
    ("20豪ドルに値上げ", [("money", 20, 20, "AUD")]),
    ("５億ユーロを融資", [("money", 500_000_000, 500_000_000, "EUR")]),
    ("百万ドルの寄付", [("money", 1_000_000, 1_000_000, "USD")]),
    ("3千億円を投資", [("money", 300_000_000_000, 300_000_000_000, "JPY")]),
    ("1800円超下落", [("money", 1800, 1800, "JPY")]),
    ("純利益18.4%減", [("percent", 18.4, 18.4, "%")]),
    ("純利益１８・４％減", [("percent", 18.4, 18.4, "%")]),
    ("支持率3割切る", [("percent", 30, 30, "%")]),
    ("打率3割5分", [("percent", 35, 35, "%")]),
    ("町村の3分の1が赤字", [("percent", 33.33, 33.33, "%")]),
    ("半数が反対", [("percent", 50, 50, "%")]),
    ("0.25ポイント上げ", [("count", 0.25, 0.25, "point")]),
    ("地方拠点を2倍に", [("multiple", 2, 2, "x")]),
    ("出荷倍増へ", [("multiple", 2, 2, "x")]),
    ("日本人初の月面歩行", [("ordinal", 1, 1, "")]),
    ("3人目の感染", [("ordinal", 3, 3, "")]),
    ("3年連続の増加", [("ordinal", 3, 3, "row")]),
    ("3度目の優勝", [("ordinal", 3, 3, "")]),
    ("第3次答申", [("ordinal", 3, 3, "")]),
    ("20号到達、戸倉", [("ordinal", 20, 20, "")]),
    ("台風2号が接近", [("ordinal", 2, 2, "")]),
    ("3号機を再稼働", [("ordinal", 3, 3, "")]),
    ("17世紀の茶わん発見", [("ordinal", 17, 17, "century")]),
    ("6連敗で監督解任", [("ordinal", 6, 6, "row")]),
    ("45歳の男を逮捕", [("age", 45, 45, "year")]),
    ("高橋さん（45）を表彰", [("age", 45, 45, "year")]),
    ("40代の男性重傷", [("age", 40, 49, "year")]),
    ("第78代横綱に", [("ordinal", 78, 78, "")]),
    ("4-1で快勝　仙台", [("score", 1, 4, "")]),
    ("３―１で快勝　仙台", [("score", 1, 3, "")]),
    ("3－1で快勝", [("score", 1, 3, "")]),
    ("3対1で快勝", [("score", 1, 3, "")]),
    ("2-5で敗れる", [("score", 2, 5, "")]),
    ("14勝1敗で優勝", [("score", 1, 14, "")]),
    ("岩手沖でM6.1", [("magnitude", 6.1, 6.1, "M")]),
    ("岩手沖でＭ６・１", [("magnitude", 6.1, 6.1, "M")]),
    ("マグニチュード7.3の地震", [("magnitude", 7.3, 7.3, "M")]),
    ("震度5強を観測", [("intensity", 5.5, 5.5, "shindo")]),
    ("震度４を観測", [("intensity", 4, 4, "shindo")]),
    ("震度5の揺れ", [("intensity", 5, 5.5, "shindo")]),
    ("7月26日に投票", [("month", 7, 7, ""), ("day", 26, 26, "")]),
    ("26日に投票", [("day", 26, 26, "")]),
    ("7月26～28日に開催", [("month", 7, 7, ""), ("day", 26, 28, "")]),
    ("令和7年に開館", [("year", 2025, 2025, "")]),
    ("令和元年の台風", [("year", 2019, 2019, "")]),
    ("2031年に開館", [("year", 2031, 2031, "")]),
    ("二〇三一年に開館", [("year", 2031, 2031, "")]),
    ("34年に開館へ", [("year", 34, 34, "short")]),
    ("33年度予算が成立", [("year", 33, 33, "short")]),
    ("31年3月期は減益", [("year", 30, 30, "short")]),
    ("1950年代の包装紙", [("year", 1950, 1959, "")]),
    ("06年の導入", [("year", 6, 6, "short")]),
    ("1895（明治28）年の疫病", [("year", 1895, 1895, "")]),
    ("30年の歴史", [("duration", 30, 30, "year")]),
    ("15年求刑　検察", [("duration", 15, 15, "year")]),
    ("拘禁刑2年6月の判決", [("duration", 2.5, 2.5, "year")]),
    ("（土）の試合中止", [("weekday", 6, 6, "")]),
    ("土曜に会談", [("weekday", 6, 6, "")]),
    ("午前7時に開門", [("time", 7, 7, "24h")]),
    ("午後7時半に閉門", [("time", 19.5, 19.5, "24h")]),
    ("19時30分に閉店", [("time", 19.5, 19.5, "24h")]),
    ("7時に開門", [("time", 7, 7, "12h")]),
    ("3日間の祭り", [("duration", 3, 3, "day")]),
    ("3日ぶり保護", [("duration", 3, 3, "day")]),
    ("5日遅れの梅雨入り", [("duration", 5, 5, "day")]),
    ("2年ぶり増加", [("duration", 2, 2, "year")]),
    ("3カ月の停職", [("duration", 3, 3, "month")]),
    ("1年半の休業", [("duration", 1.5, 1.5, "year")]),
    ("1時間30分の遅れ", [("duration", 1.5, 1.5, "hour")]),
    ("2週間の入院", [("duration", 2, 2, "week")]),
    ("9秒97で優勝", [("duration", 9.97, 9.97, "second")]),
    ("4分5秒71の日本新", [("duration", 245.71, 245.71, "second")]),
    ("噴煙5千メートルに", [("length", 5000, 5000, "m")]),
    ("コカイン700キロ押収", [("kilo", 700, 700, "kilo")]),
    ("36.2度を記録", [("temperature", 36.2, 36.2, "C")]),
    ("零下5度の朝", [("temperature", -5, -5, "C")]),
    ("33度の運動会", [("temperature", 33, 33, "C")]),
    ("東京ドーム3個分、50ヘクタール焼く", [("count", 3, 3, ""), ("area", 500_000, 500_000, "m2")]),
    ("時速320キロで走行", [("speed", 320, 320, "km/h")]),
    ("2千年前の銅鏡", [("duration", 2000, 2000, "year")]),
    ("1人に10万円支給", [("count", 1, 1, "people"), ("money", 100_000, 100_000, "JPY")]),
    ("背番号「3」を継ぐ", [("ordinal", 3, 3, "")]),
]
NOT_READ = [
    "山火事で複数の住宅焼ける",
    "国道152号が再開",
    "JR3番線で事故",
    "東京2020の検証",
    "G7環境相が合意",
    "一部で停電",
    "一方で批判も",
    "統一地方選の日程",
    "三重で地震",
    "四国で大雨",
    "北九州で火災",
    "千葉で停電",
    "八戸の遺跡",
    "十和田で雪",
    "万博の来場者",
    "百貨店が閉店",
    "六本木で火災",
    "一斉に点検",
    "半導体の輸出",
    "二の舞を避ける",
    "億劫な手続き",
    "三菱重工が受注",
]


def values(text: str) -> list[tuple[str, float, float, str]]:
    return [
        (quantity.kind, round(quantity.low, 2), round(quantity.high, 2), quantity.unit)
        for quantity in read_quantities(text, "ja")
    ]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_numbers_are_read(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize("text", NOT_READ)
def test_what_only_looks_like_a_number_is_not_read(text):
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("1000人超が参加", "over"),
        ("1300人余りが署名", "over"),
        ("少なくとも3人死亡", "over"),
        ("10兆円突破", "over"),
        ("20人近くを逮捕", "under"),
        ("3万5千人割れ", "under"),
        ("死者最大20万人", "under"),
        ("約600人が行進", "about"),
        ("600人が行進", ""),
        ("3人強盗の疑い", ""),
    ],
)
def test_words_around_a_number_open_it(text, approximate):
    assert [quantity.approximate for quantity in read_quantities(text, "ja")] == [approximate]


def test_roles_tell_the_people_apart():
    quantities = read_quantities("3人死亡12人けが、4人不明　2人逮捕", "ja")
    assert [quantity.role for quantity in quantities] == ["dead", "hurt", "missing", "arrested"]


def test_a_rounded_figure_says_to_how_much_it_is_exact():
    figures = ("120万人", "1億2千万円", "2万3千戸", "1234人", "三十人", "数十人")
    precisions = [read_quantities(text, "ja")[0].precision for text in figures]
    assert precisions == [10_000, 10_000_000, 1_000, 1, 1, 10]


def test_the_span_takes_in_what_makes_the_number():
    text = "市内で震度５強、零下２度　令和７年"
    assert [quantity.text for quantity in read_quantities(text, "ja")] == ["震度５強", "零下２度", "令和７年"]
