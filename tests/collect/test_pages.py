from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignkit.collect.headlines import HeadlineBuilder
from alignkit.collect.page_parts import page_parts
from alignkit.collect.pages import Page, read_page
from alignkit.collect.record import Reject
from alignkit.outlets.registry import outlets

URL = "https://www.shiomi.example/news/12"
HEADLINE = "空見市、津波避難ビルを３棟追加　来年度に着工"
MORNING = dt.datetime(2031, 5, 11, 23, 53, tzinfo=dt.UTC)
STORY = (
    "<p>空見市は十二日、津波の避難に使う建物を三棟増やすと発表した。来年度に着工し、二年後の完成をめざすとしている。</p>"
    * 3
)


def html(head="", body=f"<h1>{HEADLINE}</h1>{STORY}", lang="ja"):
    return f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def meta(name, content):
    return f'<meta property="{name}" content="{content}">'


def json_ld(*things, **fields):
    """Give a script of JSON-LD: of these things, or of an article with these fields."""
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE} | fields
    value = list(things) if len(things) > 1 else things[0] if things else article
    return f'<script type="application/ld+json">{json.dumps(value, ensure_ascii=False)}</script>'


def read(page, url=URL, **options):
    return read_page(page if isinstance(page, bytes) else page.encode(), url=url, **options)


# --- what a page says of itself ---------------------------------------------------------------------------------------


def test_an_article_is_read_from_its_json_ld():
    head = (
        "<title>別の題 | 汐見日報</title>"
        + meta("og:site_name", "汐見日報")
        + '<link rel="canonical" href="/news/12/"><meta name="robots" content="max-image-preview:large, noai">'
        + '<meta name="tdm-reservation" content="1">'
        + json_ld(
            datePublished="2031-05-12T08:53:00+09:00",
            dateModified="2031-05-12T10:00:00+09:00",
            articleSection=["社会", "防災"],
            publisher={"@type": "Organization", "name": "汐見日報社"},
        )
    )
    assert read(html(head, f"<h1>{HEADLINE}</h1><p>【仙台共同】空見市は十二日、建物を増やすと発表した。</p>")) == Page(
        url=URL,
        headline=HEADLINE,
        headline_source="json-ld",
        canonical_url="https://www.shiomi.example/news/12/",
        published_at=MORNING,
        modified_at=dt.datetime(2031, 5, 12, 1, 0, tzinfo=dt.UTC),
        section="社会",
        credit="【仙台共同】",
        lang="ja",
        site_name="汐見日報",
        reservations=(("robots", "max-image-preview:large, noai"), ("tdm-reservation", "1")),
    )


def test_a_page_becomes_a_row_of_the_table_of_headlines():
    page = read(html(json_ld(datePublished="2031-05-12T08:53:00+09:00") + meta("og:site_name", "汐見日報")))
    builder = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=500)
    row, rejects = builder.build("page", page.record(), collector="pages", defaults={})
    assert not rejects
    assert (row["lang"], row["text"], row["outlet"], row["url"]) == ("ja", HEADLINE, "汐見日報", URL)
    assert (row["published_at"], row["source"]) == (MORNING, "page#json-ld")


@pytest.mark.parametrize(
    ("head", "body", "source"),
    [
        (json_ld() + meta("og:title", "題"), "", "json-ld"),
        (meta("og:title", HEADLINE) + meta("twitter:title", "題"), STORY, "opengraph"),
        (f'<meta name="twitter:title" content="{HEADLINE}">', STORY, "twitter"),
        ("<title>題</title>", f"<h1><a href='/'>{HEADLINE}</a></h1>{STORY}", "h1"),
        (f"<title>{HEADLINE}</title>", STORY, "title"),
    ],
)
def test_the_headline_is_taken_from_the_best_source_there_is(head, body, source):
    page = read(html(head, body))
    assert (page.headline, page.headline_source) == (HEADLINE, source)


@pytest.mark.parametrize(
    "head",
    [
        meta("og:site_name", "汐見日報") + f"<title>{HEADLINE} | 汐見日報</title>",
        meta("og:site_name", "汐見日報")
        + meta("og:title", f"{HEADLINE}｜社会｜汐見日報")
        + meta("article:section", "社会"),
        meta("og:site_name", "汐見日報") + f"<title>汐見日報：{HEADLINE}</title>",
        meta("og:site_name", "ＳＨＩＯＭＩ") + f"<title>{HEADLINE} - Shiomi</title>",
    ],
)
def test_the_sites_own_name_comes_off_the_headline(head):
    assert read(html(head, STORY)).headline == HEADLINE


def test_a_name_that_the_site_does_not_give_as_its_own_stays():
    assert read(html(f"<title>{HEADLINE} | 潮風日報</title>", STORY)).headline == f"{HEADLINE} | 潮風日報"


@pytest.mark.parametrize("outlet", [outlet for outlet in outlets().values() if outlet.suffixes], ids=lambda one: one.id)
def test_a_known_outlets_suffix_comes_off_by_its_address(outlet):
    url = f"https://{outlet.hosts[0]}/a/12"
    page = read(html(f"<title>{HEADLINE}{outlet.suffixes[0]}</title>", STORY), url=url)
    assert (page.headline, page.outlet) == (HEADLINE, outlet.name_en)


@pytest.mark.parametrize("cut", [HEADLINE[:15] + "…", HEADLINE[:15] + "...", HEADLINE[:9] + " ..."])
def test_a_headline_that_was_cut_off_is_replaced_by_the_one_that_goes_on(cut):
    page = read(html(json_ld(headline=cut) + meta("og:title", "全く別の題"), f"<h1>{HEADLINE}</h1>{STORY}"))
    assert (page.headline, page.headline_source) == (HEADLINE, "h1")


def test_a_headline_of_110_characters_may_have_been_cut_off_without_a_mark():
    long = "Governor says the prefecture will rebuild the harbor " * 3
    page = read(html(json_ld(headline=long[:110]) + meta("og:title", long.strip()), lang="en"))
    assert (page.headline, page.lang) == (long.strip(), "en")


def test_the_articles_heading_is_told_from_the_logos():
    body = f"<h1>汐見日報</h1><main><h1>空見市の<ruby>汐<rt>しお</rt></ruby>祭り</h1>{STORY}</main>"
    assert read(html("<title>汐見日報 電子版</title>", body)).headline == "空見市の汐祭り"


def test_entities_tags_and_breaks_come_off():
    page = read(html(json_ld(headline="Q&amp;A &quot;<b>汐</b>\n祭り&quot;"), STORY))
    assert page.headline == 'Q&A "汐 祭り"'


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://shiomi.example/n/12", True),
        ("//m.shiomi.example/n/12", True),
        ("https://aggregator.example/n/12", False),
        ("https://www.shiomi.example/", False),
        ("javascript:void(0)", False),
        ("http://[", False),
    ],
)
def test_a_canonical_address_counts_only_on_the_same_site(link, kept):
    canonical = read(html(f'<link rel="canonical" href="{link}">')).canonical_url
    assert (canonical != URL) is kept


@pytest.mark.parametrize(
    "head",
    [
        meta("article:published_time", "2031-05-12T08:53:00+09:00"),
        '<meta name="pubdate" content="2031/05/12 08:53">',
        '<meta name="cXenseParse:recs:publishtime" content="2031-05-11T23:53:00.000Z">',
        '<meta itemprop="datePublished" content="Mon, 12 May 2031 08:53:00 +0900">',
        json_ld(datePublished="2031年5月12日 8時53分"),
        json_ld(datePublished="2031-05-12T08:53:00"),
        json_ld(datePublished=1936309980),
        json_ld(datePublished="1936309980000"),
        json_ld(datePublished="0001-01-01T00:00:00") + meta("article:published_time", "2031-05-12 08:53:00"),
    ],
)
def test_dates_of_every_kind_are_read(head):
    assert read(html(head)).published_at == MORNING


@pytest.mark.parametrize(
    "line",
    [
        '<time datetime="2031-05-12T08:53:00+09:00">5月12日</time>',
        "<div>公開日：2031年5月12日（月）8時53分</div>",
        "<span>2031/05/12 08:53</span>",
        "<div>May 12, 2031 8:53 AM</div>",
    ],
)
def test_without_metadata_the_date_is_read_beside_the_heading(line):
    body = (
        f"<div>2030年1月1日からの特集は<a href='/x'>こちら</a></div><article><h1>{HEADLINE}</h1>{line}{STORY}</article>"
    )
    assert read(html(body=body)).published_at == MORNING


def test_a_date_that_cannot_be_read_is_left_to_be_reported_with_the_row():
    page = read(html(json_ld(datePublished="五月晴れの朝")))
    assert (page.published_at, page.unread_date) == (None, "五月晴れの朝")
    builder = HeadlineBuilder(timezone="Asia/Tokyo", max_characters=500)
    row, (reject,) = builder.build("page", page.record(), collector="pages", defaults={})
    assert (row["text"], reject.column, reject.dropped) == (HEADLINE, "published_at", "value")


@pytest.mark.parametrize(
    ("headline", "said", "lang"),
    [
        (HEADLINE, "en", "ja"),
        ("Harbor town to add three tsunami shelters", "ja", "en"),
        ("Harbor town to add three tsunami shelters", "en-US", "en"),
        ("La ville ajoute trois abris", "fr-FR", "fr"),
        ("海嘯避難所增加三處", "zh-TW", "zh"),
    ],
)
def test_the_language_is_the_headlines_own_unless_it_is_foreign(headline, said, lang):
    assert read(html(json_ld(headline=headline), lang=said)).lang == lang


def test_a_wire_id_is_taken_from_the_address():
    url = "https://www.minpo.jp/globalnews/detail/2031051201001269"
    page = read(html(json_ld()), url=url)
    assert (page.wire_id, page.outlet, page.section) == ("2031051201001269", "Fukushima Minpo", "world")


# --- JSON-LD as it comes ----------------------------------------------------------------------------------------------

ARTICLE = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2031-05-12T08:53:00+09:00"}
OTHER = {"@type": "Organization", "name": "汐見日報", "headline": "違う題"}


@pytest.mark.parametrize(
    "script",
    [
        json_ld(OTHER, ARTICLE),
        json_ld(OTHER) + json_ld(ARTICLE),
        json_ld({"@graph": [OTHER, ARTICLE]}),
        json_ld({"@type": "WebPage", "mainEntity": ARTICLE}),
        json_ld(ARTICLE | {"@type": ["Thing", "ReportageNewsArticle"]}),
        json_ld(ARTICLE | {"@type": "https://schema.org/Article"}),
        json_ld(ARTICLE | {"headline": [HEADLINE, "二つ目"]}),
        json_ld(ARTICLE | {"headline": {"@value": HEADLINE, "@language": "ja"}}),
        json_ld({"@type": "NewsArticle", "headline": "関連する別の記事", "url": "/news/99"}, ARTICLE | {"url": URL}),
        json_ld(ARTICLE).replace("application", "APPLICATION"),
        json_ld(ARTICLE).replace("}<", ",}<"),
        json_ld(ARTICLE).replace("}<", "};<"),
        json_ld(ARTICLE).replace("}<", "<"),
        json_ld(ARTICLE).replace(">{", "><!--\n{").replace("}<", "}\n--><"),
        json_ld(ARTICLE).replace(">{", ">//<![CDATA[\n{").replace("}<", "}\n//]]><"),
        json_ld(ARTICLE).replace('"', "&quot;").replace("&quot;application/ld+json&quot;", '"application/ld+json"'),
        json_ld(ARTICLE | {"description": "一行目|二行目"}).replace("|", "\n"),
        json_ld(ARTICLE | {"description": "|内|"}).replace("|", '"'),
    ],
)
def test_the_article_is_found_however_its_json_ld_is_written(script):
    page = read(html(script, STORY))
    assert (page.headline, page.published_at) == (HEADLINE, MORNING)


@pytest.mark.parametrize(
    "bad", ["", "{", "null", '"text"', "[" * 100_000, '{"a":' * 100_000, "9" * 10_000, " " * 500_000]
)
def test_json_ld_that_is_none_is_passed_over(bad):
    page = read(html(f'<script type="application/ld+json">{bad}</script>'))
    assert (page.headline, page.headline_source) == (HEADLINE, "h1")


def test_half_a_character_in_json_ld_does_not_make_a_headline():
    script = r'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "\ud83d"}</script>'
    assert read(html(script)).headline_source == "h1"


# --- pages that are none ----------------------------------------------------------------------------------------------

CARDS = "".join(f"<article><a href='/{n}'><h2>見出し{n}</h2></a></article>" for n in range(20))


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "is empty"),
        (b"plain words", "is no HTML"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "is no HTML, but a feed"),
        (html("<title>404 Not Found</title>", "<h1>Not Found</h1>"), "something went wrong"),
        (
            html("<title>エラー｜汐見日報</title>", "<h1>お探しのページは見つかりませんでした</h1>" + STORY),
            "something went wrong",
        ),
        (html("<title>「津波」の検索結果｜汐見日報</title>", STORY), "what a search found"),
        (html(json_ld({"@type": "SearchResultsPage"}), STORY), "what a search found"),
        (html("<title>ログイン｜汐見日報</title>", "<form><input type=password></form>"), "to log in"),
        (html(meta("og:title", "汐見日報") + meta("og:type", "website"), CARDS), "lists articles"),
        (html(json_ld({"@type": "CollectionPage"}), STORY), "lists articles"),
        (html(json_ld(*({"@type": "Article", "headline": f"題{n}"} for n in range(9))), CARDS), "lists articles"),
        (html("<title>会社案内</title>", "<p>汐見日報社</p>"), "neither its metadata nor its text"),
        (html(meta("og:type", "article"), ""), "has no headline"),
        (html(meta("og:type", "article"), f"<h1>{'題' * 1500}</h1>"), "too long"),
    ],
)
def test_a_page_that_is_no_article_is_rejected_with_the_reason(page, reason):
    found = read(page)
    assert isinstance(found, Reject)
    assert reason in found.reason


def test_a_front_page_is_a_list():
    assert "lists articles" in read(html(), url="https://www.shiomi.example/").reason


def test_other_types_than_html_are_rejected_unread():
    assert read(html(), content_type="application/pdf").reason == "is no HTML, but application/pdf"
    assert isinstance(read(html(), content_type="text/html; charset=utf-8"), Page)


def test_an_article_behind_a_paywall_is_an_article():
    body = f"<h1>{HEADLINE}</h1><p>この記事は会員限定です。</p><form><input type='password'></form>"
    assert read(html(json_ld(isAccessibleForFree=False), body)).headline == HEADLINE


def test_an_article_whose_headline_speaks_of_an_error_is_one():
    assert read(html(json_ld(headline="500 error", datePublished="2031-05-12"))).headline == "500 error"


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp932", "euc_jp", "iso2022_jp"])
@pytest.mark.parametrize("said", ["", "utf-8", "Shift_JIS", "EUC-JP", "iso-8859-1", "nonsense"])
def test_the_encoding_is_found_whatever_header_and_meta_say(encoding, said):
    page = html(f"<title>{HEADLINE}</title>").replace("utf-8", said).encode(encoding)
    content_type = f"text/html; charset={said}" if said else ""
    assert read(page, content_type=content_type).headline == HEADLINE


@pytest.mark.parametrize("encoding", ["cp1252", "gb18030", "cp949"])
def test_other_encodings_are_believed(encoding):
    headline = {
        "cp1252": "Mayor’s ‘harbor’ plan — café stays",
        "gb18030": "海啸避难所增加三处",
        "cp949": "해일 대피소 확대",
    }[encoding]
    name = {"cp1252": "windows-1252", "gb18030": "gb2312", "cp949": "euc-kr"}[encoding]
    page = f'<html><head><meta charset="{name}">{meta("og:title", headline)}{meta("og:type", "article")}'
    assert read(page.encode(encoding)).headline == headline


def test_a_page_that_was_cut_within_a_character_is_read():
    assert read(html().encode()[:-100] + "題".encode()[:2]).headline == HEADLINE


def test_a_headline_with_bytes_that_are_no_text_is_rejected_unless_there_is_another():
    broken = html(meta("og:title", "空見|市"), STORY).replace("<h1>", "<i>").encode().replace(b"|", b"\xff")
    assert "bytes in its headline" in read(broken).reason
    assert read(broken.replace(b"</body>", f"<h1>{HEADLINE}</h1></body>".encode())).headline == HEADLINE


# --- hostile pages ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "bomb",
    [
        "<div>" * 100_000,
        "<p><b>" * 50_000,
        "<p " + " ".join(f"a{number}" for number in range(100_000)) + ">",
        "<a href=x>" * 100_000,
        "<" * 500_000,
        "<!--" * 100_000,
        "<script>" * 50_000,
        "<title>" * 50_000,
        "&amp;" * 200_000,
        "\0" * 500_000,
        '<script type="application/ld+json">[' * 10_000,
        "<h1>" + "\u3042 " * 300_000,
        "<!DOCTYPE html [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>&b;",
        "x" * 5_000_000,
    ],
)
def test_a_headline_before_a_bomb_is_read_and_one_alone_does_no_harm(bomb):
    assert read(html(json_ld()) + bomb).headline == HEADLINE
    assert isinstance(read(bomb), Page | Reject)


PIECES = st.sampled_from(
    [
        *(
            "<h1>",
            "</h1>",
            "<p>",
            "<article>",
            "</article>",
            "<title>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "题",
            "題",
        ),
        *(
            '<script type="application/ld+json">',
            '{"@type":"Article","headline":',
            '"題"',
            "}",
            "[",
            "]",
            ",",
            "【共同】",
        ),
        *(
            '<meta property="og:title" content="題">',
            '<meta charset="euc-jp">',
            '<link rel="canonical" href="http://[">',
        ),
        *("<a href='x'>", "&#0;", "\ufffe"),
    ]
)


@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=30).map(lambda parts: "".join(parts).encode())))
def test_any_bytes_give_a_page_or_a_reject(content):
    found = read(content)
    if isinstance(found, Page):
        assert found.headline.strip()
        found.headline.encode()
        found.record()
    else:
        assert isinstance(found, Reject)


@given(st.lists(PIECES, max_size=30))
def test_where_the_bytes_are_divided_does_not_matter(pieces):
    content = "".join(pieces).encode()
    whole, padded = page_parts(content), page_parts(b" " * ((1 << 14) - len(content) // 2) + content)
    assert (whole.title, whole.headings, whole.metas) == (padded.title, padded.headings, padded.metas)
