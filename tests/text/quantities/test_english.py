from __future__ import annotations

import pytest

from alignkit.text.quantities import read_quantities

READ = [
    ("3 dead, 12 injured as tour bus overturns in Akita", [("count", 3, 3, "people"), ("count", 12, 12, "people")]),
    ("640 Okinawa residents sue state over water", [("count", 640, 640, "people")]),
    ("Police arrest 12 over theft of 800 luxury cars", [("count", 12, 12, "people"), ("count", 800, 800, "vehicle")]),
    ("Fire guts 14 buildings in shopping arcade", [("count", 14, 14, "building")]),
    ("Typhoon leaves 23,000 homes without power", [("count", 23_000, 23_000, "building")]),
    ("5 firms raided over bid-rigging", [("count", 5, 5, "company")]),
    ("Two cargo ships collide off Shizuoka, 9 missing", [("count", 2, 2, "vessel"), ("count", 9, 9, "people")]),
    ("Twenty-one students taken to hospital", [("count", 21, 21, "people")]),
    ("A hundred evacuees return to village", [("count", 100, 100, "people")]),
    ("Two dozen cows escape from farm", [("count", 24, 24, "animal")]),
    ("Dozens hurt as stage collapses", [("count", 24, 119, "people")]),
    ("Tens of thousands rally in capital", [("count", 20_000, 99_999, "")]),
    ("No one hurt in plane mishap", [("count", 0, 0, "")]),
    ("Both pilots survive crash", [("count", 2, 2, "")]),
    ("One man arrested, one more sought", [("count", 1, 1, "people")]),
    ("Harbor Nine to disband", [("count", 9, 9, "")]),
    ("over 200 clay figurines unearthed", [("count", 200, 200, "")]),
    ("Nearly 20 arrested in raid", [("count", 20, 20, "people")]),
    ("About 600 join march", [("count", 600, 600, "")]),
    ("Up to 200,000 could die in quake: estimate", [("count", 200_000, 200_000, "people")]),
    ("At least 3 killed in blast", [("count", 3, 3, "people")]),
    ("300-plus join marathon", [("count", 300, 300, "")]),
    ("30 or more homes flooded", [("count", 30, 30, "")]),
    ("3-5 people trapped in cave", [("count", 3, 5, "people")]),
    ("3 to 5 people trapped in cave", [("count", 3, 5, "people")]),
    ("Between three and five people trapped", [("count", 3, 5, "people")]),
    ("Two or three suspects sought", [("count", 2, 3, "people")]),
    ("From 3 to 5 people a day", [("count", 3, 3, ""), ("count", 5, 5, "people")]),
    ("Profit falls 18.4% on tariffs", [("percent", 18.4, 18.4, "%")]),
    ("Central bank raises rate to 1.25 pct", [("percent", 1.25, 1.25, "%")]),
    ("Bleaching hits 90 percent of reef", [("percent", 90, 90, "%")]),
    ("One-third of towns to lose a school", [("percent", 33.33, 33.33, "%")]),
    ("A third of voters undecided", [("percent", 33.33, 33.33, "%")]),
    ("Half of voters undecided", [("percent", 50, 50, "%")]),
    ("Rate cut by 25 basis points", [("percent", 0.25, 0.25, "%")]),
    ("Output to double by 2033", [("multiple", 2, 2, "x"), ("year", 2033, 2033, "")]),
    ("Sales up threefold", [("multiple", 3, 3, "x")]),
    ("Fine of 1.2 bil. yen upheld", [("money", 1_200_000_000, 1_200_000_000, "JPY")]),
    ("Aid of 120 million yen approved", [("money", 120_000_000, 120_000_000, "JPY")]),
    ("Print sells for record $3.2 million", [("money", 3_200_000, 3_200_000, "USD")]),
    ("US$5m bribe alleged", [("money", 5_000_000, 5_000_000, "USD")]),
    ("A$300,000 paid for stamp", [("money", 300_000, 300_000, "AUD")]),
    ("Budget tops 10 tril. yen", [("money", 10_000_000_000_000, 10_000_000_000_000, "JPY")]),
    ("Ticket priced at 20 euros", [("money", 20, 20, "EUR")]),
    ("Startup raises €2.5bn", [("money", 2_500_000_000, 2_500_000_000, "EUR")]),
    ("Fraud of 3 million won", [("money", 3_000_000, 3_000_000, "KRW")]),
    ("They won 3 games", [("count", 3, 3, "game")]),
    ("Rs 500 note withdrawn", [("money", 500, 500, "INR")]),
    ("Arisa Tsukino, 24, wins prize", [("age", 24, 24, "year")]),
    ("Boy, 16, arrested over stabbing", [("age", 16, 16, "year")]),
    ("Conductor Sakaki dies at 88", [("age", 88, 88, "year")]),
    ("Woman in 80s dies of virus", [("age", 80, 89, "year")]),
    ("Man in his 40s held", [("age", 40, 49, "year")]),
    ("93-year-old sets record", [("age", 93, 93, "year")]),
    ("Actor aged 45 weds", [("age", 45, 45, "year")]),
    ("Konno (26) opens gallery", [("age", 26, 26, "year")]),
    ("2,000-year-old mirror unearthed", [("duration", 2000, 2000, "year")]),
    ("Nagoya beat Osaka 4-1", [("score", 1, 4, "")]),
    ("Japan lose 2-5 to Peru", [("score", 2, 5, "")]),
    ("M6.1 quake hits off Iwate", [("magnitude", 6.1, 6.1, "M")]),
    ("Magnitude 7.3 quake jolts Taiwan", [("magnitude", 7.3, 7.3, "M")]),
    ("6.8-magnitude quake strikes", [("magnitude", 6.8, 6.8, "M")]),
    ("Quake of upper 5 jolts Noto", [("intensity", 5.5, 5.5, "shindo")]),
    ("Intensity of lower 6 recorded", [("intensity", 6, 6, "shindo")]),
    ("Temple bell stolen on July 26, 2031", [("month", 7, 7, ""), ("day", 26, 26, ""), ("year", 2031, 2031, "")]),
    ("26 July named holiday", [("day", 26, 26, ""), ("month", 7, 7, "")]),
    ("Jul. 26th vote set", [("month", 7, 7, ""), ("day", 26, 26, "")]),
    ("Vote set for July 26-28", [("month", 7, 7, ""), ("day", 26, 28, "")]),
    ("May 5 holiday marked", [("month", 5, 5, ""), ("day", 5, 5, "")]),
    ("In March, exports fell", [("month", 3, 3, "")]),
    ("Vote on the 24th", [("day", 24, 24, "")]),
    ("Festival to end on 28th", [("ordinal", 28, 28, "open")]),
    ("Born in Reiwa 7", [("year", 2025, 2025, "")]),
    ("Quota for FY 2030 unchanged", [("year", 2030, 2030, "")]),
    ("FY2033 budget passed", [("year", 2033, 2033, "")]),
    ("Museum to open in 2034", [("year", 2034, 2034, "")]),
    ("1991 murder case reopened", [("year", 1991, 1991, "")]),
    ("1200 Marines leave Okinawa", [("count", 1200, 1200, "people")]),
    ("1,200 Marines leave Okinawa", [("count", 1200, 1200, "people")]),
    ("Fashion of the 1950s revived", [("year", 1950, 1959, "")]),
    ("Plants phased out in 2040s", [("year", 2040, 2049, "")]),
    ("Talks Saturday in Geneva", [("weekday", 6, 6, "")]),
    ("Talks set for Sat. in Geneva", [("weekday", 6, 6, "")]),
    ("Ban starts at 7 a.m. Monday", [("time", 7, 7, "24h"), ("weekday", 1, 1, "")]),
    ("Match at 7:30 p.m.", [("time", 19.5, 19.5, "24h")]),
    ("Shops shut at 8pm", [("time", 20, 20, "24h")]),
    ("Bell rings at three o'clock", [("time", 3, 3, "12h")]),
    ("Strike ends at noon", [("time", 12, 12, "24h")]),
    ("Prosecutors seek 15 yrs for ex-nurse", [("duration", 15, 15, "year")]),
    ("9-yr prison term upheld", [("duration", 9, 9, "year")]),
    ("Inmate caught after 3 days", [("duration", 3, 3, "day")]),
    ("3-day festival opens", [("duration", 3, 3, "day")]),
    ("Two-week lockdown begins", [("duration", 2, 2, "week")]),
    ("Hiatus of two and a half years", [("duration", 2.5, 2.5, "year")]),
    ("Over 10 hours of talks", [("duration", 10, 10, "hour")]),
    ("1st talks in a decade", [("ordinal", 1, 1, ""), ("duration", 10, 10, "year")]),
    ("First Japanese on moon", [("ordinal", 1, 1, "")]),
    ("6th win for Kuramochi", [("ordinal", 6, 6, "")]),
    ("300th career homer", [("ordinal", 300, 300, "")]),
    ("17th-century bowl found", [("ordinal", 17, 17, "century")]),
    ("twenty-first amendment passed", [("ordinal", 21, 21, "")]),
    ("Third straight loss for Akita", [("ordinal", 3, 3, "row")]),
    ("6 straight losses for Toyama", [("ordinal", 6, 6, "row")]),
    ("Typhoon No. 2 nears", [("ordinal", 2, 2, "")]),
    ("No. 3 reactor restarts", [("ordinal", 3, 3, "")]),
    ("Sprinter clocks 9.97 in Tokyo", [("count", 9.97, 9.97, "")]),
    ("Record of 4:05.71 in 400m medley", [("duration", 245.71, 245.71, "second"), ("length", 400, 400, "m")]),
    ("48-kg judo title won", [("weight", 48, 48, "kg")]),
    ("Plume rises 5,000 meters", [("length", 5000, 5000, "m")]),
    ("700 kg of cocaine seized", [("weight", 700, 700, "kg")]),
    ("Temperature hits 36.2 C", [("temperature", 36.2, 36.2, "C")]),
    ("Minus 5 degrees in Sapporo", [("temperature", -5, -5, "C")]),
    ("Train hits 320 kph in test", [("speed", 320, 320, "km/h")]),
    ("50 hectares burned", [("area", 500_000, 500_000, "m2")]),
]
NOT_READ = [
    "One of the men denies charge",
    "Kids these days want more than one thing",
    "He may march to capital",
    "Talks may fail",
    "He sat down",
    "G7 ministers meet",
    "COVID-19 cases rise",
    "Route 152 reopens",
    "F-35 jet lands",
    "5G rollout slows",
    "Tokyo 2020 bribery trial",
]


def values(text: str) -> list[tuple[str, float, float, str]]:
    return [
        (quantity.kind, round(quantity.low, 2), round(quantity.high, 2), quantity.unit)
        for quantity in read_quantities(text, "en")
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
        ("Over 200 figurines unearthed", "over"),
        ("At least 3 killed", "over"),
        ("Measles cases top 1,000", "over"),
        ("300-plus join march", "over"),
        ("Nearly 20 arrested", "under"),
        ("Prison population below 35,000", "under"),
        ("Up to 200,000 could die", "under"),
        ("About 600 join march", "about"),
        ("Exactly 600 join march", ""),
        ("Akita among the top 4", ""),
    ],
)
def test_words_around_a_number_open_it(text, approximate):
    assert [quantity.approximate for quantity in read_quantities(text, "en")] == [approximate]


def test_roles_tell_the_people_apart():
    quantities = read_quantities("3 dead, 12 injured, 4 missing as ferry sinks; police arrest 2", "en")
    assert [quantity.role for quantity in quantities] == ["dead", "hurt", "missing", "arrested"]


def test_what_only_hints_at_a_number_is_not_certain():
    for text in ("Both pilots survive", "Dozens hurt", "First Japanese on moon", "Half of voters undecided"):
        assert [quantity.certain for quantity in read_quantities(text, "en")] == [False]
