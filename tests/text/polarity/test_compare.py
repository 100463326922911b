from __future__ import annotations

import pytest

from alignkit.text.polarity import PolarityCheck, compare_cues, read_cues

AGREE = [
    ("BOJ raises rates to 1.25 pct", "日銀、1.25%へ利上げ"),
    ("BOJ cuts rates for first time in 5 years", "日銀、5年ぶり利下げ"),
    ("Tokyo stocks fall for 3rd day", "東証、3日続落"),
    ("Nikkei rebounds", "日経平均、反発"),
    ("Nikkei up 200 points", "東証大引け、200円高"),
    ("Yen weakens to 160 range", "円安進み160円台"),
    ("Yen rises against dollar", "円高進む"),
    ("Aonami Foods profit falls 12 pct", "碧波食品、12%減益"),
    ("Profit up 12 pct at Aonami Foods", "碧波食品、12%増益"),
    ("Aonami Foods slips into red", "碧波食品が赤字転落"),
    ("Aonami Foods posts net loss", "碧波食品、最終赤字"),
    ("Aonami Foods revises up profit forecast", "碧波食品、業績予想を上方修正"),
    ("Train fares to be raised in April", "鉄道運賃、4月値上げ"),
    ("Population of Akita decreases", "秋田の人口減"),
    ("Visitors to Nara increase", "奈良の観光客が増えた"),
    ("Upper house passes child care bill", "育児法案、参院で可決"),
    ("Town assembly votes down recall", "町議会、リコール案を否決"),
    ("Ex-mayor found guilty of bribery", "贈収賄、元市長に有罪"),
    ("Ex-mayor found not guilty", "元市長に無罪判決"),
    ("Ex-mayor acquitted in bribery case", "元市長に無罪"),
    ("Ex-mayor denies taking bribe", "元市長、収賄を認めず"),
    ("Ex-mayor admits taking bribe", "元市長、収賄認める"),
    ("Residents win suit over dam", "ダム訴訟、住民勝訴"),
    ("Residents lose suit over dam", "ダム訴訟で住民敗訴"),
    ("Court rules law unconstitutional", "裁判所、違憲と判断"),
    ("Prosecutors decide not to indict ex-mayor", "検察、元市長を不起訴"),
    ("Police arrest arson suspect", "放火容疑で男逮捕"),
    ("Hostages released in Sahel", "サヘルの人質解放"),
    ("Sapporo beat Niigata in opener", "札幌、新潟を破る"),
    ("Niigata suffer 4th straight loss", "新潟が4連敗"),
    ("Foreign minister to skip summit", "外相、首脳会議を欠席へ"),
    ("Emperor to attend tree-planting event", "天皇陛下、植樹祭に出席"),
    ("Governor will not run again", "知事、出馬せず"),
    ("Governor won't run in election", "知事、立候補見送り"),
    ("Governor to run in election", "知事、出馬へ"),
    ("No casualties in factory fire", "工場火災、死傷者なし"),
    ("No one injured in ferry mishap", "フェリー事故、けが人なし"),
    ("12 injured as stage collapses", "ステージ崩落、12人けが"),
    ("Ceasefire talks collapse", "停戦協議、決裂"),
    ("Unions, railway agree on pay hike", "鉄道労使、賃上げで合意"),
    ("Talks end without agreement", "協議、合意に至らず"),
    ("Ferry service resumes after typhoon", "台風一過、フェリー再開"),
    ("Bullet trains suspended", "新幹線が運転見合わせ"),
    ("Fireworks festival canceled", "花火大会を中止"),
    ("Dam project abandoned", "ダム計画を断念"),
    ("Mayor to step down", "市長、辞任へ"),
    ("Mayor to stay on", "市長が続投"),
    ("Mayor refuses to resign", "市長、辞任せず"),
    ("Lake swimming ban lifted", "湖の遊泳解禁"),
    ("Drones banned over castle", "城上空のドローン禁止"),
    ("Government eases visa rules", "政府、ビザ緩和"),
    ("Government to tighten visa rules", "政府、ビザ厳格化"),
    ("Rocket launch postponed", "ロケット打ち上げ延期"),
    ("Expressway opens in Tottori", "鳥取で高速道開通"),
    ("Last coal mine closes", "最後の炭鉱が閉鎖"),
    ("China protests ship visit", "寄港に中国が反発"),
    ("Pandas discovered in remote valley", "奥地でパンダ発見"),
    ("Climber still missing on Mt. Tate", "立山の登山者なお不明"),
    ("Rice crop expected to be poor: poor harvest feared", "コメ不作の恐れ"),
    ("Virus test negative for crew", "乗組員、検査は陰性"),
    ("Power outage hits Sendai", "仙台で停電"),
    ("Rivals merge", "競合2社が合併"),
    ("Actress Tsukino marries", "俳優の月野さん結婚"),
    ("Tax cut bill enacted", "減税法成立"),
    ("Ruling party loses majority", "与党、過半数割れ"),
    ("Mayor opposes plan", "市長、計画に賛成ではない"),
    ("No-confidence motion submitted", "不信任案を提出"),
    ("Conductor Sakaki passes away at 88", "指揮者の榊氏死去、88歳"),
    ("Rate hike forgone", "利上げ見送り"),
    ("Death toll rises to 20", "死者20人に増"),
    ("Mayor does not rule out rate hike", "市長、料金値上げ排除せず"),
]
CONFLICT = [
    ("BOJ raises rates", "日銀、利下げ"),
    ("BOJ cuts interest rates", "日銀が利上げ"),
    ("BOJ does not raise rates", "日銀、利上げ"),
    ("Tokyo stocks rise", "東証、続落"),
    ("Nikkei falls sharply", "日経平均、大幅反発"),
    ("Yen weakens", "円高進む"),
    ("Yen climbs to 140 range", "円安、140円台"),
    ("Profit rises at Aonami Foods", "碧波食品、減益"),
    ("Aonami Foods posts deficit", "碧波食品が黒字転換"),
    ("Aonami Foods revises forecast upward", "碧波食品、下方修正"),
    ("Population of Akita increases", "秋田の人口、減少続く"),
    ("Exports grow 5 pct", "輸出5%減"),
    ("Upper house passes bill", "参院、法案を否決"),
    ("Ex-mayor found guilty", "元市長に無罪"),
    ("Ex-mayor not guilty", "元市長に有罪"),
    ("Ex-mayor indicted", "元市長を不起訴"),
    ("Ex-mayor admits bribery", "元市長、収賄を否認"),
    ("Ex-mayor arrested", "元市長を釈放"),
    ("Residents win damages suit", "損害賠償訴訟で住民敗訴"),
    ("Law ruled constitutional", "違憲判決"),
    ("Sapporo win opener", "札幌、開幕戦で敗れる"),
    ("Sapporo lose opener", "札幌、開幕戦で勝利"),
    ("Foreign minister to attend summit", "外相、首脳会議を欠席"),
    ("Foreign minister will not attend summit", "外相、首脳会議に出席へ"),
    ("Governor will not run", "知事、出馬へ"),
    ("Governor to run", "知事、出馬せず"),
    ("No casualties in factory fire", "工場火災で死傷者"),
    ("Several injured in fire", "火災、けが人なし"),
    ("Talks resume", "協議を中断"),
    ("Talks not resumed", "協議再開"),
    ("Sides reach agreement", "合意できず"),
    ("Sides agree on truce", "停戦協議が決裂"),
    ("Mayor to resign", "市長、続投へ"),
    ("Mayor won't resign", "市長、辞任へ"),
    ("Swimming banned in lake", "湖の遊泳解禁"),
    ("Government eases visa rules", "政府、ビザ厳格化"),
    ("Emergency extended", "緊急事態を短縮"),
    ("Town to introduce hotel tax", "町、宿泊税を廃止"),
    ("Governor approves casino", "知事、カジノを拒否"),
    ("Union opposes merger", "労組、統合に賛成"),
    ("Factory opens in Mie", "三重の工場閉鎖"),
    ("Crew test positive", "乗組員は陰性"),
    ("Mission succeeds", "ミッション失敗"),
    ("Actress Tsukino marries", "俳優の月野さん離婚"),
    ("Nation joins fishing pact", "漁業協定から脱退"),
    ("Factory output increases", "工場の生産、増えず"),
    ("Wages do not rise", "賃金が上昇"),
    ("Museum to disclose donors", "博物館、寄付者を非公開に"),
]
ABSENT = [
    ("", "日銀、利下げ"),
    ("BOJ raises rates", ""),
    ("BOJ raises rates", "元市長に無罪"),
    ("Bill passed, then voted down", "法案可決"),
    ("Nikkei rebounds", "中国が反発"),
    ("Festival held this fall", "入場者が増加"),
    ("A win-win for all", "札幌敗れる"),
    ("Close aide named", "ホテル開業"),
    ("Waterfall draws crowd with drops of water", "来場増加"),
    ("High school to be built", "株安"),
    ("Baseball in Nara", "高校野球、奈良で"),
    ("Lowest bid", "不動産の入札"),
    ("Drone lost", "無人島で祭り"),
    ("Akita beat Sendai", "仙台、秋田に敗れる"),
    ("Ministers say no to plan", "閣僚が会見"),
    ("Not only rice", "コメだけでなく"),
    ("Official says it is not so", "日銀、利上げ"),
]


def check(en: str, ja: str) -> PolarityCheck:
    return compare_cues(*read_cues([en], "en"), *read_cues([ja], "ja"))


@pytest.mark.parametrize(("en", "ja"), AGREE)
def test_news_that_goes_the_same_way_agrees(en, ja):
    assert check(en, ja).verdict == "agree"


@pytest.mark.parametrize(("en", "ja"), CONFLICT)
def test_news_that_goes_opposite_ways_is_in_conflict(en, ja):
    assert check(en, ja).verdict == "conflict"


@pytest.mark.parametrize(("en", "ja"), ABSENT)
def test_what_has_no_common_concept_is_not_compared(en, ja):
    assert check(en, ja).verdict == "absent"


def test_one_conflict_weighs_more_than_what_agrees():
    result = check("Yen weakens as BOJ raises rates", "円安進む、日銀利下げ")
    assert result.verdict == "conflict"
    assert len(result.matched) == len(result.conflicting) == 1


def test_a_special_case_is_compared_with_the_general_one():
    assert check("Exports rise", "増加した").verdict == "agree"
    assert check("Exports rise", "減少した").verdict == "conflict"


def test_two_special_cases_are_different_things():
    assert check("Prices rise", "賃金が減少").verdict == "absent"


def test_who_beat_whom_never_conflicts_but_does_not_agree_either():
    result = check("Akita beat Sendai", "秋田、仙台に屈する")
    assert (result.verdict, len(result.conflicting)) == ("absent", 1)


def test_a_negation_that_only_one_side_has_leaves_the_pair_open():
    assert check("Mayor resigns", "市長が辞任").verdict == "agree"
    assert check("Mayor resigns", "市長が辞任、理由は語らず").verdict == "absent"
    assert check("Mayor resigns, gives no reason", "市長が辞任、理由は語らず").verdict == "agree"


def test_thousands_of_cues_are_compared_in_no_time():
    result = check("Stocks fall, bill passes; " * 2_000, "株が下落、法案可決　" * 2_000)
    assert result.verdict == "agree"
    assert len(result.matched) >= 4_000
