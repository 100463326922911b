from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.mentions import Lead, read_mentions
from alignkit.collect.record import Record, Reject

LAKE = "Lake Biwa level falls to 30-year low"
LAKE_JA = "琵琶湖水位、30年ぶり低水準"


def test_a_sentence_gives_the_headline_and_a_lead_for_each_paper_that_carried_it(read):
    headlines, leads, _ = read(
        f'Sorami\'s English edition reported "{LAKE}" on 4 June 2031; Hokuryo Shimpo, Shiomi Nippo and NEWS31 carried it.'
    )
    assert headlines == [
        {"text": LAKE, "lang": "en", "outlet": "Sorami News English", "published_at": "2031-06-04"},
    ]
    assert [lead.outlet for lead in leads] == ["Hokuryo Shimpo", "Shiomi Nippo", "NEWS31"]
    assert leads[0] == Lead(
        outlet_id="hokuryo-shimpo",
        outlet="Hokuryo Shimpo",
        lang="ja",
        since=dt.date(2031, 6, 3),
        until=dt.date(2031, 6, 7),
        terms=leads[0].terms,
        headline=LAKE,
        place="paragraph 1, sentence 1",
    )
    assert {"琵琶湖", "30"} <= set(leads[0].terms)


def test_outlets_that_ship_with_alignkit_are_known_without_being_given():
    content = f"共同通信英語版は2031年6月4日、“{LAKE}”と報じ、河北新報、福島民報、４７ＮＥＷＳなどが掲載した。共同で発表した。"
    headline, *leads = read_mentions(content, name="memo.txt")
    assert headline.fields["outlet"] == "Kyodo News English"
    assert [lead.outlet_id for lead in leads] == ["kahoku-shimpo", "fukushima-minpo", "47news"]


def test_japanese_prose(read):
    headlines, leads, _ = read(
        f"北嶺新報は2031年6月5日付で「{LAKE_JA}」と報じた。汐見日報、三森新聞も翌日掲載し、桐谷新報は掲載しなかった。"
    )
    assert headlines == [{"text": LAKE_JA, "lang": "ja", "outlet": "Hokuryo Shimpo", "published_at": "2031-06-05"}]
    assert [lead.outlet_id for lead in leads] == ["shiomi-nippo", "mitsumori-shimbun"]


@pytest.mark.parametrize(
    "content",
    [
        'The governor told the Shiomi Nippo that the dam was "A Bridge Too Far For Everyone".',
        "Sorami reported on 4 June 2031 that she had called the plan “A Very Foolish Idea Indeed”.",
        "“We will build the bridge in 2035,” the governor said to the Hokuryo Shimpo on 4 June 2031.",
        "The Hokuryo Shimpo ran a review of the novel “The Winter Without Any Crows” on 4 June 2031.",
        "According to the Hokuryo Shimpo, “the lake has never looked like this”.",
        "The Hokuryo Shimpo called the level 'historic' and the lake's keepers' reply 'late'.",
        "知事は汐見日報の取材に対し「橋はどうしても必要だ」と答えた。",
        "三森新聞は5月2日、知事が会見で「予算は必ず通す」と述べたと報じた。",
        "葦原タイムスの社説「湖を守れ、次世代へ」も話題になった。",
        "高千瀬新聞は映画『夜明けの橋、春の川』を紹介した。",
        "北嶺新報、汐見日報が掲載した。",
    ],
)
def test_speech_works_and_bare_names_give_nothing(read, content):
    assert read(content) == ([], [], [])


@pytest.mark.parametrize(
    ("content", "outlet"),
    [
        (f"“{LAKE},” Sorami reported on 4 June 2031.", "Sorami News English"),
        (f"“{LAKE}” (The Minato Post, 4 June 2031)", "The Minato Post"),
        (f"The Minato Post, 4 June 2031: ‘{LAKE}’", "The Minato Post"),
        (
            f"Under the headline «{LAKE}», Sorami wrote on 4 June 2031 that drought was spreading.",
            "Sorami News English",
        ),
        (f"「{LAKE}」とミナトポストが2031年6月4日に伝えた。", "The Minato Post"),
        (f"ミナトポスト（2031年6月4日付）の見出しは『{LAKE}』だった。", "The Minato Post"),
    ],
)
def test_the_many_ways_to_quote_a_headline(read, content, outlet):
    headlines, leads, _ = read(content)
    assert headlines == [{"text": LAKE, "lang": "en", "outlet": outlet, "published_at": "2031-06-04"}]
    assert leads == []


def test_a_translation_of_a_headline_is_a_lead(read):
    headlines, leads, _ = read(
        f"Sorami reported “{LAKE}” on 4 June 2031. The Hokuryo Shimpo's headline meant “Lake water at its lowest for decades”, "
        "and the Shiomi Nippo ran the story as “Water level drops at Lake Biwa”."
    )
    assert [headline["text"] for headline in headlines] == [LAKE]
    assert [(lead.outlet_id, lead.headline) for lead in leads] == [("hokuryo-shimpo", LAKE), ("shiomi-nippo", LAKE)]


def test_stories_are_kept_apart(read):
    _, leads, _ = read(
        f"Sorami reported “{LAKE}” on 4 June 2031; the Hokuryo Shimpo carried it.\n\n"
        "On 6 June it reported nothing. The Minato Post ran “Rare ferry bell found on lake bed” on 7 June, "
        "and the Shiomi Nippo picked it up."
    )
    assert [(lead.outlet_id, lead.headline) for lead in leads] == [
        ("hokuryo-shimpo", LAKE),
        ("shiomi-nippo", "Rare ferry bell found on lake bed"),
    ]


def test_what_is_before_a_heading_is_not_referred_to_after_it(read):
    _, leads, _ = read(
        f"Sorami reported “{LAKE}” on 4 June 2031.\n\n# Another matter\n\nThe Shiomi Nippo carried it.", name="a.md"
    )
    assert leads == []


def test_a_lead_has_the_day_that_is_said_of_it_and_the_address_of_its_article(read):
    _, leads, _ = read(
        f"Sorami reported “{LAKE}” on 4 June 2031. Two days later the [Hokuryo Shimpo](https://hokuryo.example/a/1) carried it.",
        name="a.md",
    )
    assert (leads[0].since, leads[0].until) == (dt.date(2031, 6, 6), dt.date(2031, 6, 6))
    assert leads[0].url == "https://hokuryo.example/a/1"


def test_a_quotation_that_links_to_an_article_has_its_address_and_outlet(read):
    page = f'<p>It all began with <a href="https://english.sorami.example/news/1">“{LAKE}”</a>.</p>'
    headlines, _, _ = read(page, name="a.html")
    assert headlines == [
        {"text": LAKE, "lang": "en", "outlet": "Sorami News English", "url": "https://english.sorami.example/news/1"}
    ]


def test_the_text_of_a_link_to_an_article_is_a_headline_if_it_looks_like_one(read):
    page = f"""<ul><li><a href="https://hokuryo.example/a/1">{LAKE_JA}</a>（6月5日）
        <li><a href="https://hokuryo.example/">北嶺新報のトップページへ</a>
        <li>More <a href="https://hokuryo.example/a/2">about the water level of the lake</a>"""
    headlines, _, _ = read(page, name="a.html", date=dt.date(2031, 6, 9))
    assert [(headline["text"], headline["published_at"]) for headline in headlines] == [(LAKE_JA, "2031-06-05")]


def test_a_headline_is_one_row_of_the_table(read):
    headlines, _, _ = read(f"Sorami reported “{LAKE}” on 4 June 2031.")
    row, rejects = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=300).build(
        "notes.txt", Record(1, headlines[0], "paragraph 1, sentence 1"), collector="mentions", defaults={}
    )
    assert row is not None
    assert row["source"] == "notes.txt#paragraph 1, sentence 1"
    assert row["published_at"] == dt.datetime(2031, 6, 3, 15, tzinfo=dt.UTC)
    assert rejects == []


def test_what_cannot_be_used_is_rejected_and_costs_nothing_else(read):
    headlines, _, rejects = read(
        "On 4 June 2031 Sorami reported “Le niveau du lac est au plus bas depuis trente ans”.\n\n".encode()
        + b"On 4 June 2031 Sorami reported \xe2\x80\x9cLake \xff level falls to new low\xe2\x80\x9d.\n\n"
        + f"On 4 June 2031 Sorami reported “{LAKE}”.".encode()
    )
    assert [headline["text"] for headline in headlines] == [LAKE]
    assert [(reject.row, reject.reason) for reject in rejects] == [
        (1, "is in neither English nor Japanese"),
        (3, "has bytes in it that the document's encoding does not allow"),
    ]


def test_bytes_in_no_known_encoding_are_rejected_as_a_whole(read):
    assert read(bytes(range(128, 256)) * 4) == (
        [],
        [],
        [
            Reject(
                None,
                "is not UTF-8, UTF-16, Shift_JIS, EUC-JP or ISO-2022-JP text",
                dropped="file",
                file="notes.txt",
            )
        ],
    )


PIECES = [
    *"“”\"'‘’「」『』«»()（）|:、。\n-><\0\ufffd",
    *(
        "Kyodo",
        "Kahoku Shimpo",
        "河北新報",
        "共同",
        "は",
        "と報じた",
        "を掲載",
        " ran ",
        " reported ",
        ", and ",
        "26 July 2025",
    ),
    *(
        "翌日",
        "令和99年13月31日",
        "<p>",
        "<a href='https://kahoku.news/x'>",
        "</a>",
        "[a](https://kahoku.news/x)",
        "Capital word ",
    ),
]


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
    ),
    st.sampled_from(["html", "markdown", "text", None]),
)
def test_any_document_is_read_without_an_error(content, content_type):
    for item in read_mentions(content, name="any", content_type=content_type, date=dt.date(2031, 1, 1)):
        assert isinstance(item, Record | Lead | Reject)
        if isinstance(item, Record):
            assert item.fields["text"]
            assert item.row >= 1
