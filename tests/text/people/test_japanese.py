from __future__ import annotations

import re

import pytest

from alignkit.text.people import crime_pattern, find_people


def people(text):
    return [(person.text, person.standing) for person in find_people([text], "ja")[0]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("無職の生越啓太容疑者（34）を逮捕", "生越啓太"),
        ("会社員中野渡悠斗被告に懲役5年", "中野渡悠斗"),
        ("遺体は佐倉みなみちゃん（4）と判明", "佐倉みなみ"),
        ("池袋で刺された佐古田由香里さん死亡", "佐古田由香里"),
        ("元教諭・木暮坂容疑者を再逮捕", "木暮坂"),
        ("ジェイク・ハロウェイン被告に無罪", "ジェイク・ハロウェイン"),
        ("拘束の金成浩容疑者、日本へ移送", "金成浩"),
        ("高橋・渡辺野両被告に無期懲役", "渡辺野"),
        ("生越、起訴内容認める", "生越"),
        ("無職薔之丞容疑者を送検", "薔之丞"),
    ],
)
def test_a_name_is_told_by_the_dictionary_or_by_what_follows_it(text, name):
    assert name in [found for found, _ in people(text)]


@pytest.mark.parametrize(
    "text",
    [
        "台風5号、沖縄で3人死亡",
        "岩淵建設を家宅捜索　宮城の談合事件",
        "三浦市で住宅火災、2人の遺体発見",
        "小松電機の元社員、横領容疑で逮捕",
        "赤ちゃんの遺体遺棄、母親を逮捕",
        "患者さんの情報流出",
        "男性被告に無罪　証拠不十分",
        "観光船社長に拘禁刑4年",
        "巨大クジラの死骸、サーファーが発見",
        "",
        "容疑者",
        "（34）",
    ],
)
def test_places_companies_and_roles_are_nobody(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ヨット転覆、鮫島沢船長（61）の捜索打ち切り", "鮫島沢"),
        ("元社長の栗生沢を起訴　粉飾決算", "栗生沢"),
        ("強盗殺人の篠栗木、最高裁へ上告", "篠栗木"),
        ("歌手の瑠璃川あおば、飲酒運転で逮捕", "瑠璃川あおば"),
        ("登山家ミゲル・オルドニェス、遭難死", "ミゲル・オルドニェス"),
        ("殺人罪のE・マクファーソン受刑者が病死", "E・マクファーソン"),
        ("Nguyen Van Thao容疑者を逮捕　群馬", "Nguyen Van Thao"),
        ("すみれちゃん＝当時5＝殺害、控訴審始まる", "すみれ"),
        ("共犯は古庄谷守と古庄谷剛の兄弟", "古庄谷守"),
    ],
)
def test_a_name_that_the_dictionary_does_not_have_is_told_by_its_form_and_what_is_done(text, name):
    assert name in [found for found, _ in people(text)]


@pytest.mark.parametrize(
    "text",
    [
        "岡山・倉敷の工場で爆発、3人死亡",
        "野田で住宅全焼、2人死亡",
        "上田の山林に白骨遺体",
        "岩瀬水族館でイルカ死ぬ",
        "高梨遊水地で水死体　県警",
        "ハンス・アンド・グレイ社に賠償命令",
        "カルロス・ベッツ商会を家宅捜索　密輸の疑い",
        "客船「クララ・アナベル」で集団感染",
    ],
)
def test_the_words_around_make_it_a_place_or_a_firm(text):
    assert people(text) == []


def test_an_office_a_role_or_neither_stands_by_a_name():
    assert people("槙原首相が陳謝") == [("槙原", "office")]
    assert people("田所官房長官が会見") == [("田所", "office")]
    assert people("槙原前米大統領が会見") == [("槙原", "office")]
    assert people("槙原容疑者が黙秘") == [("槙原", "involved")]
    assert people("槙原氏が会見") == [("槙原", "plain")]


def test_the_words_of_a_name_may_stand_alone():
    (person,) = find_people(["天野浦さやかさん死去"], "ja")[0]
    assert person.text in person.parts
    (person,) = find_people(["ジェイク・ハロウェイン被告"], "ja")[0]
    assert person.parts == ("ジェイク・ハロウェイン", "ジェイク", "ハロウェイン")


def test_words_of_crime_are_found_inside_others():
    assert re.search(crime_pattern("ja"), "詐欺師の手口")
    assert not re.search(crime_pattern("ja"), "国会で予算成立")
