from __future__ import annotations

import pytest

from alignkit.text.quantities import QuantityCheck, compare_quantities, read_quantities

AGREE = [
    ("3 dead, 12 injured as bus overturns", "バス横転、3人死亡"),
    ("3 dead, 12 injured as bus overturns", "バス横転、3人死亡12人けが"),
    ("Ex-mayor defrauded of 120 mil. yen", "元市長から1億2千万円詐取"),
    ("1.2 million sign petition", "118万人が署名"),
    ("1.2 million sign petition", "120万人が署名"),
    ("Profit falls 18.4%", "純利益2割近く減"),
    ("Profit falls 18.4%", "純利益18％減"),
    ("30 pct of reef bleached", "サンゴの3割白化"),
    ("Half of towns in red", "町村の半数が赤字"),
    ("One-third of towns in red", "町村の3分の1が赤字"),
    ("Over 200 figurines unearthed", "土偶212体が出土"),
    ("Measles cases top 1,000", "はしか千人超"),
    ("Prison population below 35,000", "受刑者3万5千人割れ"),
    ("Inmate caught after 72 hours", "受刑者、3日ぶり確保"),
    ("Two-week lockdown begins", "14日間の封鎖始まる"),
    ("18-month hiatus ends", "1年半ぶり再開"),
    ("Vote on July 26", "26日に投票"),
    ("Vote on July 26", "7月26日に投票"),
    ("Vote on the 26th", "26日に投票"),
    ("Museum to open in 2034", "博物館、34年開館へ"),
    ("Museum to open in 2034", "34年の博物館構想"),
    ("Profit falls in FY 2030", "31年3月期は減益"),
    ("Shop founded 30 years ago", "30年の老舗"),
    ("Talks Saturday", "会談は土曜"),
    ("Gates open at 7 p.m.", "開門は19時"),
    ("Gates open at 7 a.m.", "開門は7時"),
    ("Akita beat Sendai 4-1", "秋田が仙台に4対1"),
    ("Sendai lose 1-4 to Akita", "秋田4―1仙台"),
    ("14-1 record for Aonami", "碧波が14勝1敗"),
    ("M6.1 quake off Iwate", "岩手沖でＭ６・１"),
    ("Upper 5 quake jolts Noto", "能登で震度5強"),
    ("700 kg of cocaine seized", "コカイン700キロ押収"),
    ("300-km cable laid", "300キロのケーブル敷設"),
    ("Mercury hits 35.2 C", "気温35・2度"),
    ("Conductor dies at 88", "指揮者死去、88歳"),
    ("Woman in her 40s held", "40代の女を逮捕"),
    ("2nd day of summer meet", "夏場所2日目"),
    ("6 straight losses", "6連敗"),
    ("Typhoon No. 2 forms", "台風2号発生"),
    ("7th inning rally", "7回に逆転"),
    ("Sprinter clocks 9.97", "9秒97で優勝"),
    ("Users up four times", "利用者4倍に"),
    ("Dozens hurt in crash", "衝突で40人けが"),
    ("Japanese first on moon", "日本人初の月面歩行"),
    ("About 80 feet deep", "深さ約24メートル"),
    ("4 fined, 2nd time this year", "4人に罰金、今年2度目"),
    ("Ace gets 1,999th win, nears 2,000", "エース1999勝目、2000勝に王手"),
    ("Tower opened in 1968", "1960年代の塔"),
]
CONFLICT = [
    ("3 dead as bus overturns", "バス横転、13人死亡"),
    ("3 dead, 12 injured", "3人死亡15人けが"),
    ("Ex-mayor defrauded of 120 mil. yen", "元市長から12億円詐取"),
    ("1.2 million sign petition", "150万人が署名"),
    ("Profit falls 18.4%", "純利益25％減"),
    ("Vote on July 26", "7月28日に投票"),
    ("Vote in July", "8月に投票"),
    ("Museum to open in 2034", "博物館、36年開館へ"),
    ("Talks Saturday", "会談は月曜"),
    ("Gates open at 7 p.m.", "開門は午前7時"),
    ("Akita beat Sendai 4-1", "秋田が仙台に4―2"),
    ("M6.1 quake off Iwate", "岩手沖でM5.8"),
    ("Upper 5 quake jolts Noto", "能登で震度4"),
    ("45-year-old man held", "35歳の男逮捕"),
    ("Conductor dies at 88", "指揮者死去、78歳"),
    ("9-yr prison term", "拘禁刑8年判決"),
    ("Typhoon No. 2 forms", "台風3号発生"),
    ("Two ships collide", "船3隻が衝突"),
    ("14 buildings burned", "41棟焼ける"),
    ("5 firms raided", "8社捜索"),
    ("Over 200 hurt", "150人けが"),
    ("Mercury hits 35.2 C", "気温32・5度"),
    ("6 straight losses", "8連敗"),
    ("6th win for ace", "エース9勝目"),
    ("17th-century bowl", "19世紀の茶わん"),
    ("$3.2 million print", "230万ドルの版画"),
    ("Third straight year of growth", "5年連続の成長"),
    ("Museum opened in 2014", "2000年開館の博物館"),
    ("Aonami gets 1,985th win", "碧波が2000勝目"),
    ("Gates open at 3 p.m.", "開門は午後2時過ぎ"),
    ("Sentence of up to 6 years", "懲役5年"),
    ("About 85 feet deep", "深さ約80フィート"),
    ("Users up threefold", "利用者2倍に"),
    ("Third bout this year", "今年4度の試合"),
    ("Second no-hitter for ace", "エース、4回を無安打"),
    ("Sendai keep two-win lead", "仙台、貯金3を守る"),
    ("4 days in office", "就任3日目"),
    ("Swimmer, still only 17", "競泳の30歳"),
    ("Pair rescued from river", "川で3人救助"),
    ("First child born on island", "島で第3子誕生"),
    ("Reunited after 2 years", "2年半ぶり再会"),
    ("Fourth launch after a few days", "数日後に3度目の打ち上げ"),
]
ABSENT = [
    ("45-year-old man held", "3人死亡"),
    ("Print sells for $3.2 million", "版画に4億8千万円"),
    ("Talks Saturday", "26日に会談"),
    ("Vote in July", "26日に投票"),
    ("M6.1 quake off Iwate", "岩手で震度4"),
    ("3 dead as bus overturns", "バス横転、12人けが"),
    ("5 firms raided", "20カ所を捜索"),
    ("Both pilots survive", "乗客40人無事"),
    ("Japanese first on moon", "月面3人目"),
    ("80,000 expected at float festival", "曳山7基が巡行"),
    ("Bus overturns", "バス横転"),
    ("3 dead as bus overturns", "バス横転"),
    ("", "3人死亡"),
    ("Bonito catches down 60 pct", "カツオ漁獲、昨年の4割"),
    ("1 dead, 3 injured in bear attacks", "クマに襲われ4人死傷"),
    ("Aonami wins 3rd title", "碧波、10年ぶり優勝"),
    ("Sunagawa leads after 3rd round", "砂川、初制覇へ首位"),
    ("18-hole course opens", "15%増の来場"),
    ("135-lb title bout", "120の階級"),
]


def check(en: str, ja: str) -> QuantityCheck:
    return compare_quantities(read_quantities(en, "en"), read_quantities(ja, "ja"))


@pytest.mark.parametrize(("en", "ja"), AGREE)
def test_the_same_number_agrees_however_it_is_written(en, ja):
    assert check(en, ja).verdict == "agree"


@pytest.mark.parametrize(("en", "ja"), CONFLICT)
def test_two_numbers_for_one_thing_are_in_conflict(en, ja):
    assert check(en, ja).verdict == "conflict"


@pytest.mark.parametrize(("en", "ja"), ABSENT)
def test_numbers_of_different_things_are_not_compared(en, ja):
    assert check(en, ja).verdict == "absent"


def test_a_number_that_only_one_side_has_is_left_over():
    result = check("3 dead, 12 injured as bus overturns", "バス横転、3人死亡")
    assert (result.matched, result.conflicting, result.en_left, result.ja_left) == (((0, 0),), (), (1,), ())


def test_numbers_are_matched_one_to_one_so_that_most_agree():
    result = check("About 12 homes and 13 homes flooded", "13戸と12戸が浸水")
    assert sorted(result.matched) == [(0, 1), (1, 0)]


def test_the_conflicting_pair_is_named():
    result = check("3 dead, 12 injured as bus overturns", "バス横転、3人死亡15人けが")
    assert (result.matched, result.conflicting) == (((0, 0),), ((1, 1),))


@pytest.mark.parametrize(
    ("en", "ja"),
    [
        ("Team ends 3 years without a title", "3年生、6年間の無冠に終止符"),
        ("Pitcher fans 7 in 3rd inning", "3年の投手、4回に7奪三振"),
    ],
)
def test_a_number_that_is_only_kin_does_not_stand_in_for_one_of_its_own_kind(en, ja):
    assert check(en, ja).verdict == "conflict"


def test_kin_are_in_conflict_only_where_nothing_else_is_left_over():
    assert check("Sendai keep two-win lead", "仙台、貯金3を守る").verdict == "conflict"
    assert check("Sendai keep two-win lead", "仙台、貯金3を守る　観客9千人").verdict == "absent"


def test_thousands_of_numbers_are_compared_in_no_time():
    result = check("3 dead, 12 injured; " * 2_000, "3人死亡12人けが　" * 2_000)
    assert result.verdict == "agree"
    assert len(result.matched) == 64
