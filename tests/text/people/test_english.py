from __future__ import annotations

import re

import pytest

from alignkit.text.people import crime_pattern, find_people


def people(text):
    return [(person.text, person.standing) for person in find_people([text], "en")[0]]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Keita Ogose, 34, arrested over murder of woman in Chiba", "Keita Ogose"),
        ("Police arrest Tarrington on suspicion of fraud", "Tarrington"),
        ("Tarrington's lawyer calls verdict unfair", "Tarrington"),
        ("Body identified as 4-year-old Minami Sakurabe", "Minami Sakurabe"),
        ("Ex-teacher Jean-Luc van der Bergen gets life", "Jean-Luc van der Bergen"),
        ("Takeshi Chiba held for fraud", "Takeshi Chiba"),
        ("Bae Do-yeon detained in Manila", "Bae Do-yeon"),
        ("Former Bank Manager Jane Wetherby Jailed for Fraud", "Jane Wetherby"),
        ("JANE WETHERBY, 34, ARRESTED IN OSAKA", "JANE WETHERBY"),
        ("John Q. Tarrington Jr. sues over crash", "John Q. Tarrington Jr"),
    ],
)
def test_a_name_is_told_by_its_capitals_and_what_stands_beside_it(text, name):
    assert [found for found, _ in people(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Typhoon Halola kills 3 in Okinawa, 20 injured",
        "Cargo ship Hikari Maru sinks off Niigata, 2 missing",
        "Man arrested in Asahikawa for stabbing clerk",
        "Iwabuchi Construction raided over bid-rigging in Miyagi",
        "Mt. Asama erupts, hikers injured",
        "Ex-bank employee arrested over theft",
        "Edo-era painting is forgery, museum says",
        "High Court in Fukuoka rejects appeal by Russian sailors",
        "",
        "'s",
    ],
)
def test_places_ships_storms_and_companies_are_nobody(text):
    assert people(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Singer Tobin "Sparrow" Halloway shot in Lisbon', 'Tobin "Sparrow" Halloway'),
        ("Prosecutors charge Zubair al-Marwani over smuggling", "Zubair al-Marwani"),
        ("al-Marwani sentenced to death over bombing", "al-Marwani"),
        ("Parents of Aoi Tsukigawa plead for information", "Aoi Tsukigawa"),
        ("Body of Kaimana O'Hallan-Lee found off Maui", "Kaimana O'Hallan-Lee"),
        ("Ponzi promoter Fitzmaurice-Dale to repay $41M", "Fitzmaurice-Dale"),
        ("Police Search for Tamsin Harrowell, Missing Since Friday", "Tamsin Harrowell"),
        ("Trevor Baker jailed for arson", "Trevor Baker"),
    ],
)
def test_nicknames_particles_and_relatives_belong_to_names(text, name):
    assert [found for found, _ in people(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Elderly couple found dead in Leipzig",
        "Leipzig tram crash kills 9",
        "Santa Rosa wildfire kills two",
        "St. Brendan Hospice closes ward after deaths",
        "Harrow & Finch fined over crane collapse",
        "Ferry Anna Karolina burns, 3 dead",
        "Bellamy Trading shareholders sue over tainted soup",
        "Court upholds damages under Jones Act",
        "Robbery at Maplewood Mall leaves guard dead",
        "Customers lose millions to 'Hi Mum' scam",
    ],
)
def test_the_words_around_make_it_a_place_a_firm_or_a_ship(text):
    assert people(text) == []


def test_an_office_a_role_or_neither_stands_by_a_name():
    assert people("Prime Minister Makihara sorry over crash") == [("Makihara", "office")]
    assert people("Opposition moves against Makihara Cabinet") == [("Makihara", "office")]
    assert people("Suspect Makihara silent") == [("Makihara", "involved")]
    assert people("Toast for Yui Makihara in Kobe") == [("Yui Makihara", "plain")]


def test_the_words_of_a_name_may_stand_alone():
    (person,) = find_people(["Maria da Silvane found dead"], "en")[0]
    assert person.parts == ("Maria", "Silvane")


@pytest.mark.parametrize("text", ["Two dead in bus crash", "ARRESTED", "Man sentenced", "Ex-cop's trial opens"])
def test_words_of_crime_are_found_in_any_case(text):
    assert re.search(crime_pattern("en"), text)


def test_they_are_whole_words():
    assert not re.search(crime_pattern("en"), "Hotdog diet studied by courteous cooks")
