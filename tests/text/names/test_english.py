from __future__ import annotations

import pytest

from alignkit.text.names import read_names


def read(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in read_names([text], "en")[0]]


def keys(text: str) -> set[str]:
    return {key for name in read_names([text], "en")[0] for key in name.keys}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Talks with U.S. resume", "country:US"),
        ("Talks with US resume", "country:US"),
        ("American firms hire more", "country:US"),
        ("Russian ships pass strait", "country:RU"),
        ("Chinese tourists return", "country:CN"),
        ("South Korea's Seo visits Tokyo", "country:KR"),
        ("N. Korea fires missile", "country:KP"),
        ("British voters go to polls", "country:GB"),
        ("EU drafts rules", "country:EU"),
        ("Bosnia and Herzegovina holds vote", "country:BA"),
        ("Washington hosts forum", "place:washington"),
        ("Beijing hosts forum", "place:beijing"),
        ("Festival of lights in Sendai", "place:sendai"),
        ("Quake hits Ōita, no tsunami", "place:44"),
        ("Quake hits Oita, no tsunami", "place:44"),
        ("Minato Ward passes ordinance", "place:minato-ward"),
        ("First snow on Mt. Fuji", "place:fuji"),
        ("Water from Fukushima Daiichi", "place:fukushima-daiichi"),
        ("Work at Henoko resumes", "place:henoko"),
        ("Narita opens lounge", "place:narita"),
        ("BOJ board meets", "org:boj"),
        ("Bank of Japan board meets", "org:boj"),
        ("Fed chief to speak", "org:fed"),
        ("U.N. report out", "org:un"),
        ("United Nations report out", "org:un"),
        ("WHO issues statement", "org:who"),
        ("LDP picks candidate", "org:ldp"),
        ("Komeito picks candidate", "org:komeito"),
        ("Supreme Court hears case", "org:supreme-court"),
        ("Aichi police search office", "org:police"),
        ("TEPCO revises plan", "org:tepco"),
        ("Japan PM to speak", "office:prime-minister"),
        ("Ex-prime minister to speak", "office:prime-minister"),
        ("top gov't spokesman resigns", "office:chief-cabinet-secretary"),
        ("foreign minister to visit", "office:foreign-minister"),
        ("ZXQ to list shares", "acronym:zxq"),
        ("Whitlock's plan fails", "latin:whitlock"),
        ("Makihara's plan fails", "romaji:makihara"),
    ],
)
def test_names_have_the_keys_of_the_tables_or_of_their_letters(text, key):
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Prime Minister Makihara to meet reporters", [("Prime Minister", "office"), ("Makihara", "person")]),
        ("Talks end as Hasumi leaves", [("Talks", "other"), ("Hasumi", "person")]),
        ("U.S. President Whitlock speaks", [("U.S.", "country"), ("President", "office"), ("Whitlock", "person")]),
        ("Actor Jane Harlan dies at 70", [("Jane Harlan", "person")]),
        ("Whitlock wins again", [("Whitlock", "other")]),
        ("Man held over fire near Harlan Lake", [("Man", "other"), ("Harlan Lake", "other")]),
        ("they told us who did it", []),
        ("Court rules on Friday in August", [("Court", "other")]),
    ],
)
def test_capital_letters_and_titles_tell_what_a_name_is_of(text, names):
    assert read(text) == names


def test_in_title_case_a_capital_alone_makes_no_person():
    assert ("Harlan", "other") in read("New Deal Saves Harlan From Long Trial")
    assert ("Harlan", "person") in read("New Deal Saves President Harlan From Long Trial")


def test_in_capitals_words_that_are_acronyms_elsewhere_are_words():
    assert ("US", "country") not in read("WHITLOCK TELLS US TO WAIT")


def test_full_width_letters_are_read_like_half_width_ones():
    wide, narrow = read_names(["ＮＡＴＯ to meet in Ｔｏｋｙｏ", "NATO to meet in Tokyo"], "en")
    assert [(name.start, name.end, name.keys) for name in wide] == [
        (name.start, name.end, name.keys) for name in narrow
    ]
